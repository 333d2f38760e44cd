"""The page as a whole: sliders, addresses, examples, views, Back, the methods' badge."""

import re
from urllib.parse import urlsplit

import numpy as np
import pytest

from explorer import METHODS, conv_matrix
from explorer.methods import WITNESSES
from explorer.pages.fonts import fonts
from explorer.pages.names import preset_titles
from explorer.presets import PRESETS
from explorer.settings import Settings
from explorer.text import say, texts

from .driver import PLOT, STAGE, canvas, output, window

SQUARE = [[0, 1], [2, 3]]
GRIDS = "document.querySelectorAll('.tconv-stage .js-plotly-plot').length"
TWO_BY_TWO = "?x=1,2;3,4|5,6;7,-8&k=1,0;2,1|2,3;0,-1|1,1;4,2|0,5;1,3&out_channels=2"
CHANNELS = Settings.of(
    [[[1, 2], [3, 4]], [[5, 6], [7, -8]]], np.reshape([1, 0, 2, 1, 2, 3, 0, -1, 1, 1, 4, 2, 0, 5, 1, 3], (2, 2, 2, 2))
)


def test_a_slider_its_address_and_a_second_visitor(visit, server):
    page = visit("")
    settings = Settings.of(SQUARE, SQUARE)
    page.sees("output", output(settings)[0])
    page.shows(step="all", trace="", window=window(settings))
    assert page.query() == {}
    page.slide("stride", "ArrowRight")
    moved = Settings.of(SQUARE, SQUARE, stride=2)
    page.sees("output", output(moved)[0])
    page.shows(step="all", window=window(moved))
    page.has_address(stride=2)
    address = page.page.evaluate("location.search")
    page.page.reload()
    page.ready().sees("output", output(moved)[0])
    page.has_address(stride=2)
    page.slide("padding", "ArrowRight")
    page.sees("output", canvas(moved))  # padding crops, it does not change the canvas
    page.shows(window="1,1,2,2")
    asked = []
    other = visit(address, cold=True, before=lambda page: page.on("request", lambda request: asked.append(request.url)))
    other.sees("output", output(moved)[0])
    other.shows(step="all", window=window(moved))
    # And nothing that a page needs comes from elsewhere.
    assert any("/assets/plotly" in address for address in asked)
    assert [a for a in asked if not a.startswith((server, server.replace("http", "ws"), "data:", "blob:"))] == []


def test_what_is_preloaded_is_used_and_loaded_once(visit):
    preloaded, asked = [], []

    def listen(page):
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.on("response", lambda response: preloaded.extend(re.findall("<(.*?)>", response.headers.get("link", ""))))

    visit(cold=True, before=listen)
    assert len([one for one in preloaded if one.startswith("assets/")]) == 3
    assert {one: asked.count(f"/{one}") for one in preloaded} == dict.fromkeys(preloaded, 1)
    assert [one for one in asked if one.startswith("/assets/") and one[1:] not in {*preloaded, *fonts()}] == []


def test_one_dimension_and_the_name_of_a_changed_example(visit):
    page = visit("?preset=stride-2")
    box = page.page.locator(".st-key-preset [data-testid=stSelectbox]")
    node = box.element_handle()
    page.page.locator(".st-key-one_dimension label").first.click()
    page.has_address(x="0,1", k="0,1")
    page.sees("output", [[0, 0, 0, 1]])
    box.get_by_text("(changed)").first.wait_for()
    assert page.page.locator(".st-key-input_height, .st-key-apart").count() == 0
    page.slide("padding", "ArrowRight")
    page.has_address(padding="0x1")
    page.choose("1-D, stride 2")
    page.has_address(preset="1d-stride-2", x=None)
    page.sees("output", [[1, 1, 2, 2, 3, 3]])
    box.get_by_text("(changed)").first.wait_for(state="detached")
    assert node.evaluate("box => box.isConnected")  # the box is the same one, whatever it says
    assert page.complaints() == []


def test_channels_and_groups(visit):
    page = visit(TWO_BY_TWO + "&channel=1,1", color_scheme="dark")
    page.sees("output", output(CHANNELS)[1])
    page.sees("input", CHANNELS.input[1])
    page.sees("kernel", CHANNELS.weight[1][1])
    page.page.locator(".grid-output .tab", has_text="0").click()
    page.sees("output", output(CHANNELS)[0])
    page.has_address(channel="1,0")
    page.page.locator(".grid-input .tab", has_text="0").click()
    page.sees("input", CHANNELS.input[0])
    page.sees("kernel", CHANNELS.weight[0][0])
    page.slide("groups", "ArrowRight")
    page.has_address(groups=2)
    page.idle()
    # Each group of one channel: output 0 is stamped by input 0 alone.
    x, k = np.array(CHANNELS.input), page.z("kernel")
    page.sees("output", output(Settings.of(x[:1], k))[0])


