"""The widget's Python side: what a browser would be sent, and what its messages do."""

import importlib
import json
import sys
from xml.etree import ElementTree

import numpy as np
import pytest

import explorer
from explorer.export.plotlyjs import plotly_script
from explorer.layer import Layer, LayerError
from explorer.session.page import page_at


class Browser:
    """The other end of a widget: it sends commands as the stage does, and keeps what comes."""

    def __init__(self, widget, monkeypatch):
        self.widget, self.last, self.sent = widget, 0, []
        monkeypatch.setattr(widget, "send", lambda content, buffers=None: self.sent.append((content, buffers)))
        self.changes = []
        widget.observe(lambda change: self.changes.append(change.new), "page")

    def command(self, name, /, document=None, **arguments):
        page, self.last = self.widget.page, self.last + 1
        made_on = document or f"{page['session']}.{page['number']}"
        command = {"id": self.last, "name": name, "arguments": arguments, "document": made_on}
        self.receive({"commands": [command]})
        return self.widget.page

    def receive(self, content):
        self.widget._handle_custom_msg(content, [])


@pytest.fixture
def browser(monkeypatch):
    return Browser(explorer.show("?preset=stride-2"), monkeypatch)


def test_what_is_shown_is_the_address_s_page(browser):
    widget = browser.widget
    assert widget.settings == page_at("?preset=stride-2").page.settings
    assert widget.page["document"] == explorer.document("?preset=stride-2")
    assert (widget.page["done"], widget.page["notices"], widget.page["history"]) == (0, [], [False, False])
    assert (widget.cell, widget.step) == ("", None)
    json.dumps(widget.page, allow_nan=False)


def test_it_is_an_anywidget_with_the_stage_in_it(browser):
    state = browser.widget.get_state()
    assert state["_esm"].endswith("export default createAnywidget(CONSTANTS);")
    assert state["_css"].startswith(".tconv-stage {")
    assert state["_anywidget_id"] == "explorer.widget.Explorer"
    assert {"page", "cell", "step"} < state.keys()


def test_the_address_says_where_it_begins():
    widget = explorer.show("https://example.org/?view=gather&step=3&trace=input:0,1,0&stride=9")
    assert (widget.cell, widget.step, widget.page["document"]["view"]) == ("input:0,1,0", 3, "gather")
    assert "“9”" in widget.page["notices"][0]
    with pytest.raises(ValueError, match="stride=2"):
        explorer.show("stride=2")


def test_commands_change_the_page(browser):
    page = browser.command("edit", grid="input", at=[0, 1, 1], text="1/2")
    assert page["document"]["input"] == [[0, 1, 2, 0.5]]
    assert browser.widget.settings.input[0][1] == (2, 0.5)
    assert browser.command("view", name="matrix")["document"]["view"] == "matrix"
    assert browser.command("backward", on=True)["document"]["direction"] == "backward"
    page = browser.command("undo")
    assert page["document"]["input"] == [[0, 1, 2, 3]]
    assert (page["document"]["view"], page["document"]["direction"]) == ("matrix", "backward")
    assert page["history"] == [False, True]
    assert [change["done"] for change in browser.changes] == [1, 2, 3, 4]


def test_commands_that_come_twice_are_done_once(browser):
    page = browser.widget.page
    made_on = f"{page['session']}.{page['number']}"
    fill = {"id": 1, "name": "fill", "arguments": {"grid": "input", "name": "random"}, "document": made_on}
    view = {"id": 2, "name": "view", "arguments": {"name": "gather"}, "document": made_on}
    browser.receive({"commands": [fill]})
    before = browser.widget.settings
    browser.receive({"commands": [fill, view]})
    browser.receive({"commands": [fill, view]})
    assert browser.widget.settings == before
    assert [change["done"] for change in browser.changes] == [1, 2]


def test_what_is_refused_says_so(browser):
    page = browser.command("edit", grid="input", at=[0, 0, 0], text="five")
    assert page["refused"][0]["at"] == [0, 0, 0] and "five" in page["refused"][0]["text"]
    assert page["document"]["input"] == [[0, 1, 2, 3]]
    page = browser.command("view", name="sideways")
    assert page["refused"] == [{"id": 2}] and "sideways" in page["notices"][0]
    browser.command("preset", name="basic")
    page = browser.command("edit", document=f"{page['session']}.1", grid="input", at=[0, 0, 0], text="5")
    assert page["refused"] == [{"id": 4}] and page["done"] == 4


@pytest.mark.parametrize(
    "content", [None, 7, [], {}, {"commands": None}, {"commands": 3}, {"commands": [None, {"id": -1}]}]
)
def test_a_message_that_is_none_changes_nothing(browser, content):
    browser.receive(content)
    assert (browser.changes, browser.sent) == ([], [])


def test_a_method_s_own_results(browser):
    assert browser.command("methods", precision="float32")["document"]["agreement"]["precision"] == "float32"


def test_plotly_is_sent_when_it_is_asked_for(browser):
    browser.receive({"plotly": True})
    ((content, buffers),) = browser.sent
    assert content == {"plotly": True} and [bytes(one).decode() for one in buffers] == [plotly_script()]
    assert browser.changes == []


def test_the_pinned_cell_and_the_step_are_the_browser_s_to_write(browser):
    browser.widget.set_state({"cell": "output:0,1,1", "step": 2})
    assert (browser.widget.cell, browser.widget.step) == ("output:0,1,1", 2)
    browser.widget.set_state({"cell": "", "step": None})
    assert (browser.widget.cell, browser.widget.step) == ("", None)


