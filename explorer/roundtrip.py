"""There and back in numbers: V, its convolution X, the transposed convolution Z of that, and what an inverse would be.

Only small arrays: the least-squares answer and W·Wᵀ are dense.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from explorer.layer import Layer, LayerError, Pair, floats
from explorer.methods.matrix import conv_matrix
from explorer.sizes import conv_output_size, output_padding_for
from explorer.text import say

LARGEST = 16
"""The longest side of V and of the kernel."""
LARGEST_ELSE = 10**6
"""The largest stride, padding and dilation."""
MOST_CELLS = 256
"""The largest number of V's cells, and of X's, over all channels."""


class Inner(NamedTuple):
    """The adjoint identity ⟨Wv, y⟩ = ⟨v, Wᵀy⟩: both sides, the ``y`` of X's shape, and Wᵀy of V's."""

    left: float
    right: float
    y: np.ndarray
    transposed: np.ndarray


@dataclass(frozen=True)
class RoundTrip:
    """One way there and back.

    ``v`` (C_out, H, W), ``x`` (C_in, h, w): its convolution W·vec(V); ``z``, of V's shape: the transposed convolution
    Wᵀ·vec(X), by ``layer``: the given one, with the output_padding that brings V's size back. ``inverse``, of V's
    shape: of all arrays that the convolution takes to X, the one with the smallest sum of squares, by least squares;
    ``rank`` is W's: where it is V's number of cells, ``inverse`` is V. ``product``: W·Wᵀ, (C_in·h·w, C_in·h·w).
    """

    layer: Layer
    v: np.ndarray
    x: np.ndarray
    z: np.ndarray
    inverse: np.ndarray
    rank: int
    product: np.ndarray
    inner: Inner


def round_trip(v: ArrayLike, weight: ArrayLike, layer: Layer) -> RoundTrip:
    """The ordinary convolution of ``v`` and the transposed convolution of that, with the same hyper-parameters.

    ``v`` (C_out, H, W) is the convolution's input, so that its channels are the layer's output channels; ``weight``
    (C_in, C_out // groups, kH, kW). All is computed in float64. The layer's own output_padding does not count.

    Raises `LayerError` where they do not fit the layer, where the kernel reaches over more than the padded V, and for
    more than `MOST_CELLS` cells of V or X, or sides of V or of the kernel above `LARGEST`.

    >>> there = round_trip([[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[1, 2], [3, 4]]]], Layer(kernel_size=2))
    >>> there.z[0].astype(int).tolist()  # V was 0 to 8
    [[27, 91, 74], [138, 400, 282], [171, 429, 268]]
    """
    given, kernel, size = _checked(v, weight, layer)
    small = conv_output_size(layer, size)
    if layer.in_channels * small[0] * small[1] > MOST_CELLS:
        made = {"channels": layer.in_channels, "height": small[0], "width": small[1]}
        rule = say("rules.too_large_x", **made, most=MOST_CELLS)
        raise LayerError("padding", layer.padding, rule)
    back = replace(layer, output_padding=output_padding_for(layer, small, size))
    matrix = conv_matrix(kernel, back, small)
    dense = matrix.toarray()
    x = matrix @ given.ravel()
    inverse, _, rank, _ = np.linalg.lstsq(dense, x, rcond=None)
    y = np.arange(1.0, x.size + 1)
    transposed = matrix.T @ y
    shape = (layer.in_channels, *small)
    inner = Inner(float(x @ y), float(given.ravel() @ transposed), y.reshape(shape), transposed.reshape(given.shape))
    z = (matrix.T @ x).reshape(given.shape)
    product = dense @ dense.T
    return RoundTrip(back, given, x.reshape(shape), z, inverse.reshape(given.shape), int(rank), product, inner)


def _checked(v: ArrayLike, weight: ArrayLike, layer: Layer) -> tuple[np.ndarray, np.ndarray, Pair]:
    """V and the weight in float64, and V's (H, W): what fits the layer and is small."""
    given = floats("v", v)
    if given.ndim != 3 or given.shape[0] != layer.out_channels:
        raise LayerError("v", given.shape, say("rules.shape_of_v", channels=layer.out_channels))
    size = given.shape[1], given.shape[2]
    if max(size) > LARGEST or given.size > MOST_CELLS:
        raise LayerError("v", given.shape, say("rules.sides", longest=LARGEST, most=MOST_CELLS))
    limits = {"kernel_size": LARGEST} | dict.fromkeys(("stride", "padding", "dilation"), LARGEST_ELSE)
    for field, largest in limits.items():
        if max(getattr(layer, field)) > largest:
            raise LayerError(field, getattr(layer, field), say("rules.each_at_most", most=largest))
    return given.astype(np.float64), layer.checked_weight(weight).astype(np.float64), size
