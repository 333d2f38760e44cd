"""The screen before the lessons: what the operation is for, one picture, where to begin, what to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from explorer.lessons.markup import Block, filled
from explorer.lessons.places import Places
from explorer.lessons.reading import Texts, blocks_of, in_language, only, page_of, tables, texts_of
from explorer.session.page import page_at
from explorer.text import spoken

_WELCOME = {"title": dict, "text": dict, "start": dict, "page": str, "sources": list}
_SOURCE = {"title": dict, "by": dict, "url": dict}


@dataclass(frozen=True, eq=False)
class Source:
    """Something to read further: its titles, who wrote it, and where it is, which may differ by language."""

    titles: Texts
    writers: Texts
    addresses: Texts

    @property
    def title(self) -> str:
        """The title in the language that is spoken."""
        return in_language(self.titles, spoken())

    @property
    def by(self) -> str:
        """Who wrote it, in the language that is spoken."""
        return in_language(self.writers, spoken())

    @property
    def url(self) -> str:
        """Where it is, if it can be in the language that is spoken."""
        return in_language(self.addresses, spoken())


@dataclass(frozen=True, eq=False)
class Welcome:
    """The screen: ``titles``, ``texts``, the button's words ``starts``, the picture's address ``page``, ``sources``."""

    titles: Texts
    texts: Texts
    starts: Texts
    page: str
    sources: tuple[Source, ...]

    @property
    def title(self) -> str:
        """The title in the language that is spoken."""
        return in_language(self.titles, spoken())

    @property
    def start(self) -> str:
        """The words of the button that begins the first lesson, in the language that is spoken."""
        return in_language(self.starts, spoken())

    @property
    def text(self) -> tuple[Block, ...]:
        """The text in the language that is spoken, its places filled."""
        return welcome_text(self, spoken())


@lru_cache
def welcome_text(welcome: Welcome, language: str) -> tuple[Block, ...]:
    """The text in a language, its places filled; in English where that language has none."""
    places = Places(page_at(welcome.page).page)
    return filled(blocks_of(in_language(welcome.texts, language)), places.fill)


def welcome_of(table: Mapping[str, Any]) -> Welcome:
    """The screen of welcome.toml. Raises `LessonError`."""
    found = only("welcome", table, _WELCOME, ["title", "text", "start", "page", "sources"])
    page_of("welcome", found["page"])
    title, text, start = (texts_of(f"welcome, {name}", found[name]) for name in ("title", "text", "start"))
    sources = tuple(_source(f"welcome, source {number}", one) for number, one in enumerate(found["sources"], 1))
    return Welcome(title, text, start, found["page"], sources)


def _source(where: str, table: Any) -> Source:
    found = only(where, table, _SOURCE, list(_SOURCE))
    return Source(*(texts_of(f"{where}, {name}", found[name]) for name in _SOURCE))


WELCOME: Welcome = welcome_of(tables()["welcome"])
"""The screen before the lessons."""
