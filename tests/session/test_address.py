import random
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from explorer import Layer
from explorer.decimals import Unreadable, format_number, parse_number
from explorer.fills import FILLS, UPSTREAM, Seeds
from explorer.mistakes import MISTAKES
from explorer.notices import notice_text
from explorer.placing import grid_shape
from explorer.presets import PRESETS
from explorer.relation import inputs_of
from explorer.session.address import from_query, to_query
from explorer.settings import LARGEST_NUMBER, LIMITS, PAIRS, Settings, frozen
from explorer.views import VIEWS, View, cell_ranges, last_step, nearest_channel
from explorer.views.tracing import channel_of, shows
from tests.layers import random_settings, with_afterwards
from tests.test_settings import assert_within_limits

SQUARE = (((0, 1), (2, 3)),)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("+3", 3),
        ("-3", -3),
        ("−0,5", -0.5),
        (" 1.25 ", 1.25),
        (".5", 0.5),
        ("5.", 5),
        ("007", 7),
        ("1e3", 1000),
        ("1E-3", 0.001),
        ("1e+6", 1e6),
        ("-1000000", -1e6),
        ("1/4", 0.25),
        (" 1 / 3 ", 1 / 3),
        ("-1/-2", 0.5),
        ("0/5", 0),
        ("1e7/10", 1e6),
        ("1e-400", 0),
        ("0." + "0" * 330 + "1", 0),
        ("5e-324", 5e-324),
    ],
)
def test_numbers_that_are_read(text, value):
    assert parse_number(text) == value


NOT_NUMBERS = ["", " ", "-", ".", "e5", "1e", "abc", "nan", "NaN", "inf", "-inf", "infinity", "1_000", "1.2.3", "1/2/3"]
NOT_NUMBERS += ["1/", "/2", "--1", "+-1", "1 2", "0x10", "1j", "١", "１", "½", "1e1234", "1" * 401, " " * 401]
NOT_NUMBERS += ["1;2", "1|2", "1,2,3", "%31", "{}"]


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_numbers_that_are_none(text):
    with pytest.raises(Unreadable) as error:
        parse_number(text)
    assert error.value.key == "not_a_number"


@pytest.mark.parametrize("text", ["1/0", "0/0", "1/-0", "1/0.0", "1/1e-400"])
def test_division_by_zero(text):
    with pytest.raises(Unreadable) as error:
        parse_number(text)
    assert error.value.key == "division_by_zero"


@pytest.mark.parametrize(
    "text", ["1000001", "-1000000.01", "1e7", "1e999", "-1e999", "1e999/1e999", "1e308/1e-308", "9" * 400]
)
def test_numbers_that_are_too_large(text):
    with pytest.raises(Unreadable) as error:
        parse_number(text)
    assert error.value.key == "too_large"


@pytest.mark.parametrize("text", ["0", "-0", "−0.0", "-0/3", "0/-3", "-1e-400"])
def test_zero_has_no_sign(text):
    assert str(parse_number(text)) == "0.0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2.0, "2"),
        (-2.5, "-2.5"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1 / 3, "0.3333333333333333"),
        (1e6, "1000000"),
        (123456.75, "123456.75"),
        (1e-7, "0.0000001"),
        (-1.5e-10, "-0.00000000015"),
    ],
)
def test_numbers_as_written(value, text):
    assert format_number(value) == text


@given(st.floats(-LARGEST_NUMBER, LARGEST_NUMBER))
@example(-0.0)
@example(5e-324)
@example(-2.2250738585072014e-308)
@example(999999.9999999999)
@runs(max_examples=1500, deadline=None, database=None)
def test_numbers_read_back_as_the_same_float(value):
    text = format_number(value)
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]*[1-9])?", text)
    assert parse_number(text) == value
    digits = re.sub(r"e.*|\D", "", repr(value)).strip("0")  # repr is the shortest that reads back
    assert text.replace(".", "").replace("-", "").strip("0") == digits


