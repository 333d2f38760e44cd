"""What the browser sends back: edits, channels and addresses. The widgets' side is in test_explore.py."""

import pytest

from explorer.address import View
from explorer.fills import FILLS
from explorer.pages.model import Model
from explorer.presets import PRESETS
from explorer.settings import Settings

GROUPED = {"x": "1|2|3|4", "k": "|".join("12345678"), "out_channels": "4", "groups": "2"}


def edit(model, sequence, grid, at, text, revision=None):
    revision = model.revision if revision is None else revision
    return {"sequence": sequence, "revision": revision, "grid": grid, "at": at, "text": text}


def test_edits_are_taken_once_and_in_order():
    model = Model.at({})
    edits = [edit(model, 2, "input", [0, 0, 1], "7"), edit(model, 1, "input", [0, 0, 1], "5")]
    model.edit(edits)
    assert (model.settings.input, model.seen) == ((((0, 7), (2, 3)),), 2)
    model.edit([*edits, edit(model, 3, "kernel", [0, 0, 1, 0], "−1/2")])
    assert model.settings == Settings.of([[0, 7], [2, 3]], [[0, 1], [-0.5, 3]])
    assert (model.seen, model.refused) == (3, [])


def test_an_edit_of_a_grid_that_is_gone_is_dropped():
    model = Model.at({})
    stale = edit(model, 1, "input", [0, 1, 1], "9")
    model.move("input_height", 1)
    model.edit([stale])
    assert (model.settings.input, model.seen) == ((((0, 1),),), 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("two", "“two” is not a number. Type 2, −0.5, 1e3 or 1/3."),
        ("1/0", "“1/0” divides by zero."),
        ("1e7", "“1e7” is outside −1000000 … 1000000."),
        ("9" * 500, "“" + "9" * 20 + "” is not a number. Type 2, −0.5, 1e3 or 1/3."),
    ],
)
def test_a_refused_edit_keeps_the_old_number(text, reason):
    model = Model.at({"k": "1,2.5"})
    refused = edit(model, 1, "kernel", [0, 0, 0, 1], text)
    model.edit([refused, edit(model, 2, "input", [0, 0, 0], "4")])
    assert model.settings == Settings.of([[4, 1], [2, 3]], [[1, 2.5]])  # the good one still counts
    assert model.refused == [{**refused, "text": f"K[0,1] keeps 2.5: {reason}"}]
    model.edit([])
    assert model.refused == []


def test_an_edited_number_comes_back_after_down_and_up():
    model = Model.at({})
    model.edit([edit(model, 1, "input", [0, 0, 1], "8")])
    model.move("input_width", 1)
    model.move("input_width", 2)
    assert model.settings.input == (((0, 8), (2, 3)),)


@pytest.mark.parametrize(
    ("side", "channel", "shown"),
    [("out", 1, (0, 1)), ("out", 2, (2, 2)), ("in", 1, (1, 0)), ("in", 3, (3, 2)), ("out", 99, (2, 3))],
)
def test_shown_channels_stay_in_one_group(side, channel, shown):
    model = Model.at(GROUPED)
    model.show_channel(side, channel)
    assert model.view.channel == shown


def test_channels_that_are_gone_are_not_shown():
    model = Model.at({**GROUPED, "channel": "3,3"})
    model.move("out_channels", 2)
    assert (model.settings.layer.groups, model.view.channel) == (2, (3, 1))


def test_back_and_forward():
    model = Model.at({"x": "1,2", "step": "1"})
    model.go_to("?x=5%2C6&k=7&view=matrix&trace=input:0,0,1")
    assert model.settings == Settings.of([[5, 6]], [[7]])
    assert model.view == View(view="matrix", trace="input:0,0,1")
    for search in ("", "?", "?preset=basic"):
        model.go_to(search)
        assert (model.settings, model.view, model.messages()) == (Settings(), View(), [])
    model.go_to("?stride=%00&x=%ff&&&=&k")
    assert (model.settings, len(model.notices)) == (Settings(), 3)


def test_presets_and_views_make_history_and_other_changes_do_not():
    model = Model.at({})
    for change in (lambda: model.move("stride", 2), lambda: model.edit([edit(model, 1, "input", [0, 0, 0], "1")])):
        change()
        assert model.push == 0
    model.look_as("matrix")
    assert (model.push, model.view.view) == (1, "matrix")
    model.choose("stride-2")
    assert (model.push, model.settings, model.view.view) == (2, PRESETS["stride-2"].settings, "matrix")
    assert model.address() == {"preset": "stride-2", "view": "matrix"}


def test_a_chosen_view_stays_with_the_next_preset_and_a_presets_own_does_not():
    model = Model.at({})
    for view, preset, then in [("", "corr2d", "matrix"), ("", "basic", "scatter"), ("gather", "stride-2", "gather")]:
        if view:
            model.look_as(view)
        model.choose(preset)
        assert model.view.view == then
    model.choose("corr2d")
    assert model.view.view == "matrix"
    model.look_as("elsewhere")
    assert model.view.view == "matrix"


def test_undo_leaves_the_view():
    model = Model.at({"preset": "stride-2"})
    model.move("padding", 1)
    model.look_as("gather")
    model.turn(True)
    model.undo()
    assert (model.settings, model.view.view, model.view.backward) == (PRESETS["stride-2"].settings, "gather", True)
    model.redo()
    assert (model.settings.layer.padding, model.view.view) == ((1, 1), "gather")


