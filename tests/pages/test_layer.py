"""The page of layers run by Streamlit's own runner, without a browser: what its panel is handed."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from explorer.networks.page.sheet import sheet
from explorer.networks.page.state import from_query
from explorer.pages import asking
from explorer.pages.server import ASSETS, REWRITES, preloaded

PAGE = Path(__file__).parents[2] / "explorer" / "pages" / "layer.py"
QUERIES = [
    {},
    {"layer": "nn.ConvTranspose2d(8, 4, 3, 2, 1)", "input": "16x16", "target": "32x32", "open": "trip-program"},
    {"layer": "nn.ConvTranspose2d(ngf, 4, 3)", "input": "abc", "embed": "true"},
    {"layer": "<script>alert(1)</script>", "pick": "-1"},
]


def opened(query):
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception
    return page


def panel_of(page):
    (one,) = page.get("bidi_component")
    return json.loads(one.proto.json)


@pytest.mark.parametrize("query", QUERIES)
def test_the_address_is_the_page(query):
    data = panel_of(opened(query))
    assert data.pop("number") == 0
    assert data == json.loads(json.dumps(sheet(*from_query(query))))


@pytest.mark.parametrize(
    "message",
    [
        {"search": "?layer=nn.ConvTranspose2d(8,+4,+2)&input=4x4", "number": 7, "edit": None},
        {"search": "?layer=nn.ConvTranspose2d(8,+4,+2)", "number": 8, "edit": {"name": "stride", "value": "2"}},
    ],
)
def test_what_the_browser_says_goes_before_the_address(monkeypatch, message):
    monkeypatch.setattr(asking.LAYER, "sent", lambda: message)
    data = panel_of(opened({"layer": "nn.ConvTranspose2d(1, 1, 9)"}))
    assert data["number"] == message["number"]
    assert data["rows"][0]["about"] == ("8→4 · k2 s2" if message["edit"] else "8→4 · k2")


@pytest.mark.parametrize("message", [{}, {"search": 3, "number": "x", "edit": []}, {"search": None}])
def test_a_message_that_is_none_leaves_the_address(monkeypatch, message):
    monkeypatch.setattr(asking.LAYER, "sent", lambda: message)
    data = panel_of(opened({"layer": "nn.ConvTranspose2d(1, 1, 9)"}))
    assert (data["number"], data["rows"][0]["about"]) == (0, "1→1 · k9")


def test_its_script_is_an_asset_that_is_asked_for_with_the_page():
    assert ASSETS[asking.LAYER.address][1] == asking.LAYER.script
    assert asking.LAYER.address in preloaded("layer")
    assert asking.LAYER.address not in preloaded("")
    assert "/layer" in REWRITES
