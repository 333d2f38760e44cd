"""What a constant becomes, and where its border ends: against torch and against an input without end."""

import numpy as np
import pytest
import torch

from explorer import Layer, LayerError
from explorer.upsampling.response import constant_response, interior, overlap_count, stacked
from tests.layers import random_layers
from tests.references import overlap_count as counted


def torch_output(x, weight, layer):
    more = {name: getattr(layer, name) for name in ("stride", "padding", "output_padding", "dilation", "groups")}
    return torch.nn.functional.conv_transpose2d(torch.tensor(x), torch.tensor(weight), **more).numpy()


@pytest.mark.parametrize(("layer", "size"), list(random_layers(40, 21)))
def test_overlaps_are_counted(layer, size):
    assert (overlap_count(layer, size) == counted(layer, size)).all()


@pytest.mark.parametrize(("layer", "size"), list(random_layers(60, 22)))
def test_the_response_is_torch_s(layer, size):
    rng = np.random.default_rng(0)
    weight, constants = rng.standard_normal(layer.weight_shape), rng.standard_normal(layer.in_channels)
    x = np.ones((layer.in_channels, *size)) * constants[:, None, None]
    assert np.abs(constant_response(weight, layer, size, constants) - torch_output(x, weight, layer)).max() < 1e-12
    assert np.abs(constant_response(weight, layer, size) - torch_output(np.ones_like(x), weight, layer)).max() < 1e-12


def touched(layer, size, around=12):
    """For each output cell whether a cell outside the input would reach it: by stamping all cells around it."""
    flags = []
    for n, (k, s, p, _, d), length in zip(size, layer.axes, layer.output_size(size), strict=True):
        beyond = {i * s + a * d - p for i in range(-around, n + around) if not 0 <= i < n for a in range(k)}
        flags.append([r in beyond for r in range(length)])
    return flags


@pytest.mark.parametrize(("layer", "size"), list(random_layers(150, 23)))
def test_the_interior_is_between_the_cells_that_the_outside_reaches(layer, size):
    for (begin, end), is_touched in zip(interior(layer, size), touched(layer, size), strict=True):
        assert 0 <= begin <= end <= len(is_touched)
        assert not any(is_touched[begin:end])
        if begin < end:
            assert begin == 0 or is_touched[begin - 1]
            assert end == len(is_touched) or is_touched[end]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(("kernel", "stride", "padding"), [((3, 3), 2, 1), ((4, 4), 2, 1), ((5, 2), (3, 2), 0)])
def test_layers_in_a_row(count, kernel, stride, padding):
    layer = Layer(kernel_size=kernel, stride=stride, padding=padding)
    weights = np.random.default_rng(3).standard_normal((count, 1, 1, *kernel))
    made = stacked([(weight, layer) for weight in weights], (5, 6))
    x = np.ones((1, 5, 6))
    endless = np.ones((1, 25, 26))  # so large that its border is far from what is compared
    at = [10, 10]
    for weight, result in zip(weights, made, strict=True):
        x, endless = torch_output(x, weight, layer), torch_output(endless, weight, layer)
        at = [s * first for s, first in zip(layer.stride, at, strict=True)]
        assert np.abs(result.output - x).max() < 1e-9
        (top, below), (left, right) = result.interior
        same = endless[:, at[0] + top : at[0] + below, at[1] + left : at[1] + right]
        inside = result.output[:, top:below, left:right]
        assert inside.size
        assert np.abs(inside - same).max() < 1e-9
        assert (result.low, result.high) == (inside.min(), inside.max())


def test_artefacts_multiply():
    """Along a line, 2 and 1 become 3, 1, 3, 2 and then 4, 1, 4, 3, 5, 2, 5, 3, … : on the plane their products."""
    layer = Layer(kernel_size=3, stride=2)
    made = stacked([(np.ones((1, 1, 3, 3)), layer)] * 3, (9, 9))
    assert [(one.low, one.high) for one in made] == [(1, 4), (1, 9), (1, 25)]
    assert made[0].spread < made[1].spread < made[2].spread
    even = stacked([(np.ones((1, 1, 4, 4)), Layer(kernel_size=4, stride=2))] * 3, (9, 9))
    assert [one.spread for one in even] == [0, 0, 0]


def test_a_row_of_layers_that_do_not_fit_or_leave_nothing_inside():
    with pytest.raises(LayerError, match="in_channels"):
        stacked([(np.ones((1, 2, 2, 2)), Layer(1, 2)), (np.ones((1, 1, 2, 2)), Layer())], (3, 3))
    (only,) = stacked([(np.ones((1, 1, 5, 5)), Layer(kernel_size=5))], (2, 2))
    assert (only.low, only.high, only.spread) == (None, None, None)
    assert stacked([], (2, 2)) == []
    after = stacked(
        [(np.ones((1, 1, 5, 5)), Layer(kernel_size=5)), (np.ones((1, 1, 1, 1)), Layer(kernel_size=1))], (2, 2)
    )
    assert after[1].low is None
