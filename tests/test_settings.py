from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer import Layer, LayerError
from explorer.changing import changed
from explorer.memory import Memory
from explorer.settings import (
    CHANNELS,
    LIMITS,
    PAIRS,
    Settings,
    frozen,
    limits_of,
    one_dimension,
    pair_text,
    settle,
    shape_text,
    with_number,
)
from tests.layers import random_settings

SIZES = [name for name in LIMITS if name.endswith(("height", "width"))]


def value_of(settings, name):
    """What the control of that name shows: a number, or a pair."""
    if name in SIZES:
        grid, side = name.split("_")
        return (settings.size if grid == "input" else settings.layer.kernel_size)[side == "width"]
    return getattr(settings.layer, name)


def assert_within_limits(settings):
    for name, (low, high) in limits_of(settings).items():
        value = value_of(settings, name)
        assert all(low <= number <= high for number in (value if isinstance(value, tuple) else (value,))), (name, value)


def torchs_shape(settings):
    """What torch's own layer makes of it; torch raises where it takes no such layer."""
    layer = settings.layer
    tconv = torch.nn.functional.conv_transpose2d
    x, k = (torch.tensor(values, dtype=torch.float64) for values in (settings.input, settings.weight))
    return tuple(
        tconv(x, k, None, layer.stride, layer.padding, layer.output_padding, layer.groups, layer.dilation).shape
    )


def memory_of(settings):
    return Memory.of(settings.input, settings.weight)


def assert_numbers_kept(before, after, notices=()):
    """The numbers that still fit stay, but in a grid that follows its fill."""
    fills = {dict(notice.values)["grid"] for notice in notices if notice.key == "grown_fill"}
    fills |= {"X", "K"} if any(notice.key == "grown_fill_both" for notice in notices) else set()
    for grid, old, new in (("X", before.input, after.input), ("K", before.weight, after.weight)):
        if grid in fills:
            continue
        old, new = np.array(old), np.array(new)
        both = tuple(slice(min(pair)) for pair in zip(old.shape, new.shape, strict=True))
        assert np.array_equal(old[both], new[both])


def moved_values(notices):
    """{field: (was, value)} of the notices, as texts."""
    assert {notice.key.rpartition("_")[2] for notice in notices} <= {"moved", "shortened", "fill", "own", "both"}
    return {notice.key.removesuffix("_moved"): notice.values[:2] for notice in notices if notice.key.endswith("_moved")}


def wide(value):
    return value if isinstance(value, tuple) else (value, value)


# Everything at one end, then the other: what a slider can meet.
CORNERS = [
    Settings(),
    Settings.of([[1]], [[2]]),
    Settings.of(np.ones((4, 8, 8)), np.ones((4, 4, 5, 5)), stride=4, padding=4, output_padding=3, dilation=3),
    Settings.of(np.ones((4, 8, 8)), np.ones((4, 1, 5, 5)), stride=4, padding=4, output_padding=3, dilation=3, groups=4),
]


LINES = [
    Settings.of([[1, 2, 3]], [[1, 1]], stride=2),
    Settings.of(np.arange(16).reshape(1, 16), np.ones((1, 16)), stride=4, padding=(0, 4)),
]


