import asyncio
import gc
import gzip
import json
import runpy
import tomllib
from importlib.metadata import version
from pathlib import Path

import plotly
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.routing import Route
from streamlit.web.server.app_discovery import discover_asgi_app

from explorer.operation import run
from explorer.pages import asking, component
from explorer.pages import server as app
from explorer.pages.component import PLOTLY_ADDRESS, page_style, script, script_address, style_address
from explorer.pages.fonts import fonts
from explorer.pages.lesson import panel_script_address
from explorer.pages.policy import inline_scripts, script_hash
from explorer.pages.rewriting import BASE_SCRIPT, with_base
from explorer.settings import Settings
from explorer.text import languages, speaking

ROOT = Path(__file__).parents[1]
INSTALLED = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def directives(policy):
    return {name: sources for name, *sources in map(str.split, policy.split("; "))}


def answer(path, headers=(), method="GET"):
    """(status, headers, body) of the server's own route and middleware, called as a server calls them."""
    server = Starlette(
        routes=[
            Route("/assets/{name}", app.serve_asset),
            Route("/hello", lambda _: PlainTextResponse("hello")),
            Route(
                "/learn", lambda _: HTMLResponse("<head><script type=module></script></head>", headers={"etag": "a"})
            ),
            Route("/layer", lambda _: HTMLResponse("<head><script type=module></script></head>")),
            Route("/upsample", lambda _: HTMLResponse("<head><script type=module></script></head>")),
            Route("/page", lambda _: HTMLResponse("<p>hello</p>")),
            Route("/_stcore/host-config", lambda _: JSONResponse({"blockErrorDialogs": False, "other": [1]})),
            Route("/base/_stcore/host-config", lambda _: PlainTextResponse("no JSON")),
        ],
        middleware=app.SERVER["middleware"],
    )
    path, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "http_version": "1.1"}
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


def test_the_page_of_a_path_knows_where_its_server_is():
    """Else it would ask at its own path first, and fail in the console of every visitor."""
    assert BASE_SCRIPT in answer("/layer")[2]
    assert BASE_SCRIPT in answer("/upsample")[2]
    status, headers, body = answer("/learn", [("accept-encoding", "gzip"), ("if-none-match", "a")])
    assert (status, body) == (200, b"<head>" + BASE_SCRIPT + b"<script type=module></script></head>")
    assert "etag" not in headers
    assert int(headers["content-length"]) == len(body)
    assert answer("/page")[2] == b"<p>hello</p>"


def test_policy():
    found = directives(app.POLICY)
    for name in ("default-src", "connect-src", "base-uri", "form-action", "frame-ancestors"):
        assert found[name] == ["'self'"]
    for name in ("object-src", "worker-src"):
        assert found[name] == ["'none'"]
    assert app.HEADERS["Content-Security-Policy"] == app.POLICY
    # Nothing comes from another server: no source names one. No text of a page runs as a script but the known ones.
    hashes = {script_hash(text) for text in inline_scripts(with_base(app.PAGE.encode()).decode())}
    assert len(hashes) == 2 and hashes < set(found["script-src"])
    sources = {source for sources in found.values() for source in sources} - hashes
    assert sources == {"'self'", "'none'", "'unsafe-inline'", "'wasm-unsafe-eval'", "data:", "blob:"}
    for source, places in {"'unsafe-inline'": ["style-src"], "blob:": ["script-src"]}.items():
        assert [name for name, values in found.items() if source in values] == places


@pytest.mark.parametrize("ancestors", ["'none'", "'self' https://course.example"])
def test_who_may_embed_the_page_can_be_set(ancestors, monkeypatch):
    monkeypatch.setenv("FRAME_ANCESTORS", ancestors)
    names = runpy.run_path(app.__file__)
    assert names["HEADERS"]["Content-Security-Policy"].endswith(f"; frame-ancestors {ancestors}")
    assert names["POLICY"].removesuffix(ancestors) == app.POLICY.removesuffix("'self'")


@pytest.mark.parametrize("path", ["/hello", f"/{PLOTLY_ADDRESS}", "/nowhere"])
def test_every_answer_has_the_headers(path):
    status, headers, _ = answer(path)
    assert status == (404 if path == "/nowhere" else 200)
    for name, value in app.HEADERS.items():
        assert headers[name.lower()] == value
    assert app.HEADERS["X-Content-Type-Options"] == "nosniff"
    assert {"Referrer-Policy", "Permissions-Policy"} <= app.HEADERS.keys()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        *((coding, True) for coding in ("gzip", "br, gzip;q=0.8", "*", "GZIP ; q=1")),
        *((coding, False) for coding in ("identity", "", "gzip;q=0", "br, gzip; q=0.000", "*, gzip;q=0", "*;q=0")),
    ],
)
def test_plotly_is_the_installed_one(coding, packed):
    status, headers, body = answer(f"/{PLOTLY_ADDRESS}", [("accept-encoding", coding)] if coding else [])
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert headers.get("content-encoding") == ("gzip" if packed else None)
    assert int(headers["content-length"]) == len(body)
    assert (gzip.decompress(body) if packed else body) == INSTALLED.read_bytes()
    assert headers["vary"] == "Accept-Encoding"


