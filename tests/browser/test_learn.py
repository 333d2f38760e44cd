"""The course in a real browser: every lesson by the keyboard alone, and what is kept between two visits."""

import pytest

from explorer.learning.course import Course
from explorer.lessons import LESSONS

from .driver import FRAMES

LESSON = "document.querySelector('[data-testid=lesson]')"
QUESTION = "document.querySelector('[data-testid=question]')"
FOCUS = "document.activeElement?.dataset.key ?? document.activeElement?.closest('[data-grid]')?.dataset.grid ?? ''"
MOST_TABS = 90
WRONG = {"size": ["17", "23"], "number": "12345", "cells": []}


class Learner:
    """Somebody at the course who has no mouse."""

    def __init__(self, explorer):
        self.explorer, self.page = explorer, explorer.page
        self.key = explorer.key
        self.chosen = set()

    def is_at(self, lesson, part=1):
        self.explorer.until(
            f"(place) => {LESSON}?.dataset.lesson === place[0] && {LESSON}.dataset.part === place[1]",
            [lesson, str(part)],
        )
        self.explorer.has_address(lesson=lesson, part=None if part == 1 else part)
        self.explorer.page.evaluate(FRAMES)

    def tab_to(self, key):
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUS) == key:
                return
            self.key("Tab")
        raise AssertionError(f"{key} cannot be reached by Tab")

    def press(self, key):
        self.tab_to(key)
        self.key("Enter")

    def is_asked(self, kind, number):
        self.explorer.until(f"(asked) => {QUESTION}?.dataset.kind === asked[0]", [kind, number])
        self.explorer.has_address(question=f"{kind}.{number}")
        self.chosen = set()

    def question(self):
        """The open question, as the core makes it of the page's address."""
        return Course.at(self.page.evaluate("location.search")).question

    def state(self, wanted):
        try:
            self.explorer.until(f"(state) => {QUESTION}?.dataset.state === state", wanted)
        except Exception:
            raise AssertionError(f"wanted {wanted}: {self.page.evaluate(f'{QUESTION}?.outerHTML')}") from None

    def answer(self, question, given):
        getattr(self, f"_{question.form}")(question, given)

    def _size(self, question, given):
        for at, text in enumerate(given):
            self.tab_to(f"field {at}")
            self.key("Control+a")
            self.page.keyboard.type(text)
        self.key("Enter")

    def _number(self, question, given):
        self.tab_to("field 0")
        self.key("Control+a")
        self.page.keyboard.type(given)
        self.key("Enter")

    def _choice(self, question, given):
        self.press(f"option {given}")

    def _order(self, question, given):
        shown = [option.name for option in question.options]
        shown = self.page.locator(".order [data-key^='↑']").evaluate_all(
            "(all) => all.map((n) => n.dataset.key.slice(2))"
        )
        for place, name in enumerate(given):
            for at in range(shown.index(name), place, -1):
                self.press(f"↑ {name}")
                shown[at - 1], shown[at] = shown[at], shown[at - 1]
        self.press("check")

    def _cells(self, question, given):
        """Toggle what differs from what is chosen: at first nothing, then what was answered before."""
        for name in sorted(self.chosen.symmetric_difference(given)):
            self._toggle(question.pick, name)
        self.chosen = set(given)
        self.press("check")

    def _toggle(self, grid, name):
        *_, row, column = map(int, name.split(":")[1].split(","))
        if grid == "W" and self.page.locator("[data-grid=WT]").count():
            grid, row, column = "WT", column, row
        self.tab_to(grid)
        for key, count in (("ArrowUp", 16), ("ArrowLeft", 16), ("ArrowDown", row), ("ArrowRight", column)):
            for _ in range(count):
                self.key(key)
        self.key("Space")


def as_given(question, answer):
    if question.form == "size":
        return [str(number) for number in answer]
    return str(answer) if question.form == "number" else answer


def wrong_answer(question):
    """An answer that is not the right one: of the options another; of an order the reverse."""
    if question.form == "choice":
        return next(option.name for option in question.options if option.name != question.answer)
    if question.form == "order":
        return question.answer[::-1]
    if question.form == "cells":
        return question.answer[:-1] or [f"{question.pick}:0,0,0"]
    return WRONG[question.form]


@pytest.fixture
def learner(visit):
    def learner(query="", **how):
        return Learner(visit(f"learn{query}", ready=False, **how))

    return learner


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_walked_by_the_keyboard_alone(learner, lesson):
    """Each part is reached; each of the lesson's kinds of questions is answered wrong once and right once."""
    parts = LESSONS[lesson].parts
    someone = learner(f"?lesson={lesson}")
    kinds = set()
    for number, part in enumerate(parts, 1):
        someone.is_at(lesson, number)
        for at, kind in enumerate(part.questions):
            if at > 0:
                someone.press("another")
            elif not part.mask:  # then it is asked at once
                someone.press("ask")
            someone.is_asked(kind, at)
            if kind in kinds:
                continue
            kinds.add(kind)
            question = someone.question()
            someone.answer(question, wrong_answer(question))
            someone.state("wrong")
            assert len(someone.explorer.text(".verdict")) > 30
            someone.answer(question, as_given(question, question.answer))
            someone.state("right")
        if number < len(parts):
            someone.press("next")
    assert len(kinds) >= min(2, sum(bool(part.questions) for part in parts))
