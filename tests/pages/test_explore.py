"""The page run by Streamlit's own runner, without a browser: its widgets, and the document handed to the stage."""

import json
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.operation import run
from explorer.pages.names import named, preset_titles
from explorer.presets import GROUPS, PRESETS
from explorer.session.address import from_query
from explorer.session.controls import controls_of
from explorer.settings import LIMITS, PAIRS, Settings
from explorer.text import texts
from explorer.views import View

PAGE = Path(__file__).parents[2] / "explorer" / "pages" / "explore.py"
SLIDERS = [name for name in LIMITS if name != "groups"]
# Their ranges never change.
STEADY = [name for name in SLIDERS if name not in ("padding", "output_padding")]
# Every slider of it can move both ways.
RICH = {
    "x": "|".join(["1,2,3;4,5,6;7,8,9"] * 2),
    "k": "|".join(["1,2;3,4"] * 4),
    "out_channels": "2",
    "stride": "3",
    "padding": "1",
    "output_padding": "1",
    "dilation": "2",
}


def open_page(query=None):
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in (query or {}).items():
        page.query_params[name] = value
    return shown(page.run())


def shown(page):
    """The page, once it is known to have drawn what its own address says."""
    assert not page.exception, page.exception
    data = data_of(page)
    settings, view, notices = from_query(data["address"])
    assert notices == []
    layer, operation = settings.layer, run(settings)
    doc = data["document"]
    steps = operation.scatter_steps(view.channel[1])
    assert doc["output"] == steps.canvas.ravel().tolist()
    top, left, height, width = doc["sizes"]["window"]
    rows = [doc["output"][r * doc["sizes"]["canvas"][1] :][left : left + width] for r in range(top, top + height)]
    assert np.allclose(rows, operation.output[view.channel[1]], rtol=1e-12, atol=1e-12)
    assert doc["agreement"]["agrees"]
    assert doc["view"] == view.view == page.get("button_group")[0].value
    assert page.selectbox(key="preset").value == view.preset
    values = {"in_channels": layer.in_channels, "out_channels": layer.out_channels}
    values |= {"input_height": settings.size[0], "input_width": settings.size[1]}
    values |= {"kernel_height": layer.kernel_size[0], "kernel_width": layer.kernel_size[1]}
    line = page.toggle(key="one_dimension").value
    values |= {name: getattr(layer, name)[int(line)] for name in PAIRS}
    assert values.keys() == set(SLIDERS)
    if line:
        assert (values.pop("input_height"), values.pop("kernel_height")) == (1, 1)
        assert not keys(page) & {"input_height", "kernel_height", "apart"}
    apart = not line and page.toggle(key="apart").value
    widths = {f"{name}_w": getattr(layer, name)[1] for name in PAIRS} if apart else {}
    assert {name: page.slider(key=name).value for name in values | widths} == values | widths
    assert page.select_slider(key="groups").value == layer.groups
    return page


def data_of(page):
    """What the stage was sent."""
    (component,) = page.get("bidi_component")
    return json.loads(component.proto.json)


def settings_of(page):
    return from_query(data_of(page)["address"])[0]


def move(page, key, value):
    return shown(page.slider(key=key).set_value(value).run())


def keys(page):
    widgets = [*page.slider, *page.select_slider, *page.selectbox, *page.toggle, *page.get("button_group")]
    return {widget.key for widget in widgets}


def test_the_bare_page():
    page = open_page()
    assert keys(page) == {*SLIDERS, "groups", "preset", "view", "apart", "one_dimension"}
    data = data_of(page)
    assert data["document"]["output"] == [0, 0, 1, 0, 4, 6, 4, 12, 9]
    assert data["document"]["step"] is None
    assert (data["address"], data["notices"], data["pushed"], data["history"]) == ({}, [], 0, [False, False])
    assert not page.sidebar.warning


def test_controls_say_what_they_are():
    page = open_page()
    for name in SLIDERS:
        assert page.slider(key=name).label.startswith(texts()["controls"][name])
        assert page.slider(key=name).help == texts()["help"][name]
        low, high = page.slider(key=name).min, page.slider(key=name).max
        assert LIMITS[name][0] == low
        assert high <= max(LIMITS[name][1], low + 1)
    for name in STEADY:
        assert page.slider(key=name).max == LIMITS[name][1]


