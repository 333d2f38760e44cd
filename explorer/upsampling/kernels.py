"""Kernels to upsample with, by name: one channel to one channel, for a layer's kernel size, stride and dilation."""

from collections.abc import Callable, Mapping
from math import gcd

import numpy as np

from explorer.fills import FILLS
from explorer.layer import Layer, LayerError, Pair
from explorer.text import say

DIGITS = 3
"""Random numbers are rounded to as many decimals, so that they are short in cells and in addresses."""


def interpolation_size(stride: Pair) -> Pair:
    """The size of the kernel that interpolates linearly at a stride: 2s − s mod 2 an axis.

    >>> interpolation_size((2, 3))
    (4, 5)
    """
    height, width = (2 * s - s % 2 for s in stride)
    return height, width


def size_of(name: str, layer: Layer) -> Pair:
    """The kernel size that a named kernel has: the layer's own, of ``bilinear`` what its stride asks for.

    >>> size_of("bilinear", Layer(kernel_size=3, stride=2)), size_of("ones", Layer(kernel_size=3, stride=2))
    ((4, 4), (3, 3))
    """
    stride, kernel_size = layer.stride, layer.kernel_size
    return interpolation_size(stride) if name == "bilinear" else kernel_size  # type: ignore[arg-type, return-value]


def kernel(name: str, layer: Layer, seed: int = 0) -> np.ndarray:
    """The kernel of that name, float64 of `size_of`; the same for the same seed.

    Raises KeyError for a name that is not in `KERNELS`, `LayerError` where there is no such kernel (``icnr`` for a
    kernel below its stride, or with a dilation that shares a divisor with it: some phase has no cell).

    >>> kernel("bilinear", Layer(stride=2))[0].tolist()
    [0.0625, 0.1875, 0.1875, 0.0625]
    >>> kernel("icnr", Layer(kernel_size=(1, 4), stride=(1, 2)))[0].tolist()
    [0.637, 0.637, 0.27, 0.27]
    """
    return KERNELS[name](layer, np.random.default_rng(seed))


def _fill(name: str) -> Callable[[Layer, np.random.Generator], np.ndarray]:
    return lambda layer, rng: FILLS[name](size_of(name, layer), 0)


def _random(layer: Layer, rng: np.random.Generator) -> np.ndarray:
    """Numbers between 0 and 1: of both signs, their sum may be next to 0, and the picture would be of noise alone."""
    return np.round(rng.random(size_of("random", layer)), DIGITS)


def _trained_like(layer: Layer, rng: np.random.Generator) -> np.ndarray:
    """A bump, as training makes it for pictures, with noise of a fifth of its height: no two phases are alike."""
    height, width = size_of("trained_like", layer)
    bump = FILLS["bilinear"]((height, width), 0)
    return np.round(bump + 0.2 * bump.max() * rng.standard_normal((height, width)), DIGITS)


def _icnr(layer: Layer, rng: np.random.Generator) -> np.ndarray:
    """Equal phases by initialisation: one random number for each s_h×s_w block, so that a block has each phase once.

    Aitken et al., "Checkerboard artifact free sub-pixel convolution" (arXiv 1707.02937). Rows and columns beyond the
    last whole block are 0, which leaves the phases equal.
    """
    for axis, (k, s, _, _, d) in zip(("height", "width"), layer.axes, strict=True):
        if k < s or gcd(s, d) > 1:
            rule = say(f"rules.empty_phase.{axis}", stride=s, dilation=d)
            raise LayerError("kernel_size", layer.kernel_size, rule)
    (k_h, s_h, *_), (k_w, s_w, *_) = layer.axes
    blocks = np.round(rng.random((k_h // s_h, k_w // s_w)), DIGITS)
    whole = np.repeat(np.repeat(blocks, s_h, axis=0), s_w, axis=1)
    return np.pad(whole, ((0, k_h - len(whole)), (0, k_w - len(whole[0]))))


KERNELS: Mapping[str, Callable[[Layer, np.random.Generator], np.ndarray]] = {
    "ones": _fill("ones"),
    "average": _fill("average"),
    "bilinear": _fill("bilinear"),
    "random": _random,
    "trained_like": _trained_like,
    "icnr": _icnr,
}
"""Name -> kernel(layer, generator) -> (kH, kW). ``bilinear`` is made for dilation 1."""
