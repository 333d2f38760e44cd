"""Sizes as people write them: 16, 16x16, 97×50, and a range 1..64."""

import re
from dataclasses import dataclass

from explorer.networks.page.refusing import Unusable

LARGEST = 10**6
"""Cells along an axis. Nothing is made of that size: all is arithmetic."""
MOST_AXES = 3
LONGEST = 60
"""Characters of a size that is worth reading."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_BETWEEN = re.compile(r"\s*[x×,;*]\s*|\s+")
_RANGE = re.compile(r"([0-9]{1,9})\s*(?:\.\.+|…|-|–|to)\s*([0-9]{1,9})")


@dataclass(frozen=True)
class Span:
    """A size, an axis each; a single number is meant for all axes. With ``last`` every size from the one to the other.

    >>> Span((16,)).on(2), Span((1,), 64).on(2)
    ((16, 16), (64, 64))
    """

    size: tuple[int, ...]
    last: int = 0

    @property
    def is_range(self) -> bool:
        """Whether it says a range of sizes."""
        return self.last > 0

    def on(self, axes: int) -> tuple[int, ...] | None:
        """The size on so many axes, of a range its end; None where the span has another number of axes."""
        size = (self.last,) if self.is_range else self.size
        if len(size) == 1:
            return size * axes
        return size if len(size) == axes else None

    def __str__(self) -> str:
        return f"{self.size[0]}..{self.last}" if self.is_range else "x".join(map(str, self.size))


def read_size(text: str) -> Span:
    """A size of one to three axes. Raises `Unusable`, whose key names the sentence.

    >>> read_size("97×50").size, read_size(" (16, 16) ").size
    ((97, 50), (16, 16))
    """
    parts = _BETWEEN.split(_plain(text))
    if not 1 <= len(parts) <= MOST_AXES or not all(_NUMBER.fullmatch(part) for part in parts):
        raise Unusable("no_size")
    return Span(_checked(map(int, parts)))


def read_span(text: str) -> Span:
    """A size, or a range of sizes. Raises `Unusable`.

    >>> str(read_span("1 .. 64")), str(read_span("16 × 16"))
    ('1..64', '16x16')
    """
    found = _RANGE.fullmatch(_plain(text))
    if not found:
        return read_size(text)
    first, last = _checked(map(int, found.groups()))
    if first >= last:
        raise Unusable("no_range")
    return Span((first,), last)


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise Unusable("no_size")
    return text.strip().removeprefix("(").removesuffix(")").strip().lower()


def _checked(numbers: "map[int]") -> tuple[int, ...]:
    size = tuple(numbers)
    if not all(1 <= n <= LARGEST for n in size):
        raise Unusable("size_outside")
    return size
