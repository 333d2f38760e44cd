"""Phase sums, the verdict and mending: by hand, and against a constant input that is really convolved."""

import numpy as np
import pytest

import explorer
from explorer import METHODS, Layer, LayerError
from explorer.upsampling.phases import interior_pattern, kernel_phases, mend, phase_cells, phase_sums, spread, verdict
from explorer.upsampling.response import interior
from tests.layers import random_layers


@pytest.mark.parametrize(
    ("kernel", "stride", "dilation", "sums"),
    [
        (np.ones((3, 3)), 2, 1, [[4, 2], [2, 1]]),
        (np.ones((4, 4)), 2, 1, [[4, 4], [4, 4]]),
        ([[1, 2], [3, 4]], 2, 1, [[1, 2], [3, 4]]),
        ([[1, 2], [3, 4]], 2, 2, [[10, 0], [0, 0]]),  # every cell lands on an even row and column
        ([[1, 2, 3, 4]], (1, 3), 2, [[5, 3, 2]]),  # cells 0, 2, 4, 6 -> 0, 2, 1, 0
        ([[5], [7]], (3, 1), 1, [[5], [7], [0]]),
    ],
)
def test_by_hand(kernel, stride, dilation, sums):
    layer = Layer(kernel_size=np.shape(kernel), stride=stride, dilation=dilation)
    assert explorer.phase_sums is phase_sums
    assert phase_sums([[kernel]] if isinstance(kernel, list) else kernel[None, None], layer)[0, 0].tolist() == sums


def test_channel_pairs_keep_their_places_and_types():
    layer = Layer(4, 6, (2, 3), (2, 2), groups=2)
    weight = np.arange(4 * 3 * 6, dtype=np.float32).reshape(4, 3, 2, 3)
    sums = phase_sums(weight, layer)
    assert sums.shape == (4, 3, 2, 2)
    assert sums.dtype == np.float64
    assert sums[3, 2, 1].tolist() == [weight[3, 2, 1, 0] + weight[3, 2, 1, 2], weight[3, 2, 1, 1]]


def test_what_does_not_fit_is_refused():
    with pytest.raises(LayerError, match="weight"):
        phase_sums(np.ones((1, 1, 2, 2)), Layer(kernel_size=3))
    for function in (verdict, mend):
        with pytest.raises(LayerError, match="weight"):
            function(np.ones((2, 1, 2, 2)), Layer())


@pytest.mark.parametrize(("layer", "size"), list(random_layers(120, 5)))
def test_cells_and_sums_against_the_definition(layer, size):
    weight = np.random.default_rng(0).integers(-9, 10, layer.weight_shape).astype(float)
    (kh, sh, _, _, dh), (kw, sw, _, _, dw) = layer.axes
    rows, columns = kernel_phases(layer)
    expected, cells = np.zeros((*weight.shape[:2], sh, sw)), np.zeros((sh, sw))
    for a, b in np.ndindex(kh, kw):
        assert (rows[a], columns[b]) == (a * dh % sh, b * dw % sw)
        expected[:, :, a * dh % sh, b * dw % sw] += weight[:, :, a, b]
        cells[a * dh % sh, b * dw % sw] += 1
    assert (phase_sums(weight, layer) == expected).all()
    assert (phase_cells(layer) == cells).all()


def kernels(count, seed):
    """Layers and weights of whole numbers, half of them with phases made even, so that both verdicts come up."""
    rng = np.random.default_rng(seed)
    for number, (layer, _) in enumerate(random_layers(count, seed)):
        weight = rng.integers(-2, 3, layer.weight_shape).astype(float)
        if number % 2:
            weight = mend(weight, layer).weight
        yield layer, weight


