"""The stage's whole input as one JSON document: figures, link tables and texts. An HTML file could carry it too.

All numbers come from the operation and all links from the relation; the stage only looks up and lays out.
"""

from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np

from explorer import relation
from explorer.address import View
from explorer.figures.grids import bare_figure, largest, number_text, shape_text, titles
from explorer.figures.palette import COLOURED_POSITIONS, PALETTES, levels
from explorer.figures.thumbnails import thumbnails
from explorer.notebook import computed
from explorer.operation import Operation
from explorer.presets import PRESETS, Cell
from explorer.settings import Notice, pair_text
from explorer.text import say, texts


def document(operation: Operation, view: View, methods_open: bool = False) -> dict[str, Any]:
    """What the stage draws for an operation seen through a view; JSON-ready, no NaN in it.

    Steps are given for the shown output channel: canvas cells, products and sums under each kernel cell.
    Its size stays small: W as its non-zero entries (row, column, kernel cell) of the shown block.

    >>> from explorer.operation import run
    >>> from explorer.settings import Settings
    >>> document(run(Settings()), View())["sums"][3]
    [4.0, 6.0, 12.0, 9.0]
    """
    layer, settings = operation.layer, operation.settings
    size = settings.size
    shown_in, shown_out = view.channel
    steps = operation.scatter_steps(shown_out)
    inputs = relation.inputs_of(layer, shown_out)
    block = shown_out % layer.weight_shape[1]
    return {
        "view": view.view,
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
        "products": _rows(steps.products),
        "sums": _rows(steps.sums),
        "result": steps.canvas.ravel().tolist(),
        "reach": _reach(operation),
        "output_names": _output_names(operation),
        **_matrix(operation),
        "thumbnails": thumbnails(operation),
        "grids": _grids(operation, view, largest(steps.sums)),
        "coloured": layer.weight_shape[2] * layer.weight_shape[3] <= COLOURED_POSITIONS,
        "formula": _formula(operation),
        "seed": say("facts.seed", seed=view.seed) if view.seed is not None else "",
        "frame": _frame(operation),
        "agreement": _agreement(operation, shown_out, methods_open),
        "about": _about(operation, view.preset),
    }


@cache
def static() -> dict[str, Any]:
    """The part of the stage's input that no setting changes: texts and colours."""
    palettes = {
        name: {**asdict(palette), "colorscale": palette.colorscale, "levels": levels(palette)}
        for name, palette in PALETTES.items()
    }
    return {"texts": {name: texts()[name] for name in ("stage", "sentences")}, "palettes": palettes}


def notice_text(notice: Notice) -> str:
    """The sentence of a notice."""
    return say(f"notices.{notice.key}", **dict(notice.values))


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


def _grids(operation: Operation, view: View, sums: float) -> dict[str, Any]:
    """The figures that the view shows, without values: the stage lays them out from the tables, step by step."""
    layer, size = operation.layer, operation.settings.size
    height, width = layer.output_size(size)
    cells = size[0] * size[1]
    shapes: dict[str, tuple[int, int, float]] = {
        "input": (*size, largest(operation.input)),
        "kernel": (*layer.weight_shape[2:], largest(operation.weight)),
        "output": (*layer.canvas_size(size), sums),
    }
    if view.view == "matrix":
        shapes["WT"] = (height * width, cells, largest(operation.weight))
        shapes["W"] = (cells, height * width, largest(operation.weight))
        shapes["vec_input"] = (cells, 1, largest(operation.input))
        shapes["vec_output"] = (height * width, 1, sums)
    named = titles(operation)
    return {
        name: {"title": named[name], "figure": bare_figure(name, *shape), "rows": shape[0], "columns": shape[1]}
        for name, shape in shapes.items()
    }


def _formula(operation: Operation) -> list[str]:
    layer, size = operation.layer, operation.settings.size
    return [
        say("formula.size", name=say(f"formula.{axis}"), n=n, k=k, s=s, p=p, o=o, d=d, out=out)
        for axis, n, out, (k, s, p, o, d) in zip(
            ("height", "width"), size, layer.output_size(size), layer.axes, strict=True
        )
    ]


def _frame(operation: Operation) -> str:
    """What padding and output_padding do to the picture, in a sentence; empty where they do nothing."""
    layer = operation.layer
    keys = [name for name in ("padding", "output_padding") if any(getattr(layer, name))]
    return " ".join(say(f"frame.{name}", value=pair_text(getattr(layer, name))) for name in keys)


def _agreement(operation: Operation, out_channel: int, opened: bool) -> dict[str, Any]:
    found = operation.agreement
    difference = number_text(found.difference)
    key = "agree" if found.agrees else "differ"
    named = ", ".join(found.outliers)
    failed = [name for name in found.outliers if operation.results[name].output is None]
    if failed:
        key, named = "failed", ", ".join(failed)
    one, other = found.pair
    co, r, c = found.cell
    values = {"difference": difference, "one": one, "other": other, "co": co, "r": r, "c": c}
    detail = say("agreement.detail", **values) if found.difference else say("agreement.exact")
    return {
        "agrees": found.agrees,
        "text": say(f"agreement.{key}", count=len(operation.results), difference=difference, methods=named),
        "detail": detail,
        "methods": [_method(operation, name, out_channel) for name in operation.results] if opened else None,
    }


def _method(operation: Operation, name: str, out_channel: int) -> dict[str, Any]:
    """One method's own grid, from its own array, or what stopped it."""
    title = say(f"methods.{name}")
    result = operation.results[name]
    if result.output is None:
        return {"name": name, "title": title, "error": say("agreement.error", error=result.error)}
    shape = result.output.shape
    return {
        "name": name,
        "title": f"{title} · {shape_text(shape)}",
        "figure": bare_figure(name, shape[1], shape[2], largest(result.output)),
        "values": [[v if np.isfinite(v) else None for v in row] for row in result.output[out_channel].tolist()],
        "rows": shape[1],
        "columns": shape[2],
        "outlier": name in operation.agreement.outliers,
    }


def _about(operation: Operation, preset: str) -> dict[str, Any]:
    """What a preset is about, and which cell to look at; both empty once its settings have changed."""
    example = PRESETS[preset]
    same = operation.settings == example.settings
    return {
        "text": say(f"about.{preset}") if same else "",
        "look": example.look if same else "",
        "cell": _cell(example.cell, preset, same),
    }


def _cell(cell: Cell | None, preset: str, unchanged: bool) -> dict[str, Any] | None:
    """What the preset's notebook cell printed, and whether the core gives the same for the preset's settings."""
    if cell is None:
        return None
    found, same = computed(preset)
    shown = " → ".join(map(shape_text, found)) if cell.quantity == "shape" else _printed(found)
    sentence = say(f"notebook.{cell.quantity}", cell=cell.number, printed=_printed(cell.printed), computed=shown)
    verdict = "changed" if not unchanged else "same" if same else "differs"
    return {"text": sentence, "verdict": verdict, "verdict_text": say(f"notebook.{verdict}", computed=shown)}


def _printed(values: Any) -> str:
    """Nested lists as the notebook prints them, numbers as cells show them."""
    if isinstance(values, list):
        return f"[{', '.join(map(_printed, values))}]"
    whole = isinstance(values, bool) or values == int(values)
    return str(values if isinstance(values, bool) else int(values)) if whole else f"{values:.4f}".replace("-", "−")
