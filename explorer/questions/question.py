"""What a question is, what it offers, and what is said about an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from explorer.documents.schema import Message
from explorer.settings import Settings
from explorer.views import View

Form = Literal["size", "number", "cells", "choice", "order"]
"""How an answer is given.

``size`` two texts, height and width; ``number`` one text; ``cells`` names of cells; ``choice`` the name of an option;
``order`` the names of all options.
"""
State = Literal["right", "wrong", "unread"]


@dataclass(frozen=True)
class Option:
    """One of the things to choose from, or a picture that belongs to a question.

    ``picture`` is an SVG or empty; where there is one, ``message`` is its text for those who do not see it.
    ``mistakes`` are those that lead to this option: they are never shown before an answer is given.
    """

    name: str
    message: Message | None = None
    picture: str = ""
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question about settings, with the answer that the core gives.

    ``view`` is what the stage shows while the question is open, ``reveal`` when it plays the answer, then of the
    settings ``after`` where these are others. ``cell`` names the cell that is asked about, in canvas coordinates, or is
    empty. ``pictures`` stand above the options. ``pick`` is the grid whose cells are clicked. ``answer`` is JSON-ready
    and in the form in which people give one, but numbers are numbers.
    """

    kind: str
    seed: int
    settings: Settings
    view: View
    ask: Message
    form: Form
    answer: Any
    reveal: View
    options: tuple[Option, ...] = ()
    pictures: tuple[Option, ...] = ()
    pick: str = ""
    cell: str = ""
    after: Settings | None = None


@dataclass(frozen=True)
class Verdict:
    """What is said of an answer.

    ``unread``: it could not be read, and the message says why. ``mistakes`` are those that give exactly this answer,
    the likeliest first.
    """

    state: State
    message: Message
    mistakes: tuple[str, ...] = ()


class Kind(NamedTuple):
    """A kind of question: ``ask(settings, seed)`` gives None where it cannot be asked; ``mark(question, given)``."""

    ask: Callable[[Settings, int], Question | None]
    mark: Callable[[Question, Any], Verdict]