def test_the_bare_page():
    settings, view, notices = from_query({})
    assert (settings.input, settings.weight, settings.layer) == (SQUARE, (SQUARE,), Layer(kernel_size=2))
    assert (view, notices) == (View(), [])
    assert (view.view, view.step, view.trace, view.channel, view.preset) == ("scatter", None, "", (0, 0), "basic")
    assert to_query(settings, view) == {}
    assert from_query({"x": "0,1;2,3", "k": "0,1;2,3"}) == (settings, view, [])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"x": "1,-2.5,3"}, {"input": (((1, -2.5, 3),),)}),
        ({"x": "1;2;3"}, {"input": (((1,), (2,), (3,)),)}),
        ({"x": "1/4, 1e3"}, {"input": (((0.25, 1000),),)}),
        ({"k": "5"}, {"weight": ((((5,),),),)}),
        ({"k": "1,2;3,4;5,6"}, {"weight": ((((1, 2), (3, 4), (5, 6)),),)}),
        ({"x": "1|2", "k": "3|4"}, {"input": (((1,),), ((2,),)), "weight": ((((3,),),), (((4,),),))}),
        # Weight order: block ci·(C_out/groups) + co.
        (
            {"x": "1|2", "k": "3|4|5|6", "out_channels": "2"},
            {"weight": ((((3,),), ((4,),)), (((5,),), ((6,),)))},
        ),
        ({"x": "1|2", "k": "3|4", "out_channels": "2", "groups": "2"}, {"weight": ((((3,),),), (((4,),),))}),
    ],
)
def test_grids(query, expected):
    settings, _, notices = from_query(query)
    assert {name: getattr(settings, name) for name in expected} == expected
    assert notices == []


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ({"stride": "2"}, "stride", (2, 2)),
        ({"stride": "4x1"}, "stride", (4, 1)),
        ({"padding": "1"}, "padding", (1, 1)),
        ({"padding": "0x1"}, "padding", (0, 1)),
        ({"stride": "2", "output_padding": "1"}, "output_padding", (1, 1)),
        ({"dilation": "3x2", "output_padding": "2x1"}, "output_padding", (2, 1)),
        ({"dilation": "3"}, "dilation", (3, 3)),
        ({"k": "1|2|3", "out_channels": "3"}, "out_channels", 3),
        ({"x": "1|2", "k": "1|2", "out_channels": "2", "groups": "2"}, "groups", 2),
        ({"x": "1|2", "k": "1|2"}, "in_channels", 2),
    ],
)
def test_layers(query, name, value):
    settings, _, notices = from_query(query)
    assert getattr(settings.layer, name) == value
    assert notices == []


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ({"view": "matrix"}, "view", "matrix"),
        ({"step": "0"}, "step", 0),
        ({"step": "4"}, "step", 4),
        ({"trace": "input:0,1,1"}, "trace", "input:0,1,1"),
        ({"trace": "kernel:0,0,1,0"}, "trace", "kernel:0,0,1,0"),
        ({"trace": "output:0,2,2"}, "trace", "output:0,2,2"),
        ({"trace": "W:3,8"}, "trace", "W:3,8"),
        ({"trace": "W:03,008"}, "trace", "W:3,8"),
        ({"padding": "1", "trace": "output:0,2,2"}, "trace", "output:0,2,2"),  # a cropped cell of the canvas
        ({"x": "1|2", "k": "3|4", "channel": "1,0"}, "channel", (1, 0)),
        ({"upstream": "random"}, "seeds", Seeds(upstream=0)),
        ({"upstream": "random", "seed": "4294967295"}, "seeds", Seeds(upstream=2**32 - 1)),
        ({"seed": "5"}, "seeds", Seeds()),  # nothing is random: a seed of nothing
        ({"preset": "stride-2"}, "preset", "stride-2"),
        ({"present": "1"}, "present", True),
        ({"present": "0"}, "present", False),
        ({"what_if": "pads_input"}, "what_if", "pads_input"),
    ],
)
def test_views(query, name, value):
    _, view, notices = from_query(query)
    assert getattr(view, name) == value
    assert notices == []


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("x", "", "not_a_number"),
        ("x", "1,a", "not_a_number"),
        ("x", "1,2|nan,3", "not_a_number"),
        ("x", "1,1e7", "too_large"),
        ("x", "1/0", "division_by_zero"),
        ("x", "1,2;3", "ragged"),
        ("x", "1,2|3", "ragged"),
        ("x", "1;2|3", "ragged"),
        ("x", "1,2,3,4,5,6,7,8,9;1,2,3,4,5,6,7,8,9", "too_large_grid"),
        ("x", ",".join("1" * 17), "too_large_grid"),
        ("x", "1;2;3;4;5;6;7;8;9", "too_large_grid"),
        ("x", "1|2|3|4|5", "too_many_blocks"),
        ("k", "1,2,3,4,5,6;1,2,3,4,5,6", "too_large_grid"),
        ("k", ",".join("1" * 17), "too_large_grid"),
        ("k", "1;2;3;4;5;6", "too_large_grid"),
        ("k", "|".join("1" * 17), "too_many_blocks"),
        ("k", "inf", "not_a_number"),
        ("stride", "0", "outside_pair"),
        ("stride", "5", "outside_pair"),
        ("stride", "2x2x2", "outside_pair"),
        ("stride", "2×1", "outside_pair"),
        ("stride", "2x", "outside_pair"),
        ("stride", "1.5", "outside_pair"),
        ("stride", "-1", "outside_pair"),
        ("stride", "١", "outside_pair"),
        ("stride", "1\n", "outside_pair"),
        ("padding", "5", "outside_pair"),
        ("output_padding", "4", "outside_pair"),
        ("dilation", "4", "outside_pair"),
        ("out_channels", "5", "outside"),
        ("out_channels", "2x2", "outside"),
        ("groups", "0", "outside"),
        ("groups", "{groups}", "outside"),
        ("view", "gathers", "unknown"),
        ("backward", "yes", "unknown"),
        ("upstream", "bilinear", "unknown"),
        ("view", "Scatter", "unknown"),
        ("step", "-1", "outside"),
        ("step", "all", "outside"),
        ("step", "99999999999", "outside"),
        ("trace", "input:0,2,0", "no_cell"),
        ("trace", "input:1,0,0", "no_cell"),
        ("trace", "kernel:0,0,0,2", "no_cell"),
        ("trace", "output:0,3,0", "no_cell"),
        ("trace", "W:4,0", "no_cell"),
        ("trace", "W:0,9", "no_cell"),
        ("trace", "input:0,0", "no_cell"),
        ("trace", "input:0,0,0,0", "no_cell"),
        ("trace", "input:0,-1,0", "no_cell"),
        ("trace", "weight:0,0,0,0", "no_cell"),
        ("trace", "input", "no_cell"),
        ("trace", "<b>", "no_cell"),
        ("channel", "1,0", "outside"),
        ("channel", "0,0,0", "outside"),
        ("channel", "a", "outside"),
        ("seed", "4294967296", "outside_seeds"),
        ("seed", "1.0", "outside_seeds"),
        ("seed", "", "outside_seeds"),
        ("seed", "1,2", "outside_seeds"),
        ("seed", "1,2,x", "outside_seeds"),
        ("preset", "cell 8", "unknown"),
        *[("crop", text, "outside_crop") for text in ("", "1", "0,1,0", "0,1;0", "0,1;0,1;0,1", "-1,0", "0,17", "0,x")],
        ("bias", "", "not_a_number"),
        ("bias", "nan", "not_a_number"),
        ("bias", "1/0", "division_by_zero"),
        ("bias", "1000001", "too_large"),
        ("bias", "1,2", "other_count"),
        ("present", "yes", "unknown"),
        ("what_if", "any", "unknown"),
    ],
)
def test_a_bad_value_is_ignored_and_named(field, value, key):
    settings, view, notices = from_query({field: value})
    assert (settings, view) == (Settings(), View())
    assert [notice.key for notice in notices] == [key]
    assert dict(notices[0].values).items() >= {"field": field, "value": value}.items()
    assert f"{field} “{value}”" in notice_text(notices[0])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            {"stride": "9"},
            "stride “9” is ignored: it must be a whole number from 1 to 4, or two, height x width: 2x1 is allowed.",
        ),
        (
            {"x": "1,2,3,4,5,6,7,8,9;1,2,3,4,5,6,7,8,9"},
            "x “1,2,3,4,5,6,7,8,9;1,2,3,4,5,6,7,8,9” is ignored: X may be 8×8 at most, "
            "or one row of 16 where X and K have one row each.",
        ),
        (
            {"k": "1;2;3;4;5;6"},
            "k “1;2;3;4;5;6” is ignored: K may be 5×5 at most, or one row of 16 where X and K have one row each.",
        ),
        ({"x": "1|2|3|4|5"}, "x “1|2|3|4|5” is ignored: X may have 4 blocks at most."),
        (
            {"seed": "a"},
            "seed “a” is ignored: it must be a whole number from 0 to 4294967295, or three for X, K and dY: "
            "1,,3 is allowed.",
        ),
        ({"step": "x"}, "step “x” is ignored: it must be a whole number from 0 to 4."),
        ({"channel": "7"}, "channel “7” is ignored: it must be a whole number from 0 to 0."),
        ({"padding": "2"}, "padding 2 would leave no output; it is 1 now."),
        ({"output_padding": "1x2"}, "output_padding 1x2 must stay below max(stride, dilation); it is 0 now."),
        ({"groups": "2"}, "groups 2 does not divide both channel counts (1, 1); it is 1 now."),
        ({"step": "5"}, "step 5 is beyond the last; it is 4 now."),
        ({"x": "1" * 41}, "x “" + "1" * 40 + "…” is ignored: numbers must be between −1000000 and 1000000."),
    ],
)
def test_notices_by_hand(query, sentence):
    assert list(map(notice_text, from_query(query)[2])) == [sentence]


