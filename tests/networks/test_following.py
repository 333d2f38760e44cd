import random

import pytest
import torch

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.following import follow
from explorer.networks.trail import Trail
from explorer.text import say

UP = LayerCall((AxisCall.of(4, 2, 1),) * 2, 8, 8)
SAME = LayerCall((AxisCall.of(3, 1, 1),) * 2, 8, 8, kind="convolution", name="Conv2d")


def reached(calls, n):
    """The set of input cells on which each output cell of a chain along one axis depends, stamped one by one."""
    sets = [{cell} for cell in range(n)]
    for call in calls:
        (axis,), given = call.axes, sets
        if call.kind == "resize":
            sets = [cells for cells in given for _ in range(axis.stride)]
            continue
        positions = range(call.size((len(given),))[0])
        sets = [set() for _ in positions]
        for place in positions:
            for b in range(axis.kernel_size):
                if call.kind == "transposed":
                    cell, rest = divmod(place + axis.crop_before - b * axis.dilation, axis.stride)
                else:
                    cell, rest = place * axis.stride + b * axis.dilation - axis.crop_before, 0
                if not rest and 0 <= cell < len(given):
                    sets[place] |= given[cell]
    return sets


def span(cells):
    return max(cells) - min(cells) + 1 if cells else 0


def random_chain(rng, dilated):
    chain = []
    for _ in range(rng.randint(1, 5)):
        kind = rng.choice(["transposed", "transposed", "convolution", "pooling", "resize"])
        s, p = rng.randint(1, 3), rng.randint(0, 2)
        k, d = (rng.randint(1, 5), rng.randint(1, 2)) if dilated else (rng.randint(s, 5), 1)
        o = rng.randrange(s) if kind == "transposed" else 0
        chain.append(LayerCall((AxisCall.of(k, s, p, o, d),), 1, 1, kind=kind))
    return chain


@pytest.mark.parametrize("dilated", [False, True])
def test_what_an_output_cell_depends_on(dilated):
    rng = random.Random(5)
    most = compared = 0
    while compared < 300:
        chain, n = random_chain(rng, dilated), rng.randint(1, 50)
        followed = follow(chain, (n,))
        if followed.problem:
            continue
        compared += 1
        trail, sets = Trail(n), reached(chain, n)
        for row in followed.rows:
            trail.add(row.call.kind, row.call.axes[0], row.size[0])
        assert len(sets) == followed.rows[-1].size[0]
        for output, cells in enumerate(sets):
            found = trail.cells(output)
            if dilated:
                assert set(found) >= cells
            else:
                assert (list(found[:1]), list(found[-1:])) == ([min(cells)], [max(cells)]) if cells else not found
        receptive = followed.rows[-1].receptive[0]
        largest = max(map(span, sets))
        assert receptive <= largest or dilated
        most += int(receptive >= largest)
    assert most >= 0.98 * compared  # of the cells in the middle one depends on most, but for rare chains


