"""The offline page: one file, nothing from elsewhere, and in it every document that can be asked for."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from explorer.documents.build import document
from explorer.documents.messages import speak
from explorer.export.html import gathered, in_script, offline_page
from explorer.export.plotlyjs import plotly_script
from explorer.figures.palette import PALETTES
from explorer.operation import run
from explorer.session.page import Page, page_at
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
    assert [text for _, text in page.all("p")] == [speak(about), say("export.no_script")]
    assert page.all("html")[0][0]["lang"] == "en"


def test_without_an_example_the_title_is_the_description():
    page = Reader(offline_page("?x=5,6"))
    assert {"name": "description", "content": say("title")} in [attributes for attributes, _ in page.all("meta")]


def test_nothing_comes_from_elsewhere(page):
    assert not [tag for tag, _ in page.tags if tag in ("link", "img", "iframe", "base", "object")]
    assert not [attributes for _, attributes in page.tags if {"src", "href", "srcset"} & attributes.keys()]
    own = [text for attributes, text in page.all("script") if attributes] + [text for _, text in page.all("style")]
    assert not [text for text in own if re.search(r"https?://(?!www\.w3\.org)|@import|url\((?!\"?data:)", text)]
    policy = next(meta["content"] for meta, _ in page.all("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"https?:|\*|'self'|unsafe-eval", policy)


def test_its_scripts_are_plotly_the_data_and_a_module_that_starts(page):
    (plain, plotly), (holder, data), (module, script) = page.all("script")
    assert (plain, holder, module) == ({}, {"type": "application/json", "id": "data"}, {"type": "module"})
    assert plotly == in_script(plotly_script())
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)
    assert script.rstrip().endswith("constants: CONSTANTS });")
    assert json.loads(data) == {**gathered(page_at(ADDRESS).page), "theme": ""}


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
    style, data = page.all("style")[0][1], page.all("script")[1][1]
    assert metas["color-scheme"] == (theme or "light dark")
    assert json.loads(data)["theme"] == theme
    around = {name: palette.background for name, palette in PALETTES.items()}
    shown = re.findall(r":root \{ background: (\S+);", style)
    assert shown == ([around[theme]] if theme else list(around.values()))


def test_its_size():
    assert len(offline_page().encode()) < 5.5e6
    largest = Page(worst())
    assert len(offline_page(f"?{'&'.join(f'{k}={v}' for k, v in largest.address.items())}").encode()) < 9e6


def test_a_script_cannot_be_ended_from_within():
    assert in_script("</SCRIPT></script ><!-- </style>") == r"<\/SCRIPT><\/script >\x3c!-- </style>"
    page = Reader(offline_page("?preset=</script><script>alert(1)</script>"))
    assert len(page.all("script")) == 3


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ValueError, match="stride=2"):
        offline_page("stride=2")