def test_what_is_bad_leaves_the_rest():
    settings, view, notices = from_query(
        {"x": "1,2", "k": "?", "stride": "3", "padding": "x", "view": "matrix", "step": "-"}
    )
    assert (settings.input, settings.weight, settings.layer.stride) == (((((1, 2),),)), (SQUARE,), (3, 3))
    assert (view.view, view.step) == ("matrix", None)
    assert [dict(notice.values)["field"] for notice in notices] == ["k", "padding", "step"]


LINE = ",".join(map(str, range(16)))


def test_one_row_may_be_16_long():
    settings, _, notices = from_query({"x": LINE, "k": LINE, "stride": "4", "padding": "2"})
    assert settings.input == ((tuple(range(16)),),)
    assert settings.weight == (((tuple(range(16)),),),)
    assert (settings.layer.stride, settings.layer.padding, notices) == ((4, 4), (0, 2), [])
    settings, _, notices = from_query({"x": LINE, "k": "1,1", "stride": "2", "output_padding": "1"})
    assert (settings.layer.output_padding, notices) == ((0, 1), [])


def test_a_long_row_makes_one_row_of_the_grid_that_the_address_does_not_say():
    settings, _, notices = from_query({"x": LINE})
    assert (settings.size, settings.weight) == ((1, 16), ((((0, 1),),),))
    assert list(map(notice_text, notices)) == ["K is its first row: X is longer than a grid of several rows may be."]
    settings, _, notices = from_query({"k": LINE})
    assert (settings.input, settings.layer.kernel_size) == ((((0, 1),),), (1, 16))
    assert list(map(notice_text, notices)) == ["X is its first row: K is longer than a grid of several rows may be."]


