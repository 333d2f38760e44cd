"""A page's link as a QR code: an SVG for a class to photograph. No service is asked."""

from io import BytesIO

import segno
from segno import DataOverflowError

from explorer.figures.palette import INK, PAPER
from explorer.text import say

FINEST = 25
"""The version (ISO/IEC 18004) of the finest code: 117 modules a side, which a telephone still reads from a wall."""
MOST_BYTES = 1273
"""Bytes that a code of that version holds at its lowest level of correction."""
QUIET_ZONE = 4
"""Modules of plain paper on each side, as the standard asks for."""


class LinkTooLong(ValueError):
    """A link that no code holds which can be read in a room; the text says what to do."""

    def __init__(self, length: int) -> None:
        super().__init__(say("export.qr.too_long", length=length, most=MOST_BYTES))


def qr_code(link: str) -> segno.QRCode:
    """The code of a link, as coarse as it can be; raises `LinkTooLong`.

    >>> qr_code("https://explorer.example/?stride=2").version
    3
    >>> qr_code("x" * 2000)
    Traceback (most recent call last):
    explorer.export.qr.LinkTooLong: This link has 2000 characters, …
    """
    length = len(link.encode())
    if length > MOST_BYTES:
        raise LinkTooLong(length)
    try:
        code = segno.make_qr(link, error="L")  # a higher level where it costs no module
    except DataOverflowError:
        raise LinkTooLong(length) from None
    if int(code.version) > FINEST:
        raise LinkTooLong(length)
    return code


def qr_svg(link: str) -> str:
    """The code as an SVG without a size of its own, black on white in every theme; raises `LinkTooLong`.

    >>> qr_svg("https://explorer.example/").startswith("<svg")
    True
    """
    code, out = qr_code(link), BytesIO()
    code.save(out, kind="svg", dark=INK, light=PAPER, border=QUIET_ZONE, omitsize=True, xmldecl=False, title=link)
    return out.getvalue().decode()
