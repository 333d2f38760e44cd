"""The document from an operation and a view. All numbers come from the operation, all links from the relation."""

import numpy as np

from explorer import relation
from explorer.afterwards import MOST_CROP
from explorer.decimals import shortened
from explorer.documents import schema
from explorer.documents.facts import about, agreement, first_results, frame, number, seeds
from explorer.documents.formula import formula
from explorer.documents.messages import message
from explorer.documents.thumbnails import thumbnails
from explorer.documents.what_if import what_if
from explorer.limits import LIMITS, PAIRS, largest
from explorer.operation import Gradient, Operation
from explorer.views import View, direction_of, upstream_of
from explorer.views.kind import Grid, Phrase, Shown


def document(operation: Operation, view: View, precision: str = "") -> schema.Document:
    """What a stage draws for an operation seen through a view: ready for JSON, no NaN or Infinity in it.

    With a ``precision``, one of `explorer.operation.PRECISIONS`, each method's own result is shown, computed in it.

    >>> from explorer.operation import run
    >>> from explorer.settings import Settings
    >>> document(run(Settings()), View())["sums"][3]
    [4.0, 6.0, 12.0, 9.0]
    """
    direction, shown = direction_of(view), _shown(operation, view)
    return {
        "version": schema.VERSION,
        "view": view.view,
        "direction": schema.BACKWARD if view.backward else schema.FORWARD,
        "step": view.step,
        "steps": direction.steps(operation.settings),
        "trace": view.trace,
        "present": view.present,
        "hidden": view.hide,
        "mask": list(view.mask),
        "sizes": _sizes(operation),
        "layer": {name: _range(operation, name) for name in PAIRS},
        "afterwards": _afterwards(operation),
        "channels": _channels(operation, view),
        "landing": _table(relation.landing(operation.layer, operation.settings.size)),
        "zero_inserted": _zero_inserted(operation) if "zero_inserted" in direction.tables else None,
        "windows": _windows(operation) if "windows" in direction.tables else None,
        "input": operation.input.reshape(operation.layer.in_channels, -1).tolist(),
        "weight": _weight(operation, view.channel[1]),
        "output": shown.steps.canvas.ravel().tolist(),
        "products": _products(shown.steps.products) if "products" in direction.tables else None,
        "sums": _rows(shown.steps.sums) if "sums" in direction.tables else None,
        "gradient": _gradient(operation, shown.gradient, view.channel[1]) if shown.gradient else None,
        "thumbnails": thumbnails(operation),
        "grids": {name: _grid(grid) for name, grid in direction.grids(shown).items()},
        "formula": formula(operation, view),
        "frame": frame(operation, view),
        "seeds": seeds(view),
        "agreement": agreement(operation, view.channel[1], precision),
        "about": about(operation, view),
        "what_if": what_if(operation, view),
        "told_as": "",
    }


def _shown(operation: Operation, view: View) -> Shown:
    """What the view shows of the operation: the steps of the shown output channel, and backward the gradient."""
    gradient = operation.gradient(upstream_of(operation.settings, view)) if view.backward else None
    return Shown(operation, view, operation.scatter_steps(view.channel[1]), gradient)


def _sizes(operation: Operation) -> schema.Sizes:
    layer, size = operation.layer, operation.settings.size
    return {
        "input": list(size),
        "kernel": list(layer.weight_shape[2:]),
        "full": list(layer.full_size(size)),
        "canvas": list(layer.canvas_size(size)),
        "window": list(operation.settings.window),
    }


def _range(operation: Operation, name: str) -> schema.Range:
    layer = operation.layer
    most = largest(layer, operation.settings.size, name)
    return {"value": list(getattr(layer, name)), "least": LIMITS[name][0], "most": list(most)}


def _afterwards(operation: Operation) -> schema.Afterwards:
    settings = operation.settings
    return {
        "size": list(operation.layer.output_size(settings.size)),
        "crop": [list(ends) for ends in settings.crop],
        "most": MOST_CROP,
        "bias": list(settings.biases),
    }


def _channels(operation: Operation, view: View) -> schema.Channels:
    layer = operation.layer
    return {
        "ins": layer.in_channels,
        "outs": layer.out_channels,
        "shown": list(view.channel),
        "inputs": list(relation.inputs_of(layer, view.channel[1])),
        "block": _block(operation, view.channel[1]),
    }


def _block(operation: Operation, out_channel: int) -> int:
    """The index of an output channel within its group, the weight's second index."""
    return out_channel % operation.layer.weight_shape[1]


def _weight(operation: Operation, out_channel: int) -> list[list[float] | None]:
    """The kernel from each input channel to an output channel; None where they are of different groups."""
    block, inputs = _block(operation, out_channel), relation.inputs_of(operation.layer, out_channel)
    return [kernels[block].ravel().tolist() if ci in inputs else None for ci, kernels in enumerate(operation.weight)]


def _rows(array: np.ndarray) -> list[list[float] | None]:
    """The rows of a table of steps; None for those of an input channel of another group."""
    missing = np.isnan(array).any(axis=1)
    return [None if gone else row for row, gone in zip(array.tolist(), missing, strict=True)]


def _products(array: np.ndarray) -> list[list[float] | None]:
    """The rows of the products, which are read and not computed with: as many digits as a cell shows."""
    rows = _rows(array)
    if (np.isnan(array) | (array == np.rint(array))).all():
        return rows
    return [None if row is None else list(map(shortened, row)) for row in rows]


def _table(lines: tuple[np.ndarray, np.ndarray]) -> schema.Table:
    rows, columns = lines
    return {"rows": rows.tolist(), "columns": columns.tolist()}


def _zero_inserted(operation: Operation) -> schema.ZeroInserted:
    layer, size = operation.layer, operation.settings.size
    rows, columns = relation.zero_inserted_lines(layer, size)
    return {
        "size": list(layer.zero_inserted_size(size)),
        "window": list(operation.settings.zero_inserted_window),
        "rows": rows.tolist(),
        "columns": columns.tolist(),
    }


def _windows(operation: Operation) -> schema.Table:
    return _table(relation.windows(operation.layer, operation.settings.size))


def _gradient(operation: Operation, found: Gradient, out_channel: int) -> schema.Gradient:
    """dY of the shown output channel on its canvas (0 where cropped) and dX of every input channel."""
    top, left, height, width = operation.settings.window
    canvas = np.zeros(operation.layer.canvas_size(operation.settings.size))  # what padding crops is this one's padding
    canvas[top : top + height, left : left + width] = found.upstream[out_channel]
    return {
        "upstream": canvas.ravel().tolist(),
        "result": found.result.reshape(operation.layer.in_channels, -1).tolist(),
        "agrees": found.agrees,
        "messages": [*_gradient_verdict(found), *first_results(operation)],
        "others": operation.layer.out_channels // operation.layer.groups - 1,
    }


def _gradient_verdict(found: Gradient) -> list[schema.Message]:
    """Whether torch's autograd gives the same gradient."""
    if found.error:
        return [message("gradient.failed", error=found.error), message("agreement.no_torch")]
    return [message(f"gradient.{'agrees' if found.agrees else 'differs'}", difference=number(found.difference))]


def _grid(grid: Grid) -> schema.Grid:
    title: schema.Title = {
        "name": _said(grid.name),
        "shape": list(grid.shape),
        "note": _said(grid.note) if grid.note else None,
    }
    return {"rows": grid.rows, "columns": grid.columns, "bound": grid.bound, "title": title}


def _said(phrase: Phrase) -> schema.Message:
    return message(phrase.key, **phrase.values)
