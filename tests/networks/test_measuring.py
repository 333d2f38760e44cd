import random
from itertools import product

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from explorer import LayerError
from explorer.cost import costs
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.conventions import CONVENTIONS, operations_of
from explorer.networks.measuring import count_at, interior, measure, overlap, phase_count
from explorer.text import say, texts

MODULES = {
    ("transposed", 1): torch.nn.ConvTranspose1d,
    ("transposed", 2): torch.nn.ConvTranspose2d,
    ("transposed", 3): torch.nn.ConvTranspose3d,
    ("convolution", 1): torch.nn.Conv1d,
    ("convolution", 2): torch.nn.Conv2d,
    ("convolution", 3): torch.nn.Conv3d,
}


def axes_at_random(count, seed, crops=range(-2, 5)):
    rng = random.Random(seed)
    for _ in range(count):
        yield (
            AxisCall(rng.randint(1, 7), rng.randint(1, 6), rng.randint(1, 4), rng.choice(crops), rng.choice(crops)),
            rng.randint(1, 24),
        )


def stamped(axis, n):
    """How many stamps reach each canvas cell: every input cell under every kernel cell, one by one."""
    counts = [0] * axis.full_size(n)
    for i, b in product(range(n), range(axis.kernel_size)):
        counts[i * axis.stride + b * axis.dilation] += 1
    return counts