@pytest.mark.parametrize("seed", range(4))
def test_no_walk_of_changes_leaves_what_torch_takes(seed):
    rng = np.random.default_rng(seed)
    moves = rows = long = 0
    for start in [*CORNERS, *LINES, *random_settings(40, seed)]:
        settings, memory = start, memory_of(start)
        for _ in range(12):
            name = rng.choice(list(LIMITS))
            low, high = limits_of(settings)[name]
            # Mostly the ends: there the limits meet.
            value = int(rng.choice([low, high, rng.integers(low, high + 1)]))
            if name in PAIRS and rng.random() < 0.5:
                value = (value, int(rng.integers(low, high + 1)))
            after, notices = changed(settings, name, value, memory)
            assert_within_limits(after)
            assert torchs_shape(after) == (after.layer.out_channels, *after.layer.output_size(after.size))
            assert_numbers_kept(settings, after, notices)

            wanted = {other: value_of(settings, other) for other in LIMITS}
            wanted[name] = wide(value) if name in PAIRS else value
            moved = {other: now for other in LIMITS if (now := value_of(after, other)) != wanted[other]}
            shortened = {dict(notice.values)["grid"] for notice in notices if notice.key == "shortened"}
            for grid, other in (("X", "input_width"), ("K", "kernel_width")):
                assert (other in moved) == (grid in shortened), (settings, name, value)
                moved.pop(other, None)
            assert moved.keys() <= {"groups", "output_padding", "padding"}
            rows += one_dimension(after)
            long += max(after.size[1], after.layer.kernel_size[1]) > 8
            text = {
                field: (("was", str(wanted[field])), ("value", str(now)))
                if field == "groups"
                else (("was", pair_text(wanted[field])), ("value", pair_text(now)))
                for field, now in moved.items()
            }
            assert moved_values(notices) == text, (settings, name, value)
            moves += len(moved)
            memory = memory.keep(after.input, after.weight)
            settings = after
    assert min(moves, rows, long) > 5, (moves, rows, long)


@pytest.mark.parametrize("settings", [*CORNERS, *random_settings(30, 7)])
def test_every_single_change_from_every_corner(settings):
    for name, (low, high) in LIMITS.items():
        for value in range(low, high + 1):
            after, _ = changed(settings, name, value)
            assert_within_limits(after)
            if name not in ("padding", "output_padding", "groups"):
                assert value_of(after, name) == (wide(value) if name in PAIRS else value)


def test_a_change_that_fits_says_nothing():
    assert changed(Settings(), "stride", 4)[1] == []
    assert changed(Settings(), "padding", (1, 0)) == (replace(Settings(), layer=Layer(padding=(1, 0))), [])


@pytest.mark.parametrize(
    ("layer", "name", "value", "expected"),
    [
        # 2×2 by 2×2 is a 3×3 canvas: padding 1 leaves one cell, padding 2 none.
        ({}, "padding", 2, {"padding": ("2", "1")}),
        ({}, "padding", (0, 4), {"padding": ("0x4", "0x1")}),
        # output_padding 3 needs stride or dilation 4; the canvas shrinks with it from 7+3 to 3.
        ({"stride": 4, "output_padding": 3}, "stride", 1, {"output_padding": ("3", "0")}),
        ({"stride": 4, "output_padding": 3}, "stride", (4, 2), {"output_padding": ("3", "3x1")}),
        (
            {"stride": 4, "output_padding": 3, "padding": 3},
            "stride",
            1,
            {"output_padding": ("3", "0"), "padding": ("3", "1")},
        ),
        ({"stride": 2}, "output_padding", 3, {"output_padding": ("3", "1")}),
        ({"dilation": 3}, "output_padding", 2, {}),
        ({"padding": 1}, "input_height", 1, {"padding": ("1", "0x1")}),
        ({"padding": 1}, "kernel_width", 1, {"padding": ("1", "1x0")}),
    ],
)
def test_what_moves_by_hand(layer, name, value, expected):
    start = Settings.of([[0, 1], [2, 3]], [[0, 1], [2, 3]], **layer)
    _, notices = changed(start, name, value)
    assert moved_values(notices) == {field: (("was", was), ("value", now)) for field, (was, now) in expected.items()}


def test_groups_follow_the_channels():
    start = Settings.of(np.ones((4, 2, 2)), np.ones((4, 1, 2, 2)), groups=4)
    after, notices = changed(start, "out_channels", 2)
    assert (after.layer.groups, after.layer.weight_shape) == (2, (4, 1, 2, 2))
    assert dict(notices[0].values) == {"was": "4", "value": "2", "channels": "4, 2"}
    after, notices = changed(start, "in_channels", 3)
    assert (after.layer.groups, after.layer.weight_shape) == (1, (3, 4, 2, 2))
    assert [notice.key for notice in notices] == ["groups_moved"]
    assert changed(start, "groups", 3)[0].layer.groups == 2


