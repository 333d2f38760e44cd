"""What stands beside the picture: what padding does, agreement of the methods, what the example is about."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np

from explorer.decimals import number_text
from explorer.documents.messages import message
from explorer.documents.schema import About, Agreement, Message, Method, NotebookCell
from explorer.failing import reason
from explorer.fills import Seeds
from explorer.layer import Pair
from explorer.notebook import IMAGE, ROUND_TRIP, computed, round_trip_sizes
from explorer.operation import PRECISIONS, Operation, run
from explorer.presets import PRESETS, Cell
from explorer.settings import one_dimension, pair_text, shape_text
from explorer.views import View
from explorer.views.kind import bound_of

OF_TORCH = {"torch", "autograd"}
"""The results that torch computes."""
ENDS = ("top", "bottom", "left", "right")
"""The ends at which the layer's output is cropped, in the order of `Settings.crop`."""


def frame(operation: Operation, view: View) -> list[Message]:
    """What padding and output_padding do to the picture; empty where they do nothing.

    >>> from explorer.documents.messages import speak
    >>> from explorer.settings import Settings
    >>> [speak(said) for said in frame(run(Settings.of([[1, 2, 3]], [[1]], padding=(0, 1))), View())]
    ['Padding 1 keeps only what is inside the dashed frame.']
    """
    suffix = "_backward" if view.backward else ""
    values = {field: getattr(operation.layer, field) for field in ("padding", "output_padding")}
    text = width_text if one_dimension(operation.settings) else pair_text
    said = [message(f"frame.{field}{suffix}", value=text(value)) for field, value in values.items() if any(value)]
    return [*said, *afterwards(operation, view.channel[1], suffix or ("_matrix" if view.view == "matrix" else ""))]


def afterwards(operation: Operation, out_channel: int, suffix: str = "") -> list[Message]:
    """What is cropped and added after the layer in an output channel; empty where that is nothing.

    >>> from explorer.documents.messages import speak
    >>> from explorer.settings import Settings
    >>> found = afterwards(run(Settings(crop=((0, 1), (0, 0)), bias=(0.5,))), 0)
    >>> print(*map(speak, found))
    Then crop: 1 at the bottom. Then add: 0.5 in every cell of the frame, also where no stamp reaches.
    """
    settings, said = operation.settings, []
    ends = dict(zip(ENDS, (end for pair in settings.crop for end in pair), strict=True))
    cut = [message(f"frame.{name}", count=end) for name, end in ends.items() if end]
    if cut:
        ends_said = cut[0]
        for one in cut[1:]:
            ends_said = message("frame.and", before=ends_said, last=one)
        said.append(message(f"frame.crop{suffix}", ends=ends_said))
    if settings.biases[out_channel]:
        said.append(message(f"frame.bias{suffix}", bias=settings.biases[out_channel]))
    return said


def width_text(pair: Pair) -> str:
    """A hyper-parameter of one row: its width alone.

    >>> width_text((0, 2))
    '2'
    """
    return str(pair[1])


def seeds(view: View) -> list[Message]:
    """Which of the grids on the page are random, and their seeds.

    >>> from explorer.documents.messages import speak
    >>> from explorer.fills import Seeds
    >>> [speak(said) for said in seeds(View(seeds=Seeds(kernel=3, upstream=1)))]
    ['K: random, seed 3']
    """
    names = dict(zip(Seeds._fields, ("X", "K", "dY"), strict=True))
    found = {names[grid]: seed for grid, seed in view.seeds._asdict().items() if view.backward or grid != "upstream"}
    return [message("facts.seed", grid=grid, seed=str(seed)) for grid, seed in found.items() if seed is not None]


def number(value: float) -> float | str:
    """A number for JSON; as text where it is not finite.

    >>> number(0.5), number(float("inf"))
    (0.5, '∞')
    """
    return float(value) if np.isfinite(value) else number_text(value)


def agreement(operation: Operation, out_channel: int, precision: str = "") -> Agreement:
    """How far the methods agree; with a ``precision`` (one of `PRECISIONS`) each one's own result in it, too.

    >>> from explorer.documents.messages import speak
    >>> from explorer.settings import Settings
    >>> speak(agreement(run(Settings()), 0)["message"])
    '5 methods agree · max |Δ| 0'
    """
    shown = run(operation.settings, precision) if precision not in ("", str(operation.input.dtype)) else operation
    return {
        "agrees": operation.agreement.agrees,
        "message": _verdict(operation),
        "details": _details(shown, operation),
        "precision": precision,
        "precisions": list(PRECISIONS),
        "methods": [_method(shown, name, out_channel) for name in shown.results] if precision else None,
    }


def _verdict(operation: Operation) -> Message:
    """Whether the methods agree, and else which of them fail or differ."""
    found = operation.agreement
    difference = number(found.difference)
    if found.agrees:
        return message("agreement.agree", count=len(operation.results), difference=difference)
    failed = [name for name in found.outliers if operation.results[name].output is None]
    if failed:
        return message("agreement.failed", methods=_names(failed))
    return message("agreement.differ", methods=_names(found.outliers), difference=difference)