def test_every_preset_can_be_chosen():
    page = open_page()
    assert page.selectbox(key="preset").options == [
        f"{texts()['presets'][name]} · {texts()['preset_groups'][group]}" for group in GROUPS for name in GROUPS[group]
    ]
    for count, name in enumerate([*list(PRESETS)[1:], "basic"], 1):
        page = shown(page.selectbox(key="preset").set_value(name).run())
        data = data_of(page)
        assert data["address"] == ({"preset": name} if name != "basic" else {})
        assert (data["entry"], data["pushed"], data["arrived"]) == (count, data["number"], data["number"])
        assert data["notices"] == []
        assert settings_of(page) == PRESETS[name].settings
        about = data["document"]["about"]
        assert (about["look"], data["document"]["view"]) == (PRESETS[name].look, PRESETS[name].view)
        assert (about["cell"] or {"verdict": "same"})["verdict"] == "same"


def test_views():
    page = open_page()
    for count, view in enumerate(["matrix", "scatter", "gather", "matrix"], 1):
        page = shown(page.get("button_group")[0].set_value(view).run())
        data = data_of(page)
        assert (data["document"]["view"], data["entry"], data["pushed"]) == (view, count, data["number"])
    assert data_of(page)["address"] == {"view": "matrix"}


LINE = {"x": ",".join("1234567890123456"), "k": "1,1", "stride": "2"}


@pytest.mark.parametrize("query", [{}, RICH, LINE], ids=["bare", "rich", "line"])
def test_both_ends_of_every_slider(query):
    for name in SLIDERS:
        page = open_page(query)
        if name not in keys(page):
            continue
        slider = page.slider(key=name)
        ends = int(slider.max), int(slider.min)
        if slider.disabled:
            continue
        for end in ends:
            page = move(page, name, end)
            layer = settings_of(page).layer
            value = {"input_height": settings_of(page).size[0], "input_width": settings_of(page).size[1]}
            value |= {"kernel_height": layer.kernel_size[0], "kernel_width": layer.kernel_size[1]}
            expected = value[name] if name in value else getattr(layer, name)
            assert expected in (end, (end, end), (0, end))


