"""A lesson and its parts, read from the files ``NN-name.toml``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from explorer.lessons.markup import Block, filled
from explorer.lessons.places import Places
from explorer.lessons.reading import (
    LessonError,
    Texts,
    blocks_of,
    check_mask,
    in_language,
    only,
    page_of,
    tables,
    texts_of,
)
from explorer.session.page import page_at
from explorer.settings import LIMITS, PAIRS
from explorer.text import spoken

__all__ = ["CONTROLS", "KINDS", "LESSONS", "Lesson", "LessonError", "Part", "lesson_of", "lesson_text", "lesson_title"]

KINDS = (
    *("size", "value", "contributors", "changed", "picture", "order", "checkerboard"),
    *("contributors:input", "contributors:kernel", "contributors:W"),
)
"""What a part may ask; a test compares it with what `explorer.questions` can ask."""
CONTROLS = frozenset((*LIMITS, *(f"{name}_w" for name in PAIRS), "view"))
"""The keys of the controls that a part may offer."""
PARTS = range(2, 6)
"""How many parts a lesson may have."""

_NAME = re.compile(r"([0-9]{2})-([a-z]+(?:-[a-z]+)*)")
_LESSON = {"cells": list, "title": dict, "parts": list}
_PART = {
    "page": str,
    "text": dict,
    "asserted": dict,
    "beside": bool,
    "what_if": str,
    "mask": list,
    "move": list,
    "questions": list,
}


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a lesson: its text, and what the stage shows beside it.

    ``page`` is an address, ``mask`` the cells or grids hidden at first, ``move`` the keys of the controls that are
    offered, ``questions`` the kinds that are asked. ``beside``: the ordinary convolution stands beside its transpose.
    ``what_if`` names a mistake that is shown, or nothing. ``asserted`` are numbers that a text may hold as they are,
    each with the place that must give it. ``cells`` are the notebook's, as the lesson has them.
    """

    texts: Texts
    page: str = ""
    mask: tuple[str, ...] = ()
    move: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    beside: bool = False
    what_if: str = ""
    asserted: Mapping[str, str] = field(default_factory=dict)
    cells: tuple[int, ...] = ()

    @property
    def text(self) -> tuple[Block, ...]:
        """The text in the language that is spoken, its places filled."""
        return lesson_text(self, spoken())

    @property
    def show(self) -> str:
        """``backward`` where the page shows the gradient; else nothing."""
        return "backward" if page_at(self.page).page.view.backward else ""


@dataclass(frozen=True, eq=False)
class Lesson:
    """A lesson: its name in an address, its number, the notebook's cells that it is about, and its parts."""

    name: str
    number: int
    cells: tuple[int, ...]
    titles: Texts
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """The title in the language that is spoken."""
        return lesson_title(self, spoken())


@lru_cache(maxsize=256)
def lesson_text(part: Part, language: str) -> tuple[Block, ...]:
    """A part's text in a language, its places filled; in English where that language has none."""
    places = Places(page_at(part.page).page, part.cells)
    return filled(blocks_of(in_language(part.texts, language)), places.fill)


def lesson_title(lesson: Lesson, language: str) -> str:
    """A lesson's title in a language; in English where that language has none."""
    return in_language(lesson.titles, language)


def lesson_of(file: str, table: Mapping[str, Any]) -> Lesson:
    """The lesson of a file (``NN-name``). Raises `LessonError`, which names file, part and rule."""
    name = _NAME.fullmatch(file)
    if not name:
        raise LessonError(file, "the name must be NN-words-with-hyphens")
    found = only(file, table, _LESSON, ["title", "parts"])
    if len(found["parts"]) not in PARTS:
        raise LessonError(file, f"has {len(found['parts'])} parts; it must have {PARTS[0]} to {PARTS[-1]}")
    cells = _all_of(file, "cells", found.get("cells", []), int)
    parts = tuple(_part(f"{file}, part {number}", part, cells) for number, part in enumerate(found["parts"], 1))
    return Lesson(name[2], int(name[1]), cells, texts_of(f"{file}, title", found["title"]), parts)


def _part(where: str, table: Any, cells: tuple[int, ...]) -> Part:
    found = only(where, table, _PART, ["page", "text"])
    page = page_of(where, found["page"])
    mask, move, questions = (_all_of(where, name, found.get(name, []), str) for name in ("mask", "move", "questions"))
    check_mask(where, mask, page)
    _among(where, "move", move, CONTROLS)
    _among(where, "questions", questions, KINDS)
    rest: dict[str, Any] = {name: found[name] for name in ("beside", "what_if", "asserted") if name in found}
    return Part(texts_of(where, found["text"]), found["page"], mask, move, questions, cells=cells, **rest)


def _all_of(where: str, name: str, values: Sequence[Any], kind: type) -> tuple[Any, ...]:
    if not all(isinstance(value, kind) for value in values):
        raise LessonError(where, f"{name} must hold only values of the kind {kind.__name__}")
    return tuple(values)


def _among(where: str, name: str, values: Sequence[str], allowed: Any) -> None:
    for value in values:
        if value not in allowed:
            raise LessonError(where, f"{name}: “{value}” is none of {', '.join(sorted(allowed))}")


def _lessons() -> dict[str, Lesson]:
    found = [lesson_of(file, table) for file, table in tables().items() if file[:1].isdecimal()]
    for number, lesson in enumerate(found, 1):
        if lesson.number != number:
            raise LessonError(f"{lesson.number:02}-{lesson.name}", f"its number must be {number}")
    return {lesson.name: lesson for lesson in found}


LESSONS: Mapping[str, Lesson] = _lessons()
"""The lessons by their names, in order."""
