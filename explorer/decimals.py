"""Numbers as people write them, read and written."""

import re

import numpy as np

from explorer.settings import LARGEST_NUMBER

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
LONGEST_NUMBER = 400  # 5e-324, the smallest float64, written out in full, has 326 characters


class Unreadable(ValueError):
    """A text that says no value; ``key`` names the sentence in explorer/text that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def parse_number(text: str) -> float:
    """What a person typed as a number: decimals with point or comma, 1e3, 1/3. Raises `Unreadable`.

    >>> parse_number("1e3"), parse_number(" 1/4 "), parse_number("−0,5")
    (1000.0, 0.25, -0.5)
    """
    plain = text.strip().replace("−", "-").replace(",", ".") if len(text) <= LONGEST_NUMBER else ""
    parts = [part.strip() for part in plain.split("/")]
    if len(parts) > 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise Unreadable("not_a_number")
    top, bottom = float(parts[0]), float(parts[1]) if len(parts) == 2 else 1.0
    if bottom == 0:
        raise Unreadable("division_by_zero")
    value = top / bottom
    if not abs(value) <= LARGEST_NUMBER:
        raise Unreadable("too_large")
    return value + 0.0  # −0 becomes 0


def format_number(value: float) -> str:
    """The shortest plain decimal that reads back as the same float64.

    >>> format_number(1000.0), format_number(0.1), format_number(1e-7)
    ('1000', '0.1', '0.0000001')
    """
    return np.format_float_positional(value + 0.0, trim="-")
