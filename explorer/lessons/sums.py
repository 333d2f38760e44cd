"""Sums written out: which products a cell is made of."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from explorer import relation
from explorer.decimals import number_text
from explorer.lessons.scene import Scene

Factors = Iterator[tuple[float, float]]


def _joined(rows: np.ndarray, columns: np.ndarray) -> Iterator[tuple[int, int, int, int]]:
    """(i, j, a, b) where both axes agree, input cell by input cell."""
    for i, a in np.argwhere(rows):
        for j, b in np.argwhere(columns):
            yield int(i), int(j), int(a), int(b)


def canvas_terms(scene: Scene, channel: int, row: int, column: int) -> Factors:
    """The factors of every product that lands on a canvas cell: the input's and the kernel's."""
    layer = scene.layer
    rows, columns = relation.landing(layer, scene.size)
    block = channel % (layer.out_channels // layer.groups)
    for c in relation.inputs_of(layer, channel):
        for i, j, a, b in sorted(_joined(rows == row, columns == column)):
            yield scene.operation.input[c, i, j], scene.operation.weight[c, block, a, b]


def output_terms(scene: Scene, channel: int, row: int, column: int) -> Factors:
    """As `canvas_terms`, for a cell of Y."""
    top, left, _, _ = scene.layer.window(scene.size)
    return canvas_terms(scene, channel, row + top, column + left)


def gradient_terms(scene: Scene, channel: int, row: int, column: int) -> Factors:
    """The factors of every product of a cell of dX: those of dY and of the kernel. What padding cropped has none."""
    layer = scene.layer
    top, left, height, width = layer.window(scene.size)
    rows, columns = relation.landing(layer, scene.size)
    for block, out in enumerate(relation.outputs_of(layer, channel)):
        for a, r in enumerate(rows[row] - top):
            for b, c in enumerate(columns[column] - left):
                if 0 <= r < height and 0 <= c < width:
                    yield scene.gradient.upstream[out, r, c], scene.operation.weight[channel, block, a, b]


TERMS: Mapping[str, Callable[[Scene, int, int, int], Factors]] = {
    "sum": output_terms,
    "canvas_sum": canvas_terms,
    "dX_sum": gradient_terms,
    "conv_sum": gradient_terms,
}
"""Sums by the names that a text has for them, at a channel, a row and a column."""
GRID_OF = {"sum": "Y", "canvas_sum": "canvas", "dX_sum": "dX", "conv_sum": "dX"}
"""The grid whose cells they are."""


def written(terms: Factors) -> str:
    """The products with + between them; 0 where there is none.

    >>> written(iter([(1.0, 2.0), (3.0, -4.0)]))
    '1·2 + 3·(−4)'
    """
    return " + ".join(f"{_factor(one)}·{_factor(other)}" for one, other in terms) or number_text(0)


def _factor(value: float) -> str:
    text = number_text(float(value))
    return f"({text})" if value < 0 else text
