"""What the server knows of one visitor between two runs, and the answers that it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from secrets import token_hex
from threading import Lock
from typing import Any, ClassVar, Self

from explorer.notices import notice_text, refusal_text
from explorer.session.commands import RULES, Command, Refused, Rule, checked, read
from explorer.session.controls import Controls, controls_of
from explorer.session.effort import EFFORT, USUAL, effort_of
from explorer.session.history import History
from explorer.session.page import Change, Page, page_at, set_what_if, shapes
from explorer.session.previews import preview_of
from explorer.settings import PAIRS, one_dimension
from explorer.text import say, texts

MOST_REFUSED = 64
"""Refused cells that an answer names: the largest grid."""
MOST_NOTICES = 20


@dataclass
class Session:
    """One visitor's page, and what has been answered.

    ``number`` counts the documents: each change makes a new one. Whatever a browser must be told of a change is said by
    the number of the document that brought it, so that no answer that got lost is missed: ``pushed``, the last one that
    made a history entry; ``arrived``, the last one that is a page of its own; ``resumed``, the one with which a browser
    went on that had its page from a session before this one.
    """

    rules: ClassVar[Mapping[str, Rule]] = RULES
    page: Page = field(default_factory=Page)
    name: str = field(default_factory=lambda: token_hex(4))
    history: History = field(default_factory=History)
    controls: Controls = field(init=False)
    notices: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    preview: dict[str, Any] | None = None  # of a text to paste, until the next command
    precision: str = ""  # in which each method's own result is shown, where they are shown
    dialog: str = ""  # the one of DIALOGS that is open
    dialog_address: str = ""
    number: int = 1
    arrived: int = 1
    pushed: int = 0
    resumed: int = 0
    done: int = 0
    is_more: bool = False  # the last message asked for more than one may: what is not done is to be sent again
    _effort: int = EFFORT  # what is left of it for the present message
    _resuming: int = 0  # the id of a resume that is not done to its end
    _heard: Any = None
    _lock: Any = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.controls = Controls(self.name)

    @classmethod
    def at(cls, search: str) -> Self:
        """A session that begins with the page that an address says.

        >>> Session.at("?preset=stride-2&padding=1").page.address
        {'preset': 'stride-2', 'padding': '1'}
        """
        session = cls()
        change = session._find(search)
        session.page, session.notices = change.page, list(map(notice_text, change.notices))
        return session

    def _find(self, search: str, entry: int = 0) -> Change:
        """The page that an address says."""
        return page_at(search, entry)

    @property
    def document(self) -> str:
        """The name of the present document, as commands quote it."""
        return f"{self.name}.{self.number}"

    @property
    def address(self) -> dict[str, str]:
        """The page's address, as far as the server writes it."""
        return self.page.address

    def answer(self) -> dict[str, Any]:
        """What the stage is told besides the document."""
        return {
            "session": self.name,
            "controls": self.controls.mark,
            "number": self.number,
            "arrived": self.arrived,
            "pushed": self.pushed,
            "resumed": self.resumed,
            "done": self.done,
            "more": self.is_more,
            "refused": self.refused[:MOST_REFUSED],
            "notices": self.notices[:MOST_NOTICES],
            "preview": self.preview,
            "address": self.address,
            "entry": self.page.entry,
            "history": [bool(self.history.past), bool(self.history.future)],
        }

    # ---- listening
    def hear(self, message: Any) -> bool:
        """Do those commands of a message that are not done yet; whether there were any.

        A message holds all commands that the browser has no answer for, so most come more than once. Commands made on a
        page of another session wait until the browser resumes. Those that are beyond the effort of one message wait
        until they come again, without those that are done: the same message is heard only once.
        """
        with self._lock:
            if message is None or message == self._heard:
                return False
            self._heard = message
            try:
                commands = read(message)
            except Refused as error:
                self.notices = [_refusal("message", error)]
                return True
            fresh = [one for one in commands if one.id > self.done and (one.name == "resume" or self._owns(one))]
            if fresh:
                self._forget_messages()
                self.is_more, self._effort = False, EFFORT
            for at, command in enumerate(fresh, 1):
                self._do(command)
                self.is_more |= self._effort <= 0 and at < len(fresh)
                if self.is_more:
                    break
            return bool(fresh)

    def hear_controls(self, mark: str, values: Mapping[str, Any]) -> None:
        """Do what the page's controls say, given their values and the mark that came back with them."""
        with self._lock:
            moved = self.controls.moved(mark, values, controls_of(self.page))
            if "preset" in moved:  # a page of its own: whatever else moved was meant for the one before
                moved = {"preset": moved["preset"]}
            if moved:
                self._forget_messages()
            for key, value in moved.items():
                self._do(self._command_of(key, value))

    def _forget_messages(self) -> None:
        """What was said of the commands before."""
        self.notices, self.refused, self.preview = [], [], None

    def close_dialog(self) -> None:
        """The visitor closed the dialog."""
        self.dialog = ""

    def turn_to_qr(self) -> None:
        """The dialog of the link's QR code takes the place of the one that is open."""
        self.dialog = "qr"

    def _owns(self, command: Command) -> bool:
        return command.document.partition(".")[0] == self.name

    def _command_of(self, key: str, value: Any) -> Command:
        """A moved control as a command."""
        if key in ("preset", "view"):
            return Command(0, key, {"name": value})
        if key == "apart":
            return Command(0, key, {"apart": value})
        if key == "one_dimension":
            return Command(0, key, {"on": value})
        name = key.removesuffix("_w")
        if name in PAIRS and not one_dimension(self.page.settings):
            height, width = getattr(self.page.settings.layer, name)
            pair = (value, width if self.page.apart else value)
            value = pair if key == name else (height, value)
        return Command(0, "move", {"name": name, "value": value})

    # ---- doing
    def _do(self, command: Command, replayed: bool = False) -> None:
        """Do one command, or refuse it and leave everything as it was."""
        done, self.done = self.done, max(self.done, command.id)
        try:
            self._effort -= USUAL
            rule, arguments = checked(command, self.rules)
            self._effort -= effort_of(command.name, arguments) - USUAL
            if rule.bound and not replayed and self._is_stale(command):
                raise Refused("stale")
            if rule.change:
                self._take(rule.change(self.page, **arguments), command)
            elif command.name == "resume":
                self._resume(command, done, **arguments)
            elif command.name == "preview":
                self.preview = {"id": command.id, **preview_of(self.page, **arguments)}
            else:
                getattr(self, f"_{command.name}")(**arguments)
        except Refused as error:
            self.refused.append({"id": command.id})
            self.notices.append(_refusal(command.name, error))

    def _is_stale(self, command: Command) -> bool:
        """Whether the page on which a command was made has gone since."""
        return int(command.document.partition(".")[2] or 0) < self.arrived

    def _take(self, change: Change, command: Command) -> None:
        """Make a change the present page."""
        before = self.page
        if change.undo:
            self.history.record(before, change.undo)
        self.notices += map(notice_text, change.notices)
        for refusal in change.refusals:
            grid = command.arguments["grid"]
            text = refusal_text(refusal, grid, change.page.settings.layer)
            if refusal.at:
                self.refused.append({"id": command.id, "grid": grid, **text})
            else:
                self.refused.append({"id": command.id})
                self.notices.append(text["text"])
        self._show(change.page, change.arrives)
        if change.entry and change.page.address != before.address:
            self.page = replace(self.page, entry=before.entry + 1)
            self.pushed = self.number

    def _show(self, page: Page, arrives: bool = False) -> None:
        """Make a page the present one, under a new number; where its cells or its view are others, all of it done."""
        self.number += 1
        if arrives:
            self.arrived = self.number
        elif shapes(page) != shapes(self.page) or _looked_at(page) != _looked_at(self.page):
            page = replace(page, view=replace(page.view, step=None))
        self.page = page.with_fitting_upstream()

    def _undo(self) -> None:
        self._travel(self.history.undo(self.page))

    def _redo(self) -> None:
        self._travel(self.history.redo(self.page))

    def _travel(self, page: Page | None) -> None:
        """Go to a page of the history; what is looked at, and how, stays."""
        if page is not None:
            self._show(page.seen_as(self.page.view))

    def _go(self, search: str, entry: int) -> None:
        """Back or Forward: the browser stands at another address."""
        change = self._find(search, entry)
        target = replace(change.page, apart=change.page.apart or self.page.apart)
        self.notices += map(notice_text, change.notices)
        self._show(self.history.go(self.page, target), arrives=True)

    def _resume(
        self, command: Command, done: int, search: str, precision: str, entry: int, pending: tuple[Any, ...]
    ) -> None:
        """The connection is back: take over the page that a browser has from an earlier session, and what it kept.

        What it kept is done as far as one message's effort goes; the same resume goes on from there.
        """
        foreign = not self._owns(command)
        if foreign and self._resuming != command.id:
            change = self._find(search, entry)
            self.history, self.precision = History(), precision
            self.notices += map(notice_text, change.notices)
            self.page, self.number = change.page, self.number + 1
            self.resumed, done = self.number, 0
        kept = [one for one in read(list(pending)) if one.name != "resume" and one.id > done]
        self._resuming = 0
        for at, one in enumerate(kept, 1):
            self._do(one, replayed=foreign)
            if self._effort <= 0 and at < len(kept):
                self.done, self._resuming, self.is_more = one.id, command.id, True
                return
        self.done = max(self.done, command.id)

    def _methods(self, precision: str) -> None:
        self.precision = precision
        self._show(set_what_if(self.page, "") if precision else self.page)

    def _what_if(self, name: str) -> None:
        """Show what a mistake gives, in the place of the methods' own results."""
        self.precision = "" if name else self.precision
        self._show(set_what_if(self.page, name))

    def _dialog(self, name: str, address: str) -> None:
        self.dialog, self.dialog_address = name, address


def _refusal(name: str, error: Refused) -> str:
    said = texts()["command_names"].get(name, name[:20])  # one that there is not is repeated as it came
    return say("commands.refused", name=said, reason=say(f"commands.{error.key}", **error.values))


def _looked_at(page: Page) -> tuple[str, bool]:
    return page.view.view, page.view.backward
