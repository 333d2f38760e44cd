"""SVG as text: elements, escaped; colours mixed; lines that hatch a box."""

from collections.abc import Iterable
from html import escape


def number(value: float) -> str:
    """A length as SVG has it, to two decimals.

    >>> number(12.0), number(0.3333), number(-0.001)
    ('12', '0.33', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, content: str | Iterable[str] = "", /, **attributes: object) -> str:
    """An element; ``content`` is SVG, an attribute's ``_`` is a ``-``, and an attribute that is None is left out.

    >>> tag("text", escaped("a < b"), font_size=12.5, class_="number", fill=None)
    '<text font-size="12.5" class="number">a &lt; b</text>'
    """
    inside = content if isinstance(content, str) else "".join(content)
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def _value(value: object) -> str:
    return number(value) if isinstance(value, (int, float)) else escape(str(value))


def escaped(text: str) -> str:
    """A text as it may stand between tags; what XML 1.0 cannot hold is left out."""
    return escape("".join(character for character in text if character >= " " or character in "\t\n"), quote=False)


def mixed(colour: str, share: float, other: str) -> str:
    """So much of a colour, the rest another one.

    >>> mixed("#FFFFFF", 0.5, "#000000"), mixed("#102030", 1, "#000000")
    ('#808080', '#102030')
    """
    parts = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{int(one * share + rest * (1 - share) + 0.5):02X}" for one, rest in parts)


def scaled(value: float, bound: float, scale: tuple[str, str, str]) -> str:
    """The colour of a value on a diverging scale that runs from −``bound`` to ``bound``.

    >>> scaled(-1, 2, ("#000000", "#808080", "#FFFFFF"))
    '#404040'
    """
    negative, zero, positive = scale
    share = min(abs(value) / bound, 1.0)
    return mixed(negative if value < 0 else positive, share, zero)


def hatched(left: float, top: float, width: float, height: float, gap: float, rises: bool) -> str:
    """The path of the hatching of a box: lines ``gap`` apart along a row, all on one pattern from 0, 0 on.

    >>> hatched(0, 0, 10, 10, 10, rises=True)
    'M0,10L10,0'
    """
    right, bottom = left + width, top + height
    lines = []
    # A rising line has x + y = at everywhere, a falling one x − y = at.
    low, high = (left + top, right + bottom) if rises else (left - bottom, right - top)
    for count in range(int(low // gap) + 1, int(-(-high // gap))):
        at = count * gap
        if rises:
            start, end = max(left, at - bottom), min(right, at - top)
            lines.append(f"M{number(start)},{number(at - start)}L{number(end)},{number(at - end)}")
        else:
            start, end = max(left, at + top), min(right, at + bottom)
            lines.append(f"M{number(start)},{number(start - at)}L{number(end)},{number(end - at)}")
    return "".join(lines)


def dotted(left: float, top: float, width: float, height: float, gap: float) -> str:
    """The path of dots on a pattern in a box: lines without a length, whose round ends are the dots."""
    columns = [left + gap / 2 + n * gap for n in range(int(width / gap))]
    rows = [top + gap / 2 + n * gap for n in range(int(height / gap))]
    return "".join(f"M{number(x)},{number(y)}h0" for y in rows for x in columns)
