"""The picture as pixels: a PNG by resvg, with Source Sans 3 from a package, so that it is the same on every machine."""

import re
from functools import cache
from html import unescape
from pathlib import Path

from explorer.documents.schema import Document
from explorer.export.options import WIDTHS, OptionError
from explorer.export.picture.svg import svg
from explorer.text import say

WIDTH = 1600
MOST_PIXELS = 24_000_000


class PictureError(OptionError):
    """A picture that cannot be made; its text is a sentence that says why."""


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
    check_characters(picture)
    return svg_to_bytes(svg_string=picture, width=width, skip_system_fonts=True, font_files=[str(font_file())])


def check_width(picture: str, width: int) -> None:
    """Refuse a width that is out of bounds, or that would take too many pixels."""
    own = [float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', picture[:600])[:2]]
    least, most = WIDTHS[0], min(WIDTHS[1], int((MOST_PIXELS * own[0] / own[1]) ** 0.5))
    if not least <= width <= most:
        raise PictureError(say("export.bad_width", width=width, least=least, most=most))


def check_characters(picture: str) -> None:
    """Refuse a picture with a character that the font lacks: it would be left out without a word."""
    texts = re.findall(r"<(?:text|tspan)\b[^>]*>([^<]*)", picture)
    missing = sorted({character for text in texts for character in unescape(text)} - characters() - {"\n"})
    if missing:
        raise PictureError(say("export.no_glyph", characters=" ".join(missing), font=font_file().stem))


@cache
def characters() -> frozenset[str]:
    """The characters that the font has."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def font_file() -> Path:
    """The file of the font. Raises `PictureError` where its package is not installed."""
    try:
        from fontpkg_source_sans_3 import ROOT
    except ImportError:
        raise PictureError(say("export.no_font")) from None
    return ROOT / "files" / "SourceSans3[wght].ttf"
