"""Questions about a computation, each another one for every seed, and what is said of an answer.

A kind of question is a module of this package, an entry in `KINDS`, and its texts. No Streamlit, no JavaScript.
"""

from collections.abc import Mapping
from typing import Any

from explorer.questions.changed import CHANGED
from explorer.questions.checkerboard import CHECKERBOARD
from explorer.questions.contributors import CONTRIBUTORS
from explorer.questions.contributors import ask as ask_contributors
from explorer.questions.order import ORDER
from explorer.questions.picture import PICTURE
from explorer.questions.question import Kind, Option, Question, Verdict
from explorer.questions.reaching import PICKS
from explorer.questions.size import SIZE
from explorer.questions.value import VALUE
from explorer.settings import Settings

__all__ = ["ASKED", "KINDS", "Kind", "Option", "Question", "Verdict", "ask", "mark"]

KINDS: Mapping[str, Kind] = {
    "size": SIZE,
    "value": VALUE,
    "contributors": CONTRIBUTORS,
    "picture": PICTURE,
    "changed": CHANGED,
    "order": ORDER,
    "checkerboard": CHECKERBOARD,
}
"""Every kind of question by its name, in the order in which practice introduces them."""
ASKED = (*KINDS, *(f"contributors:{pick}" for pick in PICKS))
"""What can be asked: a kind, or "contributors:" and the grid whose cells are picked, which the seed chooses else."""


def ask(kind: str, settings: Settings, seed: int) -> Question | None:
    """A question of a kind, near the settings: seed 0 is the nearest, another seed another question.

    ``kind`` is one of `ASKED`.
    None where that kind cannot be asked of the settings: nothing is asked of what is cropped or added after the layer.

    >>> ask("size", Settings(), 0).answer
    [3, 3]
    """
    if settings != settings.plain:
        return None
    name, _, pick = kind.partition(":")
    return ask_contributors(settings, seed, pick) if pick else KINDS[name].ask(settings, seed)


def mark(question: Question, given: Any) -> Verdict:
    """What is said of an answer, given as JSON has it; see `explorer.questions.question.Form`.

    >>> mark(ask("size", Settings(), 0), ["3", "3"]).state
    'right'
    """
    return KINDS[question.kind].mark(question, given)
