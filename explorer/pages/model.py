"""What one visitor's page knows between two runs, and how it changes. The settings live here, not in the widgets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from explorer.address import VIEWS, View, from_query, nearest_channel, to_query
from explorer.edits import edited
from explorer.figures.facts import PRECISIONS, notice_text, refusal_text
from explorer.fills import FILLS
from explorer.layer import Pair
from explorer.presets import PRESETS
from explorer.settings import PAIRS, Memory, Notice, Settings, changed, largest, with_grid

UNDO_STEPS = 200


@dataclass(frozen=True)
class Moment:
    """What undo brings back."""

    settings: Settings
    view: View
    apart: bool


@dataclass
class Model:
    """The page's state: ``settings`` and ``view``, and what the stage must be told besides.

    Step, trace and present are the stage's own (Streamlit shows Python only the address that a page was opened with): a
    new ``epoch`` ends its steps, a new ``arrival`` gives it the view's. A new ``push`` makes a history entry; a new
    ``revision`` makes edits of the old grids stale.
    """

    settings: Settings = field(default_factory=Settings)
    view: View = field(default_factory=View)
    notices: list[Notice] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory.empty)
    apart: bool = False
    precision: str = ""  # in which the methods' own results are shown, where they are
    dialog: str = ""  # cost or code, where one is open
    dialog_address: str = ""
    epoch: int = 0
    arrival: int = 0
    push: int = 0
    revision: int = 0
    seen: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    past: list[Moment] = field(default_factory=list)
    future: list[Moment] = field(default_factory=list)
    change: str = ""

    @classmethod
    def at(cls, query: Mapping[str, str]) -> "Model":
        """The page that an address says."""
        model = cls()
        model.go(query)
        return model

    def go(self, query: Mapping[str, str]) -> None:
        """Go to the page that an address says, as at Back and Forward."""
        self.settings, self.view, self.notices = from_query(query)
        self._arrive()
        self.apart = self.apart or self._is_apart()

    def go_to(self, search: str) -> None:
        """The same for an address as the browser writes it, ``?x=1``."""
        self.go(dict(parse_qsl(search.removeprefix("?"), keep_blank_values=True)))

    def address(self) -> dict[str, str]:
        """The address without what the stage adds itself."""
        return to_query(self.settings, replace(self.view, step=None, trace="", present=False))

    def move(self, name: str, value: int | Pair) -> None:
        """A control moved: settle it, and say what else had to move."""
        before = self.settings
        self._record(name, together=True)
        self.settings, self.notices = changed(before, name, value, self.memory)
        self.memory = self.memory.keep(before).keep(self.settings)
        self.view = replace(self.view, channel=nearest_channel(self.settings, self.view.channel))
        self.apart = self.apart or self._is_apart()
        if _shapes(self.settings) != _shapes(before):
            self._restart()

    def join(self) -> None:
        """Height and width are set together again: the width follows the height as far as it can."""
        self._record("apart")
        notices = []
        for name in ("stride", "dilation", "output_padding", "padding"):  # padding last: it gives way to the others
            most = min(largest(self.settings.layer, self.settings.size, name))
            height = min(getattr(self.settings.layer, name)[0], most)
            self.settings, moved = changed(self.settings, name, (height, height))
            notices += moved
        self.notices, self.apart = notices, self._is_apart()

    def choose(self, preset: str) -> None:
        """Show a preset, all of it done."""
        self._record("preset")
        self.settings = PRESETS[preset].settings
        own, chosen = PRESETS[preset].view, self.view.view != PRESETS[self.view.preset].view
        view = self.view.view if chosen and own == View.view else own  # a view that somebody chose stays
        self.view = View(view=view, preset=preset, backward=self.view.backward, upstream=self.view.upstream)
        self.notices, self.memory, self.apart = [], Memory.empty(), self._is_apart()
        self.push += 1
        self._arrive()

    def fill(self, grid: str, name: str) -> None:
        """Fill X (``input``), K (``kernel``) or dY (``upstream``); each random fill takes the next seed."""
        self._record("fill")
        if name == "random":
            self.view = replace(self.view, seed=0 if self.view.seed is None else (self.view.seed + 1) % 2**32)
        self.push += 1
        if grid == "upstream":
            self.view = replace(self.view, upstream=name)
            return
        shape = np.shape(self.settings.input if grid == "input" else self.settings.weight)
        self.settings = with_grid(self.settings, grid, FILLS[name](shape, self.view.seed or 0))
        self.memory, self.notices, self.refused = self.memory.keep(self.settings), [], []
        self.revision += 1

    def undo(self) -> None:
        """Back to before the last edit, fill, preset or slider move."""
        self._travel(self.past, self.future)

    def redo(self) -> None:
        """What undo took back."""
        self._travel(self.future, self.past)

    def _record(self, change: str, together: bool = False) -> None:
        """Remember the present before a change; moves of one slider in a row are undone ``together``."""
        self.future.clear()
        if not (together and self.change == change):
            self.past.append(self._moment())
        self.change = change
        del self.past[:-UNDO_STEPS]

    def _travel(self, source: list[Moment], target: list[Moment]) -> None:
        if not source:
            return
        target.append(self._moment())
        moment = source.pop()
        resized = _shapes(moment.settings) != _shapes(self.settings)
        self.change = ""
        was = moment.view  # what is looked at, and how, stays
        channel = nearest_channel(moment.settings, self.view.channel)
        self.view = replace(self.view, preset=was.preset, seed=was.seed, upstream=was.upstream, channel=channel)
        self.settings, self.apart, self.notices = moment.settings, moment.apart, []
        self.memory = self.memory.keep(self.settings)
        self.refused = []
        if resized:
            self._restart()

    def _moment(self) -> Moment:
        return Moment(self.settings, self.view, self.apart)

    def look_as(self, view: str) -> None:
        """Another of `VIEWS` of the same settings and the same traced cell, all of it done."""
        if view not in VIEWS:
            return
        self.view = replace(self.view, view=view)
        self.push += 1
        self._restart()

    def turn(self, backward: bool) -> None:
        """Show the gradient over the same links, or the forward pass again; all of it done."""
        self.view = replace(self.view, backward=backward)
        self.push += 1
        self._restart()

    def compare(self, precision: object) -> None:
        """Show each method's own result in a precision; anything else closes them."""
        self.precision = str(precision) if precision in PRECISIONS else ""

    def open(self, name: str = "", address: str = "") -> None:
        """Open a dialog, ``cost`` or ``code``, over the page of this address; without a name close it."""
        self.dialog, self.dialog_address = name, address

    def show_channel(self, side: str, channel: int, other: int = 0) -> None:
        """Show another channel (``in``, ``out`` or ``both``), and of the other side one of the same group."""
        shown_in, shown_out = self.view.channel
        if side == "both":
            wanted = (channel, other)
        elif side == "out":
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
            before = self.settings
            after, refusals, notices = edited(before, edit["grid"], edit["at"], str(edit["text"]))
            if after != before:
                self._record("edit")
            self.settings = after
            self.notices += notices
            self.refused += [{**edit, **refusal_text(one, edit["grid"], after.layer)} for one in refusals]
            if _shapes(after) != _shapes(before):  # a pasted block enlarged the grid; its cells are still the same
                self.view = replace(self.view, step=None)
                self.epoch += 1
        self.memory = self.memory.keep(self.settings)

    def drawn_key(self) -> str:
        """A short text that changes when the document does."""
        shown = (self.settings, replace(self.view, step=None, trace="", present=False), self.precision)
        return blake2b(repr(shown).encode(), digest_size=8).hexdigest()  # hash(-1.0) == hash(-2.0)

    def messages(self) -> list[str]:
        """The notices' sentences."""
        return list(map(notice_text, self.notices))

    def _is_apart(self) -> bool:
        return any(len(set(getattr(self.settings.layer, name))) > 1 for name in PAIRS)

    def _restart(self) -> None:
        """The grids or the view are others now: all done, older edits stale."""
        self.view = replace(self.view, step=None)
        self.epoch += 1
        self.revision += 1
        self.refused = []

    def _arrive(self) -> None:
        """A page of its own: the view's step, trace and present count, not what the stage had before."""
        step = self.view.step
        self._restart()
        self.view = replace(self.view, step=step)
        self.arrival += 1


def _shapes(settings: Settings) -> tuple:
    return np.shape(settings.input), np.shape(settings.weight)
