"""What the panel beside the stage says, as JSON-ready data: the lesson's text, the open question, what was answered."""

from dataclasses import replace
from typing import Any, TypedDict
from urllib.parse import urlencode

from explorer.documents.messages import speak
from explorer.learning.course import Course
from explorer.learning.place import PRACTICE, part_at, questions_of, written
from explorer.lessons import GLOSSARY, LESSONS, WELCOME, Block, Term
from explorer.questions import Option
from explorer.session.address import to_query
from explorer.text import kept_by_language, say, texts


class RunData(TypedDict):
    """A piece of a paragraph: its ``text``, how it stands out (``style``), and the glossary's ``term`` that it is."""

    text: str
    style: str
    term: str


class OptionData(TypedDict):
    """One of the answers that are offered: its ``name``, what it says, and its ``picture`` as SVG (or empty)."""

    name: str
    text: str
    picture: str


class QuestionData(TypedDict):
    """The open question: what is asked, in which ``form`` it is answered, and what was said of the last answer.

    ``state``: open, right, wrong or unread. ``reason`` is the verdict's sentence; ``isPlayed``: the stage shows how the
    answer comes about.
    """

    kind: str
    number: int
    ask: str
    form: str
    pick: str
    pictures: list[OptionData]
    options: list[OptionData]
    state: str
    reason: str
    mistakes: list[str]
    isPlayed: bool


class LessonData(TypedDict):
    """A lesson as the contents list it, and what can be asked about each of its parts."""

    name: str
    title: str
    parts: list[dict[str, Any]]


class PanelData(TypedDict):
    """All that the panel says.

    ``lesson`` is a lesson's name, empty for the welcome, or ``practice``. ``kinds`` are the kinds of questions that the
    part asks; ``about`` is the page that a question is about. ``isChanged``: the stage shows something else than the
    part's picture. ``explore`` is the address in the explorer of what it shows.
    """

    lesson: str
    part: int
    title: str
    cells: list[int]
    blocks: list[list[RunData]]
    kinds: list[str]
    question: QuestionData | None
    isChanged: bool
    hasText: bool
    explore: dict[str, str]
    about: str


def panel(course: Course) -> PanelData:
    """The panel of a visitor's course."""
    place, part = course.place, part_at(course.place)
    lesson = LESSONS.get(place.lesson)
    title = lesson.title if lesson else say("learn.practice") if place.lesson else WELCOME.title
    return {
        "lesson": place.lesson,
        "part": place.part,
        "title": title,
        "cells": list(lesson.cells) if lesson else [],
        "blocks": [] if place.lesson == PRACTICE else blocks(part.text),
        "kinds": list(questions_of(place)),
        "question": question_data(course) if course.question else None,
        "isChanged": course.is_changed,
        "hasText": place.text,
        "about": f"?{urlencode(written(course.page))}",
        "explore": to_query(course.settings, replace(course.view, mask=())),
    }


def blocks(text: tuple[Block, ...]) -> list[list[RunData]]:
    """Paragraphs as data."""
    return [[{"text": run.text, "style": run.style, "term": run.term} for run in block] for block in text]


def question_data(course: Course) -> QuestionData:
    """The open question of a course."""
    question, verdict = course.question, course.verdict
    assert question is not None
    return {
        "kind": course.place.kind,
        "number": course.place.number,
        "ask": speak(question.ask),
        "form": question.form,
        "pick": question.pick,
        "pictures": options(question.pictures),
        "options": options(question.options),
        "state": verdict.state if verdict else "open",
        "reason": speak(verdict.message) if verdict else "",
        "mistakes": list(verdict.mistakes) if verdict else [],
        "isPlayed": course.is_played,
    }


def options(offered: tuple[Option, ...]) -> list[OptionData]:
    """What is to be chosen from, or stands above it as a picture."""
    return [
        {"name": one.name, "text": speak(one.message) if one.message else "", "picture": one.picture} for one in offered
    ]


def contents() -> list[LessonData]:
    """The lessons in their order, each part with its page and the kinds of questions that it asks."""
    return [
        {
            "name": name,
            "title": lesson.title,
            "parts": [{"page": part.page, "kinds": list(part.questions)} for part in lesson.parts],
        }
        for name, lesson in LESSONS.items()
    ]


@kept_by_language()
def constants() -> dict[str, Any]:
    """What the panel needs and no visitor changes: its words, the contents, and the glossary."""
    return {
        "words": {**texts()["learn"], "joints": texts()["joints"]},
        "contents": contents(),
        "reading": [{"title": one.title, "by": one.by, "url": one.url} for one in WELCOME.sources],
        "glossary": {name: glossary_entry(term) for name, term in GLOSSARY.items()},
    }


def glossary_entry(term: Term) -> dict[str, Any]:
    """A term of the glossary, and the page of its picture."""
    return {"title": term.title, "blocks": blocks(term.text), "page": term.page}
