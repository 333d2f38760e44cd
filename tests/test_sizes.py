"""Sizes there and back: hand-worked ones, then torch's own answer for every setting, refusals too."""

from collections import Counter
from functools import cache
from itertools import product

import numpy as np
import pytest
import torch

from explorer import Layer, LayerError, conv_output_size, output_padding_for, sizes_to
from explorer.sizes import MOST_LANES, Lane, lanes, targets

MILLION = 10**6
EXERCISE = Layer(kernel_size=5, stride=3, padding=2)  # the notebook's cell 13


@pytest.mark.parametrize(
    ("layer", "size", "result"),
    [
        (Layer(), (3, 3), (2, 2)),
        (EXERCISE, (16, 16), (6, 6)),
        (EXERCISE, (17, 18), (6, 6)),
        (EXERCISE, (19, 1), (7, 1)),
        (Layer(kernel_size=(3, 1), stride=(2, 1), padding=(1, 0)), (7, 9), (4, 9)),
        (Layer(kernel_size=3, dilation=2), (5, 6), (1, 2)),
        (Layer(kernel_size=3, stride=2, padding=1, output_padding=1), (32, 31), (16, 16)),  # output_padding: no part
        (Layer(kernel_size=16, stride=8, padding=4), (MILLION, 97), (124999 + 1, 12)),
    ],
)
def test_conv_output_size(layer, size, result):
    assert conv_output_size(layer, size) == result


@pytest.mark.parametrize(
    ("layer", "size", "message"),
    [
        (Layer(), (0, 2), "input size = (0, 2): each must be at least 1"),
        (
            Layer(),
            (1, 2),
            "kernel_size = (2, 2): reaches over 2×2 cells, more than the padded input of 1×2 has",
        ),
        (
            Layer(kernel_size=3, dilation=(2, 3), padding=1),
            (3, 4),
            "kernel_size = (3, 3): reaches over 5×7 cells, more than the padded input of 5×6 has",
        ),
        (Layer(), (2, 2.0), "input size = 2.0: must be a whole number"),
    ],
)
def test_a_convolution_that_cannot_be(layer, size, message):
    with pytest.raises(LayerError) as caught:
        conv_output_size(layer, size)
    assert str(caught.value) == message


def test_torch_refuses_an_empty_input_too():
    with pytest.raises(RuntimeError, match="zero"):
        torch.nn.functional.conv2d(torch.ones(1, 1, 0, 3), torch.ones(1, 1, 2, 2), padding=2)


@pytest.mark.parametrize(
    ("layer", "size", "heights", "widths"),
    [
        (EXERCISE, (6, 7), [16, 17, 18], [19, 20, 21]),
        (Layer(), (2, 3), [3], [4]),
        (Layer(kernel_size=(4, 1), stride=(2, 3), padding=(1, 2)), (1, 2), [2, 3], [1, 2]),
        (Layer(kernel_size=1, padding=2), (4, 5), [], [1]),  # one cell and its padding are five
        (Layer(kernel_size=1, stride=3, padding=2), (1, 2), [], [1, 2]),  # one and its padding give two: none gives one
        (Layer(kernel_size=2, stride=8), (MILLION, 1), list(range(7999994, 8000002)), list(range(2, 10))),
    ],
)
def test_sizes_to(layer, size, heights, widths):
    assert tuple(map(list, sizes_to(layer, size))) == (heights, widths)


@pytest.mark.parametrize("size", [(0, 1), (1, -1)])
def test_no_size_is_taken_to_nothing(size):
    with pytest.raises(LayerError, match="each must be at least 1"):
        sizes_to(Layer(), size)