def test_a_long_row_beside_several_rows_is_ignored_and_named():
    settings, _, notices = from_query({"x": LINE, "k": "1;2"})
    assert (settings.input, settings.layer.kernel_size) == (SQUARE, (2, 1))
    assert [notice.key for notice in notices] == ["too_large_grid"]
    settings, _, notices = from_query({"x": "1;2", "k": LINE})
    assert (settings.size, settings.weight) == ((2, 1), (SQUARE,))
    assert [notice.key for notice in notices] == ["too_large_grid"]


def test_an_old_link_of_one_row_keeps_its_meaning():
    settings, _, notices = from_query({"x": "1,2", "k": "1,1", "stride": "2", "output_padding": "1"})
    assert (settings.layer.output_padding, settings.layer.output_size(settings.size)) == ((1, 1), (2, 5))
    query = {"x": "1,2,3", "k": "1,1", "dilation": "3", "padding": "1", "output_padding": "2"}
    assert from_query(query)[0].layer.padding == (1, 1)
    settings, _, notices = from_query({"x": "1,2", "k": "1,1", "padding": "1"})
    assert (settings.layer.padding, notices) == ((0, 1), [])


def random_grid(shape, seed):
    return FILLS["random"](shape, seed).tolist()


def test_each_random_grid_has_a_seed_of_its_own():
    settings = Settings.of(random_grid((1, 2, 2), 1), random_grid((1, 1, 2, 2), 4))
    for seeds, upstream, text in (
        (Seeds(1, 4, 3), "random", "1,4,3"),
        (Seeds(1, None, 3), "random", "1,,3"),
        (Seeds(1, None, None), "ones", "1"),
        (Seeds(None, 4, 4), "random", "4"),
        (Seeds(), "ones", None),
    ):
        view = View(seeds=seeds, upstream=upstream)
        query = to_query(settings, view)
        assert query.get("seed") == text
        assert from_query(query) == (settings, view, [])


