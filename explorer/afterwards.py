"""What comes after the layer and is no part of it: a crop of each end for itself, and a bias.

``torch.nn.ConvTranspose2d`` crops both ends by one padding; other frameworks cut more at one end (SAME where
kernel_size − stride is odd). Here the output of a layer can be cropped once more, and then a constant is added to each
channel of what is left, also to cells that no stamp reaches.
"""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np

from explorer.arguments import whole
from explorer.layer import LayerError, Pair

Ends = tuple[Pair, Pair]
"""((top, bottom), (left, right)) in cells."""
Block = tuple[int, int, int, int]
"""(top, left, height, width) of a block of cells."""

NO_CROP: Ends = ((0, 0), (0, 0))
MOST_CROP = 16
"""Cells that a page crops at each end at most; the Python functions have no such limit."""
_AXES = ("height", "width")


def checked_crop(crop: Any, size: Pair) -> Ends:
    """The crop of an output of ``size`` (H', W'). Raises `LayerError` where it is none, or leaves no cell.

    >>> checked_crop([[0, 1], [0, 1]], (4, 4))
    ((0, 1), (0, 1))
    >>> checked_crop(((0, 0), (2, 2)), (4, 4))
    Traceback (most recent call last):
    explorer.arguments.LayerError: crop = ((0, 0), (2, 2)): leaves no cell of 4 along the width
    """
    rule = "must be ((top, bottom), (left, right))"
    if not _is_pair(crop) or not all(map(_is_pair, crop)):
        raise LayerError("crop", crop, rule)
    (top, bottom), (left, right) = (tuple(whole("crop", end) for end in ends) for ends in crop)
    ends = ((top, bottom), (left, right))
    if min(top, bottom, left, right) < 0:
        raise LayerError("crop", ends, "each must be at least 0")
    for axis, pair, length in zip(_AXES, ends, size, strict=True):
        if sum(pair) >= length:
            raise LayerError("crop", ends, f"leaves no cell of {length} along the {axis}")
    return ends


def _is_pair(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes)) and len(value) == 2


def checked_bias(bias: Any, channels: int) -> tuple[float, ...]:
    """The bias as a number for each of so many output channels, or nothing where all of them are 0.

    Raises `LayerError` for another count, and for what is no finite number.

    >>> checked_bias([1, 0.5], 2), checked_bias((0, 0), 2)
    ((1.0, 0.5), ())
    """
    try:
        found = tuple(float(value) for value in bias)
    except (TypeError, ValueError):
        raise LayerError("bias", bias, "must be numbers, one for each output channel") from None
    if found and len(found) != channels:
        raise LayerError("bias", found, f"must be {channels}, one for each output channel")
    if not all(map(isfinite, found)):
        raise LayerError("bias", found, "must be finite")
    return tuple(value + 0.0 for value in found) if any(found) else ()


def trimmed(block: Block, crop: Ends) -> Block:
    """A block of cells without what is cropped at its ends.

    >>> trimmed((1, 1, 4, 4), ((0, 1), (2, 0)))
    (1, 3, 3, 2)
    """
    top, left, height, width = block
    (above, below), (before, after) = crop
    return top + above, left + before, height - above - below, width - before - after


def cropped(array: np.ndarray, crop: Ends) -> np.ndarray:
    """The part of an array (…, H', W') that a crop leaves; empty where it leaves nothing.

    >>> cropped(np.arange(4).reshape(2, 2), ((0, 1), (1, 0))).tolist()
    [[1]]
    """
    top, left, height, width = trimmed((0, 0, *array.shape[-2:]), crop)
    return array[..., top : top + max(height, 0), left : left + max(width, 0)]


def with_bias(array: np.ndarray, bias: Sequence[float]) -> np.ndarray:
    """An array (C_out, …) with the channels' numbers added, in its dtype; the array itself where there are none.

    >>> with_bias(np.zeros((2, 1, 1)), (0.5, 1.0)).tolist()
    [[[0.5]], [[1.0]]]
    """
    if not bias:
        return array
    return array + np.array(bias, array.dtype).reshape(-1, *[1] * (array.ndim - 1))


def nearest_crop(crop: Ends, size: Pair) -> Ends:
    """The crop that leaves a cell of an output of ``size``: the end gives way first.

    >>> nearest_crop(((2, 3), (0, 1)), (4, 1))
    ((2, 1), (0, 0))
    """
    found = []
    for (start, end), length in zip(crop, size, strict=True):
        start = min(start, length - 1)
        found.append((start, min(end, length - 1 - start)))
    return found[0], found[1]


def bias_for(bias: Sequence[float], channels: int) -> tuple[float, ...]:
    """The bias of another number of output channels: one number for all stays that, else new channels have 0.

    >>> bias_for((0.5, 0.5), 3), bias_for((0.5, 1.0), 3), bias_for((0.5, 1.0), 1)
    ((0.5, 0.5, 0.5), (0.5, 1.0, 0.0), (0.5,))
    """
    if len(set(bias)) <= 1:
        return tuple(bias[:1]) * channels
    return tuple([*bias, *[0.0] * channels][:channels])
