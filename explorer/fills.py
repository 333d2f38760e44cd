"""Numbers for a whole grid in one click. A fill is a pure function of the shape, and where it is random of the seed."""

from collections.abc import Callable, Mapping, Sequence
from math import comb
from typing import NamedTuple

import numpy as np

Fill = Callable[[Sequence[int], int], np.ndarray]


class Seeds(NamedTuple):
    """The seeds of X, K and dY; None where the grid is not random."""

    input: int | None = None
    kernel: int | None = None
    upstream: int | None = None


def _diagonal(block: np.ndarray, shape: Sequence[int]) -> np.ndarray:
    """The block for every channel; between several channels of a kernel only where they are the same."""
    filled = np.zeros(shape)
    if len(shape) < 4:
        filled[:] = block
        return filled
    for channel in range(shape[0]):
        filled[channel, channel % shape[1]] = block
    return filled


def _impulse(shape: Sequence[int], seed: int) -> np.ndarray:
    block = np.zeros(shape[-2:])
    block[(shape[-2] - 1) // 2, (shape[-1] - 1) // 2] = 1
    return _diagonal(block, shape)


def _bilinear(shape: Sequence[int], seed: int) -> np.ndarray:
    """The weights that upsample linearly at stride ⌈k/2⌉ (Long, Shelhamer & Darrell, arXiv 1411.4038)."""

    def ramp(length: int) -> np.ndarray:
        factor = (length + 1) // 2
        return 1 - np.abs(np.arange(length) - (length - 1) / 2) / factor

    return _diagonal(np.outer(ramp(shape[-2]), ramp(shape[-1])), shape)


def _sobel(shape: Sequence[int], seed: int) -> np.ndarray:
    """Smoothed down, derived across: binomial numbers, at 3×3 the operator's own."""

    def smooth(length: int) -> np.ndarray:
        return np.array([comb(length - 1, n) for n in range(length)], float)

    across = shape[-1]
    derived = np.convolve(smooth(across - 1), [-1, 1]) if across > 1 else np.zeros(1)
    return np.broadcast_to(np.outer(smooth(shape[-2]), derived), shape).copy()


FILLS: Mapping[str, Fill] = {
    "zeros": lambda shape, seed: np.zeros(shape),
    "ones": lambda shape, seed: np.ones(shape),
    "arange": lambda shape, seed: np.arange(np.prod(shape), dtype=float).reshape(shape),
    "impulse": _impulse,
    "identity": lambda shape, seed: _diagonal(np.eye(shape[-2], shape[-1]), shape),
    "checkerboard": lambda shape, seed: np.broadcast_to(np.indices(shape[-2:]).sum(0) % 2 * 1.0, shape).copy(),
    "random": lambda shape, seed: np.random.default_rng(seed).integers(-4, 5, shape).astype(float),
    "bilinear": _bilinear,
    "average": lambda shape, seed: np.full(shape, 1 / (shape[-2] * shape[-1])),
    "sobel": _sobel,
}
"""Name -> fill(shape, seed) -> float64 array of that shape, (C, H, W) or (C_in, C_out // groups, kH, kW).

>>> FILLS["sobel"]((1, 1, 3, 3), 0)[0, 0].astype(int).tolist()
[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
>>> FILLS["bilinear"]((1, 1, 4, 4), 0)[0, 0, 0].tolist()
[0.0625, 0.1875, 0.1875, 0.0625]
"""

UPSTREAM = ("arange", "ones", "impulse", "checkerboard", "random")
"""The fills that an upstream gradient may take; the first is the notebook's V of cells 14 to 16."""
