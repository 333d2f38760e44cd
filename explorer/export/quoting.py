"""How a page is cited, linked and embedded."""

from html import escape
from urllib.parse import quote

import explorer
from explorer.text import say

KINDS = ("link", "iframe", "markdown", "bibtex")
YEAR = 2026
"""Of the version that is cited."""
EMBED = "embed=true"
"""What makes Streamlit show a page without its own menu and margins."""
KEPT = "!#$%&'*+,/:;=?@[]~|"
"""What may stand in an address as it is. Braces and parentheses may not: they end what BibTeX and Markdown read."""


def quotation(kind: str, address: str) -> str:
    """A page's whole link in one of the `KINDS`.

    >>> quotation("markdown", "https://explorer.example/?x=1,2")
    '[Transposed convolution](https://explorer.example/?x=1,2)'
    """
    whole = quote(address, safe=KEPT)
    path, mark, end = whole.partition("#")
    embedded = path if EMBED in path else f"{path}{'&' if '?' in path else '?'}{EMBED}"
    return say(
        f"export.quotations.{kind}",
        address=whole,
        embedded=escape(embedded + mark + end),
        title=escape(say("title")),
        version=explorer.__version__,
        year=YEAR,
    ).strip()
