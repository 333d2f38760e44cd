"""The course in a real browser: every lesson by the keyboard alone, and what is kept between two visits."""

import json
from collections import Counter

import numpy as np
import pytest

from explorer.learning.course import Course
from explorer.learning.place import PRACTICE
from explorer.lessons import GLOSSARY, LESSONS
from explorer.questions import KINDS
from explorer.session.page import page_at
from explorer.text import say

from .driver import CONTROLS_SHOWN, FRAMES, HOST, LAPTOP, PHONE, STAGE, canvas

LESSON = "document.querySelector('[data-testid=lesson]')"
QUESTION = "document.querySelector('[data-testid=question]')"
FOCUS = "document.activeElement?.dataset.key ?? document.activeElement?.closest('[data-grid]')?.dataset.grid ?? ''"
IS_THERE = """(key) => [...document.querySelectorAll('[data-key], [data-grid]')]
  .some(({ dataset }) => [dataset.key, dataset.grid].includes(key))"""
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

    def is_welcome(self):
        self.explorer.until(f"{LESSON}?.dataset.lesson === ''")
        self.explorer.page.evaluate(FRAMES)

    def tab_to(self, key):
        self.explorer.until(IS_THERE, key)
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


def chosen_questions():
    """{lesson: (part, place, kind)}: for each lesson the first of its questions whose kind was asked least before."""
    counts, chosen = Counter(), {}
    for name, lesson in LESSONS.items():
        offered = [
            (number, at, kind) for number, part in enumerate(lesson.parts, 1) for at, kind in enumerate(part.questions)
        ]
        chosen[name] = min(offered, key=lambda one: counts[one[2]])
        counts[chosen[name][2]] += 1
    return chosen


CHOSEN = chosen_questions()


def test_every_kind_of_question_is_asked_in_some_lesson():
    assert {kind.partition(":")[0] for _, _, kind in CHOSEN.values()} == set(KINDS)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_walked_by_the_keyboard_alone(learner, lesson):
    """Each part is reached; one of the lesson's questions is answered wrong once and right once."""
    parts = LESSONS[lesson].parts
    asked_in, place, _ = CHOSEN[lesson]
    someone = learner(f"?lesson={lesson}")
    for number, part in enumerate(parts, 1):
        someone.is_at(lesson, number)
        if number == asked_in:
            if not part.mask:  # else it is asked at once
                someone.press("ask")
            for at, kind in enumerate(part.questions[: place + 1]):
                if at > 0:
                    someone.press("another")
                someone.is_asked(kind, at)
            question = someone.question()
            someone.answer(question, wrong_answer(question))
            someone.state("wrong")
            assert len(someone.explorer.text(".verdict")) > 30
            someone.answer(question, as_given(question, question.answer))
            someone.state("right")
        if number < len(parts):
            someone.press("next")


SIZE = next(
    (name, number)
    for name, lesson in LESSONS.items()
    for number, part in enumerate(lesson.parts, 1)
    if part.questions[:1] == ("size",) and not part.mask and "stride" in part.move
)
AT_SIZE = f"?lesson={SIZE[0]}&part={SIZE[1]}"
NOTHING = {"version": 1, "done": {}, "asked": 0, "missed": []}
CUT = """[...document.querySelectorAll('.tconv-lesson :is(button, p)')]
  .filter((node) => node.checkVisibility() && getComputedStyle(node).display !== 'inline')
  .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.textContent)"""
STORED = "JSON.parse(localStorage.getItem('tconv-course'))"


def asked(learner, **how):
    """The question of `SIZE`, open."""
    someone = learner(AT_SIZE, **how)
    someone.is_at(*SIZE)
    someone.press("ask")
    someone.is_asked("size", 0)
    return someone


def test_a_panel_that_is_drawn_after_a_later_one_changes_nothing(learner):
    someone = learner(AT_SIZE)
    someone.is_at(*SIZE)
    panel = "document.querySelector('.tconv-lesson-host').panel"
    keep_what_is_drawn = f"""() => {{ const panel = {panel}, {{ update }} = panel;
      panel.update = (data) => {{ window.drawn = data; update(data); }}; }}"""
    someone.page.evaluate(keep_what_is_drawn)
    someone.press("ask")
    someone.is_asked("size", 0)
    someone.page.evaluate("window.early = window.drawn")
    someone.answer(someone.question(), WRONG["size"])
    someone.state("wrong")
    someone.page.evaluate(f"{panel}.update(window.early)")
    someone.state("wrong")