def test_one_seed_is_written_long_where_it_would_be_read_for_another_grid_too():
    (seed,) = [seed for seed in range(100) if FILLS["random"]((1, 1, 1), seed) == 4][:1]
    settings, view = Settings.of([[4]], [[4]]), View(seeds=Seeds(input=seed))
    assert to_query(settings, view)["seed"] == f"{seed},,"
    assert from_query(to_query(settings, view)) == (settings, view, [])


def test_a_seed_whose_grid_is_another_is_gone():
    settings, view, notices = from_query({"x": "9,9;9,9", "seed": "1,2,3"})
    assert (view.seeds, notices, "seed" in to_query(settings, view)) == (Seeds(), [], False)


@pytest.mark.parametrize(
    ("query", "shape", "blocks"),
    [
        ({"x": "1,2|3,4"}, (2, 1, 2, 2), 1),
        ({"k": "7|7|7"}, (1, 1, 1, 1), 3),
        ({"out_channels": "3"}, (1, 3, 2, 2), 1),
        ({"k": "7,7|7,7", "x": "1|2", "out_channels": "4", "groups": "2"}, (2, 2, 1, 2), 2),
    ],
)
def test_k_is_refilled_where_its_blocks_do_not_fit(query, shape, blocks):
    settings, _, notices = from_query(query)
    needed = shape[0] * shape[1]
    assert np.array_equal(settings.weight, np.arange(np.prod(shape)).reshape(shape))
    assert [(notice.key, dict(notice.values)) for notice in notices] == [
        ("refilled", {"blocks": str(blocks), "needed": str(needed)})
    ]


@pytest.mark.parametrize("name", PRESETS)
def test_other_parameters_override_a_preset(name):
    settings, view, notices = from_query({"preset": name})
    assert (settings, view, notices) == (PRESETS[name].settings, View(preset=name, view=PRESETS[name].view), [])
    one = {"x": "5", "k": "2,3", "out_channels": "1", "groups": "1"}
    settings, view, notices = from_query({"preset": name, **one, "stride": "4", "view": "scatter"})
    base = PRESETS[name].settings.layer
    assert (settings.input, settings.weight) == (((((5,),),)), (((((2, 3),),)),))
    assert (settings.layer.stride, settings.layer.dilation) == ((4, 4), base.dilation)
    assert (view.preset, view.view) == (name, "scatter")


def test_a_step_beyond_the_last_is_the_last():
    _, view, notices = from_query({"x": "1,2,3|4,5,6", "k": "1|1", "step": "7"})
    assert (view.step, [(notice.key, notice.values) for notice in notices]) == (
        6,
        [("step_moved", (("value", "7"), ("last", "6")))],
    )


@pytest.mark.parametrize(
    ("channel", "expected"),
    [("0,0", (0, 0)), ("1,1", (1, 1)), ("1", (1, 1)), ("2x3", (2, 3)), ("0,2", (2, 2)), ("3,0", (0, 0))],
)
def test_shown_channels_are_of_one_group(channel, expected):
    query = {"x": "1|2|3|4", "k": "|".join("12345678"), "out_channels": "4", "groups": "2", "channel": channel}
    _, view, notices = from_query(query)
    assert view.channel == expected
    moved = channel.replace("x", ",") not in (f"{expected[0]},{expected[1]}", str(expected[0]))
    assert [(notice.key, notice.values) for notice in notices] == [
        ("channel_moved", (("value", f"{expected[0]},{expected[1]}"),))
    ] * moved


def test_nearest_channel_is_always_a_pair_that_meets():
    for settings in random_settings(100, 3):
        layer = settings.layer
        for shown_in in range(5):
            for shown_out in range(5):
                found = nearest_channel(settings, (shown_in, shown_out))
                assert found[1] == min(shown_out, layer.out_channels - 1)
                assert found[0] in inputs_of(layer, found[1])
                if shown_out < layer.out_channels and shown_in in inputs_of(layer, shown_out):
                    assert found == (shown_in, shown_out)


def test_cell_ranges_by_hand():
    settings = Settings.of(np.ones((2, 2, 3)), np.ones((2, 2, 3, 1)), stride=2, padding=(1, 0), output_padding=(0, 1))
    assert cell_ranges(settings) == {
        "input": (2, 2, 3),
        "kernel": (2, 2, 3, 1),
        "output": (2, 5, 6),  # the canvas: height 2·1 + 2 + 1, width 2·2 + 1 and one that output_padding adds
        "zero_inserted": (5, 6),  # a border of 1 above, 2 below and 0 at the sides; 1 more at the right
        "W": (12, 36),  # Y: height 5 − 2, width 6
    }


