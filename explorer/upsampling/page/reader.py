"""Values taken from an address; what is bad in it is left out, and a notice names it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from explorer.decimals import LONGEST_NUMBER, Unreadable, parse_number
from explorer.notice import Notice

SHOWN = 40
"""Characters of a bad value that a notice repeats."""
LARGEST_KERNEL = 8
"""Rows and columns of a kernel on this page: one that interpolates at stride 4 has eight."""


class Reader:
    """Takes values from a query."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.notices: list[Notice] = []

    def take(self, name: str, read: Callable[[str], Any], otherwise: Any, **rule: object) -> Any:
        """What the query says for a name; ``otherwise`` where it says nothing or what ``read`` cannot read.

        >>> reader = Reader({"seed": "x"})
        >>> reader.take("seed", read_flag, 0), reader.notices[0].key
        (0, 'unknown')
        """
        if name not in self.query:
            return otherwise
        value = self.query[name]
        try:
            return read(value)
        except Unreadable as error:
            shown = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
            self.notices.append(Notice.of(error.key, field=name, value=shown, **rule))
            return otherwise


def read_flag(text: str) -> bool:
    """``1`` or ``0``."""
    if text not in ("0", "1"):
        raise Unreadable("unknown")
    return text == "1"


def read_large_kernel(text: str) -> np.ndarray:
    """A kernel of one channel pair that may be larger than the explorer's, (rows, columns).

    >>> read_large_kernel("1,2;3,4").tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    if "|" in text or len(text) > LARGEST_KERNEL**2 * LONGEST_NUMBER:
        raise Unreadable("too_large_grid")
    rows = [row.split(",") for row in text.split(";")]
    if len({len(row) for row in rows}) != 1:
        raise Unreadable("ragged")
    if max(len(rows), len(rows[0])) > LARGEST_KERNEL:
        raise Unreadable("too_large_grid")
    return np.array([[parse_number(cell) for cell in row] for row in rows])
