import asyncio
import gc
import gzip
import runpy
from importlib.metadata import version
from pathlib import Path

import plotly
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import app
from explorer.components.stage import PLOTLY_ADDRESS
from explorer.operation import run
from explorer.settings import Settings

ROOT = Path(__file__).parents[1]
INSTALLED = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def directives(policy):
    return {name: sources for name, *sources in map(str.split, policy.split("; "))}


def answer(path, headers=(), method="GET"):
    """(status, headers, body) of the server's own route and middleware, called as a server calls them."""
    server = Starlette(
        routes=[Route(f"/{PLOTLY_ADDRESS}", app.serve_plotly), Route("/hello", lambda _: PlainTextResponse("hello"))],
        middleware=[Middleware(app.SecurityHeaders)],
    )
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "http_version": "1.1"}
    scope |= {
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "root_path": "",
        "scheme": "http",
    }
    messages = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        messages.append(message)

    asyncio.run(server(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return messages[0]["status"], {k.decode(): v.decode() for k, v in messages[0]["headers"]}, body


def test_policy():
    policy = directives(app.POLICY)
    for name in ("default-src", "base-uri", "form-action", "frame-ancestors"):
        assert policy[name] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert app.HEADERS["Content-Security-Policy"] == app.POLICY
    # Nothing comes from another server: no source names one.
    sources = {source for sources in policy.values() for source in sources}
    assert sources <= {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "ws:", "wss:"}


@pytest.mark.parametrize("ancestors", ["'none'", "'self' https://course.example"])
def test_who_may_embed_the_page_can_be_set(ancestors, monkeypatch):
    monkeypatch.setenv("FRAME_ANCESTORS", ancestors)
    names = runpy.run_path(str(ROOT / "app.py"))
    assert names["HEADERS"]["Content-Security-Policy"].endswith(f"; frame-ancestors {ancestors}")
    assert names["POLICY"].removesuffix(ancestors) == app.POLICY.removesuffix("'self'")


@pytest.mark.parametrize("path", ["/hello", f"/{PLOTLY_ADDRESS}", "/nowhere"])
def test_every_answer_has_the_headers(path):
    status, headers, _ = answer(path)
    assert status == (404 if path == "/nowhere" else 200)
    for name, value in app.HEADERS.items():
        assert headers[name.lower()] == value
    assert app.HEADERS["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in app.HEADERS


@pytest.mark.parametrize("coding", ["gzip", "br, gzip;q=0.8", "identity", ""])
def test_plotly_is_the_installed_one(coding):
    status, headers, body = answer(f"/{PLOTLY_ADDRESS}", [("accept-encoding", coding)] if coding else [])
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert headers.get("content-encoding") == ("gzip" if "gzip" in coding else None)
    assert int(headers["content-length"]) == len(body)
    assert (gzip.decompress(body) if "gzip" in coding else body) == INSTALLED.read_bytes()
    assert headers["vary"] == "Accept-Encoding"


def test_plotly_may_be_kept_for_a_year_because_its_address_names_its_version():
    _, headers, _ = answer(f"/{PLOTLY_ADDRESS}")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert version("plotly") in PLOTLY_ADDRESS
    assert INSTALLED.read_bytes()[:200].find(b"plotly.js v") > 0


def test_plotly_is_compressed_once():
    assert app.plotly_script(True) is app.plotly_script(True)
    assert gzip.decompress(app.plotly_script(True)) == app.plotly_script(False)
    assert len(app.plotly_script(True)) < len(app.plotly_script(False)) / 2


def test_other_kinds_of_messages_pass_unchanged():
    seen = []

    async def inner(scope, receive, send):
        await send({"type": "websocket.accept"})

    async def send(message):
        seen.append(message)

    asyncio.run(app.SecurityHeaders(inner)({"type": "websocket"}, None, send))
    assert seen == [{"type": "websocket.accept"}]


def test_the_first_visitor_finds_everything_computed():
    async def start():
        async with app.warm(None):
            return run.cache_info().misses

    run.cache_clear()
    app.plotly_script.cache_clear()
    try:
        misses = asyncio.run(start())
    finally:
        gc.unfreeze()
    run(Settings())
    assert misses == run.cache_info().misses == 1
    assert app.plotly_script.cache_info().currsize == 1


def test_streamlit_is_given_the_page():
    assert (ROOT / "explorer" / "pages" / "explore.py").is_file()
    assert type(app.app).__name__ == "App"
