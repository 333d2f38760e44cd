"""The server: `streamlit run app.py`. The page script, plotly.js, security headers, and a warm-up."""

import gc
import gzip
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.address import View
from explorer.components.stage import PLOTLY_ADDRESS
from explorer.figures.document import document
from explorer.operation import run
from explorer.settings import Settings

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


class SecurityHeaders:
    """Adds `HEADERS` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


@cache
def plotly_script(compressed: bool) -> bytes:
    """plotly.js of the installed plotly package; compressed once and kept."""
    script = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    return gzip.compress(script) if compressed else script


def serve_plotly(request: Request) -> Response:
    """plotly.js, for a year: its address names its version."""
    compressed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if compressed:
        headers["Content-Encoding"] = "gzip"
    return Response(plotly_script(compressed), media_type="text/javascript", headers=headers)


@asynccontextmanager
async def warm(app: st.App) -> AsyncIterator[None]:
    """Import and compute everything once before the first visitor comes, torch included.

    Streamlit collects garbage after each run; what lives as long as the server is frozen out of its way.
    """
    document(run(Settings()), View())
    plotly_script(compressed=True)
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    "explorer/pages/explore.py",
    routes=[Route(f"/{PLOTLY_ADDRESS}", serve_plotly)],
    middleware=[Middleware(SecurityHeaders)],
    lifespan=warm,
)