def test_a_decoders_receptive_field_is_the_largest():
    rng = random.Random(6)
    for _ in range(100):
        chain = [
            LayerCall(
                (AxisCall.of(k := rng.randint(2, 5), s := rng.randint(1, 2), rng.randint(0, (k - s) // 2)),), 1, 1
            )
            for _ in range(rng.randint(1, 4))
        ]
        found = follow(chain, (12,)).rows[-1].receptive[0]
        assert found == max(map(span, reached(chain, 12)))


def test_known_receptive_fields():
    assert [row.receptive for row in follow([SAME] * 3, (32, 32)).rows] == [(3, 3), (5, 5), (7, 7)]
    assert [row.receptive for row in follow([UP] * 3, (32, 32)).rows] == [(2, 2), (3, 3), (3, 3)]
    odd = LayerCall((AxisCall.of(3, 2, 1, 1), AxisCall.of(2, 2)), 8, 8)
    assert follow([odd], (16, 16)).rows[0].receptive == (2, 1)
    assert follow([UP], (1, 1)).rows[0].receptive == (1, 1)


def test_sizes_and_channels_are_torchs():
    modules = torch.nn.Sequential(
        torch.nn.ConvTranspose2d(100, 64, 4, 1, 0, bias=False),
        torch.nn.ConvTranspose2d(64, 32, 3, 2, 1, 1),
        torch.nn.Upsample(scale_factor=2),
        torch.nn.Conv2d(32, 16, 5, 1, 2),
        torch.nn.AvgPool2d(2),
        torch.nn.Conv2d(16, 3, (1, 3), 1, (0, 1)),
    ).to("meta")
    calls = [
        LayerCall((AxisCall.of(4),) * 2, 100, 64, bias=False),
        LayerCall((AxisCall.of(3, 2, 1, 1),) * 2, None, 32, framework="keras", name="Conv2DTranspose"),
        LayerCall((AxisCall.of(2, 2),) * 2, kind="resize", name="Upsample"),
        LayerCall((AxisCall.of(5, 1, 2),) * 2, 32, 16, kind="convolution", name="Conv2d"),
        LayerCall((AxisCall.of(2, 2),) * 2, kind="pooling", name="AvgPool2d"),
        LayerCall((AxisCall.of(1), AxisCall.of(3, 1, 1)), 16, 3, kind="convolution", name="Conv2d"),
    ]
    followed = follow(calls, (1, 1))
    value = torch.zeros(1, 100, 1, 1, device="meta")
    for row, module in zip(followed.rows, modules, strict=True):
        assert row.given == tuple(value.shape[2:])
        assert row.call.in_channels == value.shape[1]
        value = module(value)
        assert (row.call.out_channels, *row.size) == tuple(value.shape[1:])
        assert row.measured.activations == value.numel()
    assert followed.totals["parameters"] == sum(p.numel() for p in modules.parameters())
    assert followed.totals["bytes"] == 4 * followed.totals["activations"]


def test_channels_are_given_at_the_beginning():
    keras = LayerCall((AxisCall.of(3, 2),) * 2, None, 16, framework="keras")
    assert follow([keras], (8, 8), channels=3).rows[0].measured.weights == 3 * 16 * 9
    unknown = follow([keras, keras], (8, 8))
    assert unknown.rows[0].measured.weights is None
    assert unknown.rows[1].measured.weights == 16 * 16 * 9
    assert unknown.totals["parameters"] is None


def test_a_concatenation_is_followed():
    joined = LayerCall((AxisCall.of(3, 1, 1),) * 2, 16, 8, kind="convolution", name="Conv2d")
    assert [row.joined for row in follow([UP, joined, UP], (4, 4)).rows] == [0, 8, 0]
    assert "8 channels more" in say("networks.measuring.joined", joined=8)


@pytest.mark.parametrize(
    ("calls", "size", "key", "row"),
    [
        ([UP, LayerCall((AxisCall(2),), 8, 8)], (4, 4), "dimensions", 1),
        ([UP, LayerCall((AxisCall(2),) * 2, 4, 4)], (4, 4), "channels", 1),
        ([UP, LayerCall((AxisCall(2),) * 2, None, 9, groups=3)], (4, 4), "groups", 1),
        ([LayerCall((AxisCall.of(2, 1, 3),) * 2, 8, 8)], (4, 4), "nothing_left", 0),
        ([UP, UP, LayerCall((AxisCall(99),) * 2, kind="pooling", name="MaxPool2d")], (4, 4), "nothing_left", 2),
    ],
)
def test_where_a_chain_ends(calls, size, key, row):
    followed = follow(calls, size)
    assert (followed.problem.key, followed.problem.row, len(followed.rows)) == (key, row, row)
    assert calls[row].name in say(f"networks.measuring.{key}", **dict(followed.problem.values))


def test_thirty_layers():
    down = LayerCall((AxisCall.of(3, 2, 1),) * 2, 8, 8, kind="convolution", name="Conv2d")
    for chain in ([SAME] * 30, [down, SAME, SAME] * 5 + [UP, SAME, SAME] * 5):
        assert len(follow(chain, (1024, 768)).rows) == 30


def test_sizes_beyond_64_bits():
    up = LayerCall((AxisCall(10**6, 10**6),), 1, 1)
    assert follow([up] * 5, (10**6,)).rows[-1].size == (10**36,)