def test_settle_takes_numbers_and_pairs():
    layer, notices = settle({"kernel_size": (2, 3), "stride": 2, "output_padding": (1, 1)}, (2, 2))
    assert layer == Layer(kernel_size=(2, 3), stride=2, output_padding=1)
    assert notices == []
    layer, notices = settle({"in_channels": 4, "out_channels": 2, "groups": 4, "padding": (0, 9)}, (1, 1))
    assert (layer.groups, layer.padding) == (2, (0, 0))
    assert [notice.key for notice in notices] == ["groups_moved", "padding_moved"]


@pytest.mark.parametrize("name", LIMITS)
def test_outside_the_limits(name):
    low, high = LIMITS[name]
    for value in (low - 1, high + 1):
        with pytest.raises(LayerError, match=f"^{name} = {value}: must be from {low} to {high}$"):
            changed(Settings(), name, value)
    if name in PAIRS:
        with pytest.raises(LayerError, match=f"from {low} to {high}"):
            changed(Settings(), name, (low, high + 1))


@pytest.mark.parametrize("name", [*SIZES, *CHANNELS])
def test_a_slider_down_and_up_again_loses_no_number(name):
    rng = np.random.default_rng(0)
    start = Settings.of(rng.normal(size=(4, 8, 8)), rng.normal(size=(4, 4, 5, 5)))
    low, high = LIMITS[name]
    down = [value for value in range(high, low - 1, -1) if name != "groups" or value in (1, 2, 4)]
    settings, memory = start, memory_of(start)
    before = value_of(start, name)
    for value in [*down, *down[::-1], before]:
        after, _ = changed(settings, name, value, memory)
        memory = memory.keep(after.input, after.weight)
        settings = after
    assert (settings.input, settings.weight) == (start.input, start.weight)


def test_sliders_down_and_up_in_another_order_lose_no_number():
    rng = np.random.default_rng(1)
    start = Settings.of(rng.normal(size=(2, 4, 3)), rng.normal(size=(2, 3, 2, 5)))
    names = ["input_height", "kernel_width", "out_channels", "in_channels", "input_width", "kernel_height"]
    settings, memory = start, memory_of(start)
    for name, value in [
        *((name, 1) for name in names),
        *((name, value_of(start, name)) for name in names[::2] + names[1::2]),
    ]:
        after, _ = changed(settings, name, value, memory)
        memory = memory.keep(after.input, after.weight)
        settings = after
    assert settings == start


def test_without_a_memory_new_cells_are_0_and_nothing_is_said():
    start = Settings.of([[7, 8], [9, 10]], [[1]])
    small, _ = changed(start, "input_width", 1)
    grown, notices = changed(small, "input_width", 2)
    assert (grown.input, notices) == ((((7, 0), (9, 0)),), [])
    assert changed(small, "input_width", 2, memory_of(start)) == (start, [])


def grown(start, *moves):
    """X and K after moves of controls, and what the last move said."""
    settings, memory = start, memory_of(start)
    for name, value in moves:
        settings, notices = changed(settings, name, value, memory)
        memory = memory.keep(settings.input, settings.weight)
    return settings, [(notice.key, *(value for _, value in notice.values)) for notice in notices]


def test_a_grid_that_a_fill_made_stays_that_fill_when_it_grows():
    settings, said = grown(Settings(), ("input_height", 3), ("input_width", 3))
    assert settings.input == (((0, 1, 2), (3, 4, 5), (6, 7, 8)),)
    assert said == [("grown_fill", "X", "arange")]
    settings, said = grown(Settings(), ("in_channels", 2))
    assert settings.input == (((0, 1), (2, 3)), ((4, 5), (6, 7)))
    assert settings.weight == ((((0, 1), (2, 3)),), (((4, 5), (6, 7)),))
    assert said == [("grown_fill_both", "arange")]


