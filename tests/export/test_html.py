"""The offline page: one file, nothing from elsewhere, and in it every document that can be asked for."""

import gzip
import json
import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from explorer import Layer, LayerError
from explorer.documents.build import document
from explorer.documents.messages import speak
from explorer.export import html
from explorer.export.combinations import combinations
from explorer.export.html import START, gathered, in_script, offline_page
from explorer.export.options import OptionError
from explorer.export.plotlyjs import plotly_script
from explorer.figures.palette import PALETTES
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.session.page import Page, move, page_at
from explorer.settings import Settings
from explorer.text import say
from explorer.views import VIEWS, View

ADDRESS = "?preset=stride-2&view=gather&step=3&trace=input:0,1,0"


class Reader(HTMLParser):
    """The tags with their attributes, and the text that follows each tag at once."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.inside = [], [], False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.texts.append("")
        self.inside = True

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.texts[-1] += data

    def all(self, wanted):
        return [
            (attributes, text) for (tag, attributes), text in zip(self.tags, self.texts, strict=True) if tag == wanted
        ]


def worst():
    """The largest settings, each number of seventeen digits."""
    rng = np.random.default_rng(0)
    x, k = rng.normal(size=(4, 8, 8)) * 1e5, rng.normal(size=(4, 4, 5, 5)) * 1e5
    return Settings.of(x, k, stride=4, dilation=3, output_padding=3)


def put_together(found, key):
    return {name: found["pool"][index] for name, index in found["documents"][key].items()}


@pytest.fixture(scope="module")
def page():
    return Reader(offline_page(ADDRESS))


def test_it_is_one_page_that_says_what_it_is(page):
    assert [text for _, text in page.all("title")] == [say("title")]
    metas = {attributes.get("name"): attributes.get("content") for attributes, _ in page.all("meta")}
    about = put_together(gathered(page_at(ADDRESS).page), "gather|forward|0|0")["about"]["message"]
    assert metas["description"] == speak(about)
    assert [text for _, text in page.all("p")] == [say("export.too_old"), speak(about), say("export.no_script")]
    assert page.all("html")[0][0]["lang"] == "en"


def test_without_an_example_the_title_is_the_description():
    page = Reader(offline_page("?x=5,6"))
    assert {"name": "description", "content": say("title")} in [attributes for attributes, _ in page.all("meta")]


def test_nothing_comes_from_elsewhere(page):
    assert not [tag for tag, _ in page.tags if tag in ("link", "img", "iframe", "base", "object")]
    assert not [attributes for _, attributes in page.tags if {"src", "href", "srcset"} & attributes.keys()]
    own = [text for attributes, text in page.all("script") if attributes] + [text for _, text in page.all("style")]
    loads = r"https?://(?!www\.w3\.org|github\.com/\$\{)|@import|url\((?!\"?data:)"  # a link to a thread loads nothing
    assert not [text for text in own if re.search(loads, text)]
    policy = next(meta["content"] for meta, _ in page.all("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"https?:|\*|'self'|unsafe-eval", policy)


def unpacked(text):
    return gzip.decompress(b64decode(text)).decode()


def test_its_scripts_are_the_data_and_plotly_packed_and_a_module_that_starts(page):
    (holder, data), (beside, plotly), (module, script) = page.all("script")
    assert [holder, beside] == [{"type": "application/gzip", "id": name} for name in ("data", "plotly")]
    assert module == {"type": "module"}
    assert unpacked(plotly) == plotly_script()
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)
    assert script.rstrip().endswith(START)
    assert json.loads(unpacked(data)) == {**gathered(page_at(ADDRESS).page), "theme": ""}


def test_every_view_and_direction_is_there_and_the_pages_own_comes_first():
    own = page_at(ADDRESS).page
    found = gathered(own)
    assert found["first"] == "gather|forward|0|0"
    assert list(found["documents"]) == [f"{view}|{way}|0|0" for view in VIEWS for way in ("forward", "backward")]
    operation = run(own.settings)
    assert put_together(found, found["first"]) == document(operation, own.view)
    other = View(view="matrix", backward=True, preset="stride-2")
    assert put_together(found, "matrix|backward|0|0") == document(operation, other)


def test_channels_of_different_groups_are_not_shown_together():
    rng = np.random.default_rng(0)
    settings = Settings.of(rng.normal(size=(4, 2, 2)), rng.normal(size=(4, 1, 2, 2)), groups=2)
    found = gathered(Page(settings, View(channel=(2, 1))))
    assert found["first"] == "scatter|forward|2|1"
    pairs = {tuple(map(int, key.split("|")[2:])) for key in found["documents"]}
    assert pairs == {(0, 0), (1, 0), (2, 1), (3, 1)}
    assert put_together(found, "gather|forward|3|1") == document(run(settings), View(view="gather", channel=(3, 1)))


def test_each_value_is_stored_once():
    found = gathered(Page(worst()))
    texts = [json.dumps(value) for value in found["pool"]]
    assert len(set(texts)) == len(texts)
    assert {index for places in found["documents"].values() for index in places.values()} == set(range(len(texts)))
    assert len(found["documents"]) == 96


@pytest.mark.parametrize("theme", ["", *PALETTES])
def test_the_theme(theme):
    text = offline_page("", theme)
    page = Reader(text)
    metas = {attributes.get("name"): attributes.get("content") for attributes, _ in page.all("meta")}
    style, data = page.all("style")[0][1], unpacked(page.all("script")[0][1])
    assert metas["color-scheme"] == ({"": "light dark", "contrast": "dark"}.get(theme, theme))
    assert json.loads(data)["theme"] == theme
    around = {name: palette.background for name, palette in PALETTES.items()}
    shown = re.findall(r":root \{ background: (\S+);", style)
    assert shown == ([around[theme]] if theme else [around["light"], around["dark"]])
    chosen = re.findall(r":root\[data-tconv-contrast\] \{ background: (\S+);", style)
    assert chosen == ([] if theme else [around["contrast"]])


def address_of(page):
    return f"?{'&'.join(f'{name}={value}' for name, value in page.address.items())}"


def test_its_size():
    assert len(offline_page().encode()) < 2.5e6
    assert len(offline_page(address_of(Page(worst()))).encode()) < 3e6  # its numbers have 17 digits, which pack badly
    assert len(offline_page(plotly="beside").encode()) < 4e5


@pytest.mark.parametrize("preset", PRESETS)
def test_its_size_with_two_sliders(preset):
    own = page_at(f"?preset={preset}").page
    names = [name for name in ("stride", "padding") if len(set(getattr(own.settings.layer, name))) == 1]
    assert len(offline_page(f"?preset={preset}", sliders=names).encode()) < 2.5e6


# ---- sliders
def test_every_possible_combination_is_there_and_no_other():
    found = gathered(page_at(ADDRESS).page, ["padding", "stride"])
    assert found["first"] == "gather|forward|0|0|2|0"
    assert found["sliders"]["names"] == ["stride", "padding"]
    possible = []
    for stride in range(1, 5):
        for padding in range(5):
            try:
                Layer(kernel_size=2, stride=stride, padding=padding).output_size((2, 2))
            except LayerError:
                continue
            possible.append((stride, padding))
    assert [tuple(one) for one in found["sliders"]["combinations"]] == possible
    ends = {tuple(map(int, key.split("|")[4:])) for key in found["documents"]}
    assert ends == set(possible)
    assert len(found["documents"]) == 6 * len(possible)
    for stride, padding in possible:
        settings = page_at(f"{ADDRESS}&stride={stride}&padding={padding}").page.settings
        own = (stride, padding) == (2, 0)
        view = page_at(ADDRESS).page.view if own else View(view="gather", preset="stride-2")
        assert put_together(found, f"gather|forward|0|0|{stride}|{padding}") == document(run(settings), view)


def test_groups_take_the_kernels_that_a_page_would_give_them():
    own = page_at("?preset=groups").page
    found = gathered(own, ["groups"])
    moved = move(own, "groups", 1).page
    assert found["sliders"]["combinations"] == [(1,), (2,)]
    assert put_together(found, "scatter|forward|1|0|1") == document(
        run(moved.settings), replace(moved.view, channel=(1, 0))
    )


def test_one_dimension_has_only_a_width():
    found = combinations(page_at("?x=1,2,3&k=1,2").page, ["stride", "padding", "output_padding"])
    assert {one.settings.layer.padding[0] for one in found.values()} == {0}
    assert {one.settings.layer.output_padding[0] for one in found.values()} == {0}
    assert {one.settings.layer.padding[1] for one in found.values()} == {0, 1, 2, 3, 4}


def test_dy_has_the_shape_of_each_combination():
    own = page_at("?stride=2&backward=1&upstream=1,2,3,4;1,2,3,4;1,2,3,4;1,2,3,4").page
    found = gathered(own, ["stride"])
    assert np.shape(own.view.upstream_values) == (1, 4, 4)
    for stride in range(1, 5):
        shown = put_together(found, f"scatter|backward|0|0|{stride}")
        assert len(shown["gradient"]["upstream"]) == np.prod(shown["sizes"]["canvas"])


def test_sliders_that_cannot_be_are_refused(monkeypatch):
    with pytest.raises(OptionError, match=r"^sliders: stride is 2x1 here"):
        offline_page("?stride=2x1", sliders=["stride"])
    names = ["stride", "padding", "dilation", "output_padding"]
    with pytest.raises(OptionError, match=r"^sliders: .* pages here; a file holds at most 2000"):
        offline_page(address_of(Page(worst())), sliders=names)
    monkeypatch.setattr(html, "MOST_BYTES", 2_000_000)
    with pytest.raises(OptionError, match=r"^sliders: stride makes a file of more than 2 MB here"):
        offline_page(ADDRESS, sliders=["stride"])


def test_a_script_cannot_be_ended_from_within():
    assert in_script("</SCRIPT></script ><!-- </style>") == r"<\/SCRIPT><\/script >\x3c!-- </style>"
    page = Reader(offline_page("?preset=</script><script>alert(1)</script>"))
    assert len(page.all("script")) == 3


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ValueError, match="stride=2"):
        offline_page("stride=2")


def test_a_crop_and_a_bias_go_with_every_combination():
    page = page_at("?crop=0,2&bias=1").page
    found = combinations(page, ["padding", "stride"])
    assert {one.settings.bias for one in found.values()} == {(1.0,)}
    assert found[2, 0].settings.crop == ((0, 2), (0, 2))
    assert found[1, 1].settings.crop == ((0, 0), (0, 0))  # padding 1 leaves a single cell
