import numpy as np
import pytest
from scipy import sparse

from explorer import METHODS, Layer, LayerError, conv_matrix
from explorer.methods.torch_native import convolution
from tests.layers import random_layers, whole_numbers

K = np.array([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    ("kernel", "layer", "size", "expected"),
    [
        pytest.param(
            K,
            {},
            (2, 2),
            [
                [1, 2, 0, 3, 4, 0, 0, 0, 0],
                [0, 1, 2, 0, 3, 4, 0, 0, 0],
                [0, 0, 0, 1, 2, 0, 3, 4, 0],
                [0, 0, 0, 0, 1, 2, 0, 3, 4],
            ],
            id="notebook",
        ),
        pytest.param(K, {"padding": 1}, (2, 2), [[4], [3], [2], [1]], id="padding"),
        pytest.param(K, {"stride": 2}, (1, 2), [[1, 2, 0, 0, 3, 4, 0, 0], [0, 0, 1, 2, 0, 0, 3, 4]], id="stride"),
        pytest.param(K, {"dilation": 2}, (1, 1), [[1, 0, 2, 0, 0, 0, 3, 0, 4]], id="dilation"),
        pytest.param(
            K[:1],
            {},
            (2, 2),
            [[1, 2, 0, 0, 0, 0], [0, 1, 2, 0, 0, 0], [0, 0, 0, 1, 2, 0], [0, 0, 0, 0, 1, 2]],
            id="wide kernel",
        ),
        pytest.param(K[:, :1], {"stride": (1, 2)}, (2, 1), [[1, 3, 0], [0, 1, 3]], id="tall kernel"),
        pytest.param(
            np.array([[5.0]]),
            {"stride": 2, "output_padding": 1},
            (1, 2),
            [[5, 0, 0, 0, 0, 0, 0, 0], [0, 0, 5, 0, 0, 0, 0, 0]],
            id="output_padding",
        ),
    ],
)
def test_matrix(kernel, layer, size, expected):
    found = conv_matrix(kernel[None, None], Layer(kernel_size=kernel.shape, **layer), size)
    assert found.toarray().tolist() == expected


def test_channels_are_blocks():
    # weight[ci, co] is the kernel from input channel ci to output channel co: rows are ci's, columns co's.
    weight = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).reshape(2, 3, 1, 1)
    assert conv_matrix(weight, Layer(2, 3, 1), (1, 2)).toarray().tolist() == [
        [1, 0, 2, 0, 3, 0],
        [0, 1, 0, 2, 0, 3],
        [4, 0, 5, 0, 6, 0],
        [0, 4, 0, 5, 0, 6],
    ]


def test_groups_leave_the_blocks_between_them_empty():
    layer = Layer(4, 2, groups=2)
    found = conv_matrix(np.ones(layer.weight_shape), layer, (2, 2))
    blocks = [[found[rows : rows + 4, columns : columns + 9].nnz for columns in (0, 9)] for rows in (0, 4, 8, 12)]
    assert blocks == [[16, 0], [16, 0], [0, 16], [0, 16]]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_is_a_sparse_array_of_the_weights_dtype(dtype):
    found = conv_matrix(K[None, None].astype(dtype), Layer(), (2, 2))
    assert isinstance(found, sparse.sparray)
    assert found.dtype == dtype
    assert found.has_canonical_format  # sorted, and no cell twice


def test_kernel_cells_of_value_zero_are_entries():
    found = conv_matrix(np.array([[[[0.0, 1.0], [2.0, 3.0]]]]), Layer(), (2, 2))
    assert (found.nnz, found.count_nonzero()) == (16, 12)
    assert conv_matrix(np.zeros((1, 1, 2, 2)), Layer(), (2, 2)).nnz == 16


def test_the_largest_of_the_page():
    layer = Layer(4, 4, kernel_size=5, stride=4, dilation=3, output_padding=3)
    found = conv_matrix(np.ones(layer.weight_shape), layer, (8, 8))
    assert found.shape == (256, 7744)
    assert found.nnz == 256 * 4 * 25  # nothing is cropped: each input cell under each kernel cell


def test_a_weight_that_does_not_fit():
    with pytest.raises(LayerError, match=r"^weight = \(1, 1, 2, 2\): "):
        conv_matrix(K[None, None], Layer(kernel_size=3), (2, 2))


def test_an_output_that_does_not_exist():
    with pytest.raises(LayerError, match=r"^padding = \(2, 2\): "):
        conv_matrix(K[None, None], Layer(padding=2), (2, 2))


def test_output_padding_from_the_stride_on_makes_conv2d_larger():
    layer = Layer(kernel_size=1, dilation=3, output_padding=2)  # 2×2 -> 4×4, and conv2d keeps 4×4
    v = np.arange(16.0).reshape(1, 4, 4)
    assert convolution(v, np.ones((1, 1, 1, 1)), layer).shape == (1, 4, 4)
    assert (conv_matrix(np.ones((1, 1, 1, 1)), layer, (2, 2)) @ v.ravel()).tolist() == [0, 1, 4, 5]


def test_times_a_vector_it_is_conv2d_and_transposed_its_adjoint():
    rng, larger = np.random.default_rng(0), 0
    for layer, (height, width) in random_layers(400, 4):
        x, w = whole_numbers((layer.in_channels, height, width), rng), whole_numbers(layer.weight_shape, rng)
        v = whole_numbers((layer.out_channels, *layer.output_size((height, width))), rng)
        matrix = conv_matrix(w, layer, (height, width))
        convolved = convolution(v, w, layer)
        kept = convolved[:, :height, :width]
        exceeds = any(o >= s for _, s, _, o, _ in layer.axes)
        larger += exceeds
        assert (kept.shape != convolved.shape) == exceeds, (layer, height, width)
        assert np.array_equal((matrix @ v.ravel()).reshape(x.shape), kept), (layer, height, width)
        # ⟨W·v, x⟩ = ⟨v, Wᵀ·x⟩, with the transposed convolution of a method that knows no W.
        assert kept.ravel() @ x.ravel() == v.ravel() @ METHODS["naive"](x, w, layer).ravel(), (layer, height, width)
    assert larger >= 40
