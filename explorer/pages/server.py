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
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.documents.build import document
from explorer.export.plotlyjs import plotly_script
from explorer.operation import run
from explorer.pages import asking
from explorer.pages.component import PLOTLY_ADDRESS, page_style, script, script_address, style_address
from explorer.pages.compressing import Compressed, compress_page, takes_gzip
from explorer.pages.door import Door
from explorer.pages.failing import show_failure
from explorer.pages.fonts import KIND, fonts
from explorer.pages.guarding import Guarding
from explorer.pages.lesson import panel_script, panel_script_address
from explorer.pages.open_files import allow_many
from explorer.pages.options import allowed_hosts, base_path, welcome
from explorer.pages.policy import AncestorsError, checked_ancestors, inline_scripts, policy
from explorer.pages.rewriting import BASE_SCRIPT, Encodings, Rewriting, with_base, without_error_dialogs
from explorer.pages.speaking import language_of_request
from explorer.settings import Settings
from explorer.text import kept_by_language, languages, speaking, terminal_language
from explorer.views import View

STATIC = files("streamlit").joinpath("static")
PAGE = STATIC.joinpath("index.html").read_text(encoding="utf-8")
"""The page that Streamlit sends at every path."""


def ancestors() -> str:
    """Who may embed the page: the variable FRAME_ANCESTORS. One that nobody could follow ends the program."""
    try:
        with speaking(terminal_language()):
            return checked_ancestors(os.environ.get("FRAME_ANCESTORS", "'self'"))
    except AncestorsError as error:
        raise SystemExit(str(error)) from None


POLICY = policy([*inline_scripts(PAGE), *inline_scripts(BASE_SCRIPT.decode())], ancestors())
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def streamlit_scripts(kind: str) -> list[str]:
    """The scripts that Streamlit's page imports only when it meets a kind of element; none where they cannot be found.

    Those that the page itself asks for at once are left out.
    """
    folder = STATIC.joinpath("static", "js")
    found, waiting = [], [one.name for one in folder.iterdir() if one.name.startswith(f"{kind}.")]
    while waiting:
        name = waiting.pop()
        if name in found or f"/{name}" in PAGE:
            continue
        found.append(name)
        text = folder.joinpath(name).read_text(encoding="utf-8")
        waiting += re.findall(r'(?:from|import)"\./([\w.-]+\.js)"', text)
    return [f"static/js/{name}" for name in found]


COMPONENT_SCRIPTS = streamlit_scripts("BidiComponent")


@kept_by_language(maxsize=64)
def preloaded(page: str) -> str:
    """What a page needs: so a browser asks for it with the page, not only when the stage or the panel is there.

    ``page`` is the last part of its path. All pages but those of layers and of upsampling have the stage.

    >>> "plotly" in preloaded("upsample"), "plotly" in preloaded("")
    (False, True)
    """
    alone = {"layer": asking.LAYER, "upsample": asking.UPSAMPLE}
    scripts = [alone[page].address] if page in alone else [script_address()]
    scripts += [panel_script_address()] if page == "learn" else []
    plotly = [] if page in alone else [f"<{PLOTLY_ADDRESS}>; rel=preload; as=script; fetchpriority=low"]
    asked = (
        *(f"<{address}>; rel=modulepreload" for address in scripts),
        f"<{style_address()}>; rel=preload; as=style",
        *(f"<{address}>; rel=modulepreload; fetchpriority=low" for address in COMPONENT_SCRIPTS),
        *plotly,
    )
    return ", ".join(asked)


class SecurityHeaders:
    """Adds `HEADERS` to every answer, and to every page what it needs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if headers.get("content-type", "").startswith("text/html"):
                    with speaking(language_of_request(scope)):
                        headers["Link"] = preloaded(scope["path"].rpartition("/")[2])
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def scripts() -> dict[str, str]:
    """The scripts of the stage and of the panels, in the language that is spoken, by their addresses."""
    stages = {script_address(): script(), panel_script_address(): panel_script()}
    return stages | {panel.address: panel.script for panel in (asking.LAYER, asking.UPSAMPLE)}


def scripts_of_all() -> dict[str, str]:
    """The scripts in all languages."""
    found: dict[str, str] = {}
    for language in languages():
        with speaking(language):
            found |= scripts()
    return found


ASSETS: dict[str, tuple[str, str | Callable[[], bytes]]] = {
    PLOTLY_ADDRESS: ("text/javascript", plotly_script()),
    style_address(): ("text/css", page_style()),
    **{address: ("text/javascript", text) for address, text in scripts_of_all().items()},
    **{address: (KIND, make) for address, make in fonts().items()},
}
"""What a browser may keep for ever, as each address names its content: address -> media type, and the text, or what
makes the bytes."""


@cache
def asset(address: str, compressed: bool) -> bytes:
    """An asset's bytes; a text's compressed once and kept. What is no text is compressed in itself."""
    content = ASSETS[address][1]
    if not isinstance(content, str):
        return content()
    return gzip.compress(content.encode()) if compressed else content.encode()


def serve_asset(request: Request) -> Response:
    """One of `ASSETS`, for a year."""
    address = f"assets/{request.path_params['name']}"
    if address not in ASSETS:
        return Response(status_code=404)
    kind = ASSETS[address][0]
    compressed = kind.startswith("text/") and takes_gzip(request.headers.get("accept-encoding", ""))
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if compressed:
        headers["Content-Encoding"] = "gzip"
    return Response(asset(address, compressed), media_type=kind, headers=headers)


def to_base(request: Request) -> Response:
    """From the base path to the pages below it: relative, as a proxy may speak https and this server not."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.url.path.rpartition('/')[2]}/{query}")


def routes() -> list[Route]:
    """The server's own routes, below its base path."""
    base = base_path()
    return [Route(f"{base}/assets/{{name}}", serve_asset), *([Route(base, to_base)] if base else [])]


@asynccontextmanager
async def warm(app: Any) -> AsyncIterator[None]:
    """Import and compute everything once before the first visitor comes, torch included.

    Only the fonts are made when a browser asks for one: most have their own, and making them would take a fifth of the
    start. What lives as long as the server is kept out of the garbage collector's way.
    """
    allow_many()
    document(run(Settings()), View())
    for address, (_, content) in ASSETS.items():
        if isinstance(content, str):
            asset(address, compressed=True)
    compress_page()
    gc.collect()
    gc.freeze()
    with speaking(terminal_language()):
        print(welcome(), flush=True)
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
    "routes": routes(),
    "middleware": [
        Middleware(SecurityHeaders),
        Middleware(Guarding, allowed=allowed_hosts()),
        Middleware(Door),
        Middleware(Encodings),
        Middleware(Rewriting, rewrites=REWRITES),
        Middleware(Compressed),
    ],
    "lifespan": warm,
    "on_script_error": show_failure,
}
"""What `st.App` makes the server of."""
