"""What one visitor's page knows between two runs, and how it changes. The settings live here, not in the widgets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

from explorer.address import (
    Unreadable,
    View,
    format_number,
    from_query,
    nearest_channel,
    parse_number,
    to_query,
    with_own,
)
from explorer.figures.document import notice_text
from explorer.layer import Pair
from explorer.presets import PRESETS
from explorer.settings import PAIRS, Memory, Notice, Settings, changed, with_number
from explorer.text import say


@dataclass
class Model:
    """The page's state: ``settings`` and ``view``, and what the stage must be told besides.

    A new ``epoch`` hands the stage the view's step and trace; a new ``push`` makes a history entry; a new
    ``revision`` makes edits of the old grids stale.
    """

    settings: Settings = field(default_factory=Settings)
    view: View = field(default_factory=View)
    notices: list[Notice] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory.empty)
    apart: bool = False
    methods_open: bool = False
    epoch: int = 0
    push: int = 0
    revision: int = 0
    seen: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def at(cls, query: Mapping[str, str]) -> "Model":
        """The page that an address says."""
        model = cls()
        model.go(query)
        return model

    def go(self, query: Mapping[str, str]) -> None:
        """Go to the page that an address says, as at Back and Forward."""
        self.settings, self.view, self.notices = from_query(query)
        self._restart()
        self.apart = self.apart or self._is_apart()

    def go_to(self, search: str) -> None:
        """The same for an address as the browser writes it, ``?x=1``."""
        self.go(dict(parse_qsl(search.removeprefix("?"), keep_blank_values=True, max_num_fields=50)))

    def look(self, query: Mapping[str, str]) -> None:
        """Take over from the address what is the stage's own: step, trace and present."""
        self.view, _ = with_own(query, self.settings, self.view)

    def address(self) -> dict[str, str]:
        """The address without what the stage adds itself."""
        return to_query(self.settings, replace(self.view, step=None, trace="", present=False))

    def move(self, name: str, value: int | Pair) -> None:
        """A control moved: settle it, and say what else had to move."""
        before = self.settings
        self.settings, self.notices = changed(before, name, value, self.memory)
        self.memory = self.memory.keep(before).keep(self.settings)
        self.view = replace(self.view, channel=nearest_channel(self.settings, self.view.channel))
        self.apart = self.apart or self._is_apart()
        if self.settings.weight != before.weight or self.settings.input != before.input:
            self.view = replace(self.view, step=None)
            self._restart()

    def join(self) -> None:
        """Height and width are set together again: the width follows the height."""
        self.apart = False
        notices = []
        for name in PAIRS:
            height, width = getattr(self.settings.layer, name)
            if height != width:
                self.move(name, (height, height))
                notices += self.notices
        self.notices = notices
        self.apart = self._is_apart()

    def choose(self, preset: str) -> None:
        """Show a preset, all of it done."""
        self.settings = PRESETS[preset].settings
        self.view = View(view=PRESETS[preset].view, preset=preset, present=self.view.present)
        self.notices, self.memory, self.apart = [], Memory.empty(), self._is_apart()
        self.push += 1
        self._restart()

    def look_as(self, view: str) -> None:
        """Another view of the same settings and the same traced cell, all of it done."""
        self.view = replace(self.view, view=view, step=None)
        self.push += 1
        self.epoch += 1

    def show_channel(self, side: str, channel: int) -> None:
        """Show another channel; its group's first where the other side's channel is of another group."""
        shown_in, shown_out = self.view.channel
        if side == "out":
            wanted = (shown_in, channel)
        else:
            reached = self.settings.layer.out_channels // self.settings.layer.groups
            group = channel // (self.settings.layer.in_channels // self.settings.layer.groups)
            wanted = (channel, shown_out if shown_out // reached == group else group * reached)
        self.view = replace(self.view, channel=nearest_channel(self.settings, wanted))

    def edit(self, edits: list[dict[str, Any]]) -> None:
        """Take the edits not seen yet, in order; one that is no number is refused, and the old number stays."""
        self.refused, self.notices = [], []
        for edit in sorted(edits, key=lambda edit: edit["sequence"]):
            if edit["sequence"] <= self.seen:
                continue
            self.seen = edit["sequence"]
            if edit["revision"] != self.revision:
                continue
            text, at = str(edit["text"]), tuple(edit["at"])
            try:
                self.settings = with_number(self.settings, edit["grid"], at, parse_number(text))
            except Unreadable as error:
                values: Any = self.settings.input if edit["grid"] == "input" else self.settings.weight
                for index in at:
                    values = values[index]
                cell = f"{'X' if edit['grid'] == 'input' else 'K'}[{','.join(map(str, at[-2:]))}]"
                reason = say(f"refusals.{error.key}", text=text[:20])
                self.refused.append(
                    {**edit, "text": say("notices.edit_refused", cell=cell, kept=format_number(values), reason=reason)}
                )
        self.memory = self.memory.keep(self.settings)

    def drawn_key(self) -> str:
        """A short text that changes when the document does."""
        shown = (self.settings, self.view.view, self.view.channel, self.view.preset, self.methods_open)
        return f"{hash(shown):x}"

    def messages(self) -> list[str]:
        """The notices' sentences."""
        return list(map(notice_text, self.notices))

    def _is_apart(self) -> bool:
        return any(len(set(getattr(self.settings.layer, name))) > 1 for name in PAIRS)

    def _restart(self) -> None:
        self.epoch += 1
        self.revision += 1
        self.refused = []
