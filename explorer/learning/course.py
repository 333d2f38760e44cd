"""A visitor who takes the course: the session of a page, and beside it the lesson's place and an open question."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from explorer.learning.commands import COURSE_RULES
from explorer.learning.place import PRACTICE, Place, find, page_address, part_at, part_page, parts_of
from explorer.lessons import Part
from explorer.notices import notice_text
from explorer.questions import Question, Verdict, ask, mark
from explorer.session.commands import RULES, Command, Refused, Rule
from explorer.session.page import Change, Page, is_apart, memory_of
from explorer.session.session import Session
from explorer.settings import Notice, Settings
from explorer.views import View


@dataclass
class Course(Session):
    """One visitor in the course.

    While a ``question`` is open the stage shows the question's own settings; ``page`` stays what the learner made of
    the part's. ``given`` is the last answer, ``verdict`` what was said of it. ``is_played``: the stage shows how the
    answer comes about.
    """

    rules: ClassVar[Mapping[str, Rule]] = {**RULES, **COURSE_RULES}
    place: Place = field(default_factory=Place)
    question: Question | None = None
    given: Any = None
    verdict: Verdict | None = None
    is_played: bool = False
    plays: int = 0  # counts how often the stage is to play an answer

    @property
    def address(self) -> dict[str, str]:
        """The page's address, with the place in the course."""
        return page_address(self.place, self.page)

    @property
    def settings(self) -> Settings:
        """What the stage shows."""
        if self.question is None:
            return self.page.settings
        return (self.is_played and self.question.after) or self.question.settings

    @property
    def view(self) -> View:
        """How the stage shows it."""
        if self.question is None:
            return self.page.view
        shown = self.question.reveal if self.is_played else self.question.view
        return replace(shown, present=self.page.view.present)

    @property
    def is_asking(self) -> bool:
        """Whether a question is open whose answer the stage must not tell."""
        return self.question is not None and not self.is_played

    @property
    def marked(self) -> dict[str, list[str]]:
        """The chosen cells as they were answered: which are right, which wrong, and which were missed."""
        assert self.question is not None
        given = self.given if isinstance(self.given, list) else []
        return {
            "right": [name for name in given if name in self.question.answer],
            "wrong": [name for name in given if name not in self.question.answer],
            "missed": [name for name in self.question.answer if name not in given],
        }

    @property
    def is_changed(self) -> bool:
        """Whether the stage shows something else than the part's own page."""
        return self.question is not None or self.page.content != part_page(self.place).content

    def _find(self, search: str, entry: int = 0) -> Change:
        """The page that an address says; the course goes to the address's place."""
        self.place, page, notices = find(search, entry)
        self.page = page
        self._open()
        return Change(page, tuple(notices), arrives=True)

    def _do(self, command: Command, replayed: bool = False) -> None:
        """Do one command. While a question is open no other can change what is asked about.

        Whoever changes something once the answer is shown goes on from what the stage shows.
        """
        rule = self.rules.get(command.name)
        if self.question is None or rule is None or rule.change is None:
            super()._do(command, replayed)
        elif self.is_asking:
            self.done = max(self.done, command.id)
            self.refused.append({"id": command.id})
        else:
            self._go_on_from_answer()
            super()._do(command, replayed)

    def _go_on_from_answer(self) -> None:
        """Make what the stage shows of the answer the learner's own page."""
        settings, view = self.settings, replace(self.view, mask=())
        shown = Page(settings, view, is_apart(settings), memory_of(settings, view), self.page.entry)
        self.page, self.place = shown, replace(self.place, kind="")
        self._close()

    # ---- commands
    def _visit(self, lesson: str, part: int) -> None:
        """Go to a part, as the lesson sets it; Back returns."""
        most = parts_of(lesson)
        if part > most:
            raise Refused("outside", value=part, low=1, high=most)
        self._go_to(Place(lesson, part, text=self.place.text))

    def _practise(self, kind: str, number: int, search: str) -> None:
        """A question of the mixed practice, about the page of an address."""
        _, page, _ = find(search)
        self._go_to(Place(PRACTICE, 1, kind, number, self.place.text), page)

    def _go_to(self, place: Place, page: Page | None = None) -> None:
        is_elsewhere = (place.lesson, place.part) != (self.place.lesson, self.place.part)
        self.place = place
        entry = self.page.entry + 1 if is_elsewhere else self.page.entry
        self._show(replace(page or part_page(place), entry=entry), arrives=True)
        if is_elsewhere:
            self.pushed = self.number
        self._open()

    def _ask(self, kind: str, number: int) -> None:
        """Open a question about what the learner has on the stage."""
        self.place = replace(self.place, kind=kind, number=number)
        self._open()
        self._arrive()

    def _answer(self, given: Any) -> None:
        """Mark an answer; a right one is shown on the stage."""
        if self.question is None or self.is_played:
            return
        self.given, self.verdict = given, mark(self.question, given)
        if self.verdict.state == "right":
            self.is_played = True
            self._arrive()

    def _play(self) -> None:
        """Play on the stage how the answer comes about."""
        if self.question is not None:
            self.is_played = True
            self.plays += 1
            self._arrive()

    def _leave(self) -> None:
        """Close the question, and show the part's picture as the lesson sets it."""
        self.place = replace(self.place, kind="")
        self._open()
        self._show(replace(part_page(self.place), entry=self.page.entry), arrives=True)

    # ----
    def _open(self) -> None:
        """Make the question that the place says; a part that begins with hidden cells asks its first one."""
        self._close()
        part = part_at(self.place)
        if not self.place.kind and isinstance(part, Part) and part.mask and part.questions:
            self.place = replace(self.place, kind=part.questions[0], number=0)
        if not self.place.kind:
            return
        self.question = ask(self.place.kind, self.page.settings, self.place.number)
        if self.question is None:
            self.notices.append(notice_text(Notice.of("not_to_be_asked")))
            self.place = replace(self.place, kind="")

    def _close(self) -> None:
        """No question is open."""
        self.question = self.given = self.verdict = None
        self.is_played = False

    def _arrive(self) -> None:
        """A document that is a page of its own: its step and trace count."""
        self.number += 1
        self.arrived = self.number
