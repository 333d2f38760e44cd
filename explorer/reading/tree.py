"""What every notation is read into, numbers on levels, and the one error of a text that cannot be read."""

from dataclasses import dataclass

from explorer.decimals import Unreadable, parse_number
from explorer.text import say

MOST_LEVELS = 4
"""Levels of lists: (C_in, C_out // groups, kH, kW) has four."""
SHOWN = 20
"""Characters of the text that an error repeats."""

_ELIDED = ("...", "…", r"\dots", r"\cdots", r"\ldots", r"\vdots", r"\ddots")
_NOT_FINITE = ("nan", "inf", "infinity", "∞", r"\infty")


class NumbersError(ValueError):
    """A text that cannot be read as numbers.

    Attributes: ``key`` names the reason in the table ``reading`` of the texts and ``values`` fill it; ``line`` and
    ``entry``, both counted from 1, say where in the text; ``text`` is what stands there, shortened.

    >>> NumbersError("not_a_number", 2, 1, "abc").key
    'not_a_number'
    """

    def __init__(self, key: str, line: int, entry: int, text: str = "", **values: object) -> None:
        super().__init__(key, line, entry, text)
        self.key, self.line, self.entry = key, line, entry
        self.text = text if len(text) <= SHOWN else text[:SHOWN] + "…"
        self.values = {"text": self.text, **values}

    def __str__(self) -> str:
        """Line, entry and reason in a sentence."""
        reason = say(f"reading.{self.key}", **self.values)
        return say("reading.where", line=self.line, entry=self.entry, reason=reason)


@dataclass
class Number:
    """One number of the text, and where it stands."""

    value: float
    line: int
    entry: int


@dataclass
class Level:
    """A list of numbers, or of lists, and where it begins."""

    items: "list[Number | Level]"
    line: int
    entry: int


@dataclass
class Counter:
    """Counts the lines of a text, and the entries of the present line, both from 1."""

    line: int = 1
    entries: int = 0

    def end_line(self) -> None:
        """The next line begins."""
        self.line += 1
        self.entries = 0

    @property
    def next(self) -> tuple[int, int]:
        """Line and entry of the next entry."""
        return self.line, self.entries + 1

    def number(self, text: str) -> Number:
        """The next entry of the present line as a number. Raises `NumbersError`."""
        self.entries += 1
        return Number(value_of(text, self.line, self.entries), self.line, self.entries)


def value_of(text: str, line: int, entry: int) -> float:
    """The number that an entry says. Raises `NumbersError` with the line and the entry that are given.

    >>> value_of("1/4", 1, 1)
    0.25
    """
    plain = text.strip()
    if not plain:
        raise NumbersError("empty", line, entry)
    if plain in _ELIDED:
        raise NumbersError("elided", line, entry, plain)
    if plain.lstrip("+-−").lower() in _NOT_FINITE:
        raise NumbersError("not_finite", line, entry, plain)
    try:
        return parse_number(plain)
    except Unreadable as error:
        raise NumbersError(error.key, line, entry, plain) from None


def shape_of(tree: "Number | Level") -> tuple[int, ...]:
    """The shape of a tree whose lists are alike on each level; raises `NumbersError` where they are not.

    >>> shape_of(Level([Number(1, 1, 1), Number(2, 1, 2)], 1, 1))
    (2,)
    """
    if isinstance(tree, Number):
        return ()
    shapes = [shape_of(item) for item in tree.items]
    for item, shape in zip(tree.items, shapes, strict=True):
        if shape != shapes[0]:
            raise _uneven(item, shape, shapes[0])
    return len(tree.items), *shapes[0]


def _uneven(item: "Number | Level", shape: tuple[int, ...], first: tuple[int, ...]) -> NumbersError:
    """The error of a list, or a number, that is not like the first of its level."""
    if len(shape) != len(first):
        return NumbersError("uneven_levels", item.line, item.entry)
    if len(shape) == 1:
        return NumbersError("uneven_rows", item.line, item.entry, count=shape[0], first=first[0])
    sizes = {"shape": "×".join(map(str, shape)), "first": "×".join(map(str, first))}
    return NumbersError("uneven_blocks", item.line, item.entry, **sizes)


def flat(tree: "Number | Level") -> list[float]:
    """The tree's numbers in their order."""
    return [tree.value] if isinstance(tree, Number) else [value for item in tree.items for value in flat(item)]