def test_own_numbers_are_kept_and_new_cells_are_0():
    start = Settings.of([[5, 1], [2, 3]], [[1, 1], [1, 1]])
    settings, said = grown(start, ("input_height", 3), ("input_width", 3))
    assert (settings.input, said) == ((((5, 1, 0), (2, 3, 0), (0, 0, 0)),), [("grown_own", "X", "")])
    settings, said = grown(start, ("in_channels", 2))
    assert settings.input == (((5, 1), (2, 3)), ((0, 0), (0, 0)))
    assert settings.weight == ((((1, 1), (1, 1)),),) * 2
    assert said == [("grown_own", "X", ""), ("grown_fill", "K", "ones")]


def test_a_slider_up_and_down_again_gives_the_same_grid():
    assert grown(Settings(), ("input_width", 5), ("input_height", 4), ("input_width", 2), ("input_height", 2)) == (
        Settings(),
        [("grown_fill", "X", "arange")],  # it says so: the numbers are others than before the move
    )


def test_more_rows_make_a_long_row_shorter_and_one_row_brings_it_back():
    start = Settings.of([list(range(9, 25))], [[1, -1, 1, -1, 1, -1]], padding=(0, 2))
    settings, said = grown(start, ("kernel_height", 2))
    assert settings.input == (tuple(((9, 10, 11, 12, 13, 14, 15, 16),)),)
    assert settings.weight == ((((1, -1, 1, -1, 1), (0, 0, 0, 0, 0)),),)
    assert said == [("shortened", "X", "8"), ("shortened", "K", "5"), ("grown_own", "K", "")]
    settings, _ = grown(start, ("kernel_height", 2), ("kernel_height", 1), ("input_width", 16), ("kernel_width", 6))
    assert settings == start


def test_one_row():
    assert one_dimension(Settings.of([[1, 2]], [[1]], stride=4, padding=(0, 1), output_padding=(0, 3)))
    assert not one_dimension(Settings.of([[1, 2]], [[1]], stride=2, output_padding=1))  # Y has two rows
    assert not one_dimension(Settings.of([[1, 2]], [[1], [2]]))
    assert not one_dimension(Settings.of([[1], [2]], [[1]]))
    with pytest.raises(LayerError, match=r"^input_width = 17: must be from 1 to 16$"):
        changed(Settings.of([[1, 2]], [[1]]), "input_width", 17)


def test_with_number():
    start = Settings.of(np.zeros((2, 2, 3)), np.zeros((2, 2, 1, 2)))
    x = with_number(start, "input", (1, 0, 2), 5)
    assert (x.input[1][0], np.abs(x.input).sum(), x.weight) == ((0, 0, 5), 5, start.weight)
    k = with_number(start, "kernel", (1, 0, 0, 1), -6.5)
    assert (k.weight[1][0][0], np.abs(k.weight).sum(), k.input) == ((0, -6.5), 6.5, start.input)
    assert (x.layer, k.layer) == (start.layer, start.layer)
    assert start == Settings.of(np.zeros((2, 2, 3)), np.zeros((2, 2, 1, 2)))


def test_settings_are_a_key():
    one, other = Settings.of([[1, 2]], [[3]], stride=2), Settings.of(np.array([[[1.0, 2.0]]]), [[[[3]]]], stride=(2, 2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Settings.of([[1, 2]], [[4]], stride=2)
    assert frozen(np.zeros((1, 1, 2))) == (((0.0, 0.0),),)
    assert frozen(np.zeros((1, 0))) == ((),)
    assert str(frozen(np.array([-0.0]))) == "(-0.0,)" != str(frozen(np.array([0.0])))
    assert str(frozen(np.array([1, 0]))) == "(1, 0)"


@pytest.mark.parametrize(
    ("input", "weight", "layer", "field"),
    [
        ([[1, 2]], [[1]], {"padding": 1}, "padding"),  # nothing would be left
        (np.ones((2, 1, 1)), [[1]], {}, "weight"),
        (np.ones((1, 1, 0)), [[1]], {}, "input size"),
    ],
)
def test_settings_that_cannot_be(input, weight, layer, field):
    with pytest.raises(LayerError) as error:
        Settings.of(input, weight, **layer)
    assert error.value.field == field


def test_shape_text():
    assert [shape_text(shape) for shape in ((3,), (1, 2, 2))] == ["3", "1×2×2"]