def test_a_wrong_answer_is_told_from_a_right_one_and_played(learner):
    someone = asked(learner)
    question = someone.question()
    box = someone.page.locator(".tconv-lesson .verdict")
    colours = {}
    for state, given in (("wrong", ["17", "23"]), ("right", as_given(question, question.answer))):
        someone.answer(question, given)
        someone.state(state)
        colours[state] = box.evaluate("(node) => getComputedStyle(node).borderColor")
        assert box.inner_text()[0] == {"wrong": "✗", "right": "✓"}[state]
    assert colours["wrong"] != colours["right"]
    assert not someone.explorer.faint(".tconv-lesson")


def test_the_answer_is_played_on_the_stage(learner):
    someone = asked(learner)
    assert someone.page.locator("[data-grid=output]:visible").count() == 0
    someone.answer(someone.question(), ["17", "23"])
    someone.state("wrong")
    someone.press("play")
    someone.explorer.until("document.querySelector('[data-grid=output]')?.checkVisibility()")
    someone.explorer.until(f"Number({STAGE}.dataset.step) >= 1")
    someone.explorer.until(f"{STAGE}.dataset.step === String({HOST}.page.data.document.steps)")
    someone.explorer.sees("output", canvas(someone.question().settings))


def test_what_cannot_be_read_is_said_and_kept(learner):
    someone = asked(learner)
    someone.answer(someone.question(), ["three", "3"])
    someone.explorer.until("document.querySelector('.verdict.unread')")
    assert someone.page.locator(".size input").first.input_value() == "three"
    assert "three" in someone.explorer.text(".verdict")


def test_an_open_question_is_the_same_after_a_reload(learner):
    someone = asked(learner)
    someone.answer(someone.question(), ["17", "23"])
    someone.state("wrong")
    someone.press("another")
    someone.explorer.until("new URLSearchParams(location.search).get('question') !== 'size.0'")
    someone.page.evaluate(FRAMES)
    assert someone.page.locator(".question input").evaluate_all("(all) => all.map(({ value }) => value).join('')") == ""
    text = someone.explorer.text("[data-testid=question] .ask")
    someone.page.reload()
    someone.explorer.until(f"{QUESTION} !== null")
    assert someone.explorer.text("[data-testid=question] .ask") == text


def test_a_part_s_slider_moves_the_stage_and_the_lesson_s_picture_comes_back(learner):
    someone = learner(AT_SIZE)
    someone.is_at(*SIZE)
    before = page_at(LESSONS[SIZE[0]].parts[SIZE[1] - 1].page).page
    someone.explorer.slide("stride", "ArrowRight")
    stride = before.settings.layer.stride[0] + 1
    someone.explorer.has_address(stride=stride)
    someone.press("leave")
    someone.explorer.has_address(stride=None)
    someone.explorer.sees("output", canvas(before.settings))


def test_back_returns_to_the_part_before(learner):
    first, second = list(LESSONS)[:2]
    someone = learner(f"?lesson={first}")
    someone.is_at(first)
    someone.page.locator(f"[data-key='lesson {second}']").click()
    someone.is_at(second)
    assert someone.page.evaluate(FOCUS) == "title"
    someone.page.go_back()
    someone.is_at(first)
    someone.page.go_forward()
    someone.is_at(second)


def test_progress_is_kept_saved_opened_and_reset(learner):
    someone = asked(learner, fresh=True)
    question = someone.question()
    someone.answer(question, ["17", "23"])
    someone.state("wrong")
    someone.answer(question, as_given(question, question.answer))
    someone.state("right")
    stored = someone.page.evaluate(STORED)
    assert stored["done"] == {f"{SIZE[0]}/{SIZE[1]}": 1}
    assert [(one["kind"], one["gap"]) for one in stored["missed"]] == [("size", 2)]  # the first answer counts
    someone.page.goto(someone.page.url.partition("?")[0])
    someone.is_welcome()
    with someone.page.expect_download() as download:
        someone.press("save")
    path = download.value.path()
    assert json.loads(path.read_text()) == stored
    someone.press("reset")
    assert someone.page.evaluate(STORED)["done"] == {}
    someone.page.locator(".progress-tools input").set_input_files(path)
    someone.explorer.until(f"({STORED}).asked")
    assert someone.page.evaluate(STORED) == stored
    bad = {"name": "a.json", "mimeType": "application/json", "buffer": b"{}"}
    someone.page.locator(".progress-tools input").set_input_files(bad)
    someone.explorer.until(
        "(text) => document.querySelector('.message').textContent.includes(text)", say("learn.not_opened")
    )
    assert someone.page.evaluate(STORED) == stored


