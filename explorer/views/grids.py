"""The grids that several views show: X, K and the canvas of Y, and backward dX and dY."""

import numpy as np

from explorer.afterwards import NO_CROP
from explorer.decimals import number_text
from explorer.operation import Gradient
from explorer.settings import Settings, crop_text, one_dimension, shape_text
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
    bound = bound_of(np.append(shown.steps.sums, shown.operation.settings.biases[shown.view.channel[1]]))
    note = afterwards_note(shown.operation.settings, shown.view.channel[1])
    return Grid(rows, columns, bound, _output_name(shown), output_shape(shown), note)


def afterwards_note(settings: Settings, out_channel: int) -> Phrase | None:
    """What is cropped and added after the layer in an output channel; None where that is nothing.

    >>> afterwards_note(Settings(bias=(0.5,)), 0)
    Phrase(key='grid_notes.then_add', values={'bias': '0.5'})
    """
    crop = crop_text(settings.crop, one_dimension(settings)) if settings.crop != NO_CROP else ""
    bias = number_text(settings.biases[out_channel]) if settings.biases[out_channel] else ""
    values = {name: value for name, value in (("crop", crop), ("bias", bias)) if value}
    keys = {("crop",): "then_crop", ("bias",): "then_add", ("crop", "bias"): "then_crop_and_add"}
    return phrase(f"grid_notes.{keys[tuple(values)]}", **values) if values else None


def output_shape(shown: Shown) -> tuple[int, int, int]:
    """The output's shape (C_out, H', W')."""
    return shown.operation.settings.output_shape


def _output_name(shown: Shown) -> Phrase:
    """The output's name; it names the full canvas where padding or output_padding moves the crop frame."""
    layer, settings = shown.operation.layer, shown.operation.settings
    output, full, canvas = settings.output_size, layer.full_size(settings.size), layer.canvas_size(settings.size)
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
