"""The server: the page script, the stage's assets, security headers, and a warm-up.

`streamlit run` looks for the name `app` in the file that it is given, and for the call that makes it: so `app.py` in
this project's folder makes the same one of `SERVER`.
"""

import gc
import gzip
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.documents.build import document
from explorer.export.plotlyjs import plotly_script
from explorer.operation import run
from explorer.pages import asking
from explorer.pages.component import PLOTLY_ADDRESS, page_style, script, script_address, style_address
from explorer.pages.door import Door
from explorer.pages.failing import show_failure
from explorer.pages.lesson import panel_script, panel_script_address
from explorer.pages.rewriting import Rewriting, with_base, without_error_dialogs
from explorer.settings import Settings
from explorer.views import View

FRAME_ANCESTORS = os.environ.get("FRAME_ANCESTORS", "'self'")
"""Who may embed the page, as Content-Security-Policy writes it: FRAME_ANCESTORS="'self' https://course.example"."""

# Streamlit builds styles and workers at run time, and imports a component's script from a blob.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        f"frame-ancestors {FRAME_ANCESTORS}",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def streamlit_scripts(kind: str) -> list[str]:
    """The scripts that Streamlit's page imports only when it meets a kind of element; none where they cannot be found.

    Those that the page itself asks for at once are left out.
    """
    root = files("streamlit").joinpath("static")
    folder = root.joinpath("static", "js")
    page = root.joinpath("index.html").read_text(encoding="utf-8")
    found, waiting = [], [one.name for one in folder.iterdir() if one.name.startswith(f"{kind}.")]
    while waiting:
        name = waiting.pop()
        if name in found or f"/{name}" in page:
            continue
        found.append(name)
        text = folder.joinpath(name).read_text(encoding="utf-8")
        waiting += re.findall(r'(?:from|import)"\./([\w.-]+\.js)"', text)
    return [f"static/js/{name}" for name in found]


PRELOAD = ", ".join(
    (
        f"<{script_address()}>; rel=modulepreload",
        f"<{style_address()}>; rel=preload; as=style",
        *(f"<{address}>; rel=modulepreload; fetchpriority=low" for address in streamlit_scripts("BidiComponent")),
        f"<{PLOTLY_ADDRESS}>; rel=preload; as=script; fetchpriority=low",
    )
)
"""What the stage needs: so a browser asks for it with the page, not only when the stage is there."""

PANEL = f"<{panel_script_address()}>; rel=modulepreload, "
"""What the course's page needs besides."""

LAYER = ", ".join(
    (
        f"<{asking.LAYER.address}>; rel=modulepreload",
        f"<{style_address()}>; rel=preload; as=style",
        *(f"<{address}>; rel=modulepreload; fetchpriority=low" for address in streamlit_scripts("BidiComponent")),
    )
)
"""What the page of layers needs, which has no stage."""

UPSAMPLE = LAYER.replace(asking.LAYER.address, asking.UPSAMPLE.address)
"""What the page of upsampling needs."""


def preloaded(path: str) -> str:
    """What the page at a path asks for at once."""
    if path.endswith("/layer"):
        return LAYER
    if path.endswith("/upsample"):
        return UPSAMPLE
    return PANEL + PRELOAD if path.endswith("/learn") else PRELOAD


class SecurityHeaders:
    """Adds `HEADERS` to every answer, and `PRELOAD` to every page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Link"] = preloaded(scope["path"])
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


ASSETS: dict[str, tuple[str, Callable[[], str]]] = {
    PLOTLY_ADDRESS: ("text/javascript", plotly_script),
    script_address(): ("text/javascript", script),
    panel_script_address(): ("text/javascript", panel_script),
    asking.LAYER.address: ("text/javascript", lambda: asking.LAYER.script),
    asking.UPSAMPLE.address: ("text/javascript", lambda: asking.UPSAMPLE.script),
    style_address(): ("text/css", page_style),
}
"""What a browser may keep for ever, as each address names its content: address -> media type, and the text."""


@cache
def asset(address: str, compressed: bool) -> bytes:
    """An asset's bytes; compressed once and kept."""
    content = ASSETS[address][1]().encode()
    return gzip.compress(content) if compressed else content


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


def serve_asset(request: Request) -> Response:
    """One of `ASSETS`, for a year."""
    address = f"assets/{request.path_params['name']}"
    if address not in ASSETS:
        return Response(status_code=404)
    compressed = takes_gzip(request.headers.get("accept-encoding", ""))
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if compressed:
        headers["Content-Encoding"] = "gzip"
    return Response(asset(address, compressed), media_type=ASSETS[address][0], headers=headers)


@asynccontextmanager
async def warm(app: Any) -> AsyncIterator[None]:
    """Import and compute everything once before the first visitor comes, torch included.

    What lives as long as the server is kept out of the garbage collector's way.
    """
    document(run(Settings()), View())
    for address in ASSETS:
        asset(address, compressed=True)
    gc.collect()
    gc.freeze()
    yield


REWRITES = {
    "/_stcore/host-config": without_error_dialogs,
    "/learn": with_base,
    "/layer": with_base,
    "/upsample": with_base,
}
"""What is changed of Streamlit's answers, by the end of a path."""

SERVER: dict[str, Any] = {
    "script_path": str(Path(__file__).with_name("pages.py")),
    "routes": [Route("/assets/{name}", serve_asset)],
    "middleware": [Middleware(Door), Middleware(SecurityHeaders), Middleware(Rewriting, rewrites=REWRITES)],
    "on_script_error": show_failure,
    "lifespan": warm,
}
"""What `st.App` makes the server of."""
