"""All channels in small: a letter for each cell, the level of its colour in `explorer.figures.palette.levels`."""

from typing import Any

import numpy as np

from explorer import relation
from explorer.documents.schema import Thumbnails
from explorer.operation import Operation
from explorer.views.kind import bound_of

LEVELS = 21
"""Steps of the colours' scale in a thumbnail."""


def thumbnails(operation: Operation) -> Thumbnails | None:
    """The channels of ``input`` and ``output``, and ``weight`` as a table of its blocks; None for one channel each.

    The table has a row an input channel and a column an output channel, the weight's own order; None in it is a
    block that groups leave out.

    >>> from explorer.operation import run
    >>> from explorer.settings import Settings
    >>> thumbnails(run(Settings.of([[[-1, 0]], [[0.5, 1]]], [[[[1]]], [[[0]]]], groups=2)))["weight"]
    [['u', None], [None, 'k']]
    """
    layer = operation.layer
    if layer.in_channels * layer.out_channels == 1:
        return None
    reached = [relation.outputs_of(layer, ci) for ci in range(layer.in_channels)]
    inputs, weights, outputs = (_letters(array) for array in (operation.input, operation.weight, operation.output))
    return {
        "input": inputs,
        "weight": [
            [weights[ci][cos.index(co)] if co in cos else None for co in range(layer.out_channels)]
            for ci, cos in enumerate(reached)
        ],
        "output": outputs,
    }


def _letters(array: np.ndarray) -> Any:
    """The last two axes as texts, in nested lists of the others; one scale for the whole array."""
    half, bound = LEVELS // 2, bound_of(array)
    shown = np.nan_to_num(array, nan=0.0, posinf=bound, neginf=-bound)
    level = np.rint(shown / bound * half).astype(int) + half
    flat = level.reshape(*array.shape[:-2], -1)

    def text(values: np.ndarray) -> Any:
        return [text(part) for part in values] if values.ndim > 1 else "".join(chr(ord("a") + n) for n in values)

    return text(flat)
