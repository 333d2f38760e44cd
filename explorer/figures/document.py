"""The stage's whole input as one JSON document: figures, link tables and texts. An HTML file could carry it too.

All numbers come from the operation and all links from the relation; the stage only looks up and lays out.
"""

from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np

from explorer import relation
from explorer.figures.facts import about, agreement, first_results, formula, frame
from explorer.figures.grids import bare_figure, largest, number_text, titles
from explorer.figures.palette import COLOURED_POSITIONS, PALETTES, levels
from explorer.figures.thumbnails import thumbnails
from explorer.fills import UPSTREAM
from explorer.operation import Gradient, Operation
from explorer.text import say, texts
from explorer.views import VIEWS, View, last_step

LARGEST_SECOND = 20_000
"""Beside Wᵀ stands W too, as long as its shown block has at most so many numbers; backward shows W alone."""


def document(operation: Operation, view: View, precision: str = "") -> dict[str, Any]:
    """What the stage draws for an operation seen through a view; JSON-ready, no NaN in it.

    With a ``precision`` each method's own result is shown, computed in it.

    Steps are given for the shown output channel: canvas cells, products and sums under each kernel cell.
    Its size stays small: W as its non-zero entries (row, column, kernel cell) of the shown block.

    >>> from explorer.operation import run
    >>> from explorer.settings import Settings
    >>> document(run(Settings()), View())["sums"][3]
    [4.0, 6.0, 12.0, 9.0]
    """
    layer, settings, size = operation.layer, operation.settings, operation.settings.size
    shown_in, shown_out = view.channel
    steps = operation.scatter_steps(shown_out)
    gradient = operation.gradient(view.upstream, view.seed or 0) if view.backward else None
    inputs = relation.inputs_of(layer, shown_out)
    block = shown_out % layer.weight_shape[1]
    return {
        "view": view.view,
        "modes": _modes(view),
        "steps": last_step(settings, view),
        "step": view.step,
        "trace": view.trace,
        "present": view.present,
        "size": list(size),
        "kernel": list(layer.weight_shape[2:]),
        "canvas": list(steps.canvas.shape),
        "full": list(layer.full_size(size)),
        "window": list(layer.window(size)),
        "channels": {
            "ins": layer.in_channels,
            "outs": layer.out_channels,
            "shown": [shown_in, shown_out],
            "inputs": list(inputs),
            "block": block,
        },
        "input": operation.input.reshape(layer.in_channels, -1).tolist(),
        "weight": [
            operation.weight[ci, block].ravel().tolist() if ci in inputs else None for ci in range(layer.in_channels)
        ],
        "cells": steps.cells.reshape(-1, steps.cells.shape[-1]).tolist(),
        "products": None if view.backward else _rows(steps.products),
        "sums": None if view.backward or view.view == "gather" else _rows(steps.sums),  # where no step shows them
        "result": steps.canvas.ravel().tolist(),
        "reach": _reach(operation),
        "output_names": _output_names(operation),
        **_matrix(operation),
        "gather": _gather(operation) if view.view == "gather" and not view.backward else None,
        "gradient": _gradient(operation, gradient, shown_out) if gradient else None,
        "thumbnails": thumbnails(operation),
        "grids": _grids(operation, view, largest(steps.sums), gradient),
        "coloured": layer.weight_shape[2] * layer.weight_shape[3] <= COLOURED_POSITIONS,
        "formula": formula(operation),
        "seed": say("facts.seed", seed=view.seed) if view.seed is not None else "",
        "frame": frame(operation, view.backward),
        "agreement": agreement(operation, shown_out, precision),
        "about": about(operation, view.preset),
    }


@cache
def static() -> dict[str, Any]:
    """The part of the stage's input that no setting changes: texts and colours."""
    palettes = {
        name: {**asdict(palette), "colorscale": palette.colorscale, "levels": levels(palette)}
        for name, palette in PALETTES.items()
    }
    return {
        "texts": {name: texts()[name] for name in ("stage", "sentences", "views")},
        "palettes": palettes,
        "upstream": list(UPSTREAM),
        "views": list(VIEWS),
    }


def _rows(array: np.ndarray) -> list[list[float] | None]:
    missing = np.isnan(array).any(axis=1)
    return [None if gone else row for row, gone in zip(array.tolist(), missing, strict=True)]


def _reach(operation: Operation) -> dict[str, list[str]]:
    """The canvas rows that each input row reaches, and the columns that each column reaches, in words."""
    words = []
    for cells, one, many, spread in zip(
        relation.landing(operation.layer, operation.settings.size),
        ("row", "column"),
        ("rows", "columns"),
        ("rows_spread", "columns_spread"),
        strict=True,
    ):
        named = []
        for reached in cells.tolist():
            first, last = reached[0], reached[-1]
            key = one if first == last else many if last - first + 1 == len(reached) else spread
            named.append(say(f"sentences.{key}", first=first, last=last, list=", ".join(map(str, reached))))
        words.append(named)
    return {"rows": words[0], "columns": words[1]}