def test_examples_are_chosen_by_their_names(visit):
    """Every third of them: each is looked at in tests/browser/test_views.py."""
    page = visit("")
    for name, preset in list(reversed(PRESETS.items()))[::3]:
        page.choose(preset_titles()[name], whole=True)
        page.has_address(preset=None if name == "basic" else name)
        page.sees("output", canvas(preset.settings), within=1e-12)
        page.shows(step="all", window=window(preset.settings))
        page.idle()
        assert page.complaints() == [], name
        assert "differs" not in page.text(".tconv-stage .facts"), name


@pytest.mark.parametrize(
    ("query", "settings", "channel"),
    [
        (
            "?x=1,2,3;4,5,6&k=1,-2;3,4&stride=2&padding=1",
            Settings.of([[1, 2, 3], [4, 5, 6]], [[1, -2], [3, 4]], stride=2, padding=1),
            (0, 0),
        ),
        (TWO_BY_TWO + "&channel=1,0", CHANNELS, (1, 0)),
    ],
    ids=["one", "channels"],
)
def test_the_matrix_view(visit, query, settings, channel):
    page = visit(query)
    page.view("Matrix")
    matrix = conv_matrix(np.array(settings.weight), settings.layer, settings.size).toarray()
    cells, sums = np.prod(settings.size), np.prod(settings.layer.output_size(settings.size))
    block = matrix[channel[0] * cells :][:cells, channel[1] * sums :][:, :sums]
    page.sees("W", block)
    page.sees("WT", block.T)
    page.sees("vec_input", np.reshape(settings.input[channel[0]], (-1, 1)))
    page.sees("vec_output", output(settings)[channel[1]].reshape(-1, 1))
    page.sees("output", canvas(settings, channel[1]))
    page.shows(step="all")
    page.has_address(view="matrix")


def test_the_other_view_shows_the_same_traced_cell(visit):
    page = visit("")
    page.click("output", 1, 1)
    page.has_address(trace="output:0,1,1")
    page.view("Matrix")
    page.has_address(view="matrix", trace="output:0,1,1")
    page.sees("vec_output", output(PRESETS["basic"].settings).reshape(-1, 1))
    page.shows(step="all", trace="output:0,1,1")
    assert page.marks("vec_output") == {(4, 0)}
    page.view("Scatter")
    page.has_address(view=None, trace="output:0,1,1")
    page.until(f"{GRIDS} === 3")
    page.shows(step="all", trace="output:0,1,1")


def test_many_moves_of_a_slider_end_where_it_stands(visit):
    page = visit("?x=1,2;3,4")
    page.slide("stride", *["ArrowRight"] * 3, *["ArrowLeft"] * 3, *["ArrowRight"] * 2)
    page.sees("output", canvas(Settings.of([[1, 2], [3, 4]], SQUARE, stride=3)))
    page.has_address(stride=3)
    page.slide("input_width", *["ArrowRight"] * 6)
    page.until(f"((name) => {PLOT}.data[0].z[0].length === 8)('input')")
    page.idle()
    assert page.z("input")[0, :2].tolist() == [1, 2]
    page.has_address(stride=3)


def test_back_and_forward(visit):
    page = visit(cold=True)  # a tab of its own: history.length stops at 50, and other tests' addresses count too
    entries = page.page.evaluate("history.length")
    page.slide("stride", "ArrowRight", "ArrowRight")
    page.has_address(stride=3)
    page.focus()
    page.key("Home")
    page.key("ArrowRight")
    page.has_address(step=1)
    page.click("kernel", 1, 0)
    page.has_address(trace="kernel:0,0,1,0")
    page.away()
    assert page.page.evaluate("history.length") == entries
    left = page.query()
    page.choose(say("presets.arange-9"))
    page.has_address(preset="arange-9", stride=None, step=None, trace=None)
    page.shows(step="all", trace="")
    page.slide("stride", "ArrowRight")
    page.has_address(stride=2)
    page.view("Matrix")
    page.has_address(view="matrix")
    assert page.page.evaluate("history.length") == entries + 2
    arange = PRESETS["arange-9"].settings
    moved = Settings.of(arange.input, arange.weight, stride=2)
    page.page.evaluate("history.back()")
    page.has_address(view=None, preset="arange-9", stride=2)
    page.shows(window=window(moved))
    page.until(f"{GRIDS} === 3")
    page.page.evaluate("history.back()")
    page.shows(step=1, trace="kernel:0,0,1,0", window="0,0,5,5")
    page.has_address(**left)
    assert page.query() == left
    page.page.evaluate("history.forward()")
    page.has_address(preset="arange-9", stride=2)
    page.shows(window=window(moved))


