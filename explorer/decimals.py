"""Numbers as people write them, read and written."""

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np

from explorer.settings import LARGEST_NUMBER

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
ALWAYS_WITHIN = 6  # characters of a plain number that cannot be larger than LARGEST_NUMBER
SHORT_NUMBER = 9  # characters of a number that is not worth shortening
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
    if len(text) <= ALWAYS_WITHIN and _PLAIN.fullmatch(text):  # most are
        return float(text) + 0.0
    plain = text.strip().replace("−", "-").replace("–", "-").replace(",", ".") if len(text) <= LONGEST_NUMBER else ""
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


def shortened(value: float) -> float:
    """A number of few digits that a cell shows as it shows this one.

    Numbers that are short already stay as they are, and so does what lies exactly between two texts of a cell: that has
    five significant digits. So do those below 10⁻³, where the texts change their form, and those from 10¹⁵.

    >>> shortened(0.36708123456789), shortened(2.0), shortened(1234.5), shortened(123456.789012345)
    (0.3671, 2.0, 1234.5, 123457)
    """
    size = abs(value)
    if len(repr(size)) <= SHORT_NUMBER or not 1e-3 <= size < 1e15:
        return value
    if size < 9999.5:
        return float(f"{value:.4g}")
    return int(float(f"{value:.0f}" if size < 1e7 else f"{value:.4g}"))  # without ".0"


_WHOLE = Context(prec=28, rounding=ROUND_HALF_UP)
_SHORT = Context(prec=4, rounding=ROUND_HALF_UP)  # four significant digits


def number_text(value: float) -> str:
    """A number as a cell shows it: whole from 9999.5 to 10⁷ and where it is whole, else to four significant digits.

    The same rule as ``numberText`` in explorer/stage/numbers.js; both are held to tests/number_texts.json. The binary
    value is rounded, a half away from zero, as JavaScript's toFixed and toPrecision do (ECMA-262, Number.prototype).

    >>> [number_text(v) for v in (2.0, -0.36708, 12345.6, 1234567890.0, 1e-9)]
    ['2', '−0.3671', '12346', '1.235e+9', '1e-9']
    """
    if math.isnan(value):
        return "?"
    sign = "−" if value < 0 else ""
    return f"{sign}{_size_text(abs(value))}"


def _size_text(size: float) -> str:
    """The text of a number that is not negative."""
    if size == math.inf:
        return "∞"
    exact = Decimal(size)
    if size < 1e7 and (size == int(size) or size >= 9999.5):
        return f"{exact.quantize(Decimal(1), context=_WHOLE):f}"
    rounded = _SHORT.plus(exact).normalize()
    if size >= 1e-4 and size < 1e7:
        return f"{rounded:f}"
    power = rounded.adjusted()
    return f"{rounded.scaleb(-power):f}e{power:+d}"