def test_last_step_by_hand():
    settings = Settings.of(np.ones((2, 2, 3)), np.ones((2, 1, 2, 2)))
    views = View(), View("gather"), View("matrix"), View("gather", backward=True)
    assert [last_step(settings, view) for view in views] == [12, 12, 12, 12]
    settings = Settings.of([[1, 2], [3, 4]], [[1, 2], [3, 4]], stride=2)
    assert [last_step(settings, view) for view in views] == [4, 16, 4, 4]


TWO_OUT = {"x": "1", "k": "1|2", "out_channels": "2"}
GROUPS = {"preset": "groups"}


@pytest.mark.parametrize(
    ("query", "trace", "channel"),
    [
        (TWO_OUT, "output:1,0,0", (0, 1)),
        (TWO_OUT, "kernel:0,1,0,0", (0, 1)),
        (TWO_OUT, "W:0,1", (0, 1)),
        (TWO_OUT, "output:0,0,0", (0, 0)),
        (GROUPS, "output:1,0,0", (1, 1)),
        (GROUPS, "kernel:1,0,0,0", (1, 1)),
        (GROUPS, "input:1,0,0", (0, 0)),  # the stage shows a traced input channel of itself
    ],
)
def test_a_trace_that_is_not_shown_chooses_its_channel(query, trace, channel):
    _, view, notices = from_query({**query, "trace": trace})
    assert (view.trace, view.channel, notices) == (trace, channel, [])


@pytest.mark.parametrize(
    "query",
    [
        {**TWO_OUT, "channel": "0,0", "trace": "output:1,0,0"},  # the address says which channel is shown
        {"trace": "zero_inserted:0,0"},  # Scatter has no such grid
        {"trace": "zero_inserted:0,0", "view": "gather", "backward": "1"},
        {**GROUPS, "trace": "W:0,9"},  # a zero between two groups: no block that can be shown
    ],
)
def test_a_trace_that_cannot_be_shown_is_named(query):
    _, view, notices = from_query(query)
    assert view.trace == ""
    assert [notice.key for notice in notices] == ["trace_hidden"]
    assert query["trace"] in notice_text(notices[0])


def test_which_entry_of_w_no_channel_shows():
    settings, _, _ = from_query(GROUPS)
    assert channel_of(settings, "W:0,9", (0, 0)) is None


def random_view(settings, rng):
    ranges = cell_ranges(settings)
    grid = rng.choice(list(ranges))
    cell = ",".join(str(rng.integers(count)) for count in ranges[grid])
    shown = View(str(rng.choice(list(VIEWS))), backward=bool(rng.random() < 0.3), upstream=str(rng.choice(UPSTREAM)))
    if rng.random() < 0.3:
        own = rng.normal(size=grid_shape(settings, "upstream")).round(2)
        shown = replace(shown, upstream=UPSTREAM[0], upstream_values=frozen(own + 0.0))
    seed = int(rng.integers(2**32)) if shown.upstream == "random" else None
    shown = replace(shown, channel=nearest_channel(settings, tuple(rng.integers(0, 4, 2).tolist())))
    traces = rng.random() < 0.5 and shows(settings, shown, f"{grid}:{cell}")
    return replace(
        shown,
        seeds=Seeds(upstream=seed),
        step=int(rng.integers(last_step(settings, shown) + 1)) if rng.random() < 0.5 else None,
        trace=f"{grid}:{cell}" if traces else "",
        preset=str(rng.choice(list(PRESETS))) if rng.random() < 0.5 else "basic",
        present=bool(rng.random() < 0.3),
        what_if=str(rng.choice(list(MISTAKES))) if rng.random() < 0.3 else "",
    )


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "reals"])
def test_every_page_is_in_its_address(whole):
    rng = np.random.default_rng(0)
    for plain in random_settings(700, 11, whole):
        settings = with_afterwards(plain, rng, whole) if rng.random() < 0.5 else plain
        view = random_view(settings, rng)
        query = to_query(settings, view)
        assert from_query(query) == (settings, view, [])
        assert from_query(dict(parse_qsl(urlencode(query), keep_blank_values=True))) == (settings, view, [])


