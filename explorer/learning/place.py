"""Where somebody is in the course, as the address says it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from explorer.lessons import LESSONS, WELCOME, Part, Welcome
from explorer.presets import FIRST
from explorer.questions import ASKED
from explorer.session.address import OWN, query_of
from explorer.session.names import COURSE
from explorer.session.page import Page, page_at
from explorer.settings import Notice
from explorer.text import Listed

PRACTICE = "practice"
"""The place of the mixed practice, which is no lesson."""
STAGES = ("step", "trace", "present", "hide")
"""What the stage itself writes into an address: alone, it is said of the part's own page."""
LARGEST_NUMBER = 10**6
_QUESTION = re.compile(r"([a-zA-Z_:]+)\.([0-9]{1,7})")
SHOWN = 40


@dataclass(frozen=True)
class Place:
    """A ``lesson`` (empty: the welcome; or `PRACTICE`), its ``part`` from 1, and the question that is open in it.

    ``kind`` is the open question's (empty: none is open), ``number`` its seed. Without ``text`` the stage stands alone
    beside the question.
    """

    lesson: str = ""
    part: int = 1
    kind: str = ""
    number: int = 0
    text: bool = True

    @property
    def address(self) -> dict[str, str]:
        """The course's part of the address.

        >>> Place("padding-crops", 2, "size", 3).address
        {'lesson': 'padding-crops', 'part': '2', 'question': 'size.3'}
        """
        said = {
            "lesson": self.lesson,
            "part": str(self.part) if self.part > 1 else "",
            "question": f"{self.kind}.{self.number}" if self.kind else "",
            "text": "" if self.text else "0",
        }
        return {name: value for name, value in said.items() if value}


def parts_of(lesson: str) -> int:
    """How many parts a lesson has; the welcome and the practice have one."""
    return len(LESSONS[lesson].parts) if lesson in LESSONS else 1


def part_at(place: Place) -> Part | Welcome:
    """The part of the lesson at a place; the welcome where there is no lesson."""
    if place.lesson in LESSONS:
        return LESSONS[place.lesson].parts[place.part - 1]
    return WELCOME


def questions_of(place: Place) -> tuple[str, ...]:
    """The kinds of questions that the part at a place asks."""
    part = part_at(place)
    return part.questions if isinstance(part, Part) else ()


def place_of(query: Mapping[str, str]) -> tuple[Place, list[Notice]]:
    """The place that an address says; what cannot be is left out, and a notice names it.

    >>> place_of({"lesson": "nowhere"})[1][0].key
    'no_lesson'
    """
    notices = []
    lesson = query.get("lesson", "")
    if lesson not in (*LESSONS, PRACTICE, ""):
        notices.append(Notice.of("no_lesson", value=lesson[:SHOWN], lessons=Listed(LESSONS)))
        lesson = ""
    most = parts_of(lesson)
    said = query.get("part", "1")
    part = int(said) if re.fullmatch(r"[0-9]{1,6}", said) else 0
    if not 1 <= part <= most:
        notices.append(Notice.of("no_part", value=said[:SHOWN], most=most))
        part = 1
    kind, number = "", 0
    if "question" in query:
        found = _QUESTION.fullmatch(query["question"])
        if found and found[1] in ASKED and int(found[2]) <= LARGEST_NUMBER:
            kind, number = found[1], int(found[2])
        else:
            notices.append(Notice.of("no_question", value=query["question"][:SHOWN], kinds=Listed(ASKED)))
    return Place(lesson, part, kind, number, query.get("text") != "0"), notices


def find(search: str, entry: int = 0) -> tuple[Place, Page, list[Notice]]:
    """The place and the page that an address says: the part's own page where it says no other.

    >>> find("?lesson=practice&stride=2")[1].settings.layer.stride
    (2, 2)
    """
    query = query_of(search)
    place, notices = place_of(query)
    rest = {name: value for name, value in query.items() if name not in COURSE}
    if not any(name in OWN and name not in STAGES for name in rest):
        rest = {**part_query(place), **rest}
    change = page_at(f"?{urlencode(rest)}", entry)
    return place, change.page, [*notices, *change.notices]


def part_query(place: Place) -> dict[str, str]:
    """The address of the part's page at a place, with the mistake that it shows."""
    part = part_at(place)
    what_if = part.what_if if isinstance(part, Part) else ""
    return {**query_of(part.page), **({"what_if": what_if} if what_if else {})}


def page_address(place: Place, page: Page) -> dict[str, str]:
    """The address of a page at a place: it says the page only where that is no longer the part's own."""
    own = {} if page.address == part_page(place).address else written(page)
    return {**place.address, **own}


def written(page: Page) -> dict[str, str]:
    """The address of a page that says so even where it is the bare one."""
    return page.address or {"preset": FIRST}


def part_page(place: Place) -> Page:
    """The page of the part at a place, as the lesson sets it."""
    return page_at(f"?{urlencode(part_query(place))}").page
