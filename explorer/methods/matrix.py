"""The convolution as a sparse matrix W, and the transposed convolution as Wᵀ·vec(X)."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from explorer import relation
from explorer.layer import Layer, Pair

SparseMatrix: TypeAlias = sparse.csr_array


def conv_matrix(weight: ArrayLike, layer: Layer, size: Pair) -> SparseMatrix:
    """W of shape (C_in·H·W, C_out·H'·W') for an input of ``size`` (H, W) of the transposed convolution.

    W·vec(V) is the ordinary convolution with these hyper-parameters of a V (C_out, H', W'); Wᵀ·vec(X) is the
    transposed convolution of an X (C_in, H, W). Where output_padding ≥ stride, conv2d of V is larger than
    (H, W); W keeps its first H×W results. Source: Dumoulin & Visin, arXiv 1603.07285, section 4.1.

    ``weight`` is a float32 or float64 array, or whole numbers, nested lists or a torch tensor, as in
    `explorer.METHODS`; it is not changed. Raises `LayerError` where it does not fit the layer.

    >>> conv_matrix([[[[1, 2], [3, 4]]]], Layer(kernel_size=2), (2, 2)).toarray().astype(int)
    array([[1, 2, 0, 3, 4, 0, 0, 0, 0],
           [0, 1, 2, 0, 3, 4, 0, 0, 0],
           [0, 0, 0, 1, 2, 0, 3, 4, 0],
           [0, 0, 0, 0, 1, 2, 0, 3, 4]])
    """
    weight = layer.checked_weight(weight)
    size = int(size[0]), int(size[1])
    height, width = layer.output_size(size)
    shape = (layer.in_channels * size[0] * size[1], layer.out_channels * height * width)
    entries = relation.entries(layer, size)
    starts = np.concatenate(([0], np.cumsum(np.bincount(entries.row, minlength=shape[0]))))
    return sparse.csr_array((weight.ravel()[entries.weight], entries.column, starts), shape=shape)


def matrix(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
    """Wᵀ·vec(X), shaped back. Shapes as in `explorer.METHODS`. The only method that reads the relation.

    >>> matrix(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2)).shape
    (1, 3, 3)
    """
    size = input.shape[1:]
    flat = conv_matrix(weight, layer, size).T @ input.ravel()
    return flat.reshape(layer.out_channels, *layer.output_size(size))