def _names(methods: Sequence[str]) -> Message:
    """What a sentence calls some methods."""
    said = [message(f"agreement.names.{name}") for name in methods]
    return reduce(lambda before, last: message("agreement.joined", before=before, last=last), said)


def _details(shown: Operation, operation: Operation) -> list[Message]:
    """The largest difference and where it is; what float32 rounds away; which results of conv2d are differentiated."""
    found = shown.agreement
    one, other = found.pair
    co, r, c = found.cell
    failed = [name for name, result in shown.results.items() if result.output is None]
    details = [message("agreement.others_exact" if failed else "agreement.exact")]
    if found.difference:
        difference = number(found.difference)
        pair = {"one": _names([one]), "other": _names([other])}
        details = [message("agreement.detail", difference=difference, **pair, co=co, r=r, c=c)]
    if OF_TORCH & set(failed):
        details.append(message("agreement.no_torch"))
    if shown is not operation:
        rounded = float(np.abs(shown.output - operation.output).max())
        details.append(message("agreement.rounded", difference=number(rounded)))
    return [*details, *first_results(operation)]


def first_results(operation: Operation) -> list[Message]:
    """Which results of conv2d are meant where output_padding ≥ stride gives it more of them than X has cells.

    >>> from explorer.settings import Settings
    >>> first_results(run(Settings()))
    []
    """
    if all(o < s for _, s, _, o, _ in operation.layer.axes):
        return []
    height, width = operation.settings.size
    return [message("agreement.first_results", height=height, width=width)]


def _method(operation: Operation, name: str, out_channel: int) -> Method:
    """One method's own grid, from its own array, or what stopped it."""
    result = operation.results[name]
    output = np.zeros((1 + out_channel, 0, 0)) if result.output is None else result.output
    return {
        "name": name,
        "error": result.error,
        "shape": [] if result.output is None else list(output.shape),
        "values": [[v if np.isfinite(v) else None for v in row] for row in output[out_channel].tolist()],
        "bound": bound_of(output),
        "outlier": name in operation.agreement.outliers,
        "cell": _cell_of_difference(operation, name, out_channel),
    }


def _cell_of_difference(operation: Operation, name: str, out_channel: int) -> int | None:
    """The flat cell of the largest difference, in the two results that differ there; None where all are the same."""
    found = operation.agreement
    if not found.difference or name not in found.pair or found.cell[0] != out_channel:
        return None
    return found.cell[1] * operation.output.shape[2] + found.cell[2]


def about(operation: Operation, view: View) -> About:
    """What the page's example is about, and which cell to look at; both empty once its settings have changed.

    Backward nothing is said of the forward result: neither what the example shows nor what the notebook printed.

    >>> about(run(PRESETS["basic"].settings), View())["look"]
    'output:0,1,1'
    """
    example = PRESETS[view.preset]
    changed = operation.settings != example.settings
    said = message("facts.backward") if view.backward else message(f"about.{view.preset}")
    return {
        "preset": view.preset,
        "title": message(f"presets.{view.preset}"),
        "changed": changed,
        "message": None if changed else said,
        "look": "" if changed else example.look,
        "cell": None if changed or view.backward else _notebook_cell(example.cell, view.preset),
    }


def _notebook_cell(cell: Cell | None, preset: str) -> NotebookCell | None:
    """What the preset's notebook cell printed, and whether the core gives the same for the preset's settings."""
    if cell is None:
        return None
    values, key = {"printed": _printed(cell.printed)}, cell.quantity
    if key == "shape":
        found, same, key = _round_trip(cell, preset)
        shown = values["computed"] = " → ".join(map(shape_text, found))
    else:
        found, same = computed(preset)
        shown = _printed(found)
    said = message(f"notebook.{key}", cell=cell.number, **values)
    if same:
        return {"message": said, "verdict": "same", "verdict_message": message("notebook.same")}
    return {"message": said, "verdict": "differs", "verdict_message": message("notebook.differs", computed=shown)}


def _round_trip(cell: Cell, preset: str) -> tuple[Any, bool, str]:
    """The shapes there and back, whether the notebook says so too, and the key of what is said: torch's, or without."""
    try:
        return *computed(preset), "shape"
    except Exception as error:
        reason(error)  # for the log
    shapes = round_trip_sizes(ROUND_TRIP, IMAGE)
    return shapes, (shapes[0] == shapes[-1]) == cell.printed, "shape_without_torch"


def _printed(values: Any) -> str:
    """Nested lists as the notebook prints them, numbers as cells show them."""
    if isinstance(values, list):
        return f"[{', '.join(map(_printed, values))}]"
    whole = isinstance(values, bool) or values == int(values)
    return str(values if isinstance(values, bool) else int(values)) if whole else f"{values:.4f}".replace("-", "−")
