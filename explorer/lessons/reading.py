"""Reads the course's TOML files, and says which rule a bad one breaks."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from explorer.lessons.markup import Block, parsed
from explorer.lessons.places import PLACE, is_place
from explorer.session.page import Page, page_at
from explorer.text import LANGUAGE, languages
from explorer.views import cell_ranges


class LessonError(ValueError):
    """A file of the course that breaks a rule; it names the file, the part and the rule."""

    def __init__(self, where: str, rule: str) -> None:
        super().__init__(f"{where}: {rule}")


Texts = Mapping[str, str]
"""{language: text}; English is always among them."""


def tables() -> dict[str, dict[str, Any]]:
    """Every TOML file of the package by its name without the suffix, sorted; with the texts of each language's folder.

    A language's folder is named as its file in `explorer.text`, and its files as those whose texts they have.
    """
    found = _tables_in(files(__package__))
    for language in languages():
        folder = files(__package__).joinpath(language)
        for name, table in _tables_in(folder).items() if folder.is_dir() else ():
            if name not in found:
                raise LessonError(f"{language}/{name}", "is no file of the course")
            found[name] = joined(f"{language}/{name}", found[name], table)
    return found


def _tables_in(folder: Traversable) -> dict[str, dict[str, Any]]:
    named = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {file.name.removesuffix(".toml"): table_of(file.name, file.read_text(encoding="utf-8")) for file in named}


def joined(where: str, table: Any, other: Any) -> Any:
    """A table with what another one of its shape says besides; nothing is said twice. Raises `LessonError`.

    >>> joined("a", {"title": {"en": "Crop"}, "parts": [{}]}, {"title": {"zh": "裁剪"}})
    {'title': {'en': 'Crop', 'zh': '裁剪'}, 'parts': [{}]}
    """
    if isinstance(table, Mapping) and isinstance(other, Mapping):
        both = {name: joined(f"{where}, {name}", table[name], own) for name, own in other.items() if name in table}
        return {**table, **other, **both}
    if isinstance(table, list) and isinstance(other, list):
        if len(table) != len(other):
            raise LessonError(where, f"has {len(other)} of {len(table)}")
        return [joined(f"{where} {n}", *pair) for n, pair in enumerate(zip(table, other, strict=True), 1)]
    raise LessonError(where, "is said already")


def table_of(name: str, text: str) -> dict[str, Any]:
    """The table of a file's text. Raises `LessonError` where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LessonError(name, f"is no TOML: {error}") from None


def only(where: str, table: Any, kinds: Mapping[str, type], needed: Sequence[str] = ()) -> dict[str, Any]:
    """A table that has no other keys than ``kinds``, each of its kind, and all that are ``needed``.

    >>> only("a", {"move": ["stride"]}, {"move": list})
    {'move': ['stride']}
    """
    if not isinstance(table, Mapping):
        raise LessonError(where, "must be a table")
    for key, value in table.items():
        if key not in kinds:
            raise LessonError(where, f"“{key}” is none of {', '.join(kinds)}")
        if not isinstance(value, kinds[key]):
            raise LessonError(where, f"{key} must be of the kind {kinds[key].__name__}")
    for key in needed:
        if key not in table:
            raise LessonError(where, f"{key} is missing")
    return dict(table)


def texts_of(where: str, table: Any) -> Texts:
    """The texts of each language. English must be there; marks must be closed, and places must have known names."""
    found = only(where, table, {key: str for key in table} if isinstance(table, Mapping) else {}, [LANGUAGE])
    for language, text in found.items():
        try:
            blocks_of(text)
        except ValueError as error:
            raise LessonError(f"{where}, {language}", str(error)) from None
        for place in PLACE.finditer(text):
            if not is_place(place[1]):
                raise LessonError(f"{where}, {language}", f"there is no place “{place[1]}”")
    return found


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text whose places are not filled yet."""
    return parsed(text)


def in_language(texts: Texts, language: str) -> str:
    """The text of a language; the English one where it has none.

    >>> in_language({"en": "crop"}, "zh")
    'crop'
    """
    return texts.get(language, texts[LANGUAGE])


def page_of(where: str, address: str) -> Page:
    """The page of an address. Raises `LessonError` where something in it is ignored or moved."""
    found = page_at(address)
    if found.notices:
        notice = found.notices[0]
        said = ", ".join(f"{name} {value}" for name, value in notice.values)
        raise LessonError(where, f"page “{address}”: {notice.key} ({said})")
    return found.page


def check_mask(where: str, mask: Sequence[str], page: Page) -> None:
    """Raise `LessonError` where a name is neither a grid of the page nor one of its cells."""
    ranges = cell_ranges(page.settings)
    for name in mask:
        grid, _, indices = name.partition(":")
        numbers = indices.split(",") if indices else []
        fits = grid in ranges and len(numbers) in (0, len(ranges[grid]))
        if not fits or any(
            not (number.isdecimal() and int(number) < count)
            for number, count in zip(numbers, ranges.get(grid, ()), strict=False)
        ):
            raise LessonError(where, f"mask: there is no “{name}”")