def test_overlap_counts_by_stamping_ones():
    seen = set()
    for axis, n in axes_at_random(2000, seed=1):
        counts = stamped(axis, n)
        assert [count_at(axis, n, position) for position in range(len(counts))] == counts
        found = overlap(axis, n)
        cells = interior(axis, n)
        assert [counts[cell] for cell in cells] == [phase_count(axis, cell % axis.stride) for cell in cells]
        assert found.interior == len(cells)
        # Far from the ends: a period behind the first that is whole there.
        start = axis.stride * (axis.reach // axis.stride + 2)
        long = stamped(axis, 2 * start + 8)[start : start + axis.stride]
        assert list(found.counts) == long
        assert found.values == tuple(sorted(set(long)))
        assert found.bare == long.count(0)
        assert found.is_even == (len(set(long)) == 1)
        assert found.gap == max(axis.stride - axis.reach, 0)
        seen.add((len(found.values), found.bare > 0, found.interior > 0))
    assert len(seen) >= 8


def test_the_interior_is_as_large_as_can_be():
    for axis, n in axes_at_random(400, seed=2):
        counts, cells = stamped(axis, n), interior(axis, n)
        canvas = stamped(axis, n + 200)[100 * axis.stride :]  # the same cells with 100 input cells more at each side
        kept = range(max(axis.crop_before, 0), len(counts) - max(axis.crop_after, 0))
        far = [cell for cell in kept if axis.reach - axis.stride <= cell < axis.stride * n]
        assert list(cells) == far
        assert all(counts[cell] == canvas[cell] for cell in cells)


def test_what_a_long_period_and_large_numbers_give():
    axis = AxisCall(10**4, 10**4 - 1, 7, 5, 5)
    found = overlap(axis, 10**6)
    assert len(found.counts) == 32
    assert found.values == (1, 2)
    assert count_at(axis, 10**6, 0) == 1
    assert overlap(AxisCall(3, 10**6), 10**6).gap == 10**6 - 3


def random_call(rng):
    dimensions, kind = rng.randint(1, 3), rng.choice(["transposed", "convolution"])
    axes = []
    for _ in range(dimensions):
        s, d = rng.randint(1, 3), rng.randint(1, 2)
        o = rng.randrange(max(s, d)) if kind == "transposed" else 0
        axes.append(AxisCall.of(rng.randint(1, 4), s, rng.randint(0, 2), o, d))
    groups = rng.randint(1, 3)
    ins, outs = groups * rng.randint(1, 2), groups * rng.randint(1, 2)
    name = MODULES[kind, dimensions].__name__
    return LayerCall(tuple(axes), ins, outs, groups, rng.random() < 0.5, kind, name=name)


def module_of(call):
    k, s, d = (tuple(getattr(axis, name) for axis in call.axes) for name in ("kernel_size", "stride", "dilation"))
    paddings, output_paddings, *_ = zip(*(axis.torch for axis in call.axes), strict=True)
    padding = paddings if call.kind == "transposed" else tuple(axis.crop_before for axis in call.axes)
    more = {"output_padding": output_paddings} if call.kind == "transposed" else {}
    return MODULES[call.kind, len(call.axes)](
        call.in_channels, call.out_channels, k, s, padding, dilation=d, groups=call.groups, bias=call.bias, **more
    )


def test_costs_are_torchs_own():
    rng = random.Random(3)
    done = 0
    while done < 150:
        call = random_call(rng)
        size = tuple(rng.randint(2, 6) for _ in call.axes)
        try:
            found = measure(call, size)
        except LayerError:
            continue
        done += 1
        module = module_of(call)
        with FlopCounterMode(display=False) as counter:
            result = module(torch.zeros(1, call.in_channels, *size))
        assert found.size == tuple(result.shape[2:])
        assert found.parameters == sum(p.numel() for p in module.parameters())
        assert found.weights == module.weight.numel()
        assert found.activations == result.numel()
        assert found.bytes == result.numel() * result.element_size()
        said = operations_of("torch.utils.flop_counter", found.multiply_adds, found.multiply_adds_of_outputs, 0)
        assert said == counter.get_total_flops()


def test_both_conventions_are_those_of_the_costs_of_a_layer():
    call = LayerCall((AxisCall.of(3, 2, 1), AxisCall.of(4, 2, 1, 1)), 4, 6, groups=2)
    found, known = measure(call, (5, 7)), costs(call.layer, (5, 7))
    assert found.multiply_adds == known["scatter"].multiply_adds
    assert found.multiply_adds_of_outputs == known["gather"].multiply_adds
    assert found.full_size == call.layer.full_size((5, 7))


# What the tools said of nn.ConvTranspose2d(4, 6, 3, 2, 1, groups=…, bias=…) on 5×5: (groups, bias) -> count.
SAID = {
    "torch.utils.flop_counter": {(1, False): 10800, (1, True): 10800, (2, True): 5400},
    "fvcore": {(1, False): 5400, (1, True): 5400, (2, True): 2700},
    "ptflops": {(1, False): 5400, (1, True): 5886, (2, True): 3186},
    "calflops": {(1, False): 5400, (1, True): 5400},
    "torch-operation-counter": {(1, False): 5400, (1, True): 5400, (2, True): 2700},
    "thop": {(1, False): 17496, (1, True): 17496, (2, True): 8748},
    "torchinfo": {(1, False): 17496, (1, True): 17982, (2, True): 9234},
}


@pytest.mark.parametrize("tool", SAID)
def test_how_tools_count(tool):
    for (groups, bias), count in SAID[tool].items():
        call = LayerCall((AxisCall.of(3, 2, 1),) * 2, 4, 6, groups, bias)
        found = measure(call, (5, 5))
        cells = found.activations if bias else 0
        assert operations_of(tool, found.multiply_adds, found.multiply_adds_of_outputs, cells) == count


def test_conventions_can_be_said():
    assert CONVENTIONS.keys() - SAID.keys() == {"deepspeed"}  # its formula was read
    for convention in CONVENTIONS.values():
        assert say(f"networks.measuring.{convention.counts}")
        assert convention.remark in ("", "groups_twice")
    assert texts()["networks"]["measuring"]["groups_twice"]


def test_unknown_channels_leave_the_rest():
    found = measure(LayerCall((AxisCall.of(3, 2),) * 2, None, 8), (4, 4))
    assert (found.size, found.weights, found.multiply_adds, found.parameters) == ((9, 9), None, None, None)
    assert found.activations == 8 * 81
    pooling = LayerCall((AxisCall.of(2, 2),) * 2, 8, 8, kind="pooling", name="MaxPool2d")
    assert measure(pooling, (8, 8)).parameters == 0
    assert measure(pooling, (8, 8)).overlaps == measure(pooling, (8, 8)).overlap_counts == ()


def test_overlap_counts_of_several_axes():
    def counts(*axes):
        return measure(LayerCall(axes, 1, 1), (16,) * len(axes)).overlap_counts

    assert counts(AxisCall.of(4, 2, 1)) == (2,)
    assert counts(AxisCall(3, 2), AxisCall(4, 2)) == (2, 4)
    assert counts(AxisCall(5, 4, 2), AxisCall(1)) == (0, 2, 3)
    assert counts(AxisCall(2, 3), AxisCall(3, 2)) == (0, 1, 2)


def test_a_size_that_the_call_asks_for():
    call = LayerCall((AxisCall(3, 2), AxisCall(4, 2)), 1, 1, output_size=(8, 8))
    assert measure(call, (4, 4)).size == (8, 8)
    assert measure(call, (4, 4)).overlaps[1].interior == 8 - 2


@pytest.mark.parametrize("size", [(4,), (4, 0), (4, 4, 4)])
def test_a_size_that_does_not_fit(size):
    with pytest.raises(LayerError, match="must be 2 whole numbers of at least 1"):
        measure(LayerCall((AxisCall(3, 2),) * 2), size)
