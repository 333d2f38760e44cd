"""The pieces that wrong results are made of: the full canvas, a window of it, and when two grids are the same."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from explorer.afterwards import with_bias
from explorer.layer import Layer, LayerError, Pair
from explorer.methods import METHODS
from explorer.settings import Settings

EPS = float(np.finfo(float).eps)


def arrays(settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """X (C_in, H, W) and K (C_in, C_out // groups, kH, kW)."""
    return np.array(settings.input), np.array(settings.weight)


def transposed(x: np.ndarray, k: np.ndarray, layer: Layer, **changed: Any) -> np.ndarray | None:
    """The transposed convolution of other grids under other hyper-parameters; None where torch refuses them.

    >>> transposed(np.ones((1, 1, 2)), np.ones((1, 1, 1, 2)), Layer(kernel_size=(1, 2)), stride=(1, 2)).tolist()
    [[[1.0, 1.0, 1.0, 1.0]]]
    """
    try:
        return METHODS["naive"](x, k, replace(layer, kernel_size=k.shape[2:], **changed))
    except LayerError:
        return None


def full_canvas(settings: Settings) -> np.ndarray:
    """The canvas (C_out, height, width) on which every stamp fits whole, before anything is cropped; with the bias.

    >>> full_canvas(Settings()).astype(int).tolist()
    [[[0, 0, 1], [0, 4, 6], [4, 12, 9]]]
    """
    x, k = arrays(settings)
    return with_bias(METHODS["naive"](x, k, replace(settings.layer, padding=0, output_padding=0)), settings.bias)


def window(canvas: np.ndarray, first: Pair, size: Pair) -> np.ndarray:
    """The part of a canvas (…, height, width) that begins at ``first`` and has ``size``; 0 where it lies beyond.

    >>> window(np.array([[1, 2], [3, 4]]), (-1, 1), (2, 2)).tolist()
    [[0, 0], [2, 0]]
    """
    found = np.zeros((*canvas.shape[:-2], *size), canvas.dtype)
    here, there = [], []
    for begin, length, most in zip(first, size, canvas.shape[-2:], strict=True):
        low, high = max(begin, 0), max(min(begin + length, most), max(begin, 0))
        there.append(slice(low, high))
        here.append(slice(low - begin, high - begin))
    found[..., here[0], here[1]] = canvas[..., there[0], there[1]]
    return found


@lru_cache(maxsize=256)
def tolerance(settings: Settings) -> float:
    """How far two sums of the settings' products may differ by rounding alone: 0 for whole numbers.

    As in `explorer.operation.Agreement`, with the largest Σ|terms| of all cells.

    >>> tolerance(Settings())
    0.0
    """
    x, k = arrays(settings)
    bias = np.array(settings.bias)
    size = float(np.abs(x).sum() * np.abs(k).sum() + np.abs(bias).max(initial=0.0))
    whole = all((one == np.round(one)).all() for one in (x, k, bias))
    return 0.0 if whole and size * EPS < 1 else 16 * EPS * size


def is_same(one: np.ndarray, other: np.ndarray, within: float) -> bool:
    """Whether two grids have one shape and differ by no more than ``within`` anywhere.

    >>> is_same(np.zeros((1, 2)), np.zeros((2, 1)), 1), is_same(np.zeros(2), np.ones(2), 1)
    (False, True)
    """
    return one.shape == other.shape and bool((np.abs(one - other) <= within).all())
