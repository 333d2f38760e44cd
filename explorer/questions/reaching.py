"""Which cells reach an output cell: what the relation says, and what people believe instead."""

from collections.abc import Callable, Mapping
from itertools import product

from explorer.layer import Layer, Pair
from explorer.settings import Settings

Links = list[tuple[int, int]]
"""Along one axis: (input index, kernel index) of each product."""


def _links(n: int, k: int, is_met: Callable[[int, int], bool]) -> Links:
    return [(i, a) for i, a in product(range(n), range(k)) if is_met(i, a)]


def _flipped(n: int, k: int, s: int, p: int, d: int, at: int) -> Links:
    """The kernel lies over the zero-inserted input as it is, not flipped."""
    return [(i, k - 1 - a) for i, a in _links(n, k, lambda i, a: i * s + a * d == at)]


def _aligned(n: int, k: int, s: int, p: int, d: int, at: int) -> Links:
    """The stamp that begins last: its cell alone."""
    i = min(at // s, n - 1)
    return _links(n, k, lambda one, a: one == i and i * s + a * d == at)


AXES: Mapping[str, Callable[[int, int, int, int, int, int], Links]] = {
    "right": lambda n, k, s, p, d, at: _links(n, k, lambda i, a: i * s + a * d == at),
    "no_flip": _flipped,
    "window": lambda n, k, s, p, d, at: _links(n, k, lambda i, a: i == (at - p) * s - p + a * d),
    "aligned_only": _aligned,
    "stride_forgotten": lambda n, k, s, p, d, at: _links(n, k, lambda i, a: i + a * d == at),
    "dilation_forgotten": lambda n, k, s, p, d, at: _links(n, k, lambda i, a: i * s + a == at),
    "padding_forgotten": lambda n, k, s, p, d, at: _links(n, k, lambda i, a: i * s + a * d == at - p),
}
"""Name -> links(n, k, stride, padding, dilation, canvas index) along one axis: what is right, and mistakes.

``window`` is the ordinary convolution's: the window that begins at the output cell. Of ``padding_forgotten`` the
output's cell is looked for at its place in the canvas.

>>> AXES["right"](2, 2, 1, 0, 1, 1), AXES["window"](2, 2, 1, 0, 1, 1)
([(0, 1), (1, 0)], [(1, 0)])
"""

PICKS = ("input", "kernel", "W")
"""The grids whose cells are picked."""


def picked(settings: Settings, place: Pair, pick: str, name: str) -> frozenset[str]:
    """The names of the cells that, by a name of `AXES`, contribute to the canvas cell at ``place`` (row, column).

    Between one input and one output channel. Of W the entries in the output cell's column.

    >>> sorted(picked(Settings(), (1, 0), "input", "right"))
    ['input:0,0,0', 'input:0,1,0']
    >>> sorted(picked(Settings(), (1, 0), "W", "right"))
    ['W:0,3', 'W:2,3']
    """
    layer, size = settings.layer, settings.size
    rows, columns = (
        AXES[name](n, k, s, p, d, at) for n, (k, s, p, _, d), at in zip(size, layer.axes, place, strict=True)
    )
    found = product(rows, columns)
    if pick == "kernel":
        return frozenset(f"kernel:0,0,{a},{b}" for (_, a), (_, b) in found)
    inputs = {(i, j) for (i, _), (j, _) in found}
    if pick == "input":
        return frozenset(f"input:0,{i},{j}" for i, j in inputs)
    column = column_of(layer, size, place)
    return frozenset(f"W:{i * size[1] + j},{column}" for i, j in inputs)


def column_of(layer: Layer, size: Pair, place: Pair) -> int:
    """The column of W that belongs to a canvas cell inside the output.

    >>> column_of(Layer(padding=1), (2, 2), (1, 1))
    0
    """
    top, left, _, width = layer.window(size)
    return (place[0] - top) * width + place[1] - left


def everything(settings: Settings, place: Pair, pick: str) -> frozenset[str]:
    """All cells of a grid; of W the whole column of the output cell."""
    (height, width), (rows, columns) = settings.size, settings.layer.weight_shape[2:]
    if pick == "kernel":
        return frozenset(f"kernel:0,0,{a},{b}" for a, b in product(range(rows), range(columns)))
    if pick == "input":
        return frozenset(f"input:0,{i},{j}" for i, j in product(range(height), range(width)))
    column = column_of(settings.layer, settings.size, place)
    return frozenset(f"W:{row},{column}" for row in range(height * width))


def row_of_w(settings: Settings, place: Pair) -> frozenset[str]:
    """The entries of the row of W that has the number of the output cell's column; empty where there is none.

    >>> sorted(row_of_w(Settings(), (0, 1)))
    ['W:1,1', 'W:1,2', 'W:1,4', 'W:1,5']
    """
    from_row = column_of(settings.layer, settings.size, place)
    height, width = settings.size
    if from_row >= height * width:
        return frozenset()
    layer = settings.layer
    top, left, rows, columns = layer.window(settings.size)
    i, j = divmod(from_row, width)
    (kernel_rows, s_h, _, _, d_h), (kernel_columns, s_w, _, _, d_w) = layer.axes
    met = (
        (i * s_h + a * d_h - top, j * s_w + b * d_w - left)
        for a, b in product(range(kernel_rows), range(kernel_columns))
    )
    return frozenset(f"W:{from_row},{r * columns + c}" for r, c in met if 0 <= r < rows and 0 <= c < columns)


def wrong_cells(settings: Settings, place: Pair, pick: str) -> dict[str, frozenset[str]]:
    """The cells that each mistake picks, only where they are some and not the right ones.

    >>> sorted(wrong_cells(Settings(), (0, 0), "kernel")["no_flip"])
    ['kernel:0,0,1,1']
    """
    found = {name: picked(settings, place, pick, name) for name in AXES}
    right = found.pop("right")
    found["everything"] = everything(settings, place, pick)
    if pick == "W":
        found["row_for_column"] = row_of_w(settings, place)
    return {name: cells for name, cells in found.items() if cells and cells != right}
