"""What each way to the output costs: multiply-adds, those spent on zeros or cropped, and memory.

Counted, not run: how many cells land inside the output is read off the relation, one axis at a time, so that an
input of 256×256 takes microseconds and W is never built.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from explorer import relation
from explorer.afterwards import NO_CROP, Block, Ends, checked_crop, trimmed
from explorer.layer import Layer, LayerError, Pair

NUMBER = 8
"""Bytes of a float64, and of an index of the conv matrix."""


@dataclass(frozen=True)
class Cost:
    """What one way costs, in whole numbers.

    ``multiply_adds`` are all its products, each added to a sum. Of these, ``on_zeros`` have as a factor a zero that the
    way itself put in (around and between the input's cells, or where W has no entry), and ``cropped`` go into cells
    that padding then cuts away. ``numbers`` are those held besides X, K and Y, and ``bytes`` their memory.
    """

    multiply_adds: int
    on_zeros: int
    cropped: int
    numbers: int
    bytes: int


WAYS = ("scatter", "gather", "matrix", "sparse")


def costs(layer: Layer, size: Pair, crop: Ends = NO_CROP) -> dict[str, Cost]:
    """The cost of each of `WAYS` for an input of ``size`` (H, W). Raises `LayerError` where no output is left.

    ``crop`` is what is cut from the layer's output after it: scatter stamps that too, the others leave it out. A bias
    is one addition for each output cell, and is not counted.

    ``scatter`` stamps onto the full canvas, then crops; ``gather`` slides the flipped kernel over the zero-inserted
    input (Dumoulin & Visin, arXiv 1603.07285, section 4.5); ``matrix`` multiplies by a dense Wᵀ (section 4.1),
    ``sparse`` by its entries only: values, columns and row starts.

    >>> costs(Layer(kernel_size=2), (2, 2))["matrix"]
    Cost(multiply_adds=36, on_zeros=20, cropped=0, numbers=36, bytes=288)
    """
    checked_crop(crop, layer.output_size(size))
    window = trimmed(layer.window(size), crop)
    inputs, outputs = layer.in_channels * prod(size), layer.out_channels * prod(window[2:])
    stamped = inputs * prod(layer.weight_shape[1:])
    entries = layer.in_channels * layer.weight_shape[1] * prod(_inside(layer, size, window))
    terms = layer.in_channels // layer.groups * prod(layer.weight_shape[2:])
    spread = prod(n + d * (k - 1) for n, (k, *_, d) in zip(window[2:], layer.axes, strict=True))
    counts = {
        "scatter": (stamped, 0, stamped - entries, layer.out_channels * prod(layer.canvas_size(size))),
        "gather": (outputs * terms, outputs * terms - entries, 0, layer.in_channels * spread),
        "matrix": (inputs * outputs, inputs * outputs - entries, 0, inputs * outputs),
        "sparse": (entries, 0, 0, 2 * entries + inputs + 1),
    }
    return {way: Cost(*count, bytes=NUMBER * count[-1]) for way, count in counts.items()}


def _inside(layer: Layer, size: Pair, window: Block) -> Pair:
    """How many pairs of an input and a kernel cell land inside the output, along the height and along the width."""
    top, left, height, width = window
    rows, columns = relation.landing(layer, size)
    down, across = (
        int(np.count_nonzero((cells >= first) & (cells < first + count)))
        for cells, first, count in ((rows, top, height), (columns, left, width))
    )
    return down, across


def growth(layer: Layer, sides: Sequence[int], crop: Ends = NO_CROP) -> dict[int, dict[str, Cost]]:
    """The costs for a square input of each of these sides, as far as they leave an output; ``crop`` as for `costs`.

    >>> {side: found["sparse"].multiply_adds for side, found in growth(Layer(padding=1), (1, 2, 4)).items()}
    {2: 4, 4: 36}
    """
    found = {}
    for side in sides:
        try:
            found[side] = costs(layer, (side, side), crop)
        except LayerError:  # the padding, or the crop, cuts all of it away
            continue
    return found