def test_everything_at_its_largest_then_at_its_smallest():
    page = open_page()
    for name in ["in_channels", "out_channels", *STEADY, "output_padding", "padding"]:
        page = move(page, name, int(page.slider(key=name).max))
    largest = settings_of(page)
    assert (largest.size, largest.layer.weight_shape) == ((8, 8), (4, 4, 5, 5))
    layer = largest.layer
    assert (layer.stride, layer.dilation, layer.output_padding, layer.padding) == ((4, 4), (3, 3), (3, 3), (4, 4))
    page = shown(page.get("button_group")[0].set_value("matrix").run())
    for groups in (4, 2):
        page = shown(page.select_slider(key="groups").set_value(groups).run())
        assert settings_of(page).layer.weight_shape == (4, 4 // groups, 5, 5)
    page = shown(page.select_slider(key="groups").set_value(1).run())
    assert data_of(page)["notices"] == ["K follows its fill, arange, at its new size."]
    page = shown(page.toggle(key="apart").set_value(True).run())
    for name in ["stride_w", "dilation_w", *SLIDERS]:
        if name not in keys(page):
            continue  # X and K are one row now
        slider = page.slider(key=name)
        page = move(page, name, int(slider.min)) if not slider.disabled else page
    smallest = settings_of(page)
    assert (smallest.size, smallest.layer.weight_shape) == ((1, 1), (1, 1, 1, 1))
    assert data_of(page)["document"]["sizes"]["canvas"] == [1, 1]
    for name in ("padding", "output_padding"):
        assert page.slider(key=name).disabled
    assert page.select_slider(key="groups").disabled


def test_one_dimension_at_its_largest_then_at_its_smallest():
    page = shown(open_page().toggle(key="one_dimension").set_value(True).run())
    for name in ["in_channels", "out_channels", *STEADY, "output_padding", "padding"]:
        page = move(page, name, int(page.slider(key=name).max)) if name in keys(page) else page
    largest = settings_of(page)
    assert (largest.size, largest.layer.weight_shape) == ((1, 16), (4, 4, 1, 16))
    layer = largest.layer
    assert (layer.stride, layer.dilation, layer.output_padding, layer.padding) == ((4, 4), (3, 3), (0, 3), (0, 4))
    for view in ("gather", "matrix"):
        page = shown(page.get("button_group")[0].set_value(view).run())
    for name in SLIDERS:
        if name in keys(page) and not page.slider(key=name).disabled:
            page = move(page, name, int(page.slider(key=name).min))
    assert data_of(page)["document"]["sizes"]["canvas"] == [1, 1]


def test_one_dimension_has_one_length_and_one_row_of_controls():
    page = open_page({"padding": "1"})
    assert not page.toggle(key="one_dimension").value
    page = shown(page.toggle(key="one_dimension").set_value(True).run())
    assert data_of(page)["address"] == {"x": "0,1", "k": "0,1", "padding": "0x1"}
    assert data_of(page)["notices"] == []
    lengths = {name: page.slider(key=name) for name in ("input_width", "kernel_width")}
    assert [(one.label, one.max) for one in lengths.values()] == [("X length", 16), ("K length", 16)]
    assert not page.slider(key="padding").disabled
    page = move(page, "input_width", 5)
    assert data_of(page)["notices"] == ["X follows its fill, arange, at its new size."]
    page = move(page, "padding", 0)
    page = move(page, "stride", 4)
    assert data_of(page)["address"] == {"x": "0,1,2,3,4", "k": "0,1", "stride": "4"}
    page = move(page, "input_width", 2)
    page = shown(page.toggle(key="one_dimension").set_value(False).run())
    assert data_of(page)["address"] == {"stride": "4"}
    assert page.slider(key="input_width").label == "X width"


def test_controls_that_cannot_move_as_far_as_elsewhere_say_why():
    def label(page, key="output_padding"):
        return page.slider(key=key).label

    page = open_page()
    assert label(page) == "output_padding · needs stride or dilation above 1"
    assert label(page, "padding") == "padding · up to 1 here: Y keeps a cell"
    assert page.select_slider(key="groups").label == "groups · the channels share no divisor"
    page = move(page, "stride", 2)
    assert label(page) == "output_padding · max 1: below stride"
    page = move(page, "stride", 4)
    assert label(page) == "output_padding · uncrops the end"
    page = open_page({"dilation": "3"})
    assert label(page) == "output_padding · max 2: below dilation"
    page = open_page({"x": "1,2;3,4", "k": "1;2", "stride": "1x2"})
    assert (label(page), label(page, "output_padding_w")) == ("output_padding ↕", "output_padding ↔")
    assert page.slider(key="output_padding").help.endswith(" and both are 1 along this side.")
    assert page.slider(key="output_padding_w").help == ""
    page = open_page({"x": "1|2", "k": "1|2|3|4", "out_channels": "2"})
    assert label(page, "padding") == "padding · no room to crop"
    assert page.select_slider(key="groups").label == "groups"
    page = open_page({"x": "1,2,3", "k": "1;2"})
    assert label(page, "padding") == "padding · no room along one side: set apart"
    page = move(page, "kernel_height", 5)
    page = move(page, "input_width", 8)
    page = move(page, "kernel_width", 5)
    assert label(page, "padding") == "padding · up to 2 here: Y keeps a cell"


def test_the_examples_name_says_that_it_was_changed():
    page = open_page({"preset": "stride-2"})
    box = page.selectbox(key="preset")
    title = "Stride 2 · cell 12 · Notebook"
    assert title in box.options
    for value, changed in ((3, True), (2, False), (4, True)):
        page = move(page, "stride", value)
        box = page.selectbox(key="preset")
        assert (f"{title} (changed)" in box.options, title in box.options) == (changed, not changed)
        assert box.label == ("Example (changed)" if changed else "Example")
    page = move(page, "input_width", 3)  # and what the browser says of it by its old title is no choice
    assert data_of(page)["address"]["preset"] == "stride-2"
    state = page.session_state.session
    before = state.page
    state.hear_controls(state.controls.mark, {**controls_of(before), **named({"preset": title})})
    assert state.page is before


def test_a_search_for_the_group_or_for_1_d_finds_its_examples():
    titles = preset_titles()
    assert [name for name, title in titles.items() if "notebook" in title.lower()] == list(GROUPS["notebook"])
    assert [name for name, title in titles.items() if "1-d" in title.lower()] == list(GROUPS["one-dimension"])
    assert [name for name, title in titles.items() if "one dimension" in title.lower()] == list(GROUPS["one-dimension"])


def test_a_slider_down_and_up_again_loses_no_number():
    page = open_page({"x": "5,6,7;8,9,1", "k": "4,3;2,1", "padding": "0"})
    start = settings_of(page)
    for name, back in (("input_width", 3), ("kernel_height", 2)):
        page = move(page, name, 1)
        page = move(page, name, back)
    assert settings_of(page) == start


def test_what_has_one_possible_value_is_disabled():
    page = open_page()  # stride and dilation are 1: no output_padding; one channel: no groups
    disabled = {slider.key: slider.disabled for slider in page.slider}
    assert {key for key, off in disabled.items() if off} == {"output_padding"}
    assert page.select_slider(key="groups").disabled
    page = move(page, "stride", 2)
    assert not page.slider(key="output_padding").disabled
    assert (page.slider(key="output_padding").min, page.slider(key="output_padding").max) == (0, 1)
    page = move(page, "in_channels", 4)
    assert page.select_slider(key="groups").disabled
    page = move(page, "out_channels", 2)
    assert not page.select_slider(key="groups").disabled
    assert page.select_slider(key="groups").options == ["1", "2"]
    page = open_page({"x": "1", "k": "1"})
    assert page.slider(key="padding").disabled


def test_an_address_is_restored():
    query = {**RICH, "padding": "1x2", "view": "matrix", "step": "3", "trace": "input:1,0,0", "channel": "1,1"}
    page = open_page({**query, "present": "1"})
    data = data_of(page)
    settings, view, _ = from_query(query)
    assert settings_of(page) == settings
    assert settings.layer.padding == (1, 2)
    doc = data["document"]
    assert (doc["step"], doc["trace"], doc["present"]) == (3, "input:1,0,0", True)
    assert (doc["channels"]["shown"], doc["view"], data["notices"]) == ([1, 1], "matrix", [])
    # Step, trace and present are the stage's own: it writes them into the address itself.
    assert data["address"].keys() == query.keys() - {"step", "trace"}
    assert view.step == 3


def test_a_preset_in_the_address_and_another_parameter():
    page = open_page({"preset": "arange-9", "stride": "2"})
    assert page.selectbox(key="preset").value == "arange-9"
    about = data_of(page)["document"]["about"]
    assert (about["changed"], about["cell"], about["look"]) == (True, None, "")
    assert settings_of(page).layer.stride == (2, 2)


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        (
            {"stride": "9"},
            "stride “9” is ignored: it must be a whole number from 1 to 4, or two, height x width: 2x1 is allowed.",
        ),
        ({"x": "1,2;3"}, "x “1,2;3” is ignored: all rows and channels must have the same length."),
        ({"preset": "none"}, "preset “none” is ignored: there is no such name."),
        ({"trace": "output:0,3,3"}, "trace “output:0,3,3” is ignored: there is no such cell."),
        ({"step": "77"}, "step 77 is beyond the last; it is 4 now."),
        ({"padding": "4"}, "padding 4 would leave no output; it is 1 now."),
    ],
)
def test_a_bad_value_is_named(query, notice):
    assert data_of(open_page(query))["notices"] == [notice]


