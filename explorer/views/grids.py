"""The grids that several views show: X, K and the canvas of Y, and backward dX and dY."""

import numpy as np

from explorer.operation import Gradient
from explorer.settings import Settings, shape_text
from explorer.views.kind import Grid, Phrase, Shown, bound_of, phrase


def input_cells(settings: Settings) -> int:
    """How many cells the input has, all channels together.

    >>> input_cells(Settings())
    4
    """
    return settings.layer.in_channels * settings.size[0] * settings.size[1]


def _grid_of(values: np.ndarray, key: str) -> Grid:
    """A grid that shows one channel, or one block, of an array."""
    rows, columns = values.shape[-2:]
    return Grid(rows, columns, bound_of(values), phrase(key), values.shape)


def input_grid(shown: Shown) -> Grid:
    """The shown channel of the input."""
    return _grid_of(shown.operation.input, "grids.input")


def kernel_grid(shown: Shown) -> Grid:
    """The kernel between the shown channels."""
    return _grid_of(shown.operation.weight, "grids.kernel")


def output_grid(shown: Shown) -> Grid:
    """The canvas of the shown output channel; its colours hold for the sums of every step."""
    rows, columns = shown.steps.canvas.shape
    return Grid(rows, columns, bound_of(shown.steps.sums), _output_name(shown), output_shape(shown))


def output_shape(shown: Shown) -> tuple[int, int, int]:
    """The output's shape (C_out, H', W')."""
    layer = shown.operation.layer
    return layer.out_channels, *layer.output_size(shown.operation.settings.size)


def _output_name(shown: Shown) -> Phrase:
    """The output's name; it names the full canvas where padding or output_padding moves the crop frame."""
    layer, size = shown.operation.layer, shown.operation.settings.size
    output, full, canvas = layer.output_size(size), layer.full_size(size), layer.canvas_size(size)
    if output == canvas == full:
        return phrase("grids.output")
    return phrase(f"grids.{'cropped' if canvas == full else 'extended'}", canvas=shape_text(full))


def gradient_of(shown: Shown) -> Gradient:
    """The gradient that a backward view shows. Raises ValueError where none was computed."""
    if shown.gradient is None:
        raise ValueError(shown.view)
    return shown.gradient


def gradient_grid(shown: Shown) -> Grid:
    """The gradient dX of the shown input channel."""
    return _grid_of(gradient_of(shown).result, "grids.gradient")


def upstream_grid(shown: Shown) -> Grid:
    """The upstream gradient dY on the canvas of the shown output channel; the note names its fill, or own numbers."""
    rows, columns = shown.steps.canvas.shape
    own = bool(shown.view.upstream_values)
    note = phrase("grid_notes.own") if own else phrase(f"stage.fills.{shown.view.upstream}")
    bound = bound_of(gradient_of(shown).upstream)
    return Grid(rows, columns, bound, phrase("grids.upstream"), output_shape(shown), note)