def test_plotly_may_be_kept_for_a_year_because_its_address_names_its_version():
    _, headers, _ = answer(f"/{PLOTLY_ADDRESS}")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert version("plotly") in PLOTLY_ADDRESS
    assert INSTALLED.read_bytes()[:200].find(b"plotly.js v") > 0


@pytest.mark.parametrize("address", [one for one in app.ASSETS if one not in fonts()])
def test_an_asset_is_compressed_once(address):
    assert app.asset(address, True) is app.asset(address, True)
    assert gzip.decompress(app.asset(address, True)) == app.asset(address, False)
    assert len(app.asset(address, True)) < len(app.asset(address, False)) / 2


@pytest.mark.parametrize(
    ("address", "kind", "text"),
    [(script_address(), "text/javascript", script()), (style_address(), "text/css", page_style())],
)
def test_the_stages_own_assets_are_kept_under_a_name_that_their_content_gives_them(address, kind, text, monkeypatch):
    status, headers, body = answer(f"/{address}")
    assert (status, body.decode()) == (200, text)
    assert headers["content-type"].startswith(kind)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    made = (component.page_style, component.style_address, component.script, component.script_address)
    monkeypatch.setattr(component, "style", lambda: "other styles")
    monkeypatch.setattr(component, "bundle", lambda entry, start: "another script")
    for cached in made:
        cached.cache_clear()
    try:
        assert address not in (component.script_address(), component.style_address())
    finally:
        monkeypatch.undo()
        for cached in made:
            cached.cache_clear()


def test_what_is_no_asset_is_not_there():
    assert answer("/assets/stage-0000000000000000.js")[0] == 404
    assert answer("/assets/..%2f..%2fapp.py")[0] == 404


def test_a_page_asks_for_all_assets_at_once():
    def asked(page):
        link = answer(page)[1]["link"]
        return {one for one in app.ASSETS if f"<{one}>; rel=" in link}

    for language in languages():
        with speaking(language):
            stage, panel = script_address(), panel_script_address()
            layers, upsampling = asking.LAYER.address, asking.UPSAMPLE.address
        said = f"?lang={language}"
        assert asked(f"/page{said}") == {stage, style_address(), PLOTLY_ADDRESS}
        assert asked(f"/learn{said}") == {stage, panel, style_address(), PLOTLY_ADDRESS}
        assert asked(f"/layer{said}") == {layers, style_address()}
        assert asked(f"/upsample{said}") == {upsampling, style_address()}
    assert asked("/page") == asked("/page?lang=en") != asked("/page?lang=zh")
    assert "link" not in answer("/hello")[1]


def test_the_scripts_of_streamlits_component_are_those_of_the_installed_page():
    scripts = app.streamlit_scripts("BidiComponent")
    root = Path(streamlit.__file__).parent / "static"
    assert any("/BidiComponent." in one for one in scripts)
    assert all((root / one).is_file() for one in scripts)
    page = (root / "index.html").read_text(encoding="utf-8")
    assert not [one for one in scripts if Path(one).name in page]
    for one in scripts:
        assert f"<{one}>; rel=modulepreload; fetchpriority=low" in app.preloaded("")
    assert app.streamlit_scripts("NoSuchElement") == []


def test_streamlits_own_dialog_of_a_lost_connection_is_off():
    _, headers, body = answer("/_stcore/host-config")
    assert json.loads(body) == {"blockErrorDialogs": True, "other": [1]}
    assert int(headers["content-length"]) == len(body)
    assert answer("/base/_stcore/host-config")[2] == b"no JSON"


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
    app.asset.cache_clear()
    try:
        misses = asyncio.run(start())
    finally:
        gc.unfreeze()
    run(Settings())
    assert misses == run.cache_info().misses == 1
    texts = [content for _, content in app.ASSETS.values() if isinstance(content, str)]
    assert app.asset.cache_info().currsize == len(texts) == len(app.ASSETS) - len(fonts())  # most need no font


@pytest.mark.parametrize("name", ["app.py", "explorer/pages/installed.py"])
def test_streamlit_is_given_the_page(name):
    assert Path(app.SERVER["script_path"]) == ROOT / "explorer" / "pages" / "pages.py"
    assert discover_asgi_app(ROOT / name).app_name == "app"
    assert type(runpy.run_path(str(ROOT / name))["app"]).__name__ == "App"


def test_the_installed_page_has_the_same_options():
    options = [ROOT / folder / ".streamlit" / "config.toml" for folder in ("", "explorer/pages")]
    assert options[0].read_text(encoding="utf-8") == options[1].read_text(encoding="utf-8")


def test_nothing_is_done_after_each_run_that_costs_more_than_the_run():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["runner"]["postScriptGC"] is False
    assert config["server"]["fileWatcherType"] == "none"