def test_practice_asks_what_was_missed_again(learner):
    someone = learner(f"?lesson={PRACTICE}", fresh=True)
    someone.is_at(PRACTICE)
    missed = {"kind": "size", "search": "?stride=3", "gap": 2, "due": 0}
    someone.page.evaluate(f"localStorage.setItem('tconv-course', '{json.dumps({**NOTHING, 'missed': [missed]})}')")
    someone.page.reload()
    someone.is_at(PRACTICE)
    someone.press("practise")
    someone.is_asked("size", 1)
    question = someone.question()
    someone.answer(question, as_given(question, question.answer))
    someone.state("right")
    assert [one["gap"] for one in someone.page.evaluate(STORED)["missed"]] == [8]
    someone.press("another")
    someone.explorer.until("new URLSearchParams(location.search).get('question')?.endsWith('.2')")


def test_a_term_is_explained_and_shown_on_the_stage(learner):
    lesson, part, term = next(
        (name, number, run.term)
        for name, one in LESSONS.items()
        for number, part in enumerate(one.parts, 1)
        for block in part.text
        for run in block
        if run.style == "term"
    )
    someone = learner(f"?lesson={lesson}&part={part}")
    someone.is_at(lesson, part)
    assert someone.page.locator(".term").first.evaluate("(n) => getComputedStyle(n).textDecorationLine") == "underline"
    someone.press(f"term {term}")
    assert GLOSSARY[term].title in someone.explorer.text(".term-card")
    assert GLOSSARY[term].text[0][0].text in someone.explorer.text(".term-card")
    someone.press("show term")
    shown = page_at(GLOSSARY[term].page).page
    someone.explorer.until(
        "(z) => JSON.stringify(document.querySelector('.tconv-host').page.data.document.input) === z",
        json.dumps(
            np.array(shown.settings.input).reshape(len(shown.settings.input), -1).tolist(), separators=(",", ":")
        ).replace(".0", ""),
    )
    someone.is_at(lesson, part)
    someone.press("leave")


def test_a_teacher_s_link_may_leave_the_text_out(learner):
    someone = learner(f"{AT_SIZE}&text=0")
    someone.is_at(*SIZE)
    assert someone.page.locator(".tconv-lesson .text").count() == 0
    someone.press("ask")
    someone.is_asked("size", 0)
    someone.explorer.has_address(text="0")


def test_the_convolution_and_its_transpose_are_linked_both_ways(learner):
    lesson, part = next(
        (name, number)
        for name, one in LESSONS.items()
        for number, part in enumerate(one.parts, 1)
        if part.beside and "matrix" not in part.page
    )
    someone = learner(f"?lesson={lesson}&part={part}")
    someone.is_at(lesson, part)
    someone.explorer.until(
        "document.querySelectorAll('[data-testid=stage][data-drawn]:not([data-drawn=\"0\"])').length === 2"
    )
    someone.explorer.ready()
    someone.explorer.key("Escape")
    someone.page.evaluate(FRAMES)
    stages = someone.page.locator("[data-testid=stage]")
    traces = "[...document.querySelectorAll('[data-testid=stage]')].map((one) => one.dataset.trace)"
    for stage, name in enumerate(("kernel:0,0,0,1", "kernel:0,0,1,0")):
        stages.nth(stage).locator("[data-grid=kernel] .cell").nth(stage + 1).click()
        someone.explorer.until(f"(name) => {traces}.every((one) => one === name)", name)
    letters = [stages.nth(at).locator(".title b").all_inner_texts() for at in (0, 1)]
    assert sorted(map(sorted, letters)) == [["K", "V", "X"], ["K", "X", "Y"]]


# ---- the way between the pages
def test_the_explorer_offers_the_course_once(visit):
    page = visit(fresh=True)
    page.until(CONTROLS_SHOWN)
    page.steady()
    offer = page.page.locator(".tconv-pages .offer")
    assert offer.is_visible()
    room = page.page.locator("[data-testid=stSidebar]").bounding_box()
    for link in page.page.locator(".tconv-pages a").all():  # none covers the choice of the view
        box = link.bounding_box()
        assert box["x"] + box["width"] <= room["x"] + room["width"]
    top = f"{STAGE}.getBoundingClientRect().top"
    before = page.page.evaluate(top)
    page.page.reload()
    page.ready()
    assert not offer.is_visible()
    page.until(CONTROLS_SHOWN)
    page.steady()
    assert page.page.evaluate(top) == before
    page.page.locator(".tconv-pages a", has_text=say("pages.learn")).click()
    page.until(f"{LESSON} !== null")
    page.page.locator(".tconv-pages a", has_text=say("pages.explore")).click()
    page.until(f"{LESSON} === null")
    page.ready()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_or_pale(learner, size, scheme):
    for lesson in ("", list(LESSONS)[4]):
        someone = learner(f"?lesson={lesson}", size=size, color_scheme=scheme)
        someone.is_at(lesson) if lesson else someone.is_welcome()
        assert someone.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert not someone.explorer.faint(".tconv-lesson")
        assert someone.page.evaluate(CUT) == []
