"""What a layer does to a constant input: how many stamps meet where, the response, and where its interior is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explorer import relation
from explorer.layer import Layer, LayerError, Pair
from explorer.methods import METHODS
from explorer.upsampling.phases import spread

Span = tuple[int, int]
"""The first index, and the one after the last; empty where they are equal."""


def overlap_count(layer: Layer, size: Pair) -> np.ndarray:
    """How many stamps of one input channel of ``size`` (H, W) reach each cell of the canvas as drawn, int.

    >>> overlap_count(Layer(kernel_size=3, stride=2), (2, 2)).tolist()[2]
    [2, 2, 4, 2, 2]
    """
    down, across = (
        np.bincount(cells.ravel(), minlength=length)
        for cells, length in zip(relation.landing(layer, size), layer.canvas_size(size), strict=True)
    )
    return np.outer(down, across)


def interior(layer: Layer, size: Pair, within: tuple[Span, Span] | None = None) -> tuple[Span, Span]:
    """The rows and the columns of the output that the input's border does not reach, as two half-open spans.

    An axis of n input cells: the cell after the last stamps from canvas cell s·n on, the one before the first up to
    −s + d(k−1). What lies between is the same as in an input without end. ``within``: the rows and columns of the input
    that count as inside, where the input is itself an output (`stacked`); default: all of it.

    >>> interior(Layer(kernel_size=3, stride=2, padding=1), (4, 4))
    ((0, 7), (0, 7))
    >>> interior(Layer(kernel_size=5, stride=2), (1, 9))
    ((3, 3), (3, 18))
    """
    spans = []
    for (first, end), (k, s, p, _, d), length in zip(
        within or ((0, size[0]), (0, size[1])), layer.axes, layer.output_size(size), strict=True
    ):
        begin = min(max(s * (first - 1) + d * (k - 1) + 1 - p, 0), length)
        after = min(max(s * end - p, begin), length)
        spans.append((begin, after if end > first else begin))
    rows, columns = spans
    return rows, columns


def constant_response(weight: ArrayLike, layer: Layer, size: Pair, constants: ArrayLike | None = None) -> np.ndarray:
    """The output (C_out, H', W') for an input of ``size`` (H, W) with one constant (C_in,) a channel; default: ones.

    Raises `LayerError` where the weight does not fit the layer, or no output is left.

    >>> constant_response(np.ones((1, 1, 3, 3)), Layer(kernel_size=3, stride=2), (3, 3))[0, 2].astype(int).tolist()
    [2, 2, 4, 2, 4, 2, 2]
    """
    given = np.ones(layer.in_channels) if constants is None else np.asarray(constants, float)
    x = np.broadcast_to(given[:, None, None], (layer.in_channels, *size))
    return METHODS["zero_insertion"](x, layer.checked_weight(weight).astype(np.float64), layer)


@dataclass(frozen=True)
class StackedOutput:
    """One layer's ``output`` (C_out, H', W') in a row of layers over a constant input, and its ``interior``.

    ``low``, ``high`` and ``spread`` (see `phases.spread`) are over the interior of all channels; None where it is
    empty, the spread also where the mean is 0.
    """

    output: np.ndarray
    interior: tuple[Span, Span]
    low: float | None
    high: float | None
    spread: float | None


def stacked(layers: Sequence[tuple[ArrayLike, Layer]], size: Pair) -> list[StackedOutput]:
    """What each of several transposed convolutions in a row makes of an input of ones, (weight, layer) each.

    Where a layer is uneven, the next one multiplies what it is given: a period of s becomes one of s·s, with more and
    more values. Raises `LayerError` where the channels of a layer are not those of the one before.

    >>> ones = (np.ones((1, 1, 3, 3)), Layer(kernel_size=3, stride=2))
    >>> [int(made.high) for made in stacked([ones, ones], (4, 4))]
    [4, 9]
    """
    made: list[StackedOutput] = []
    x, inside = np.ones((layers[0][1].in_channels, *size)) if layers else np.ones((1, *size)), None
    for weight, layer in layers:
        if layer.in_channels != len(x):
            raise LayerError("in_channels", layer.in_channels, f"must be {len(x)}, the channels of the layer before")
        inside = interior(layer, (x.shape[1], x.shape[2]), inside)
        x = METHODS["zero_insertion"](x, layer.checked_weight(weight).astype(np.float64), layer)
        (top, below), (left, right) = inside
        seen = x[:, top:below, left:right]
        if seen.size:
            made.append(StackedOutput(x, inside, float(seen.min()), float(seen.max()), spread(seen)))
        else:
            made.append(StackedOutput(x, inside, None, None, None))
    return made