def test_defaults_are_left_out():
    layer = {"stride": (2, 3), "padding": (0, 1), "output_padding": (1, 0), "dilation": (1, 2)}
    settings = Settings.of(np.ones((2, 1, 2)), np.ones((2, 1, 1, 2)), groups=2, **layer)
    assert to_query(
        settings, View(channel=(1, 1), trace="W:0,0", seeds=Seeds(upstream=7), upstream="random", present=True)
    ) == {
        "x": "1,1|1,1",
        "k": "1,1|1,1",
        "stride": "2x3",
        "padding": "0x1",
        "output_padding": "1x0",
        "dilation": "1x2",
        "out_channels": "2",
        "groups": "2",
        "channel": "1,1",
        "trace": "W:0,0",
        "seed": "7",
        "upstream": "random",
        "present": "1",
    }
    assert to_query(Settings.of([[0, 1], [2, 3]], [[0, 1], [2, 3]], stride=2), View()) == {"stride": "2"}
    assert to_query(Settings.of([[0.1, -0.0]], [[1e-7]]), View()) == {"x": "0.1,0", "k": "0.0000001"}


@pytest.mark.parametrize(
    ("query", "crop", "bias", "address"),
    [
        ({"crop": "0,1"}, ((0, 1), (0, 1)), (), {"crop": "0,1"}),
        ({"crop": "0,1;2,0"}, ((0, 1), (2, 0)), (), {"crop": "0,1;2,0"}),
        ({"crop": "0,0;0,1"}, ((0, 0), (0, 1)), (), {"crop": "0,0;0,1"}),
        ({"crop": "0,0", "bias": "0"}, ((0, 0), (0, 0)), (), {}),
        ({"bias": "0.5"}, ((0, 0), (0, 0)), (0.5,), {"bias": "0.5"}),
        ({"bias": "-1/4"}, ((0, 0), (0, 0)), (-0.25,), {"bias": "-0.25"}),
        ({"preset": "groups", "bias": "2"}, ((0, 0), (0, 0)), (2, 2), {"preset": "groups", "bias": "2"}),
        ({"preset": "groups", "bias": "2,0"}, ((0, 0), (0, 0)), (2, 0), {"preset": "groups", "bias": "2,0"}),
        ({"preset": "1d-overlap", "crop": "1,2"}, ((0, 0), (1, 2)), (), {"preset": "1d-overlap", "crop": "1,2"}),
        ({"preset": "1d-overlap", "crop": "0,0;1,2"}, ((0, 0), (1, 2)), (), {"preset": "1d-overlap", "crop": "1,2"}),
    ],
)
def test_what_comes_after_the_layer(query, crop, bias, address):
    settings, view, notices = from_query(query)
    assert (settings.crop, settings.bias, notices) == (crop, bias, [])
    assert to_query(settings, view) == address


def test_a_crop_that_would_leave_nothing_gives_way():
    settings, _, notices = from_query({"crop": "1,9"})
    assert settings.crop == ((1, 1), (1, 1))
    assert [notice_text(one) for one in notices] == ["crop 1,9 would leave no output; it is 1,1 now."]


# --- Hostile addresses ---

NAMES = ("x", "k", "stride", "padding", "output_padding", "dilation", "out_channels", "groups")
NAMES += ("view", "step", "trace", "channel", "seed", "preset", "present", "what_if", "crop", "bias")
BITS = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "-1",
    "1.5",
    "1e3",
    "1/3",
    "0.1",
    "1e6",
    "-0",
    "1_000",
    "nan",
    "inf",
    "-inf",
    "١",
    "½",
    "",
]
BITS += [
    "1e999999999",
    "1e-999",
    "9" * 30,
    "1/0",
    "%",
    "%00",
    "%2C",
    "\0",
    "\n",
    "x",
    "×",
    "−2",
    "{0}",
    "{field}",
    "<b>",
    "\ud800",
]
BITS += [
    "None",
    "True",
    "basic",
    "matrix",
    "corr2d",
    "input:0,0,0",
    "W:1,1",
    "output:0,1,1",
    "kernel:0,0",
    "😀",
    "1" * 100,
    "٣,٤",
]
SEPARATORS = [",", ",", ";", "|", "x", ":", ",,", ";;", "||", "|;", " ", "/", "&", "="]


