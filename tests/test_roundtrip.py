"""There and back: the notebook's exercise 1, worked by hand, and torch's own convolutions."""

import numpy as np
import pytest
import torch

from explorer import Layer, LayerError, output_padding_for
from explorer.roundtrip import LARGEST, MOST_CELLS, round_trip
from tests.layers import random_layers, whole_numbers

V = np.arange(9.0).reshape(1, 3, 3)
K = np.array([[[[1, 2], [3, 4]]]])


def test_exercise_1():
    there = round_trip(V, K, Layer(kernel_size=2))
    assert there.v.tolist() == V.tolist()
    assert there.x.tolist() == [[[27, 37], [57, 67]]]
    assert there.z.tolist() == [[[27, 91, 74], [138, 400, 282], [171, 429, 268]]]
    assert there.layer == Layer(kernel_size=2)
    # A row of W is the kernel, 1 + 4 + 9 + 16 = 30 with itself; neighbours share a column (1·2 + 3·4 = 14), a row
    # (1·3 + 2·4 = 11) or a corner (1·4 = 4, and 2·3 = 6).
    assert there.product.tolist() == [[30, 14, 11, 4], [14, 30, 6, 11], [11, 6, 30, 14], [4, 11, 14, 30]]


def test_exercise_1_has_no_inverse():
    there = round_trip(V, K, Layer(kernel_size=2))
    assert there.rank == 4  # of nine unknowns
    again = round_trip(there.inverse, K, Layer(kernel_size=2))
    assert np.allclose(again.x, there.x)
    assert np.allclose(again.inverse, there.inverse)  # the smallest of all that give X
    assert (there.inverse**2).sum() < (V**2).sum()
    assert not np.allclose(there.inverse, V)
    assert not np.allclose(there.inverse, there.z)


def test_the_adjoint_identity_by_hand():
    inner = round_trip(V, K, Layer(kernel_size=2)).inner
    assert inner.y.tolist() == [[[1, 2], [3, 4]]]
    assert inner.left == 27 + 2 * 37 + 3 * 57 + 4 * 67 == 540
    assert inner.transposed.tolist() == [[[1, 4, 4], [6, 20, 16], [9, 24, 16]]]
    assert inner.right == 540


def test_a_permutation_comes_back():
    # A kernel of one cell without gaps is invertible: three times, and its transposed three times again.
    there = round_trip(V, [[[[3]]]], Layer(kernel_size=1))
    assert there.z.tolist() == (9 * V).tolist()
    assert there.rank == 9
    assert np.allclose(there.inverse, V)
    assert there.product.tolist() == (9 * np.eye(9)).tolist()


def test_a_size_that_collapses_comes_back_by_output_padding():
    v = np.ones((1, 1, 7))
    layer = Layer(kernel_size=(1, 3), stride=(1, 3), output_padding=(0, 2))  # its own does not count
    there = round_trip(v, np.ones((1, 1, 1, 3)), layer)
    assert there.layer.output_padding == (0, 1)
    assert there.x.tolist() == [[[3, 3]]]
    assert there.z.tolist() == [[[3, 3, 3, 3, 3, 3, 0]]]
    assert np.allclose(there.inverse, [[[1, 1, 1, 1, 1, 1, 0]]])


def test_it_is_what_torch_computes():
    rng, computed = np.random.default_rng(0), 0
    for layer, small in random_layers(60, 5):
        v = whole_numbers((layer.out_channels, *layer.output_size(small)), rng)
        k = whole_numbers(layer.weight_shape, rng)
        same = {name: getattr(layer, name) for name in ("stride", "padding", "dilation", "groups")}
        x = torch.nn.functional.conv2d(torch.tensor(v), torch.tensor(k), **same)
        if max(v.size, x.numel()) > MOST_CELLS or max(v.shape) > LARGEST:
            with pytest.raises(LayerError):
                round_trip(v, k, layer)
            continue
        computed += 1
        there = round_trip(v, k, layer)
        assert there.x.tolist() == x.tolist()
        chosen = output_padding_for(layer, tuple(x.shape[1:]), v.shape[1:])
        z = torch.nn.functional.conv_transpose2d(x, torch.tensor(k), output_padding=chosen, **same)
        assert there.z.tolist() == z.tolist()
        assert there.inner.left == there.inner.right
        assert there.inner.transposed.shape == v.shape
        assert np.array_equal(there.product, there.product.T)
        assert np.allclose(round_trip(there.inverse, k, layer).inverse, there.inverse)
    assert computed >= 30


@pytest.mark.parametrize(
    ("v", "weight", "layer", "message"),
    [
        (np.ones((1, 17, 2)), K, Layer(), "v = (1, 17, 2): must have sides of 16 and 256 cells at most"),
        (
            np.ones((2, 12, 12)),
            np.ones((1, 2, 2, 2)),
            Layer(1, 2),
            "v = (2, 12, 12): must have sides of 16 and 256 cells at most",
        ),
        (np.ones((3, 3)), K, Layer(), "v = (3, 3): must have the shape (out_channels = 1, H, W)"),
        (np.ones((2, 3, 3)), K, Layer(), "v = (2, 3, 3): must have the shape (out_channels = 1, H, W)"),
        (V, K[0], Layer(), "weight = (1, 2, 2): must have the shape (1, 1, 2, 2)"),
        (V, K, Layer(padding=10**6), "padding = (1000000, 1000000): makes X 1×2000002×2000002; at most 256 cells"),
        (V, np.ones((1, 1, 4, 4)), Layer(kernel_size=4), "kernel_size = (4, 4): reaches over 4×4 cells, more than"),
        (V, np.ones((1, 1, 17, 1)), Layer(kernel_size=(17, 1), padding=9), "kernel_size = (17, 1): each must be at"),
        (V, K, Layer(stride=10**30), "stride = (1000"),
        (
            V,
            K,
            Layer(kernel_size=(1, 2), dilation=(10**7, 1)),
            "dilation = (10000000, 1): each must be at most 1000000",
        ),
        (np.ones((1, 0, 3)), K, Layer(), "input size = (0, 3): each must be at least 1"),
        ([["a"]], K, Layer(), "v = <U1: must hold whole numbers"),
    ],
)
def test_what_is_refused(v, weight, layer, message):
    with pytest.raises(LayerError) as caught:
        round_trip(v, weight, layer)
    assert str(caught.value).startswith(message)


def test_the_largest_are_computed():
    v = np.ones((1, 16, 16))
    there = round_trip(v, np.ones((1, 1, 1, 1), np.float32), Layer(kernel_size=1))
    assert there.product.shape == (256, 256)
    assert there.z.dtype == np.float64
    assert np.allclose(there.inverse, v)
