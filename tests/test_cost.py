"""The counts by hand, then against what the methods really hold and multiply."""

import numpy as np
import pytest

from explorer import Layer, LayerError, conv_matrix
from explorer.cost import NUMBER, WAYS, Cost, costs, growth
from explorer.methods.zero_insertion import zero_inserted
from tests.layers import random_layers


@pytest.mark.parametrize(
    ("layer", "size", "expected"),
    [
        pytest.param(
            # 4 stamps of 4 on 3×3. Gather: 9 windows of 4 over 4×4, 12 of it zeros. W: 4×9, 4 entries a row.
            Layer(kernel_size=2),
            (2, 2),
            {"scatter": (16, 0, 0, 9), "gather": (36, 20, 0, 16), "matrix": (36, 20, 0, 36), "sparse": (16, 0, 0, 37)},
            id="notebook",
        ),
        pytest.param(
            # Stamps side by side on 4×4: each output cell has one term. Gather: 16 windows of 4 over 5×5. W: 4×16.
            Layer(kernel_size=2, stride=2),
            (2, 2),
            {"scatter": (16, 0, 0, 16), "gather": (64, 48, 0, 25), "matrix": (64, 48, 0, 64), "sparse": (16, 0, 0, 37)},
            id="stride",
        ),
        pytest.param(
            # Of 16 products the 4 in the middle stay. Gather: one window over X itself. W: 4×1, full.
            Layer(kernel_size=2, padding=1),
            (2, 2),
            {"scatter": (16, 0, 12, 9), "gather": (4, 0, 0, 4), "matrix": (4, 0, 0, 4), "sparse": (4, 0, 0, 13)},
            id="padding",
        ),
        pytest.param(
            # X 1×1, K 1×1, stride 2: output 2×2, three of its cells beyond the canvas.
            Layer(kernel_size=1, stride=2, output_padding=1),
            (1, 1),
            {"scatter": (1, 0, 0, 4), "gather": (4, 3, 0, 4), "matrix": (4, 3, 0, 4), "sparse": (1, 0, 0, 4)},
            id="output_padding",
        ),
        pytest.param(
            # Two groups of 1 → 2 channels: the products of one channel four times; W has blocks of zeros.
            Layer(2, 4, kernel_size=(1, 2), groups=2),
            (1, 2),
            {"scatter": (16, 0, 0, 12), "gather": (24, 8, 0, 8), "matrix": (48, 32, 0, 48), "sparse": (16, 0, 0, 37)},
            id="groups",
        ),
    ],
)
def test_by_hand(layer, size, expected):
    assert costs(layer, size) == {way: Cost(*count, 8 * count[-1]) for way, count in expected.items()}


@pytest.mark.parametrize(("layer", "size"), list(random_layers(60, 71)))
def test_against_what_the_methods_do(layer, size):
    found = costs(layer, size)
    assert tuple(found) == WAYS
    height, width = layer.output_size(size)
    per_group = layer.in_channels // layer.groups
    k_h, k_w = layer.weight_shape[2:]
    inserted = zero_inserted(np.ones((layer.in_channels, *size)), layer)
    rows = np.add.outer(np.arange(height), layer.dilation[0] * np.arange(k_h))
    columns = np.add.outer(np.arange(width), layer.dilation[1] * np.arange(k_w))
    under = inserted[:, rows[:, None, :, None], columns[None, :, None, :]]  # what each window covers
    assert found["gather"].multiply_adds == under[:per_group].size * layer.out_channels
    assert found["gather"].on_zeros == (under == 0)[:per_group].sum() * layer.out_channels
    assert found["gather"].numbers == inserted.size

    w = conv_matrix(np.ones(layer.weight_shape), layer, size)
    assert found["matrix"].multiply_adds == found["matrix"].numbers == w.shape[0] * w.shape[1]
    assert found["matrix"].on_zeros == (w.toarray() == 0).sum()
    assert found["sparse"].multiply_adds == w.nnz
    assert found["sparse"].numbers == w.data.size + w.indices.size + w.indptr.size
    assert found["sparse"].bytes == w.data.nbytes + w.indices.nbytes + w.indptr.nbytes

    # naive adds one stamp for each input cell and output channel of its group.
    assert found["scatter"].multiply_adds == layer.in_channels * np.prod(size) * np.prod(layer.weight_shape[1:])
    assert found["scatter"].cropped == found["scatter"].multiply_adds - w.nnz
    assert found["scatter"].numbers == layer.out_channels * np.prod(layer.canvas_size(size))
    for cost in found.values():
        assert cost.bytes == NUMBER * cost.numbers
        assert {type(count) for count in vars(cost).values()} == {int}
        assert cost.multiply_adds - cost.on_zeros - cost.cropped == w.nnz  # what is left is the same for all


def test_large_inputs_are_counted_not_run():
    layer = Layer(4, 4, kernel_size=5, stride=4, dilation=3)
    assert costs(layer, (256, 256))["sparse"].multiply_adds == 4 * 4 * 25 * 256 * 256
    assert costs(layer, (10**5, 10**5))["matrix"].multiply_adds > 2**64  # no 64-bit integer holds it


def test_growth():
    layer = Layer(kernel_size=2, padding=1)
    found = growth(layer, (1, 2, 4))
    assert found == {side: costs(layer, (side, side)) for side in (2, 4)}  # 1×1 leaves no output
    with pytest.raises(LayerError):
        costs(layer, (1, 1))


@pytest.mark.parametrize(("layer", "size"), list(random_layers(20, 72)))
def test_twice_the_side_costs_4_times_and_the_dense_matrix_16_times(layer, size):
    # Said by the text cost.grows: "about".
    small, large = growth(layer, (128, 256)).values()
    for way in WAYS:
        ratio = large[way].multiply_adds / small[way].multiply_adds
        assert ratio == pytest.approx(16 if way == "matrix" else 4, rel=0.1)