def test_the_badge_opens_each_methods_own_grid(visit):
    page = visit(TWO_BY_TWO + "&channel=0,1&stride=2&padding=1&output_padding=1")
    settings = Settings.of(CHANNELS.input, CHANNELS.weight, stride=2, padding=1, output_padding=1)
    badge = page.page.locator("[data-testid=agreement]")
    assert "5 methods agree" in badge.inner_text()
    badge.click()
    x, k = np.array(settings.input), np.array(settings.weight)
    for name, method in {**METHODS, **WITNESSES}.items():
        page.sees(name, method(x, k, settings.layer)[1])
    page.page.locator(".tconv-stage .panel .close").click()
    page.page.locator(".tconv-stage .panel").wait_for(state="hidden")
    page.sees("output", canvas(settings, 1))


def test_a_slider_that_makes_another_value_impossible_says_so(visit):
    page = visit("?stride=2&output_padding=1")
    page.shows(window="0,0,5,5")
    page.slide("stride", "ArrowLeft")
    page.shows(window="0,0,3,3")
    assert "output_padding" in page.messages
    assert "stride" in page.messages
    page.has_address(stride=None, output_padding=None)
    page.slide("dilation", "ArrowRight")  # the next change says nothing of it any more
    page.has_address(dilation=2)
    page.idle()
    assert page.messages == ""


def test_view_change_keeps_the_trace_of_a_page_opened_by_its_address(visit):
    page = visit("?x=1,2,3;4,5,6&k=1,-2;3,4")
    page.click("output", 1, 1)
    page.has_address(trace="output:0,1,1")
    page.view("Matrix")
    page.has_address(view="matrix")
    page.shows(step="all", trace="output:0,1,1")


@pytest.mark.parametrize("act", ["view", "preset"])
def test_opened_at_a_step_the_next_view_is_done(visit, act):
    page = visit("?step=1&trace=input:0,0,1&stride=2")
    page.shows(step=1)
    page.key("Escape")
    page.key("ArrowRight")
    page.has_address(step=2, trace=None)
    page.view("Matrix") if act == "view" else page.choose(say("presets.arange-9"))
    page.has_address(**({"view": "matrix"} if act == "view" else {"preset": "arange-9"}))
    page.shows(step="all", trace="")


def test_what_an_example_shows_and_the_list_of_all(visit):
    page = visit("?preset=stride-2&padding=1")
    name = page.page.locator(".tconv-stage .example .name")
    assert name.inner_text().startswith("Stride 2 · cell 12 (changed)")
    assert page.page.locator(".tconv-stage .example .about, .tconv-stage .notebook").count() == 0
    colour = "(node) => [getComputedStyle(node).color, getComputedStyle(node).textDecorationColor]"
    letter = page.page.locator(".tconv-stage .letters [data-letter=s]").evaluate(colour)[0]
    label = page.page.locator(".st-key-stride [data-testid=stWidgetLabel] p").evaluate(colour)[1]
    assert label == letter  # the stride's letter has the colour of its control
    page.page.locator(".tconv-stage .reset").click()
    page.has_address(preset="stride-2", padding=None)
    page.until(f"{STAGE}.querySelector('.example .look').innerText === 'Look at X[1,1]'")
    assert texts()["about"]["stride-2"] in page.text(".tconv-stage .example")
    assert "same here" in page.text(".tconv-stage .facts")

    name.click()
    gallery = page.page.locator(".tconv-stage .gallery")
    assert gallery.locator("h4").all_inner_texts() == list(texts()["preset_groups"].values())
    assert gallery.locator(".listed").count() == len(PRESETS)
    assert gallery.locator("[aria-current] b").inner_text() == texts()["presets"]["stride-2"]
    page.type("b")  # neither backward nor anything else but the field's
    page.type("ilinear straight")
    page.key("ArrowDown")
    page.key("Enter")
    page.has_address(preset="bilinear", backward=None)
    page.until(f"document.activeElement === {STAGE}.querySelector('.example .name')")
    assert not gallery.is_visible()
