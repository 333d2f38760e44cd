"""The course's texts as the tests read them: raw, filled, and in sentences."""

import re
from typing import NamedTuple

from explorer.lessons import GLOSSARY, LESSONS, WELCOME
from explorer.lessons.markup import parsed, plain
from explorer.lessons.places import PLACE, Places, indices_of
from explorer.session.page import page_at

NAMES = re.compile(r"\b(X|K|Y|V|W|dX|dY)\[([0-9]+(?:,[0-9]+)+)\]")
"""A cell as a text names it: X[0,1]."""
WORDS_WITH_DIGITS = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
"""A name like conv2d."""


class Written(NamedTuple):
    """A text of the course: where it is, what it says, and the page that stands beside it."""

    where: str
    raw: str
    page: str
    cells: tuple[int, ...] = ()
    asserted: dict[str, str] = {}  # noqa: RUF012 (never changed)

    @property
    def places(self):
        return Places(page_at(self.page).page, self.cells)

    @property
    def named(self):
        """(name, indices) of every place in it."""
        return [(found[1], indices_of(found[2])) for found in PLACE.finditer(self.raw)]

    @property
    def words(self):
        """The text as it is read, its places filled."""
        return self.places.fill(plain(parsed(self.raw)))


def written():
    """Every text of the course in every language."""
    for lesson in LESSONS.values():
        for language, title in lesson.titles.items():
            yield Written(f"{lesson.name}, title, {language}", title, "")
        for number, part in enumerate(lesson.parts, 1):
            for language, text in part.texts.items():
                where = f"{lesson.name}, part {number}, {language}"
                yield Written(where, text, part.page, part.cells, dict(part.asserted))
    for term in GLOSSARY.values():
        for language, text in term.texts.items():
            yield Written(f"{term.name}, {language}", text, term.page)
    for texts in (WELCOME.titles, WELCOME.texts, WELCOME.starts):
        for language, text in texts.items():
            yield Written(f"welcome, {language}", text, WELCOME.page)


TEXTS = list(written())
PARTS = [(f"{lesson.name}, part {n}", part) for lesson in LESSONS.values() for n, part in enumerate(lesson.parts, 1)]


def sentences(text):
    """The sentences of a text, without those that are a formula alone."""
    found = (sentence.strip() for sentence in re.split(r"(?<=[.:?!;])\s+|\n", text))
    return [sentence for sentence in found if re.search(r"[A-Za-z]{3}", sentence)]