def test_as_text_it_says_what_is_shown(browser):
    line = "Transposed convolution · X 1×2×2 · K 1×1×2×2 · Y 1×4×4 · 5 methods agree · max |Δ| 0"
    assert repr(browser.widget) == line
    bundle = browser.widget._repr_mimebundle_()[0]
    assert bundle["text/plain"] == line
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert max(len(repr(explorer.show(f"?preset={name}"))) for name in ("basic", "groups", "random-weight")) < 110


# ---- one's own numbers
def test_a_notebook_keeps_its_picture(browser):
    """For readers that run no widget: the numbers of Y stand in it, at once and after an edit."""
    for text, number in (("", "9"), ("5", "15")):
        if text:
            browser.command("edit", grid="input", at=[0, 0, 0], text=text)
        picture = ElementTree.fromstring(browser.widget._repr_mimebundle_()[0]["image/svg+xml"])
        said = ["".join(node.itertext()) for node in picture.iter("{http://www.w3.org/2000/svg}text")]
        assert said.count(number) == 1, said


def test_one_s_own_arrays():
    widget = explorer.show("?stride=2", input=np.eye(3), weight=np.ones((3, 2)))
    assert widget.settings.layer == Layer(kernel_size=(3, 2), stride=2)
    assert np.array_equal(widget.settings.input, [np.eye(3)])
    assert widget.page["address"]["x"] == "1,0,0;0,1,0;0,0,1"
    assert explorer.show(input=[[1, 2]]).settings.weight == explorer.show().settings.weight


def test_channels_follow_from_the_arrays():
    widget = explorer.show(input=np.ones((2, 1, 4), np.float32), weight=np.ones((2, 3, 1, 2), np.float32))
    assert widget.settings.layer == Layer(2, 3, (1, 2))
    assert explorer.show(input=np.ones((3, 2, 2))).settings.layer.in_channels == 3
    settings = explorer.show(weight=np.ones((4, 1, 2, 2))).settings
    assert settings.layer == Layer(4, 1, 2) and settings.input[0] == ((0, 1), (2, 3))


def test_one_row_may_be_16_long():
    settings = explorer.show(input=np.arange(16)[None], weight=np.ones((1, 16))).settings
    assert (settings.size, settings.layer.kernel_size) == ((1, 16), (1, 16))
    with pytest.raises(LayerError, match=r"^input_width = 17: "):
        explorer.show(input=np.arange(17)[None], weight=np.ones((1, 2)))


def test_one_s_own_layer_and_what_fits_it_stays():
    layer = Layer(2, 2, 3, stride=2, padding=1, groups=2)
    settings = explorer.show("?x=5,6;7,8&channel=0,1", layer=layer).settings
    assert settings.layer == layer and settings.input[0] == ((5, 6), (7, 8))
    assert explorer.show(layer=layer, weight=np.ones((2, 1, 3, 3))).page["document"]["version"] == 2


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"input": np.ones(3)}, "input", (3,)),
        ({"input": np.ones((1, 1, 2, 2))}, "input", (1, 1, 2, 2)),
        ({"input": np.ones((9, 2))}, "input_height", 9),
        ({"input": np.ones((5, 2, 2))}, "in_channels", 5),
        ({"input": [[1e7]]}, "input", 1e7),
        ({"input": [[0, np.inf]]}, "input", np.inf),
        ({"input": np.ones((2, 2, 2)), "weight": np.ones((2, 2))}, "weight", (1, 1, 2, 2)),
        ({"weight": np.ones((1, 2, 2))}, "weight", (1, 2, 2)),
        ({"weight": np.ones((2, 6))}, "kernel_width", 6),
        ({"weight": np.ones((1, 5, 2, 2))}, "out_channels", 5),
        ({"weight": np.ones((3, 3)), "layer": Layer()}, "weight", (1, 1, 3, 3)),
        ({"layer": Layer(kernel_size=10**6)}, "kernel_height", 10**6),
        ({"layer": Layer(stride=(2, 5))}, "stride", (2, 5)),
        ({"layer": Layer(padding=2)}, "padding", (2, 2)),
    ],
)
def test_what_does_not_fit_is_named(given, field, value):
    with pytest.raises(LayerError) as raised:
        explorer.show(**given)
    assert (raised.value.field, raised.value.value) == (field, value) and raised.value.rule


def test_without_anywidget_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "explorer.widget", raising=False)
    with pytest.raises(ImportError, match=r'pip install "transposed-convolution-explorer\[notebook\]"'):
        explorer.show()
    monkeypatch.undo()
    importlib.import_module("explorer.widget")


def test_what_comes_after_the_layer_is_in_the_address_and_stays_with_own_arrays():
    widget = explorer.show("?stride=2&crop=0,1&bias=0.5")
    assert (widget.settings.crop, widget.settings.bias) == (((0, 1), (0, 1)), (0.5,))
    assert "1×3×3" in repr(widget)
    own = explorer.show("?stride=2&crop=0,3&bias=0.5", input=np.ones((1, 1)), layer=Layer(kernel_size=2))
    assert (own.settings.crop, own.settings.bias) == (((0, 1), (0, 1)), (0.5,))
    assert "crop 0,3 would leave no output; it is 0,1 now." in own.session.notices
