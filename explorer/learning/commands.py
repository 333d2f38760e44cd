"""What the panel of the course may ask for, beside the commands of a page."""

from collections.abc import Mapping
from typing import Any

from explorer.learning.place import LARGEST_NUMBER
from explorer.lessons import LESSONS
from explorer.questions import ASKED
from explorer.session.commands import LONGEST_ADDRESS, Rule, list_of, one_of, text_up_to, whole_number

LONGEST_ANSWER = 60
"""Characters of one part of an answer: a number, a cell's name."""
MOST_ANSWERS = 300
"""Parts of one answer: the cells of the largest grid that can be clicked."""
MOST_PARTS = max(len(lesson.parts) for lesson in LESSONS.values())


def _answer(value: Any) -> Any:
    """An answer: one text, or a list of texts."""
    one = text_up_to(LONGEST_ANSWER)
    return list(list_of(one, MOST_ANSWERS)(value)) if isinstance(value, list) else one(value)


def _part(value: Any) -> int:
    return whole_number(1, MOST_PARTS)(value)


COURSE_RULES: Mapping[str, Rule] = {
    "visit": Rule({"lesson": one_of(("", *LESSONS)), "part": _part}),
    "practise": Rule(
        {"kind": one_of(ASKED), "number": whole_number(0, LARGEST_NUMBER), "search": text_up_to(LONGEST_ADDRESS)},
    ),
    "ask": Rule({"kind": one_of(ASKED), "number": whole_number(0, LARGEST_NUMBER)}),
    "answer": Rule({"given": _answer}),
    "play": Rule({}),
    "leave": Rule({}),
}
"""Every command of the course by its name."""