# Streamlit itself drops query strings of more than 524,288 characters.
HOSTILE = ["", "%", "\0", "<script>alert(1)</script>", "1_000", "nan", "inf", "١", "1e999999", "9" * 20_000]
HOSTILE += [",;|" * 3_000, "1|" * 5_000, "-1e7", "2x2x2", "__import__('os')", "{0.__class__}", "𝟚", "\u202e1"]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_breaks_nothing(value):
    names = ["x", "k", "stride", "padding", "output_padding", "dilation", "out_channels", "groups"]
    names += ["view", "step", "trace", "channel", "seed", "preset", "present"]
    page = open_page(dict.fromkeys(names, value))
    data = data_of(page)
    assert settings_of(page) == Settings()
    assert len(data["notices"]) == len(names)
    assert max(map(len, data["notices"])) < 200
    assert data["address"] == {}
    move(page, "stride", 2)  # and the page goes on


@pytest.mark.parametrize("name", ["x", "trace"])
@pytest.mark.parametrize("piece", ["1", "1,", "1|"])
def test_a_huge_value_breaks_nothing(name, piece):
    data = data_of(open_page({name: piece * 100_000}))
    assert (data["address"], len(data["notices"]), len(data["notices"][0]) < 200) == ({}, 1, True)


def test_many_names_nobody_knows():
    page = open_page({f"name{n}": "1" for n in range(200)})
    assert (settings_of(page), data_of(page)["notices"]) == (Settings(), [])


def test_a_slider_that_moves_another_says_so():
    page = open_page({"padding": "1"})
    page = move(page, "input_height", 1)
    assert data_of(page)["notices"] == ["padding 1 would leave no output; it is 0x1 now."]
    assert data_of(page)["address"]["padding"] == "0x1"
    page = move(page, "dilation", 2)
    assert data_of(page)["notices"] == []
    page = open_page(RICH)
    page = shown(page.select_slider(key="groups").set_value(2).run())
    page = move(page, "out_channels", 3)
    assert data_of(page)["notices"] == [
        "groups 2 does not divide both channel counts (2, 3); it is 1 now.",
        "K keeps its own numbers; new cells are 0.",
    ]


