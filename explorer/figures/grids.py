"""Plotly figures of one grid each: input, kernel, full canvas with its crop frame, W, Wᵀ and vectors.

Every function is pure and returns a figure as Plotly's own JSON (a dict): twenty times quicker to build
than ``plotly.graph_objects.Figure``, which takes it as it is (https://plotly.com/python/figure-structure/).

>>> import plotly.graph_objects as go
>>> from explorer.operation import run
>>> from explorer.settings import Settings
>>> go.Figure(input_figure(run(Settings()))).data[0].name
'input'
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from explorer.figures.palette import COLOURED_POSITIONS, LIGHT, Palette
from explorer.fills import UPSTREAM
from explorer.operation import Operation
from explorer.settings import pair_text
from explorer.text import say

Figure = dict[str, Any]


def number_text(value: float) -> str:
    """A number as a cell shows it: whole from 9999.5 to 10⁷ and where it is whole, else to four significant digits.

    >>> [number_text(v) for v in (2.0, -0.36708, 12345.6, 1234567890.0, 1e-9)]
    ['2', '−0.3671', '12346', '1.235e+9', '1e-9']
    """
    if not np.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "?"
    if abs(value) < 1e7 and (value == int(value) or abs(value) >= 9999.5):
        text = f"{value + 0.0:.0f}"
    else:
        text = f"{value:.4g}".replace("e+0", "e+").replace("e-0", "e-")
    return text.replace("-", "−", 1) if text.startswith("-") else text


def shape_text(shape: Sequence[int]) -> str:
    """
    >>> shape_text((1, 2, 2))
    '1×2×2'
    """
    return "×".join(map(str, shape))


def bare_figure(name: str, rows: int, columns: int, bound: float, palette: Palette = LIGHT) -> Figure:
    """A heatmap trace ``name`` still without values, its cells filling the whole figure; no text, no axes.

    The colours run from −bound to bound.
    """
    clear = "rgba(0,0,0,0)"
    return {
        "data": [
            {
                "type": "heatmap",
                "name": name,
                "z": [],
                "zmin": -(bound or 1.0),
                "zmax": bound or 1.0,
                "colorscale": palette.colorscale,
                "showscale": False,
                "hoverinfo": "skip",
                "xgap": 2,
                "ygap": 2,
            }
        ],
        "layout": {
            "margin": {"l": 0, "t": 0, "r": 0, "b": 0},
            "paper_bgcolor": clear,
            "plot_bgcolor": clear,
            "xaxis": {"range": [-0.5, columns - 0.5], "visible": False, "fixedrange": True},
            "yaxis": {"range": [rows - 0.5, -0.5], "visible": False, "fixedrange": True},
        },
    }


def grid_figure(
    name: str, values: np.ndarray, title: str, palette: Palette = LIGHT, bound: float | None = None
) -> Figure:
    """The heatmap ``name`` of the 2-D ``values`` with a title, indices and a number in each cell; NaN is empty."""
    rows, columns = values.shape
    cells = [[None if np.isnan(v) else v for v in row] for row in values.tolist()]
    figure = bare_figure(name, rows, columns, largest(values) if bound is None else bound, palette)
    figure["data"][0] |= {
        "z": cells,
        "text": [["" if v is None else number_text(v) for v in row] for row in cells],
        "texttemplate": "%{text}",
        "textfont": {"color": palette.text},
    }
    shown = {"visible": True, "dtick": 1, "showgrid": False, "zeroline": False, "constrain": "domain"}
    layout = figure["layout"]
    layout["xaxis"] |= {**shown, "side": "top"}
    layout["yaxis"] |= {**shown, "scaleanchor": "x"}
    return figure | {
        "layout": layout
        | {
            "title": {"text": title},
            "font": {"color": palette.text},
            "paper_bgcolor": palette.background,
            "plot_bgcolor": palette.background,
            "shapes": [],
            "margin": {"l": 24, "t": 64, "r": 8, "b": 8},
        }
    }


def titles(operation: Operation, upstream: str = UPSTREAM[0]) -> dict[str, str]:
    """What each grid is, and its size, by its trace's name.

    The output's is the full canvas where padding or output_padding moves the crop frame.
    """
    layer, size = operation.layer, operation.settings.size
    out, full, canvas = layer.output_size(size), layer.full_size(size), layer.canvas_size(size)
    moved = "output" if out == canvas == full else "cropped" if canvas == full else "extended"
    rows, columns = operation.conv_matrix.shape
    shape = shape_text((layer.out_channels, *out))
    return {
        "input": say("grids.input", shape=shape_text(operation.input.shape)),
        "kernel": say("grids.kernel", shape=shape_text(operation.weight.shape)),
        "output": say(f"grids.{moved}", shape=shape, canvas=shape_text(full)),
        "W": say("grids.W", shape=f"{rows}×{columns}"),
        "WT": say("grids.WT", shape=f"{columns}×{rows}"),
        "vec_input": say("grids.vec_input"),
        "vec_output": say("grids.vec_output"),
        "zero_inserted": say(
            "grids.zero_inserted",
            shape=shape_text(layer.zero_inserted_window(size)[2:]),
            border=pair_text(layer.border),
        ),
        "flipped": say("grids.flipped"),
        "gradient": say("grids.gradient", shape=shape_text(operation.input.shape)),
        "upstream": say(
            "grids.upstream", fill=say(f"stage.fills.{upstream}"), shape=shape_text((layer.out_channels, *out))
        ),
        "vec_gradient": say("grids.vec_gradient"),
        "vec_upstream": say("grids.vec_upstream"),
    }


def input_figure(operation: Operation, channel: int = 0, palette: Palette = LIGHT) -> Figure:
    """One channel of the input X, as the heatmap ``input``."""
    return grid_figure("input", operation.input[channel], titles(operation)["input"], palette, largest(operation.input))


def kernel_figure(operation: Operation, in_channel: int = 0, block: int = 0, palette: Palette = LIGHT) -> Figure:
    """The kernel block of one input channel and of output channel ``block`` of its group, as the heatmap ``kernel``."""
    values = operation.weight
    return grid_figure("kernel", values[in_channel, block], titles(operation)["kernel"], palette, largest(values))


def output_figure(
    operation: Operation, out_channel: int = 0, step: int | None = None, palette: Palette = LIGHT
) -> Figure:
    """One output channel on its full canvas, as the heatmap ``output``, with the crop frame.

    ``step`` None shows everything done; step n the sum after n stamps, with the n-th stamp outlined.
    """
    steps = operation.scatter_steps(out_channel)
    canvas = np.zeros(steps.canvas.size)
    last = len(steps.sums) if step is None else step
    per_channel = steps.cells.shape[0] * steps.cells.shape[1]
    landed = steps.cells.reshape(per_channel, -1)
    for index in range(last):
        if not np.isnan(steps.sums[index]).any():
            canvas[landed[index % per_channel]] = steps.sums[index]
    shown = canvas.reshape(steps.canvas.shape)
    figure = grid_figure("output", shown, titles(operation)["output"], palette, largest(steps.sums))
    top, left, height, width = operation.layer.window(operation.settings.size)
    shapes = figure["layout"]["shapes"]
    if (height, width) != steps.canvas.shape:
        shapes.append(_outline(top, left, height, width, palette.frame, "dash"))
    if step and not np.isnan(steps.sums[step - 1]).any():
        colours = position_colours(operation, palette)
        for index, colour in zip(landed[(step - 1) % per_channel], colours, strict=True):
            row, column = divmod(int(index), steps.canvas.shape[1])
            shapes.append(_outline(row, column, 1, 1, colour, "solid"))
    return figure


def position_colours(operation: Operation, palette: Palette = LIGHT) -> list[str]:
    """A colour for each kernel position, row by row; all the same beyond `COLOURED_POSITIONS`."""
    count = operation.weight.shape[2] * operation.weight.shape[3]
    return list(palette.kernel[:count]) if count <= COLOURED_POSITIONS else [palette.traced] * count


def conv_matrix_figure(
    operation: Operation, in_channel: int = 0, out_channel: int = 0, transposed: bool = False, palette: Palette = LIGHT
) -> Figure:
    """The block of W (heatmap ``W``), or of Wᵀ (``WT``), that joins one input with one output channel."""
    block = channel_block(operation, in_channel, out_channel)
    values = block.T if transposed else block
    name = "WT" if transposed else "W"
    return grid_figure(name, values, titles(operation)[name], palette, largest(operation.weight))


def channel_block(operation: Operation, in_channel: int, out_channel: int) -> np.ndarray:
    """The dense block (H·W, H'·W') of W that joins one input with one output channel."""
    rows = operation.settings.size[0] * operation.settings.size[1]
    columns = operation.conv_matrix.shape[1] // operation.layer.out_channels
    below, right = in_channel * rows, out_channel * columns
    return operation.conv_matrix[below : below + rows, right : right + columns].toarray()


def vector_figure(name: str, values: np.ndarray, palette: Palette = LIGHT) -> Figure:
    """vec(X) (``vec_input``) or vec(Y) (``vec_output``): a grid row by row, as one column."""
    return grid_figure(name, values.reshape(-1, 1), say(f"grids.{name}"), palette)


def method_figure(operation: Operation, method: str, out_channel: int = 0, palette: Palette = LIGHT) -> Figure:
    """One output channel as one method gave it, from that method's own array. The method must have given one."""
    output = operation.results[method].output
    if output is None:
        raise ValueError(operation.results[method].error)
    return grid_figure(method, output[out_channel], say(f"methods.{method}"), palette, largest(output))


def largest(values: np.ndarray) -> float:
    """The largest magnitude: the colours are centred on 0."""
    return float(np.nanmax(np.abs(values), initial=0.0))


def _outline(top: int, left: int, height: int, width: int, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": left - 0.5,
        "x1": left + width - 0.5,
        "y0": top - 0.5,
        "y1": top + height - 0.5,
        "line": {"color": colour, "width": 3, "dash": dash},
    }