@pytest.mark.parametrize(
    ("layer", "size", "target", "chosen"),
    [
        (Layer(kernel_size=16, stride=16, padding=7), (15, 13), (240, 200), (14, 6)),  # from 226 and from 194
        (EXERCISE, (6, 6), (16, 18), (0, 2)),
        (Layer(kernel_size=2, stride=2, output_padding=1), (7, 7), (14, 15), (0, 1)),  # its own does not count
        (Layer(kernel_size=3, stride=2, padding=1), (16, 4), (32, 7), (1, 0)),
        (Layer(kernel_size=1, stride=4, padding=1), (1, 1), (1, 2), (2, 3)),  # −1 at output_padding 0
        (Layer(kernel_size=2, stride=2), (MILLION, 1), (2 * MILLION + 1, 2), (1, 0)),
    ],
)
def test_output_padding_for(layer, size, target, chosen):
    assert output_padding_for(layer, size, target) == chosen


@pytest.mark.parametrize(
    ("layer", "size", "target", "message"),
    [
        (
            Layer(kernel_size=16, stride=16, padding=7),
            (15, 13),
            (240, 210),
            "target = (240, 210): must be 194 to 209 along the width for input size 13",
        ),
        (EXERCISE, (6, 6), (15, 16), "target = (15, 16): must be 16 to 18 along the height for input size 6"),
        # torch's constructor takes output_padding below max(stride, dilation), its output_size= below the stride
        (Layer(dilation=3), (2, 2), (6, 5), "target = (6, 5): must be 5 along the height for input size 2"),
        (
            Layer(kernel_size=1, stride=4, padding=1),
            (1, 1),
            (1, 0),
            "target = (1, 0): must be 1 to 2 along the width for input size 1",
        ),
        (
            Layer(kernel_size=1, padding=2),
            (4, 5),
            (1, 1),
            "target = (1, 1): cannot be reached, padding crops everything along the height for input size 4",
        ),
        (EXERCISE, (0, 6), (16, 16), "input size = (0, 6): each must be at least 1"),
        (EXERCISE, (6, 6), (16, "16"), "target = 16: must be a whole number"),
    ],
)
def test_a_target_that_cannot_be(layer, size, target, message):
    with pytest.raises(LayerError) as caught:
        output_padding_for(layer, size, target)
    assert str(caught.value) == message


def test_lanes():
    assert lanes(EXERCISE, range(15, 20), 0) == [
        Lane(15, 5, 13, 2),
        Lane(16, 6, 16, 0),
        Lane(17, 6, 16, 1),
        Lane(18, 6, 16, 2),
        Lane(19, 7, 19, 0),
    ]
    layer = Layer(kernel_size=(3, 1), stride=(1, 4), padding=(0, 1))
    assert lanes(layer, [2, 3], 0) == [Lane(2, None, None, None), Lane(3, 1, 3, 0)]
    assert lanes(layer, [1, 3], 1) == [Lane(1, 1, None, 2), Lane(3, 2, 3, 0)]


@pytest.mark.parametrize("sizes", [range(1, MOST_LANES + 2), range(1, 10**9), [0], [1.5]])
def test_lanes_that_are_refused(sizes):
    with pytest.raises(LayerError, match=r"^sizes = "):
        lanes(Layer(), sizes, 0)


# Brute force. torch's meta device has its shapes and no numbers; for inputs that are not empty conv2d checks there all
# that it checks elsewhere. conv_transpose2d does not: on meta an output may have no rows, on the CPU it must have some.


@cache
def convolved_by_torch(size, kernel_size, stride, padding, dilation):
    """(h, w) of torch's conv2d, or None where it refuses."""
    input, weight = torch.empty(1, 1, *size, device="meta"), torch.empty(1, 1, *kernel_size, device="meta")
    try:
        return tuple(torch.nn.functional.conv2d(input, weight, None, stride, padding, dilation).shape[2:])
    except RuntimeError:
        return None


def hyper_parameters(layer):
    return layer.kernel_size, layer.stride, layer.padding, layer.dilation


def random_sized_layers(count, seed, largest):
    rng = np.random.default_rng(seed)

    def pairs(low, high):
        return map(tuple, rng.integers(low, high + 1, (count, 2)).tolist())

    fields = (pairs(1, 6), pairs(1, 5), pairs(0, 4), pairs(1, 3))
    for (kernel_size, stride, padding, dilation), size in zip(
        zip(*fields, strict=True), pairs(1, largest), strict=True
    ):
        yield Layer(1, 1, kernel_size, stride, padding, dilation=dilation), size