def _output_names(operation: Operation) -> list[list[int]]:
    """For each canvas row, then for each canvas column: its index within the output, −1 outside."""
    top, left, height, width = operation.layer.window(operation.settings.size)
    rows, columns = operation.layer.canvas_size(operation.settings.size)
    return [
        [n - first if first <= n < first + count else -1 for n in range(length)]
        for first, count, length in ((top, height, rows), (left, width, columns))
    ]


def _matrix(operation: Operation) -> dict[str, Any]:
    """W's shape, the entries of one channel pair's block, and the block's column of each canvas cell (−1: none)."""
    layer, size = operation.layer, operation.settings.size
    top, left, height, width = layer.window(size)
    column = np.full(layer.canvas_size(size), -1)
    column[top : top + height, left : left + width] = np.arange(height * width).reshape(height, width)
    landed = column.ravel()[relation.stamps(layer, size).reshape(size[0] * size[1], -1)]
    entries = [[row, int(landed[row, q]), q] for row, q in np.argwhere(landed >= 0).tolist()]
    return {
        "entries": entries,
        "columns": column.ravel().tolist(),
        "block": [size[0] * size[1], height * width],
        "W": [layer.in_channels * size[0] * size[1], layer.out_channels * height * width],
    }


def _modes(view: View) -> list[str]:
    """Whose words the stage takes, the most special first."""
    return [f"{view.view}_backward", "backward"] if view.backward else [view.view]


def _gather(operation: Operation) -> dict[str, Any]:
    """The zero-inserted input as it is drawn, its frame, and which of its rows and columns a window meets."""
    layer, size = operation.layer, operation.settings.size
    rows, columns = relation.windows(layer, size)
    return {
        "size": list(layer.zero_inserted_size(size)),
        "window": list(layer.zero_inserted_window(size)),
        "cells": relation.zero_inserted_cells(layer, size).ravel().tolist(),
        "rows": rows.tolist(),
        "columns": columns.tolist(),
    }


def _gradient(operation: Operation, found: Gradient, out_channel: int) -> dict[str, Any]:
    """dY of the shown output channel on its canvas (0 where cropped) and dX of every input channel."""
    sentence = "agrees" if found.agrees else "failed" if found.error else "differs"
    values = {"difference": number_text(found.difference), "error": found.error}
    top, left, height, width = operation.layer.window(operation.settings.size)
    canvas = np.zeros(operation.layer.canvas_size(operation.settings.size))  # what padding crops is this one's padding
    canvas[top : top + height, left : left + width] = found.upstream[out_channel]
    return {
        "upstream": canvas.ravel().tolist(),
        "result": found.result.reshape(operation.layer.in_channels, -1).tolist(),
        "agrees": found.agrees,
        "text": " ".join([say(f"gradient.{sentence}", **values), *first_results(operation)]),
        "others": operation.layer.out_channels // operation.layer.groups - 1,
    }


def _grids(operation: Operation, view: View, sums: float, gradient: Gradient | None) -> dict[str, Any]:
    """The figures that the view shows, without values: the stage lays them out from the tables, step by step."""
    layer, size = operation.layer, operation.settings.size
    height, width = layer.output_size(size)
    cells, outputs = size[0] * size[1], height * width
    inputs, weights = largest(operation.input), largest(operation.weight)
    kernel = (*layer.weight_shape[2:], weights)
    shapes: dict[str, tuple[int, int, float]]
    if gradient:
        upstream, result = largest(gradient.upstream), largest(gradient.result)
        shapes = {"gradient": (*size, result), "kernel": kernel, "upstream": (*layer.canvas_size(size), upstream)}
        more = {
            "W": (cells, outputs, weights),
            "vec_upstream": (outputs, 1, upstream),
            "vec_gradient": (cells, 1, result),
        }
    else:
        shapes = {"input": (*size, inputs), "kernel": kernel, "output": (*layer.canvas_size(size), sums)}
        more = {"WT": (outputs, cells, weights)}
        if cells * outputs <= LARGEST_SECOND:
            more["W"] = (cells, outputs, weights)
        more |= {"vec_input": (cells, 1, inputs), "vec_output": (outputs, 1, sums)}
    if view.view == "matrix":
        shapes |= more
    elif view.view == "gather" and not gradient:
        shapes |= {"zero_inserted": (*layer.zero_inserted_size(size), inputs), "flipped": kernel}
    named = titles(operation, view.upstream)
    return {
        name: {"title": named[name], "figure": bare_figure(name, *shape), "rows": shape[0], "columns": shape[1]}
        for name, shape in shapes.items()
    }
