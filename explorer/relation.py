"""THE relation: input cell (i, j) under kernel cell (a, b) lands on canvas cell (i·s + a·d, j·s + b·d).

Everything that is shown about which cell touches which is read off here: stamps, the windows that gather,
and the entries of the conv matrix. Source: Dumoulin & Visin, arXiv 1603.07285,
sections 4.4–4.6; the channels as in the weight layout of ``torch.nn.ConvTranspose2d``.
"""

from typing import NamedTuple

import numpy as np

from explorer.layer import Layer, Pair


class Entries(NamedTuple):
    """The entries of the conv matrix, sorted by row, then by column; three 1-D int arrays of one length."""

    row: np.ndarray
    column: np.ndarray
    weight: np.ndarray
    """Flat index into the weight."""


def landing(layer: Layer, size: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Canvas rows, shape (H, kH), and canvas columns, shape (W, kW), that input cells reach.

    >>> rows, columns = landing(Layer(kernel_size=2, stride=2), (2, 2))
    >>> rows.tolist()
    [[0, 1], [2, 3]]
    """
    rows, columns = (
        np.add.outer(np.arange(n) * s, np.arange(k) * d) for n, (k, s, _, _, d) in zip(size, layer.axes, strict=True)
    )
    return rows, columns


def stamps(layer: Layer, size: Pair) -> np.ndarray:
    """Flat canvas index of each input cell under each kernel cell, shape (H, W, kH, kW).

    Flat in the canvas as it is drawn (`Layer.canvas_size`), and the same for every channel.

    >>> stamps(Layer(kernel_size=2), (2, 2))[1, 0].tolist()
    [[3, 4], [6, 7]]
    """
    rows, columns = landing(layer, size)
    width = layer.canvas_size(size)[1]
    return (rows * width)[:, None, :, None] + columns[None, :, None, :]


def zero_inserted_lines(layer: Layer, size: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Rows (H) and columns (W) of the zero-inserted input, as it is drawn, in which the input's cells lie.

    All other cells of it are zeros that were put in.

    >>> rows, columns = zero_inserted_lines(Layer(kernel_size=1, stride=2), (2, 3))
    >>> rows.tolist(), columns.tolist()
    ([0, 2], [0, 2, 4])
    """
    rows, columns = (
        first + s * np.arange(n) for n, first, (_, s, _, _, _) in zip(size, layer.first_cell, layer.axes, strict=True)
    )
    return rows, columns


def windows(layer: Layer, size: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Zero-inserted rows (canvas height, kH) and columns (canvas width, kW) under each kernel cell at each canvas cell.

    The relation read backwards: canvas row r under kernel row a meets row r − a·d, an input row where that is i·s.
    Rows as drawn, −1 beyond them; only cropped canvas cells have such.

    >>> rows, columns = windows(Layer(kernel_size=2, stride=2), (2, 2))
    >>> rows.tolist()
    [[1, 0], [2, 1], [3, 2], [4, 3]]
    """
    found = []
    for length, drawn, first, (k, _, _, _, d) in zip(
        layer.canvas_size(size), layer.zero_inserted_size(size), layer.first_cell, layer.axes, strict=True
    ):
        met = first + np.subtract.outer(np.arange(length), np.arange(k) * d)
        found.append(np.where((met >= 0) & (met < drawn), met, -1))
    return found[0], found[1]


def outputs_of(layer: Layer, in_channel: int) -> range:
    """The output channels that an input channel reaches: those of its group.

    >>> outputs_of(Layer(in_channels=4, out_channels=6, groups=2), 3)
    range(3, 6)
    """
    per_group = layer.out_channels // layer.groups
    first = in_channel // (layer.in_channels // layer.groups) * per_group
    return range(first, first + per_group)


def inputs_of(layer: Layer, out_channel: int) -> range:
    """The input channels that reach an output channel: those of its group.

    >>> inputs_of(Layer(in_channels=4, out_channels=6, groups=2), 3)
    range(2, 4)
    """
    per_group = layer.in_channels // layer.groups
    first = out_channel // (layer.out_channels // layer.groups) * per_group
    return range(first, first + per_group)


def entries(layer: Layer, size: Pair) -> Entries:
    """Row, column and weight index of every entry of the conv matrix for an input of ``size`` (H, W).

    A row is an input cell (C_in·H·W of them), a column an output cell (C_out·H'·W'). What padding
    crops has no column; a kernel cell of value 0 is an entry all the same.

    >>> entries(Layer(kernel_size=2, padding=1), (2, 2)).weight.tolist()
    [3, 2, 1, 0]
    """
    top, left, height, width = layer.window(size)
    rows, columns = landing(layer, size)
    rows, columns = rows - top, columns - left
    blocks = np.array([outputs_of(layer, ci) for ci in range(layer.in_channels)]) * (height * width)
    shape = (layer.in_channels, *size, *layer.weight_shape[1:])  # (C_in, H, W, C_out/groups, kH, kW)
    column = (
        blocks[:, None, None, :, None, None]
        + (rows * width)[None, :, None, None, :, None]
        + columns[None, None, :, None, None, :]
    ).ravel()
    weight = np.arange(np.prod(layer.weight_shape)).reshape(layer.in_channels, 1, 1, *layer.weight_shape[1:])
    weight = np.broadcast_to(weight, shape).ravel()
    row = np.repeat(np.arange(layer.in_channels * size[0] * size[1]), np.prod(layer.weight_shape[1:]))
    down, across = (rows >= 0) & (rows < height), (columns >= 0) & (columns < width)
    if down.all() and across.all():
        return Entries(row, column, weight)
    kept = np.broadcast_to(down[None, :, None, None, :, None] & across[None, None, :, None, None, :], shape).ravel()
    return Entries(row[kept], column[kept], weight[kept])
