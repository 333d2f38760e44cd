"""The course's page run by Streamlit's own runner, without a browser: what the stage and the panel are handed."""

import json
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from explorer.documents.build import document
from explorer.documents.convolution import as_convolution
from explorer.learning.course import Course
from explorer.learning.panel import panel
from explorer.learning.place import PRACTICE, Place, part_page
from explorer.lessons import LESSONS, WELCOME
from explorer.limits import PAIRS
from explorer.operation import run
from explorer.questions import KINDS
from explorer.text import texts

PAGE = Path(__file__).parents[2] / "explorer" / "pages" / "learn.py"
PARTS = [(name, number) for name, lesson in LESSONS.items() for number in range(1, len(lesson.parts) + 1)]
STAGE_MARK = "controls_mark"
ANSWER = ("session", "number", "done")


def part_of(lesson, number):
    return LESSONS[lesson].parts[number - 1]


MOVABLE = [(lesson, part) for lesson, part in PARTS if part_of(lesson, part).move and not part_of(lesson, part).mask]
BESIDE = [(lesson, part) for lesson, part in PARTS if part_of(lesson, part).beside]


@cache
def first_with(kind):
    """The first part that asks a kind of question and hides nothing of its own."""
    return next(at for at in PARTS if kind in part_of(*at).questions and not part_of(*at).mask)


def open_page(lesson="", part=1, **query):
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    said = {"lesson": lesson, "part": str(part) if part > 1 else "", **query}
    for name, value in said.items():
        if value:
            page.query_params[name] = value
    return shown(page.run())


def shown(page):
    """The page, once it is known that stage and panel say what the course is."""
    assert not page.exception, page.exception
    course = page.session_state.course
    stage = stages(page)[0]
    assert stage["address"] == course.address
    assert stage["document"] == as_json(expected(course, course.view))
    assert panel_of(page) == as_json(panel(course))
    assert answer_of(page) == {"session": course.name, "number": course.number, "done": course.done}
    assert bool(stage.get("asking")) == course.is_asking
    return page


def expected(course, view):
    """The document of what a stage of the course shows."""
    found = document(run(course.settings), view, "")
    two = course.question is None and course.place.lesson in LESSONS and part_of(*at(course)).beside
    return as_convolution(found) if two and view.backward and course.place.lesson != "backward" else found


def at(course):
    return course.place.lesson, course.place.part


def as_json(value):
    return json.loads(json.dumps(value))


def sent(page):
    return [json.loads(one.proto.json) for one in page.get("bidi_component")]


def stages(page):
    return [data for data in sent(page) if "document" in data]


def panel_message(page):
    (data,) = [data for data in sent(page) if "blocks" in data]
    return data


def panel_of(page):
    """What the panel says."""
    return {name: value for name, value in panel_message(page).items() if name not in ANSWER}


def answer_of(page):
    """The answer that it belongs to."""
    return {name: panel_message(page)[name] for name in ANSWER}


def controls(page):
    """{key: widget} of the controls below the stage."""
    widgets = [*page.slider, *page.select_slider, *page.get("button_group")]
    return {widget.key: widget for widget in widgets}


def do(page, name, /, **arguments):
    """Let the visitor's course hear a command, as the panel sends it."""
    course = page.session_state.course
    course.hear([{"id": course.done + 1, "name": name, "arguments": arguments, "document": course.document}])
    return shown(page.run())


def right(question):
    """The answer as the panel sends it."""
    if question.form == "size":
        return [str(number) for number in question.answer]
    return str(question.answer) if question.form == "number" else question.answer


def wrong(question):
    """An answer in the question's form that is not the right one."""
    if question.form == "size":
        return [str(question.answer[0] + 1), str(question.answer[1])]
    if question.form == "number":
        return str(question.answer + 1)
    if question.form == "choice":
        return next(option.name for option in question.options if option.name != question.answer)
    return question.answer[::-1] if question.form == "order" else question.answer[:-1] or [f"{question.pick}:0,0,0"]


def test_the_welcome():
    page = open_page()
    data = panel_of(page)
    assert (data["lesson"], data["part"], data["title"]) == ("", 1, WELCOME.title)
    assert data["question"] is None
    assert not controls(page)
    assert stages(page)[0]["notices"] == []


@pytest.mark.parametrize(("lesson", "part"), PARTS)
def test_a_part_sets_the_stage_and_offers_what_it_lets_one_move(lesson, part):
    page = open_page(lesson, part)
    course, data, found = page.session_state.course, panel_of(page), part_of(lesson, part)
    assert (course.place.lesson, course.place.part) == (data["lesson"], data["part"]) == (lesson, part)
    assert course.page.content == part_page(Place(lesson, part)).content
    assert data["kinds"] == list(found.questions)
    assert all(stage["notices"] == [] for stage in stages(page))
    assert (course.question is not None) == bool(found.mask)
    assert list(controls(page)) == ([] if found.mask else list(found.move))
    words = " ".join(run["text"] for block in data["blocks"] for run in block)
    assert words
    assert "{" not in words