def test_height_and_width_apart():
    page = open_page({"stride": "2"})
    assert not page.toggle(key="apart").value
    page = shown(page.toggle(key="apart").set_value(True).run())
    names = ("stride", "padding", "output_padding", "dilation")
    assert keys(page) >= {f"{name}{side}" for name in names for side in ("", "_w")}
    page = move(page, "stride_w", 3)
    assert settings_of(page).layer.stride == (2, 3)
    page = move(page, "stride", 4)
    assert settings_of(page).layer.stride == (4, 3)
    assert page.slider(key="stride_w").value == 3
    page = move(page, "dilation_w", 2)
    assert data_of(page)["address"] == {"stride": "4x3", "dilation": "1x2"}
    page = shown(page.toggle(key="apart").set_value(False).run())  # the width follows the height
    assert settings_of(page).layer.stride == (4, 4)
    assert settings_of(page).layer.dilation == (1, 1)
    assert not [key for key in keys(page) if key.endswith("_w")]


def test_an_address_with_pairs_is_apart():
    page = open_page({"stride": "2x3"})
    assert page.toggle(key="apart").value
    assert (page.slider(key="stride").value, page.slider(key="stride_w").value) == (2, 3)
    page = shown(page.selectbox(key="preset").set_value("stride-2").run())
    assert not page.toggle(key="apart").value


def test_a_walk_through_pages_at_random():
    """Whatever the order, the document is what the address says (`shown`)."""
    page = open_page(RICH)
    steps = [("preset", "conv-matrix"), ("kernel_width", 5), ("stride", 3), ("input_height", 8), ("in_channels", 3)]
    steps += [("preset", "padding-1"), ("kernel_height", 1), ("out_channels", 4), ("dilation", 3), ("input_width", 1)]
    steps += [
        ("in_channels", 4),
        ("preset", "shape-round-trip"),
        ("kernel_height", 1),
        ("stride", 1),
        ("preset", "basic"),
    ]
    for key, value in steps:
        widget = page.selectbox(key=key) if key == "preset" else page.slider(key=key)
        page = shown(widget.set_value(value).run())
    assert (settings_of(page), data_of(page)["document"]["view"]) == (Settings(), View().view)


def choose(page, preset):
    return shown(page.selectbox(key="preset").select(preset).run())


@pytest.mark.parametrize(
    ("act", "arrives"),
    [
        (lambda page: choose(page, "arange-9"), 1),
        (lambda page: shown(page.get("button_group")[0].set_value("matrix").run()), 0),
        (lambda page: move(page, "input_height", 5), 0),
        (lambda page: move(page, "stride", 2), None),
    ],
)
def test_another_preset_view_or_size_shows_all_done_and_only_a_preset_ends_the_trace(act, arrives):
    page = open_page({"step": "3", "trace": "input:0,1,0"})
    before = data_of(page)
    assert (before["document"]["step"], before["document"]["trace"]) == (3, "input:0,1,0")
    act(page)
    after = data_of(page)
    assert after["number"] == before["number"] + 1
    assert after["arrived"] == (after["number"] if arrives else before["arrived"])
    assert after["document"]["step"] == (3 if arrives is None else None)
    if arrives:
        assert after["document"]["trace"] == ""


def test_a_slider_keeps_its_value_where_its_range_changes():
    page = open_page({"padding": "1x1", "stride": "2x1"})
    move(page, "kernel_width", 5)  # padding_w can now be more: shown() reads every slider
    move(page, "padding", 0)
    assert settings_of(page).layer.padding == (0, 1)


@pytest.mark.parametrize(("name", "counts"), [("cost", [1, 0]), ("code", [0, 1]), ("export", [0, 1])])
def test_a_dialog_stays_until_it_is_dismissed(name, counts):
    page = open_page({"stride": "2"})
    page.session_state.session.dialog = name
    page.session_state.session.dialog_address = "http://explorer.example/?stride=2"
    for _ in range(2):
        page = shown(page.run())
        assert [len(page.table), len(page.code)] == counts
    page.session_state.session.close_dialog()
    page = shown(page.run())
    assert [len(page.table), len(page.code)] == [0, 0]


def test_what_comes_after_the_layer_is_drawn():
    document = data_of(open_page({"stride": "2", "crop": "0,1", "bias": "0.5"}))["document"]
    assert document["sizes"]["window"] == [0, 0, 3, 3]
    assert document["afterwards"] == {"size": [4, 4], "crop": [[0, 1], [0, 1]], "most": 16, "bias": [0.5]}
