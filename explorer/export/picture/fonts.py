"""How large the texts in and around cells are, as in ``explorer/stage/fonts.js``; how wide a text is; where it wraps.

A picture is written without its font at hand, so the widths of Source Sans 3's characters are a table here. A text that
something stands behind or beside is fitted into its width by ``textLength``, whatever font a reader has.
"""

from collections.abc import Sequence
from typing import NamedTuple

from explorer.breaking import is_wide
from explorer.figures.typefaces import CHINESE

_LATIN = ("Source Sans 3", "Source Sans", "Segoe UI", "Roboto", "Arial")
FAMILY = ", ".join(
    [*(f"'{family}'" for family in (*_LATIN, *CHINESE)), "sans-serif"]
)  # resvg takes no name with a digit unquoted
SEMIBOLD = 600

LARGEST, SMALLEST = 0.44, 0.24  # a number's font as a part of its cell: of short ones, and of the longest of one size
ROOM = 1.62  # a text of n characters has its room in a font of so many nths of the cell: a digit is half as wide
NAME, LARGEST_NAME, CORNER, SMALLEST_TEXT = 0.17, 20, 0.2, 11
CORNERED = 38
"""The smallest cell that has room for a corner's text above its number and a label below it."""
HATCH, SMALLEST_HATCHED = 13, 14
POINT = 0.5  # a point is half as wide as a digit
DIGIT = 0.5  # em
NOT_YET = "·"
"""What stands in a cell that no stamp has reached yet."""

_REGULAR = {
    200: " ",
    240: "|",
    250: "',.:;ij·′’",
    260: "Il",
    290: "!f",
    300: "()[]{}",
    310: "-",
    340: "t",
    350: "/\\r",
    360: "ᵀ",
    420: "*?sz",
    430: '"“”',
    450: "x",
    460: "c",
    470: "vy",
    480: "JY–",
    490: "FLk",
    500: "#$+0123456789<=>^_aeg~−×≥≤≠",
    510: "X",
    520: "V",
    530: "ES",
    540: "ATZ`hou",
    550: "bdnpq",
    570: "CPR",
    580: "K",
    590: "BΔ",
    610: "&✓",
    620: "DG→",
    650: "HNU",
    660: "OQ",
    720: "w",
    730: "M",
    780: "∞",
    790: "W",
    800: "—",
    820: "%",
    830: "m",
    850: "@",
    950: "…",
}
_SEMIBOLD = {
    200: " ",
    250: "|",
    260: "ij",
    270: "l",
    280: "',.:;I·′’",
    320: "!()-[]f{}",
    340: "/\\",
    360: "t",
    370: "rᵀ",
    430: "s",
    440: "*?z",
    460: "c",
    480: '"x–“”',
    490: "Jy",
    500: "LY_v",
    510: "#$+0123456789<=>F^e~−×≥≤≠",
    520: "agk",
    540: "ESVXZ",
    550: "T`o",
    560: "Abdhnpqu",
    580: "CP",
    590: "R",
    600: "BK",
    610: "Δ",
    620: "→",
    630: "DG✓",
    640: "&",
    660: "HNU",
    670: "OQ",
    750: "Mw",
    800: "W—∞",
    840: "%m",
    880: "@",
    960: "…",
}
_UNKNOWN, _WIDE = 620, 1000  # thousandths of the font's size
_ADVANCES = [
    {character: width for width, characters in table.items() for character in characters}
    for table in (_REGULAR, _SEMIBOLD)
]


def text_width(text: str, size: float, is_bold: bool = False) -> float:
    """The width of a text in a font of this size.

    >>> text_width("00", 10), text_width("", 10)
    (10.0, 0.0)
    >>> text_width("核 0", 10)
    17.0
    """
    table = _ADVANCES[int(is_bold)]
    return sum(table.get(one) or (_WIDE if is_wide(one) else _UNKNOWN) for one in text) * size / 1000


def name_font(cell: float) -> int:
    """The size of the names beside cells."""
    return round(max(SMALLEST_TEXT, min(cell * NAME, LARGEST_NAME)))


def corner_font(cell: float) -> int:
    """The size of the texts in the corners of a cell."""
    return max(SMALLEST_TEXT, round(cell * CORNER))


def hatch_of(cell: float) -> float:
    """From one hatching line to the next along a row; a cell has a whole number of them. 0 in cells too small for them.

    >>> hatch_of(26), hatch_of(10)
    (13.0, 0.0)
    """
    return 0.0 if cell < SMALLEST_HATCHED else cell / max(round(cell / HATCH), 1)


class Font(NamedTuple):
    """What all numbers of a grid have in common: ``size`` is their font's as a part of a cell.

    Where their decimal points stand below one another, ``before`` and ``after`` are how many characters there are at
    most before the point and from it on; else both are 0.
    """

    size: float
    before: float = 0
    after: float = 0


def common_font(texts: Sequence[str]) -> Font:
    """The font of a grid's numbers: one size, as large as fits.

    >>> common_font(["1", "2"]), common_font(["0.5", "12"]).after
    (Font(size=0.44, before=0, after=0), 1.5)
    """
    size = max(_fitting(max([1.0, *map(_characters, texts)])), SMALLEST)
    is_decimal = any("." in text for text in texts) and not any("e" in text for text in texts)
    if not is_decimal:
        return Font(size)
    before, after = (max(sides) for sides in zip(*map(_sides, texts), strict=True))
    fitted = _fitting(before + after)
    return Font(size) if fitted < SMALLEST else Font(fitted, before, after)


def own_font(font: Font, text: str) -> float:
    """A text's own size: the common one, but smaller where the text is too long for its cell."""
    return min(font.size, _fitting(_characters(text)))


def shift_of(font: Font, text: str) -> float:
    """How many digits' widths a centred text moves to the right, so that its point stands below the others'."""
    before, after = _sides(text)
    if not font.after or not text or before > font.before or after > font.after:
        return 0.0
    return (font.before - before - (font.after - after)) / 2


def _fitting(characters: float) -> float:
    return min(LARGEST, ROOM / max(characters, 1))


def _characters(text: str) -> float:
    """How many digits' widths a text takes."""
    return sum(_sides(text))


def _sides(text: str) -> tuple[float, float]:
    """How many digits' widths a text takes before its point, and from it on."""
    point = text.find(".")
    return (len(text), 0) if point < 0 else (point, len(text) - point - POINT)
