"""The picture as pixels: a PNG by resvg, with fonts from packages, so that it is the same on every machine."""

import re
from html import unescape

from explorer.documents.schema import Document
from explorer.export.options import WIDTHS
from explorer.export.picture.drawing import tag
from explorer.export.picture.font_files import PictureError, characters, chinese_of, latin_file, part_file
from explorer.export.picture.fonts import SEMIBOLD
from explorer.export.picture.svg import svg
from explorer.text import say

WIDTH = 1600
MOST_PIXELS = 24_000_000
BOLD = "0.04em"
"""How much wider a line of a bold Chinese character is than one of a plain one: Noto Sans SC has one weight here."""
TEXT = re.compile(r"(<(?:text|tspan)\b[^>]*>)([^<]*)")


def png(document: Document, width: int = WIDTH, theme: str = "light", background: str = "") -> bytes:
    """The picture of a document as a PNG of so many px across; ``theme`` and ``background`` as `svg` has them.

    Raises `PictureError` where the width is out of bounds, and where the font is not installed or lacks a character.

    >>> import explorer
    >>> png(explorer.document(), 400)[:4]
    b'\\x89PNG'
    """
    return rasterised(svg(document, theme, background), width)


def rasterised(picture: str, width: int) -> bytes:
    """An SVG as a PNG of so many px across. Raises `PictureError` as `png` does."""
    from resvg_py import svg_to_bytes

    check_width(picture, width)
    chinese = check_characters(picture)
    drawn, fonts = picture, [latin_file()]
    if chinese:
        drawn, fonts = emboldened(picture, chinese), [latin_file(), part_file(chinese)]
    return svg_to_bytes(svg_string=drawn, width=width, skip_system_fonts=True, font_files=list(map(str, fonts)))


def check_width(picture: str, width: int) -> None:
    """Refuse a width that is out of bounds, or that would take too many pixels."""
    own = [float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', picture[:600])[:2]]
    least, most = WIDTHS[0], min(WIDTHS[1], int((MOST_PIXELS * own[0] / own[1]) ** 0.5))
    if not least <= width <= most:
        raise PictureError(say("export.bad_width", width=width, least=least, most=most))


def check_characters(picture: str) -> frozenset[str]:
    """The Chinese characters of a picture.

    Refuse a picture with a character that both fonts lack: it would be left out without a word.
    """
    text = "".join(unescape(text) for _, text in TEXT.findall(picture))
    chinese = chinese_of(text)
    missing = sorted(set(text) - characters(latin_file()) - chinese - {"\n"})
    if missing:
        raise PictureError(say("export.no_glyph", characters=" ".join(missing)))
    return chinese


def emboldened(picture: str, chinese: frozenset[str]) -> str:
    """The picture with a line around the Chinese characters of its bold texts, which are the colour of all texts.

    >>> emboldened('<svg fill="red"><text font-weight="600">核 K</text></svg>', frozenset("核"))[15:]
    ' color="red"><text font-weight="600"><tspan stroke="currentColor" stroke-width="0.04em">核</tspan> K</text></svg>'
    """
    run = re.compile(f"[{re.escape(''.join(sorted(chinese)))}]+")
    around = tag("tspan", r"\g<0>", stroke="currentColor", stroke_width=BOLD)

    def bold(found: re.Match[str]) -> str:
        start, text = found.groups()
        return start + (run.sub(around, text) if f'font-weight="{SEMIBOLD}"' in start else text)

    coloured = re.sub(r'<svg[^>]*?( fill="([^"]*)")', r'\g<0> color="\2"', picture, count=1)
    return TEXT.sub(bold, coloured)
