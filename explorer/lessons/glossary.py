"""The glossary: each term in two sentences, with the address of a picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from explorer.lessons.markup import Block, filled
from explorer.lessons.places import Places
from explorer.lessons.reading import Texts, blocks_of, in_language, only, page_of, tables, texts_of
from explorer.session.page import page_at
from explorer.text import spoken

_TERM = {"title": dict, "text": dict, "words": dict, "page": str}


@dataclass(frozen=True, eq=False)
class Term:
    """A term: its ``name`` in links, its title and text, and ``page``, the address of a picture.

    ``words`` are the ways in which a text may say it, {language: words}; the title is one of them.
    """

    name: str
    titles: Texts
    texts: Texts
    words: Mapping[str, tuple[str, ...]]
    page: str

    @property
    def title(self) -> str:
        """The title in the language that is spoken."""
        return in_language(self.titles, spoken())

    @property
    def text(self) -> tuple[Block, ...]:
        """The text in the language that is spoken, its places filled."""
        return term_text(self, spoken())


@lru_cache(maxsize=256)
def term_text(term: Term, language: str) -> tuple[Block, ...]:
    """A term's text in a language, its places filled; in English where that language has none."""
    places = Places(page_at(term.page).page)
    return filled(blocks_of(in_language(term.texts, language)), places.fill)


def term_of(name: str, table: Any) -> Term:
    """The term of an entry of glossary.toml. Raises `LessonError`."""
    where = f"glossary, {name}"
    found = only(where, table, _TERM, ["title", "text", "page"])
    page_of(where, found["page"])
    titles = texts_of(f"{where}, title", found["title"])
    words = {language: (title, *found.get("words", {}).get(language, ())) for language, title in titles.items()}
    return Term(name, titles, texts_of(where, found["text"]), words, found["page"])


GLOSSARY: Mapping[str, Term] = {name: term_of(name, table) for name, table in tables().get("glossary", {}).items()}
"""The terms by their names, in the order of the file."""
