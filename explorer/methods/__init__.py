"""Four independent ways to the same output, under one signature: their agreement is evidence."""

from collections.abc import Callable
from functools import wraps

import numpy as np

from explorer.layer import Layer
from explorer.methods.matrix import matrix
from explorer.methods.naive import naive
from explorer.methods.torch_native import autograd, torch_native
from explorer.methods.zero_insertion import zero_insertion

Method = Callable[[np.ndarray, np.ndarray, Layer], np.ndarray]


def _checked(method: Method) -> Method:
    @wraps(method)
    def call(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
        layer.check(input, weight)
        return method(input, weight, layer)

    return call


METHODS: dict[str, Method] = {
    "naive": _checked(naive),
    "zero_insertion": _checked(zero_insertion),
    "matrix": _checked(matrix),
    "torch": _checked(torch_native),
}
"""Name -> method(input, weight, layer) -> output.

``input`` (C_in, H, W), ``weight`` (C_in, C_out // groups, kH, kW), ``output`` (C_out, H', W'): float32 or
float64 numpy arrays of one dtype. No argument is changed. Arrays that do not fit the layer raise `LayerError`.

>>> x = np.array([[[0.0, 1.0], [2.0, 3.0]]])
>>> METHODS["naive"](x, x[None], Layer(kernel_size=2)).tolist()
[[[0.0, 0.0, 1.0], [0.0, 4.0, 6.0], [4.0, 12.0, 9.0]]]
"""

WITNESSES: dict[str, Method] = {"autograd": _checked(autograd)}
"""What else gives the same output, in the same form, without being a way to compute it."""
