"""The relation written down a second time, cell by cell, for tests to compare with."""

import numpy as np

from explorer.relation import inputs_of


def gather(layer, size, out_channel, row, column):
    """(in_channel, i, j, a, b) of each product that a canvas cell of an output channel sums, in input order."""
    (kh, sh, _, _, dh), (kw, sw, _, _, dw) = layer.axes
    return [
        (ci, i, j, a, b)
        for ci in inputs_of(layer, out_channel)
        for i, j, a, b in np.ndindex(*size, kh, kw)
        if (i * sh + a * dh, j * sw + b * dw) == (row, column)
    ]


def overlap_count(layer, size):
    """How many stamps of one input channel cover each canvas cell."""
    first = inputs_of(layer, 0)[0]
    counts = np.zeros(layer.canvas_size(size), int)
    for cell in np.ndindex(counts.shape):
        counts[cell] = sum(term[0] == first for term in gather(layer, size, 0, *cell))
    return counts


def zero_inserted_cells(layer, size):
    """Flat input index of each cell of the zero-inserted input as it is drawn, −1 for a zero that was put in."""
    cells = np.full(layer.zero_inserted_size(size), -1)
    (_, sh, _, _, _), (_, sw, _, _, _) = layer.axes
    top, left = layer.first_cell
    for i, j in np.ndindex(*size):
        cells[top + i * sh, left + j * sw] = i * size[1] + j
    return cells


def channel_block(operation, in_channel, out_channel):
    """The dense block (H·W, H'·W') of W that joins one input with one output channel."""
    rows = operation.settings.size[0] * operation.settings.size[1]
    columns = operation.conv_matrix.shape[1] // operation.layer.out_channels
    below, right = in_channel * rows, out_channel * columns
    return operation.conv_matrix[below : below + rows, right : right + columns].toarray()
