"""Answers as people give them, read."""

from collections.abc import Sequence
from typing import Any

from explorer.decimals import Unreadable, number_text, parse_number
from explorer.documents.messages import message
from explorer.documents.schema import Message
from explorer.questions.question import Verdict

FIELDS = ("height", "width")


class Unread(ValueError):
    """An answer that cannot be read; ``verdict`` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason["key"])
        self.verdict = Verdict("unread", reason)


def read_number(text: Any, field: str) -> float:
    """A number that a person typed into a field, one of [questions.fields]. Raises `Unread`.

    >>> read_number("−0,5", "value")
    -0.5
    """
    typed, name = str(text).strip(), message(f"questions.fields.{field}")
    if not typed or text is None:
        raise Unread(message("questions.unread.empty", field=name))
    try:
        return parse_number(typed)
    except Unreadable as error:
        shown = typed if len(typed) <= LONGEST_SHOWN else f"{typed[:LONGEST_SHOWN]}…"
        reason = message(f"refusals.{error.key}", text=shown)
        raise Unread(message("questions.unread.number", field=name, reason=reason)) from None


LONGEST_SHOWN = 40
"""Characters of a text that is repeated to the one who typed it."""


def read_length(text: Any, field: str) -> int:
    """A number of cells: whole, and at least 1. Raises `Unread`.

    >>> read_length("3", "height")
    3
    """
    value = read_number(text, field)
    if value != int(value) or value < 1:
        name = message(f"questions.fields.{field}")
        raise Unread(message("questions.unread.length", field=name, value=number_text(value)))
    return int(value)


def read_lengths(given: Any, fields: Sequence[str] = FIELDS) -> list[int]:
    """The numbers of cells in the fields. Raises `Unread`.

    >>> read_lengths(["3", " 5 "])
    [3, 5]
    """
    texts = [given] if isinstance(given, (str, int, float)) or given is None else list(given)
    texts += [""] * (len(fields) - len(texts))
    return [read_length(text, field) for text, field in zip(texts, fields, strict=False)]


def read_choice(given: Any, names: Sequence[str]) -> str:
    """The name of an option. Raises `Unread`."""
    if given not in names:
        raise Unread(message("questions.unread.choice"))
    return str(given)


def read_order(given: Any, names: Sequence[str]) -> list[str]:
    """The names of all options, each once. Raises `Unread`."""
    found = list(given) if isinstance(given, (list, tuple)) else []
    if not all(isinstance(name, str) for name in found) or sorted(found) != sorted(names):
        raise Unread(message("questions.unread.order"))
    return found
