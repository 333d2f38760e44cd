"""The screen before the lessons: what the operation is for, one picture, where to begin, what to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from explorer.lessons.markup import Block, filled
from explorer.lessons.places import Places
from explorer.lessons.reading import Texts, blocks_of, in_language, only, page_of, tables, texts_of
from explorer.session.page import page_at
from explorer.text import LANGUAGE

_WELCOME = {"title": dict, "text": dict, "start": dict, "page": str, "sources": list}
_SOURCE = {"title": str, "by": str, "url": str}


@dataclass(frozen=True)
class Source:
    """Something to read further: its title, who wrote it, and where it is."""

    title: str
    by: str
    url: str


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
        """The title in English."""
        return in_language(self.titles, LANGUAGE)

    @property
    def start(self) -> str:
        """The words of the button that begins the first lesson, in English."""
        return in_language(self.starts, LANGUAGE)

    @property
    def text(self) -> tuple[Block, ...]:
        """The text in English, its places filled."""
        return welcome_text(self)


@lru_cache
def welcome_text(welcome: Welcome, language: str = LANGUAGE) -> tuple[Block, ...]:
    """The text in a language, its places filled; in English where that language has none."""
    places = Places(page_at(welcome.page).page)
    return filled(blocks_of(in_language(welcome.texts, language)), places.fill)


def welcome_of(table: Mapping[str, Any]) -> Welcome:
    """The screen of welcome.toml. Raises `LessonError`."""
    found = only("welcome", table, _WELCOME, ["title", "text", "start", "page", "sources"])
    page_of("welcome", found["page"])
    title, text, start = (texts_of(f"welcome, {name}", found[name]) for name in ("title", "text", "start"))
    sources = (
        only(f"welcome, source {number}", source, _SOURCE, list(_SOURCE))
        for number, source in enumerate(found["sources"], 1)
    )
    return Welcome(title, text, start, found["page"], tuple(Source(**source) for source in sources))


WELCOME: Welcome = welcome_of(tables()["welcome"])
"""The screen before the lessons."""