def answer(function, *arguments):
    try:
        return function(*arguments)
    except LayerError:
        return None


def test_conv_output_size_is_torchs():
    refused = Counter()
    for layer, size in random_sized_layers(5200, 0, 20):
        expected = convolved_by_torch(size, *hyper_parameters(layer))
        assert answer(conv_output_size, layer, size) == expected, (layer, size)
        refused[expected is None] += 1
    assert min(refused.values()) > 300, refused


def test_sizes_to_are_all_that_torch_takes_there():
    largest, counts = 24, Counter()
    for k, s, p, d in product(range(1, 7), range(1, 6), range(5), range(1, 4)):
        layer = Layer(kernel_size=k, stride=s, padding=p, dilation=d)
        taken = [convolved_by_torch((n, n), (k, k), (s, s), (p, p), (d, d)) for n in range(1, largest + 1)]
        for m in range(1, 13):
            expected = [n for n, result in enumerate(taken, 1) if result == (m, m)]
            heights, widths = sizes_to(layer, (m, m))
            assert heights == widths
            assert [n for n in heights if n <= largest] == expected, (layer, m)
            counts["empty" if not heights else "whole" if len(heights) == s else "part"] += 1
    assert sum(counts.values()) == 5400
    assert min(counts.values()) > 50, counts


def test_sizes_to_are_the_same_beside_another_axis():
    for layer, size in random_sized_layers(300, 1, 9):
        heights, widths = sizes_to(layer, size)
        for height, width in product(heights, widths):
            assert convolved_by_torch((height, width), *hyper_parameters(layer)) == size


def chosen_by_torch(module, size, target):
    """The output_padding that torch chooses, or None where it refuses, then or when it computes."""
    input = torch.ones(1, 1, *size, dtype=torch.float64)
    spatial = (module.stride, module.padding, module.kernel_size, 2, module.dilation)
    try:
        chosen = tuple(module._output_padding(input, list(target), *spatial))
        assert tuple(module(input, output_size=list(target)).shape[2:]) == target
    except (ValueError, RuntimeError):
        return None
    return chosen


def test_output_padding_for_is_torchs():
    rng, counts = np.random.default_rng(2), Counter()
    for layer, size in random_sized_layers(1700, 2, 6):
        fields = dict(zip(("kernel_size", "stride", "padding", "dilation"), hyper_parameters(layer), strict=True))
        module = torch.nn.ConvTranspose2d(1, 1, **fields, bias=False, dtype=torch.float64)
        smallest = np.array(layer.full_size(size)) - 2 * np.array(layer.padding)
        for _ in range(3):
            beyond, before = rng.random(2) < 0.2
            target = tuple((smallest - before + rng.integers(0, np.array(layer.stride) + beyond)).tolist())
            expected = chosen_by_torch(module, size, target)
            assert answer(output_padding_for, layer, size, target) == expected, (layer, size, target)
            heights, widths = targets(layer, size)
            assert (target[0] in heights and target[1] in widths) == (expected is not None)
            counts["refused" if expected is None else "moved" if any(expected) else "none"] += 1
            if expected:
                kept = Layer(1, 1, **fields | {"output_padding": expected})
                assert kept.output_size(size) == target
                assert conv_output_size(layer, target) == size
    assert sum(counts.values()) == 5100
    assert min(counts.values()) > 400, counts


def test_lanes_are_what_the_other_functions_say():
    for layer, size in random_sized_layers(1000, 3, 20):
        for axis, n in enumerate(size):
            (lane,) = lanes(layer, [n], axis)
            alone = {name: getattr(layer, name)[axis] for name in ("kernel_size", "stride", "padding", "dilation")}
            result = convolved_by_torch((n, n), *((value, value) for value in alone.values()))
            assert (lane.result, lane.result) == (result or (None, None))
            if result:
                assert Layer(**alone, output_padding=lane.output_padding).output_size(result) == (n, n)
                back = answer(Layer(**alone).output_size, result)
                assert (lane.back, lane.back) == (back or (None, None))