def torch_inside(layer, weight):
    """The inside of torch's output for ones in one input channel and zeros in the others, for each of them in turn.

    An array (C_in, C_out, rows, columns), and the row and column of the output at which it begins.
    """
    size = tuple((d * (k - 1) + 2 * p) // s + 4 for k, s, p, _, d in layer.axes)
    units = np.eye(layer.in_channels)[:, :, None, None] * np.ones(size)
    output = np.array([METHODS["torch"](x, weight, layer) for x in units])
    (top, below), (left, right) = interior(layer, size)
    assert below - top >= 2 * layer.stride[0]
    assert right - left >= 2 * layer.stride[1]
    return output[:, :, top:below, left:right], (top, left)


def test_the_verdict_against_a_constant_input_over_2000_kernels():
    pairs = {True: 0, False: 0}
    for layer, weight in kernels(2000, 11):
        found = verdict(weight, layer)
        per_group = layer.out_channels // layer.groups
        outputs, _ = torch_inside(layer, weight)
        for channel, inside in enumerate(outputs):
            group = channel // (layer.in_channels // layer.groups)
            for block in range(per_group):
                is_flat = np.ptp(inside[group * per_group + block]) < 1e-9
                assert is_flat == found.even[channel, block], layer
                pairs[bool(is_flat)] += 1
        assert found.is_constant == found.even.all()
    assert min(pairs.values()) > 1000


def test_the_pattern_is_what_is_inside_at_its_place():
    for layer, weight in kernels(200, 12):
        outputs, (top, left) = torch_inside(layer, weight)
        for channel, inside in enumerate(outputs):
            pattern = interior_pattern(weight, layer, np.eye(layer.in_channels)[channel])
            rows = (np.arange(inside.shape[1]) + top + layer.padding[0]) % layer.stride[0]
            columns = (np.arange(inside.shape[2]) + left + layer.padding[1]) % layer.stride[1]
            assert np.abs(pattern[:, rows[:, None], columns] - inside).max() < 1e-9


def test_uneven_pairs_may_cancel_for_ones_but_not_for_all_constants():
    layer = Layer(2, 1, (1, 2), (1, 2))
    weight = np.array([[[[1.0, 2.0]]], [[[2.0, 1.0]]]])
    assert not verdict(weight, layer).is_constant
    assert np.ptp(interior_pattern(weight, layer)) == 0
    assert np.ptp(interior_pattern(weight, layer, [1, 0])) == 1


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
def test_rounding_is_no_checkerboard_and_small_numbers_are_one(scale):
    layer = Layer(kernel_size=(1, 4), stride=(1, 2))
    thirds = np.array([[[[0.1, 0.3, 0.2, 0.0]]]]) * scale  # 0.1 + 0.2 is not 0.3 in binary
    assert verdict(thirds, layer).is_constant
    assert verdict(thirds.astype(np.float32), layer).is_constant
    assert not verdict(np.array([[[[0.1, 0.3, 0.2, 0.001]]]]) * scale, layer).is_constant


def test_zeros_are_even():
    assert verdict(np.zeros((1, 1, 1, 1)), Layer(kernel_size=1, stride=3)).is_constant


@pytest.mark.parametrize(("layer", "size"), [case for case in random_layers(80, 6) if case[0].stride != (1, 1)])
def test_mending_is_the_least_squares_solution(layer, size):
    rng = np.random.default_rng(1)
    weight = rng.standard_normal(layer.weight_shape)
    found = mend(weight, layer)
    rows, columns = kernel_phases(layer)
    phases = (rows[:, None] * layer.stride[1] + columns).ravel()
    count = layer.stride[0] * layer.stride[1]
    if (phase_cells(layer) == 0).any():
        assert not found.is_mended.any()
        assert (found.weight == weight).all()
        return
    constraints = (phases == np.arange(count)[:, None]).astype(float)  # one row a phase: its cells are ones
    for pair in np.ndindex(*weight.shape[:2]):
        block = weight[pair].ravel()
        target = np.full(count, block.sum() / count)
        nearest = block + np.linalg.pinv(constraints) @ (target - constraints @ block)  # the projection on A·k = t
        assert np.abs(found.weight[pair].ravel() - nearest).max() < 1e-12
        assert found.target[pair] == pytest.approx(target[0], abs=1e-12)
    assert verdict(found.weight, layer).is_constant
    assert found.is_mended.all()
    assert found.change == pytest.approx(np.linalg.norm(found.weight - weight))
    assert np.abs(found.weight.sum((2, 3)) - weight.sum((2, 3))).max() < 1e-12
    for _ in range(20):  # no other even kernel of the same total is nearer
        free = rng.standard_normal((*weight.shape[:2], weight[0, 0].size))
        free -= free @ np.linalg.pinv(constraints) @ constraints
        other = found.weight + 0.1 * free.reshape(weight.shape)
        assert np.linalg.norm(other - weight) >= found.change - 1e-12


def test_mending_with_an_empty_phase():
    layer = Layer(kernel_size=(1, 2), stride=(1, 2), dilation=2)
    assert mend([[[[1.0, 2.0]]]], layer).is_mended.tolist() == [[False]]
    cancelling = mend([[[[1.0, -1.0]]]], layer)
    assert cancelling.is_mended.all()
    assert cancelling.weight.tolist() == [[[[1.0, -1.0]]]]
    assert mend(np.float32([[[[1, 2, 4]]]]), Layer(kernel_size=(1, 3), stride=(1, 2))).weight.dtype == np.float32


def test_spread():
    assert spread(np.array([1.0, 3.0])) == 1
    assert spread(np.array([-1.0, -3.0])) == 1
    assert spread(np.zeros(3)) == 0
    assert spread(np.array([-1.0, 1.0])) is None
