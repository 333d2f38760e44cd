"""Streamlit's own scripts and styles, compressed once and kept.

Streamlit sends them as they are, each read from its file in a thread: of all that a first visit costs the server, and
of its bytes, that is the larger part.
"""

import gzip
import re
from functools import cache
from importlib.resources import files

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = files("streamlit").joinpath("static", "static")
TYPES = {"js": "text/javascript", "css": "text/css"}
HEADERS = {
    "Cache-Control": "public, immutable, max-age=31536000",  # as Streamlit has it: a name changes with its content
    "Content-Encoding": "gzip",
    "Vary": "Accept-Encoding",
}
kept: dict[str, bytes] = {}
"""What is compressed, by the file's name: as ``js/index.….js``."""


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header allows gzip: by its name or by ``*``, not with weight 0 (RFC 9110, 12.5.3).

    >>> takes_gzip("br, gzip;q=0.8"), takes_gzip("gzip;q=0"), takes_gzip("*"), takes_gzip("*, gzip; q=0.0")
    (True, False, True, False)
    """
    weights = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = next((piece.removeprefix("q=") for piece in parameters if piece.startswith("q=")), "1")
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", "0")))
    return re.fullmatch(r"0(\.0*)?", weight) is None


@cache
def names() -> frozenset[str]:
    """The files that there are; none where they cannot be found."""
    found = []
    for kind in TYPES:
        folder = FOLDER.joinpath(kind)
        if folder.is_dir():
            found += [f"{kind}/{one.name}" for one in folder.iterdir() if one.name.endswith(f".{kind}")]
    return frozenset(found)


def compressed(name: str) -> bytes:
    """A file of `names`, compressed; kept from then on."""
    if name not in kept:
        kept[name] = gzip.compress(FOLDER.joinpath(name).read_bytes(), mtime=0)
    return kept[name]


def compress_page() -> None:
    """Compress what each visitor's page asks for at once."""
    page = FOLDER.joinpath("..", "index.html").read_text(encoding="utf-8")
    for name in re.findall(r'static/((?:js|css)/[^"]+)', page):
        if name in names():
            compressed(name)


class Compressed:
    """Answers for `names`, where a browser takes gzip; everything else is Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _, folder, name = scope.get("path", "").rpartition("/static/")
        is_asked = scope["type"] == "http" and scope["method"] == "GET" and folder and name in names()
        if not is_asked or not takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            await self.app(scope, receive, send)
            return
        body = kept.get(name) or await run_in_threadpool(compressed, name)
        await Response(body, headers=HEADERS, media_type=TYPES[name.partition("/")[0]])(scope, receive, send)
