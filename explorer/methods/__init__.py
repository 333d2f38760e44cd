"""Four independent ways to the same output, under one signature: their agreement is evidence."""

from collections.abc import Callable
from functools import wraps

import numpy as np
from numpy.typing import ArrayLike

from explorer.layer import Layer
from explorer.methods.matrix import matrix
from explorer.methods.naive import naive
from explorer.methods.torch_native import autograd, torch_native
from explorer.methods.zero_insertion import zero_insertion

Method = Callable[[ArrayLike, ArrayLike, Layer], np.ndarray]


def _checked(method: Callable[[np.ndarray, np.ndarray, Layer], np.ndarray]) -> Method:
    @wraps(method)
    def call(input: ArrayLike, weight: ArrayLike, layer: Layer) -> np.ndarray:
        x, k = layer.checked(input, weight)
        return method(x, k, layer)

    return call


METHODS: dict[str, Method] = {
    "naive": _checked(naive),
    "zero_insertion": _checked(zero_insertion),
    "matrix": _checked(matrix),
    "torch": _checked(torch_native),
}
"""Name -> method(input, weight, layer) -> output.

``input`` (C_in, H, W), ``weight`` (C_in, C_out // groups, kH, kW), ``output`` (C_out, H', W'): float32 or
float64 numpy arrays of one dtype. Whole numbers and nested lists become float64, torch's tensors are read by their
numpy view. No argument is changed. Arrays that do not fit the layer, and those of booleans, complex numbers or objects,
raise `LayerError`.

>>> METHODS["naive"]([[[0, 1], [2, 3]]], [[[[0, 1], [2, 3]]]], Layer(kernel_size=2)).tolist()
[[[0.0, 0.0, 1.0], [0.0, 4.0, 6.0], [4.0, 12.0, 9.0]]]
"""

WITNESSES: dict[str, Method] = {"autograd": _checked(autograd)}
"""What else gives the same output, in the same form, without being a way to compute it."""