@pytest.mark.parametrize(("lesson", "part"), BESIDE)
def test_the_ordinary_convolution_stands_beside_its_transpose(lesson, part):
    page = open_page(lesson, part)
    one, other = stages(page)
    assert one["link"] == other["link"]
    assert other["isBeside"]
    assert not one.get("isBeside")
    shown_there = {stage["document"]["direction"] for stage in (one, other)}
    assert shown_there == {"forward", "backward"}
    assert one["document"]["sizes"] == other["document"]["sizes"]
    assert one["document"]["input"] == other["document"]["input"]


@pytest.mark.parametrize(("lesson", "part"), MOVABLE)
def test_every_control_moves_to_both_ends_and_back_is_the_lesson_s_picture(lesson, part):
    page = open_page(lesson, part)
    for name in part_of(lesson, part).move:
        for end in ("min", "max"):
            widget = controls(page)[name]
            if name == "view":
                for view in ("gather", "matrix", "scatter"):
                    page = shown(controls(page)["view"].set_value(view).run())
                    assert page.session_state.course.page.view.view == view
            elif name == "groups":
                page = shown(widget.set_value(widget.options[0 if end == "min" else -1]).run())
            elif not widget.disabled:
                page = shown(widget.set_value(getattr(widget, end)).run())
                assert value_of(page.session_state.course.page.settings, name) == getattr(widget, end)
    page = do(page, "leave")
    assert not panel_of(page)["isChanged"]
    assert page.session_state.course.page.content == part_page(Place(lesson, part)).content


def value_of(settings, name):
    """The value of a control in settings."""
    layer = settings.layer
    if name.removesuffix("_w") in PAIRS:
        return getattr(layer, name.removesuffix("_w"))[
            int(name.endswith("_w") or settings.size[0] == 1 == layer.kernel_size[0])
        ]
    sizes = {"input": settings.size, "kernel": layer.kernel_size}
    grid, _, side = name.partition("_")
    return sizes[grid][int(side == "width")] if grid in sizes else getattr(layer, name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_answered_wrong_then_right(kind):
    page = open_page(*first_with(kind))
    page = do(page, "ask", kind=kind, number=0)
    asked = panel_of(page)["question"]
    assert (asked["kind"], asked["state"], asked["reason"], asked["isPlayed"]) == (kind, "open", "", False)
    assert len(stages(page)) == 1
    assert not controls(page)
    question = page.session_state.course.question
    page = do(page, "answer", given=wrong(question))
    said = panel_of(page)["question"]
    assert said["state"] == "wrong"
    assert said["reason"]
    page = do(page, "answer", given=right(question))
    said = panel_of(page)["question"]
    assert (said["state"], said["isPlayed"]) == ("right", True)
    stage = stages(page)[0]
    if question.form == "cells":
        assert stage["picking"] == {"grid": question.pick, "chosen": question.answer, "isOpen": False}
        assert stage["marked"] == {"right": question.answer, "wrong": [], "missed": []}
    page = do(page, "leave")
    assert panel_of(page)["question"] is None


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_is_played(kind):
    page = do(open_page(*first_with(kind)), "ask", kind=kind, number=1)
    page = do(page, "play")
    assert stages(page)[0]["plays"] == 1
    assert panel_of(page)["question"]["isPlayed"]
    assert not stages(page)[0]["asking"]


def test_the_practice_asks_of_another_page():
    page = do(open_page(), "practise", kind="size", number=3, search="?stride=2")
    data = panel_of(page)
    assert (data["lesson"], data["title"], data["question"]["kind"]) == (PRACTICE, texts()["learn"]["practice"], "size")


def test_through_the_lessons_and_back():
    page = open_page()
    for lesson in LESSONS:
        page = do(page, "visit", lesson=lesson, part=2)
        assert panel_of(page)["title"] == LESSONS[lesson].title
    page = do(page, "go", search="", entry=0)
    assert panel_of(page)["lesson"] == ""


def test_the_address_of_an_open_question_is_restored():
    lesson, part = first_with("value")
    page = do(open_page(lesson, part), "ask", kind="value", number=2)
    query = dict(page.session_state.course.address)
    other = open_page(query.pop("lesson"), int(query.pop("part", "1")), **query)
    assert panel_of(other) == panel_of(page)
    assert other.session_state.course.question == page.session_state.course.question


def test_without_its_text():
    page = open_page(*PARTS[0], text="0")
    assert not panel_of(page)["hasText"]
    assert page.session_state.course.address == {"lesson": PARTS[0][0], "text": "0"}


@pytest.mark.parametrize(
    "query",
    [
        {"lesson": "nowhere"},
        {"lesson": PARTS[0][0], "part": "99"},
        {"question": "size.x"},
        {"lesson": "<script>alert(1)</script>"},
    ],
)
def test_what_cannot_be_is_named(query):
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    page = shown(page.run())
    assert len(stages(page)[0]["notices"]) == 1
    assert Course.at(urlencode(query)).place == page.session_state.course.place
