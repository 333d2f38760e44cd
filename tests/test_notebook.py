"""Every number of the d2l.ai notebook the explorer grew from, by all four methods."""

import numpy as np
import pytest

from explorer import METHODS, Layer, conv_matrix
from explorer.methods.torch_native import convolution

every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)

SMALL = np.array([[0.0, 1.0], [2.0, 3.0]])  # X and K of cells 8, 11 and 12; K of cell 20
RANDOM = np.array([[-0.36708, -0.19676], [0.33345, 0.23702]])  # cell 10 printed no weight; this one gives its numbers
V = np.arange(9.0).reshape(3, 3)  # cells 14 to 16: the convolution's input
K = np.array([[1.0, 2.0], [3.0, 4.0]])
W = [
    [1, 2, 0, 3, 4, 0, 0, 0, 0],
    [0, 1, 2, 0, 3, 4, 0, 0, 0],
    [0, 0, 0, 1, 2, 0, 3, 4, 0],
    [0, 0, 0, 0, 1, 2, 0, 3, 4],
]


@every_method
@pytest.mark.parametrize(
    ("input", "kernel", "layer", "expected"),
    [
        pytest.param(SMALL, SMALL, {}, [[0, 0, 1], [0, 4, 6], [4, 12, 9]], id="cell 8"),
        pytest.param(SMALL, SMALL, {"padding": 1}, [[4]], id="cell 11"),
        pytest.param(
            SMALL, SMALL, {"stride": 2}, [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]], id="cell 12"
        ),
        pytest.param(V, SMALL, {}, [[0, 0, 1, 2], [0, 5, 11, 11], [6, 23, 29, 23], [12, 32, 37, 24]], id="cell 20"),
        pytest.param(
            np.array([[27.0, 37.0], [57.0, 67.0]]),
            K,
            {},
            [[27, 91, 74], [138, 400, 282], [171, 429, 268]],
            id="exercise 1",
        ),
    ],
)
def test_numbers(method, input, kernel, layer, expected):
    assert method(input[None], kernel[None, None], Layer(kernel_size=2, **layer)).tolist() == [expected]


@every_method
def test_cell_10_to_the_decimals_it_prints(method):
    output = method(SMALL[None], RANDOM[None, None], Layer(kernel_size=2))[0]
    assert [[f"{value:.4f}" for value in row] for row in output + 0.0] == [
        ["0.0000", "-0.3671", "-0.1968"],
        ["-0.7342", "-1.1613", "-0.3533"],
        ["0.6669", "1.4744", "0.7111"],
    ]


@every_method
@pytest.mark.parametrize("size", [16, 17])
def test_cell_13_restores_the_shape_of_16x16_and_not_of_17x17(method, size):
    layer = Layer(in_channels=20, out_channels=10, kernel_size=5, padding=2, stride=3)
    weight = np.ones(layer.weight_shape)
    x = convolution(np.ones((10, size, size)), weight, layer)
    assert x.shape == (20, 6, 6)
    assert method(x, weight, layer).shape == (10, 16, 16)


def test_cells_14_to_16_convolution_as_a_matrix():
    layer = Layer(kernel_size=2)
    matrix = conv_matrix(K[None, None], layer, (2, 2))
    assert convolution(V[None], K[None, None], layer).tolist() == [[[27, 37], [57, 67]]]
    assert matrix.toarray().tolist() == W
    assert (matrix @ V.ravel()).tolist() == [27, 37, 57, 67]
