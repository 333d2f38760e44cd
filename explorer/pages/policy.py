"""The Content-Security-Policy: what a page may run, load and ask, and who may embed it."""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html.parser import HTMLParser

from explorer.text import say

SITE = re.compile(r"(?:https?://)?(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::(?:\d{1,5}|\*))?", re.IGNORECASE | re.ASCII)
"""A host as frame-ancestors takes one. A path would match nothing, as a frame says only its origin."""
WORDS = {"'self'", "'none'", "*", "https:", "http:"}
WITHOUT_QUOTES = {"self", "none"}
"""These need their quotes: without them they are names of hosts."""


class AncestorsError(ValueError):
    """Text that is no list of who may embed a page; the message says how to write one."""


def checked_ancestors(text: str) -> str:
    """Who may embed the page, as frame-ancestors has it; raises `AncestorsError` for what it cannot hold.

    >>> checked_ancestors("'self'  https://*.course.example:8443")
    "'self' https://*.course.example:8443"
    """
    names = re.split(" +", text.strip(" "))
    wrong = [name for name in names if not _may_embed(name)]
    if len(names) > 1:
        wrong += [name for name in names if name.lower() == "'none'"]
    if wrong:
        raise AncestorsError(say("server.ancestors", value=ascii(text), name=ascii(wrong[0])))
    return " ".join(names)


def _may_embed(name: str) -> bool:
    return name.lower() in WORDS or (SITE.fullmatch(name) is not None and name.lower() not in WITHOUT_QUOTES)


class _InlineScripts(HTMLParser):
    """Collects the texts of a page's scripts that have no address."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_inside = tag == "script" and "src" not in dict(attrs)
        if self.is_inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = False

    def handle_data(self, data: str) -> None:
        if self.is_inside:
            self.texts[-1] += data


def inline_scripts(page: str) -> list[str]:
    """The texts of a page's own scripts.

    >>> inline_scripts('<script src="a.js"></script><script>let a = "<b>";</script>')
    ['let a = "<b>";']
    """
    parser = _InlineScripts()
    parser.feed(page)
    parser.close()
    return parser.texts


def script_hash(text: str) -> str:
    """What lets one script run that stands in a page.

    >>> script_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy(scripts: Iterable[str], ancestors: str) -> str:
    """The policy of every answer; ``scripts`` are the texts that may stand in a page itself.

    Only what was measured to be needed:

    - Streamlit imports a component's script from a blob, and takes an address only of a package that is installed.
    - Streamlit (emotion) and plotly make styles at run time, and the stage's cells say their places in theirs.
    - Pictures are data: where Python makes them; fonts are where KaTeX has them, in Streamlit's styles.
    - Streamlit's protobuf.js makes numbers of 64 bits by WebAssembly, which wants no more than its own word.
    - 'self' in connect-src is this server's websocket too (Chromium, Firefox, Safari from 15.4).
    """
    sources: dict[str, Sequence[str]] = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *dict.fromkeys(map(script_hash, scripts)), "'wasm-unsafe-eval'", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": [ancestors],
    }
    return "; ".join(" ".join([name, *values]) for name, values in sources.items())
