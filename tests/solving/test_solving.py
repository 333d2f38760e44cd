"""Layers for a target size: the usual ones first, all of them right, none missed within the bounds."""

import time
from itertools import product

import numpy as np
import pytest
import torch

from explorer import Layer, LayerError, solve
from explorer.solving import BOUNDS, Bounds, solutions
from explorer.solving.reasons import reasons
from explorer.solving.usual import is_sound, patterns, price
from explorer.solving.ways import Axis, Way, ways
from explorer.text import say, texts

MILLION = 10**6


def square(layer):
    """k s p o, of a layer with the same on both axes and no dilation."""
    assert all(height == width for height, width in zip(*layer.axes, strict=True))
    assert layer.dilation == (1, 1)
    return layer.axes[0][:4]


@pytest.mark.parametrize(
    ("size", "target", "first"),
    [
        (16, 32, [(4, 2, 1, 0), (3, 2, 1, 1), (2, 2, 0, 0), (5, 2, 2, 1), (6, 2, 2, 0)]),
        (MILLION // 2, MILLION, [(4, 2, 1, 0), (3, 2, 1, 1), (2, 2, 0, 0)]),
        (2, 4, [(4, 2, 1, 0), (3, 2, 1, 1), (2, 2, 0, 0)]),
        (1, 4, [(4, 1, 0, 0)]),  # DCGAN's first layer
        (1, 7, [(7, 1, 0, 0)]),
        (16, 16, [(3, 1, 1, 0), (1, 1, 0, 0), (5, 1, 2, 0)]),
        (16, 64, [(8, 4, 2, 0), (4, 4, 0, 0), (6, 4, 1, 0)]),  # not (8, 4, 3, 2): it crops what it gives back
        (10, 30, [(6, 3, 2, 1), (3, 3, 0, 0), (5, 3, 1, 0)]),
        (34, 272, [(16, 8, 4, 0), (8, 8, 0, 0)]),  # HiFi-GAN
        (16, 512, [(64, 32, 16, 0), (32, 32, 0, 0)]),  # beyond the bounds of what is searched whole
        (100, 30000, [(600, 300, 150, 0), (300, 300, 0, 0)]),
        (1, MILLION, [(MILLION, 1, 0, 0)]),
        (35, 71, [(4, 2, 1, 1), (3, 2, 0, 0)]),
        (13, 25, [(3, 2, 1, 0), (5, 2, 2, 0)]),
        (7, 16, [(4, 2, 0, 0)]),
        (6, 2, [(5, 1, 4, 0)]),
    ],
)
def test_the_usual_ones_come_first(size, target, first):
    found = solve((size, size), (target, target))
    assert [square(layer) for layer in found[: len(first)]] == first


@pytest.mark.parametrize(
    ("size", "target", "fixed", "first"),
    [
        ((15, 13), (240, 200), {"kernel_size": 16, "stride": 16, "padding": 7}, Layer(1, 1, 16, 16, 7, (14, 6))),
        ((15, 13), (240, 208), {}, Layer(1, 1, 32, 16, 8)),
        ((15, 13), (240, 200), {"kernel_size": 24}, Layer(1, 1, 24, 16, 8, (8, 0))),
        ((16, 16), (32, 64), {}, Layer(1, 1, (4, 8), (2, 4), (1, 2))),
        ((71, 97), (142, 194), {}, Layer(1, 1, 4, 2, 1)),
        ((1, 16), (1, 32), {}, Layer(1, 1, (1, 4), (1, 2), (0, 1))),  # one-dimensional
        ((16, 1), (128, 1), {"kernel_size": (16, 1)}, Layer(1, 1, (16, 1), (8, 1), (4, 0))),
        ((1, 16), (1, 32), {"kernel_size": 3}, Layer(1, 1, 3, (1, 2), 1, (0, 1))),
        ((1, 2), (1, 2), {}, Layer(1, 1, (1, 3), 1, (0, 1))),
        ((1, 1), (1, 1), {}, Layer(1, 1, 1)),
    ],
)
def test_height_and_width(size, target, fixed, first):
    assert solve(size, target, **fixed)[0] == first


@pytest.mark.parametrize(
    "fixed",
    [
        {"kernel_size": 6},
        {"kernel_size": (3, 4)},
        {"stride": 3},
        {"padding": 5},
        {"output_padding": 1},
        {"output_padding": (0, 1)},
        {"dilation": 2},
        {"dilation": (3, 1)},
        {"in_channels": 512, "out_channels": 256},
        {"in_channels": 4, "out_channels": 2, "groups": 2, "stride": 2},
        {"groups": 4},
        {"kernel_size": 64, "stride": 2},
        {"kernel_size": 20, "padding": 9},
        {"stride": (2, 1), "padding": (0, 2)},
        {"padding": np.int64(3), "dilation": [1, 2]},
    ],
)
def test_what_is_fixed_is_kept(fixed):
    found = solve((16, 16), (32, 32), **fixed)
    assert 0 < len(found) <= BOUNDS.most
    expected = {
        name: value if name in ("in_channels", "out_channels", "groups") else np.broadcast_to(value, 2).tolist()
        for name, value in fixed.items()
    }
    for layer in found:
        assert layer.output_size((16, 16)) == (32, 32)
        kept = {name: getattr(layer, name) for name in fixed}
        assert {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()} == expected


@pytest.mark.parametrize(
    ("size", "target", "fixed"),
    [
        ((7, 7), (16, 16), {"kernel_size": 2, "stride": 2, "dilation": 1}),
        ((16, 16), (32, 32), {"stride": 2, "dilation": 1, "output_padding": 2}),  # no layer has both
        ((16, 16), (32, 32), {"kernel_size": 4, "stride": 2, "padding": 3, "dilation": 1}),
        ((MILLION, MILLION), (3, 3), {}),
        ((10, 10), (20, 20), {"stride": MILLION}),
        ((1, 16), (2, 16), {"kernel_size": (1, 3), "stride": 1, "dilation": 1}),
    ],
)
def test_where_there_is_none(size, target, fixed):
    assert solve(size, target, **fixed) == []


@pytest.mark.parametrize(
    ("size", "target", "fixed", "message"),
    [
        ((0, 1), (2, 2), {}, "input size = (0, 1): each must be at least 1"),
        ((1, 1), (2, -2), {}, "target = (2, -2): each must be at least 1"),
        ((1, 1), (2, 2.5), {}, "target = 2.5: must be a whole number"),
        ((1, 1), (2, 2), {"stride": 0}, "stride = (0, 0): each must be at least 1"),
        ((1, 1), (2, 2), {"output_padding": -1}, "output_padding = (-1, -1): each must be at least 0"),
        (
            (9, 9),
            (20, 20),
            {"output_padding": -1, "stride": MILLION},
            "output_padding = (-1, -1): each must be at least 0",
        ),
        ((1, 1), (2, 2), {"output_padding": (1, "1")}, "output_padding = 1: must be a whole number"),
        ((1, 1), (2, 2), {"padding": None}, "padding = None: must be a whole number"),
        ((1, 1), (2, 2), {"kernel_size": (2, 2, 2)}, "kernel_size = (2, 2, 2): must be a whole number or a"),
        ((1, 1), (2, 2), {"groups": 2, "in_channels": 3}, "in_channels = 3: must be divisible by groups = 2"),
        ((1, 1), (2, 2), {"bias": False}, "bias = False: is no part of a layer here"),
    ],
)
def test_what_is_bad_is_refused(size, target, fixed, message):
    with pytest.raises(LayerError) as caught:
        solve(size, target, **fixed)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", ["kernel", "strides", "bounds", "most"])
def test_a_name_that_is_none_of_a_layers_is_refused(name):
    with pytest.raises(TypeError):
        solve((1, 1), (2, 2), **{name: 2})


SOME_SIZES = [(1, 1), (1, 16), (2, 2), (2, 3), (3, 5), (4, 4), (7, 7), (15, 13)]
SOME_TARGETS = [(1, 1), (1, 32), (5, 9), (8, 8), (14, 15), (16, 17), (30, 26), (240, 200), (1000, 7)]


def torch_size(layer, size):
    fields = {name: getattr(layer, name) for name in ("stride", "padding", "output_padding", "dilation", "groups")}
    channels = layer.in_channels, layer.out_channels
    module = torch.nn.ConvTranspose2d(*channels, layer.kernel_size, **fields, bias=False, device="meta")
    return tuple(module(torch.empty(1, layer.in_channels, *size, device="meta")).shape[2:])


def test_every_answer_has_the_target():
    given = 0
    for size, target in product(SOME_SIZES, SOME_TARGETS):
        found = solve(size, target)
        given += len(found)
        assert len(found) <= BOUNDS.most
        assert len(set(found)) == len(found)
        for place, layer in enumerate(found):
            assert layer.output_size(size) == target
            if place % 8 == 0:
                assert torch_size(layer, size) == target
    assert given > 5000


SMALL = Bounds(kernel_size=3, stride=3, dilation=2, most=10**6)


def all_ways(size, target, kernels):
    """Every way of one axis within SMALL, by trying them all."""
    for k, s, d in product(kernels, range(1, 4), (1, 2)):
        for p, o in product(range(d * (k - 1) + 1), range(max(s, d))):
            way = Way(k, s, p, o, d)
            if s * (size - 1) - 2 * p + d * (k - 1) + o + 1 == target and is_within(way):
                yield way


def is_within(way):
    """Whether it is one that SMALL promises; there are others."""
    k, s, p, _, d = way
    return s <= 3 and d <= 2 and k <= max(3, 2 * s) and p <= d * (k - 1)


@pytest.mark.parametrize("size", [(2, 2), (3, 2), (4, 4), (2, 5)])
def test_none_is_missed_that_is_the_same_on_both_axes(size):
    for target in product(range(1, 9), range(1, 9)):
        expected = {
            (height, width)
            for height, width in product(
                *(list(all_ways(n, t, range(1, 7))) for n, t in zip(size, target, strict=True))
            )
            if height._replace(output_padding=0) == width._replace(output_padding=0)
        }
        found = set(ways([Axis(*each) for each in zip(size, target, strict=True)], [{}, {}], SMALL))
        assert {both for both in found if is_within(both[0])} == expected, target


@pytest.mark.parametrize(("size", "target"), [((2, 2), (2, 7)), ((4, 4), (8, 12)), ((3, 2), (2, 7)), ((2, 2), (2, 5))])
def test_none_is_missed_where_height_and_width_differ(size, target):
    heights, widths = (set(all_ways(n, t, range(1, 7))) for n, t in zip(size, target, strict=True))
    found = {tuple(Way(*axis) for axis in solution.layer.axes) for solution in solutions(size, target, SMALL)}
    assert set(product(heights, widths)) <= found


@pytest.mark.parametrize("target", range(1, 9))
def test_none_is_missed_where_one_cell_is_stamped_once(target):
    expected = {way for way in all_ways(1, target, range(1, 4)) if way.stride == 1}
    layers = [solution.layer for solution in solutions((1, 1), (target, target), SMALL)]
    assert expected <= {Way(*layer.axes[0]) for layer in layers}


@pytest.mark.parametrize(("size", "target"), [(8, 17), (8, 32), (8, 33), (2, 30)])
def test_none_is_missed_within_the_bounds_that_a_page_has(size, target):
    expected = {
        Way(k, s, p, o, d)
        for s, d in product(range(1, 17), (1, 2))
        for k in range(1, max(16, 2 * s) + 1)
        for o in range(max(s, d))
        if (p := (s * (size - 1) + d * (k - 1) + o + 1 - target) / 2) in range(d * (k - 1) + 1)
    }
    found = solutions((size, size), (target, target), BOUNDS._replace(most=10**6))
    assert expected <= {Way(*solution.layer.axes[0]) for solution in found}
    assert len(expected) > 100


@pytest.mark.parametrize(
    ("size", "target", "fixed"),
    [
        ((1, 1), (16, 17), {}),
        ((2, 2), (16, 16), {}),
        ((1, 1), (MILLION, MILLION), {}),
        ((2, 3), (MILLION, MILLION), {}),
        ((MILLION, MILLION), (MILLION, 3), {}),
        ((2, 2), (MILLION, MILLION), {"dilation": 10**5}),
        ((1, 1), (MILLION, MILLION), {"stride": MILLION}),
        ((3, 5), (MILLION, MILLION), {"kernel_size": MILLION}),
        ((3, 5), (MILLION, MILLION), {"output_padding": 10**5}),
        ((10**30, 3), (10**31, 3), {"padding": 10**20}),
    ],
)
def test_it_is_quick_whatever_the_sizes_are(size, target, fixed):
    assert len(solve(size, target, **fixed)) <= BOUNDS.most  # the first of a size fills a cache
    times = []
    for _ in range(3):
        began = time.process_time()
        solve(size, target, **fixed)
        times.append(time.process_time() - began)
    assert (
        min(times) < 0.1
    )  # 0.03 s where it was written; a slower machine is no mistake, ten times as many answers are


# What is judged, against the canvas itself.


def reached(way, size):
    """How many stamps reach each cell of one axis of the output, by stamping."""
    k, s, p, o, d = way
    canvas = np.zeros(s * (size - 1) + d * (k - 1) + 1 + o, int)
    for i, a in product(range(size), range(k)):
        canvas[i * s + a * d] += 1
    return canvas[p : len(canvas) - p]


def test_judgements_are_true_on_the_canvas():
    size, judged = 30, set()
    for k, s, d, o in product(range(1, 8), range(1, 5), range(1, 4), range(4)):
        if o >= max(s, d):
            continue
        for p in range(min(d * (k - 1), 3) + 1):
            way = Way(k, s, p, o, d)
            counts = reached(way, size)
            keys = {reason.key for reason in reasons([Axis(size, len(counts))], [way])}
            middle = counts[len(counts) // 2 :][: s * d]
            assert ("gaps" in keys) == (0 in middle), way
            assert ("even" in keys) == (0 not in middle and len(set(middle)) == 1), way
            assert ("uneven" in keys) == (0 not in middle and len(set(middle)) > 1), way
            assert ("multiple" in keys) == all(len(reached(way, n)) == s * n for n in range(10, 15)), way
            assert ("overcropped" in keys) == (2 * p > d * (k - 1)), way
            assert ("no_output_padding" in keys) == (o == 0)
            if d == 1 and "gaps" not in keys:
                assert ("tail" in keys) == (counts[-1] == 0), way
            judged |= keys
    assert {"gaps", "even", "uneven", "multiple", "overcropped", "tail", "dilated", "output_padding"} <= judged


@pytest.mark.parametrize(
    ("way", "sound"),
    [
        (Way(2, 2, 0, 0, 1), True),
        (Way(3, 2, 1, 1, 1), True),
        (Way(1, 2, 0, 0, 1), False),  # a gap
        (Way(2, 2, 0, 1, 1), False),  # a tail
        (Way(2, 2, 1, 1, 1), False),  # more than half of a stamp cropped
        (Way(3, 2, 0, 0, 3), False),
    ],
)
def test_what_is_sound(way, sound):
    assert is_sound(Axis(9, len(reached(way, 9))), way) == sound


def test_one_stamp_alone():
    axis = Axis(1, 3)
    assert reasons([axis], [Way(2, 1, 0, 0, 2)])[0].values == (("gap", "1"), ("period", "2"))  # its own holes
    assert is_sound(axis, Way(3, 1, 0, 0, 1))
    assert not is_sound(axis, Way(3, 2, 0, 0, 1))  # a stride that moves nothing


def test_patterns_are_what_they_are_called():
    for stride, size in product(range(1, 40), (2, 5, 64)):
        axis = Axis(size, size * stride)
        for way, name in patterns(axis, stride).items():
            layer = Layer(kernel_size=way[0], stride=way[1], padding=way[2], output_padding=way[3])
            assert layer.output_size((size, size)) == (axis.target,) * 2, (way, name)
            assert is_sound(axis, way)
            assert price(axis, way) < -50


def test_every_reason_can_be_said_and_every_sentence_is_a_reason():
    said = {}
    for size, target in [((7, 7), (7, 7)), *product(SOME_SIZES[:4], SOME_TARGETS[1:4])]:
        for fixed in ({}, {"dilation": 3}, {"kernel_size": 2, "stride": 3}):
            for solution in solutions(size, target, **fixed):
                said |= {reason.key: reason for reason in solution.reasons}
    assert said.keys() == texts()["solving"].keys()
    for key, reason in said.items():
        assert "{" not in say(f"solving.{key}", **dict(reason.values))


@pytest.mark.parametrize(
    ("size", "target", "fixed", "keys"),
    [
        ((16, 16), (32, 32), {}, "double multiple even no_output_padding"),
        ((16, 16), (32, 32), {"kernel_size": 3}, "three multiple uneven output_padding"),
        ((16, 16), (48, 48), {}, "double_odd multiple even output_padding"),
        ((1, 1), (4, 4), {}, "whole no_output_padding"),
        ((1, 16), (1, 32), {}, "double multiple even no_output_padding"),
        ((16, 16), (32, 64), {}, "double multiple even no_output_padding"),
        ((7, 7), (15, 15), {"kernel_size": 2}, "even output_padding tail"),
        ((13, 13), (25, 25), {"kernel_size": 1}, "gaps no_output_padding"),
        ((15, 13), (240, 200), {"kernel_size": 16, "stride": 16, "padding": 7}, "even output_padding tail"),
    ],
)
def test_reasons(size, target, fixed, keys):
    assert [reason.key for reason in solutions(size, target, **fixed)[0].reasons] == keys.split()


def test_values_of_reasons():
    (solution,) = solutions((15, 13), (240, 200), kernel_size=16, stride=16, padding=7, dilation=1)
    assert [dict(reason.values) for reason in solution.reasons] == [
        {"kernel_size": "16", "stride": "16"},
        {"output_padding": "14×6"},
        {"cells": "7"},
    ]
    assert solution.is_divisible
    first = solutions((16, 16), (32, 64))[0]
    assert dict(first.reasons[1].values) == {"factor": "2×4"}
    assert [solution.is_divisible for solution in solutions((16, 16), (32, 32))[:4]] == [True, False, True, False]