def near_valid(dice):
    """A query most of which is valid, with an odd piece here and there."""

    def number():
        return dice.choice(BITS) if dice.random() < 0.02 else dice.choice(["0", "1", "-2", "3.5", "1e-3", "1/4"])

    def grid(blocks, most):
        rows, columns = dice.randint(1, most), dice.randint(1, most)
        block = [";".join(",".join(number() for _ in range(columns)) for _ in range(rows)) for _ in range(blocks)]
        return "|".join(block)

    ins = dice.randint(1, 4)
    query = {"x": grid(ins, 8), "k": grid(ins * dice.choice([1, 1, 2, 4]), 5)}
    for name in PAIRS:
        low, high = LIMITS[name]
        pair = dice.randint(low, high), dice.randint(low, high)
        query[name] = dice.choice([str(pair[0]), f"{pair[0]}x{pair[1]}"])
    query |= {
        "out_channels": str(dice.randint(1, 4)),
        "groups": str(dice.randint(1, 4)),
        "step": str(dice.randint(0, 300)),
    }
    query |= {
        "trace": f"{dice.choice(['input', 'output'])}:{dice.randint(0, 4)},{dice.randint(0, 9)},{dice.randint(0, 9)}"
    }
    query |= {"channel": f"{dice.randint(0, 3)},{dice.randint(0, 3)}", "preset": dice.choice(list(PRESETS))}
    ends = [f"{dice.randint(0, 4)},{dice.randint(0, 4)}" for _ in range(2)]
    query |= {
        "crop": dice.choice([ends[0], ";".join(ends)]),
        "bias": ",".join(number() for _ in range(dice.choice([1, 2]))),
    }
    kept = dice.sample(sorted(query), dice.randint(1, len(query)))
    return {name: query[name] for name in kept}


def malformed(dice):
    """Pieces thrown together."""
    query = {}
    for name in dice.sample(NAMES, dice.randint(1, 6)):
        pieces = [dice.choice(BITS) + dice.choice(SEPARATORS) for _ in range(dice.randint(0, 12))]
        query[name] = "".join(pieces) + dice.choice(BITS)
        if dice.random() < 0.2:
            query[name] = "".join(chr(dice.randint(0, 0x10FFFF)) for _ in range(dice.randint(0, 20)))
    return query


def huge(dice):
    """Values of 100,000 characters."""
    piece = dice.choice(["1", "9,", "1;", "1|", "0.", "1e", "1/", "x", ",", ";", "|", "%", "\U0001d7d8", "1,2;3,4|"])
    return {name: piece * (100_000 // len(piece)) for name in dice.sample(NAMES, 3)}


@pytest.mark.parametrize(("kind", "count"), [(near_valid, 2500), (malformed, 3000), (huge, 60)])
def test_no_address_breaks_the_page(kind, count):
    dice = random.Random(0)
    seen, silent = set(), 0
    for _ in range(count):
        query = kind(dice)
        settings, view, notices = from_query(query)
        assert_within_limits(settings)
        assert np.abs(np.array(settings.input)).max() <= LARGEST_NUMBER
        assert np.abs(np.array(settings.weight)).max() <= LARGEST_NUMBER
        assert np.abs(np.array(settings.biases)).max() <= LARGEST_NUMBER
        for notice in notices:
            sentence = notice_text(notice)
            assert len(sentence) < 250
            seen.add(notice.key)
        silent += not notices
        address = to_query(settings, view)
        assert from_query(address) == (settings, view, []), query
    # That the queries are neither all good nor all bad is what makes this a test.
    expected = {
        near_valid: {"channel_moved", "groups_moved", "no_cell", "not_a_number", "outside", "output_padding_moved"}
        | {"padding_moved", "refilled", "step_moved", "too_large", "crop_moved", "other_count"},
        malformed: {"division_by_zero", "no_cell", "not_a_number", "outside", "ragged", "unknown"},
        huge: {"no_cell", "not_a_number", "outside", "too_many_blocks", "unknown"},
    }[kind]
    assert seen >= expected, expected - seen
    assert silent >= (100 if kind is near_valid else 0)


def test_a_hidden_result_is_in_the_address():
    settings, view, notices = from_query({"hide": "result", "present": "1"})
    assert view.hide and not notices
    assert to_query(settings, view) == {"present": "1", "hide": "result"}
    _, view, notices = from_query({"hide": "input"})
    assert not view.hide
    assert [notice.key for notice in notices] == ["unknown"]