def test_the_stage_takes_a_new_step_only_where_the_numbers_cells_change():
    model = Model.at({})
    epoch, revision = model.epoch, model.revision
    model.move("stride", 3)
    assert (model.epoch, model.revision) == (epoch, revision)
    model.move("kernel_width", 3)
    assert (model.epoch, model.revision) == (epoch + 1, revision + 1)


def test_width_follows_height_when_joined():
    model = Model.at({"stride": "3x1", "dilation": "2x3"})
    assert model.apart
    model.join()
    assert (model.settings.layer.stride, model.settings.layer.dilation) == ((3, 3), (2, 2))
    assert (model.apart, model.messages()) == (False, [])


def test_the_drawn_key_changes_with_what_is_drawn():
    model = Model.at({"x": "1|2", "k": "1|2"})
    keys = {model.drawn_key()}
    changes = (
        lambda: model.move("stride", 2),
        lambda: model.look_as("matrix"),
        lambda: model.show_channel("in", 1),
        lambda: model.compare("float32"),
        lambda: model.edit([edit(model, 1, "input", [0, 0, 0], "5")]),
        lambda: model.choose("padding-1"),
    )
    for count, change in enumerate(changes, 2):
        change()
        keys.add(model.drawn_key())
        assert len(keys) == count


def test_the_drawn_key_tells_apart_what_python_hashes_alike():
    assert Model.at({"x": "-1"}).drawn_key() != Model.at({"x": "-2"}).drawn_key()


def test_an_address_of_many_parameters_is_read():
    model = Model()
    model.go_to("?" + "a=1&" * 500 + "stride=2")
    assert model.settings.layer.stride == (2, 2)


def test_joining_ends_apart_also_where_the_height_cannot_be_the_width():
    model = Model.at({"x": "1;2;3;4", "k": "1", "padding": "1x0"})
    model.join()
    assert (model.apart, model.settings.layer.padding) == (False, (0, 0))


def test_undo_and_redo_go_through_edits_fills_presets_and_sliders():
    model = Model.at({})
    states = [model.address()]
    changes = (
        lambda: model.edit([edit(model, 1, "input", [0, 0, 0], "5")]),
        lambda: model.fill("kernel", "random"),
        lambda: model.move("kernel_height", 4),
        lambda: model.choose("arange-9"),
        lambda: model.move("stride", 3),
    )
    for change in changes:
        change()
        assert model.address() not in states
        states.append(model.address())
    for state in states[-2::-1]:
        model.undo()
        assert model.address() == state
    model.undo()
    assert model.address() == {}
    for state in states[1:]:
        model.redo()
        assert model.address() == state
    model.redo()
    assert model.address() == states[-1]
    model.undo()
    model.move("padding", 1)
    assert model.future == []  # another change ends what could be redone


def test_moves_of_one_slider_are_undone_together_and_another_slider_apart():
    model = Model.at({})
    for name, value in (("stride", 2), ("stride", 3), ("dilation", 2), ("stride", 4)):
        model.move(name, value)
    found = []
    for _ in range(3):
        model.undo()
        found.append((model.settings.layer.stride[0], model.settings.layer.dilation[0]))
    assert found == [(3, 2), (3, 1), (1, 1)]
    model.move("stride", 2)
    model.move("stride", 3)
    model.undo()
    assert model.settings.layer.stride == (1, 1)


def test_a_random_fill_takes_the_next_seed_and_no_slider_changes_it():
    model = Model.at({})
    model.fill("input", "random")
    assert (model.view.seed, model.address()["seed"]) == (0, "0")
    first = model.settings.input
    assert first == Settings.of(FILLS["random"]((1, 2, 2), 0), [[0, 1], [2, 3]]).input
    model.move("stride", 3)
    assert model.settings.input == first
    model.fill("input", "random")
    assert (model.view.seed, model.settings.input == first) == (1, False)
    assert Model.at(model.address()).settings == model.settings


def test_backward_restarts_and_makes_an_entry():
    model = Model.at({"step": "2"})
    before = model.epoch
    model.turn(True)
    assert (model.view.backward, model.view.step, model.push, model.epoch) == (True, None, 1, before + 1)
    assert model.address() == {"backward": "1"}
    model.choose("stride-2")
    assert model.view.backward is True
    model.turn(False)
    assert model.address() == {"preset": "stride-2"}


def test_filling_the_upstream_gradient_leaves_the_settings():
    model = Model.at({"backward": "1"})
    before, key = model.settings, model.drawn_key()
    model.fill("upstream", "ones")
    assert (model.settings, model.address()) == (before, {"backward": "1", "upstream": "ones"})
    assert model.drawn_key() != key
    model.fill("upstream", "random")
    assert model.address() == {"backward": "1", "upstream": "random", "seed": "0"}
    model.undo()
    assert model.address() == {"backward": "1", "upstream": "ones"}


@pytest.mark.parametrize("sent", ["", None, False, "float16", ["float64"]])
def test_only_a_known_precision_is_shown(sent):
    model = Model.at({})
    model.compare("float32")
    assert model.precision == "float32"
    model.compare(sent)
    assert model.precision == ""
