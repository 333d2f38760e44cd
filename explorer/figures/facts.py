"""What stands beside the picture, as JSON-ready data: sizes, agreement of the methods, what the example is about."""

from typing import Any

import numpy as np

from explorer.figures.grids import bare_figure, largest, number_text, shape_text
from explorer.notebook import computed
from explorer.operation import PRECISIONS, Operation, run
from explorer.presets import PRESETS, Cell
from explorer.settings import pair_text
from explorer.text import say


def formula(operation: Operation) -> list[str]:
    """The output's height and width, each as torch's formula with the page's numbers.

    >>> from explorer.settings import Settings
    >>> formula(run(Settings()))[0]
    'H′ = (2−1)·1 − 2·0 + 1·(2−1) + 0 + 1 = 3'
    """
    layer, size = operation.layer, operation.settings.size
    return [
        say("formula.size", name=say(f"formula.{axis}"), n=n, k=k, s=s, p=p, o=o, d=d, out=out)
        for axis, n, out, (k, s, p, o, d) in zip(
            ("height", "width"), size, layer.output_size(size), layer.axes, strict=True
        )
    ]


def frame(operation: Operation, backward: bool = False) -> str:
    """What padding and output_padding do to the picture, in a sentence; empty where they do nothing.

    >>> from explorer.settings import Settings
    >>> frame(run(Settings.of([[1, 2, 3]], [[1]], padding=(0, 1))))
    'Padding 0x1 keeps only what is inside the dashed frame.'
    """
    layer = operation.layer
    keys = [name for name in ("padding", "output_padding") if any(getattr(layer, name))]
    words = {"padding": "padding_backward" if backward else "padding", "output_padding": "output_padding"}
    return " ".join(say(f"frame.{words[name]}", value=pair_text(getattr(layer, name))) for name in keys)


def agreement(operation: Operation, out_channel: int, precision: str = "") -> dict[str, Any]:
    """How far the methods agree; with a ``precision`` (one of `PRECISIONS`) each one's own result in it, too.

    >>> from explorer.settings import Settings
    >>> agreement(run(Settings()), 0)["text"]
    '5 methods agree · max |Δ| 0'
    """
    found = operation.agreement
    difference = number_text(found.difference)
    failed = [name for name in found.outliers if operation.results[name].output is None]
    key = "agree" if found.agrees else "failed" if failed else "differ"
    named = ", ".join(failed or found.outliers)
    shown = run(operation.settings, precision) if precision not in ("", str(operation.input.dtype)) else operation
    return {
        "agrees": found.agrees,
        "text": say(f"agreement.{key}", count=len(operation.results), difference=difference, methods=named),
        "detail": _detail(shown, operation),
        "precision": precision,
        "precisions": list(PRECISIONS),
        "methods": [_method(shown, name, out_channel) for name in shown.results] if precision else None,
    }


def _detail(shown: Operation, operation: Operation) -> str:
    """The largest difference and where it is; what float32 rounds away; which results of conv2d are differentiated."""
    found = shown.agreement
    one, other = found.pair
    co, r, c = found.cell
    values = {"difference": number_text(found.difference), "one": one, "other": other, "co": co, "r": r, "c": c}
    sentences = [say("agreement.detail", **values) if found.difference else say("agreement.exact")]
    if shown is not operation:
        rounded = float(np.abs(shown.output - operation.output).max())
        sentences.append(say("agreement.rounded", difference=number_text(rounded)))
    return " ".join([*sentences, *first_results(operation)])


def first_results(operation: Operation) -> list[str]:
    """What of conv2d is meant where output_padding ≥ stride gives it more results than X has cells, in a sentence.

    >>> from explorer.settings import Settings
    >>> first_results(run(Settings()))
    []
    """
    if all(o < s for _, s, _, o, _ in operation.layer.axes):
        return []
    height, width = operation.settings.size
    return [say("agreement.first_results", height=height, width=width)]


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
        "cell": _where(operation, name, out_channel),
    }


def _where(operation: Operation, name: str, out_channel: int) -> int | None:
    """The flat cell of the largest difference, in the two results that differ there; None where all are the same."""
    found = operation.agreement
    if not found.difference or name not in found.pair or found.cell[0] != out_channel:
        return None
    return found.cell[1] * operation.output.shape[2] + found.cell[2]


def about(operation: Operation, preset: str) -> dict[str, Any]:
    """What a preset is about, and which cell to look at; both empty once its settings have changed.

    >>> about(run(PRESETS["basic"].settings), "basic")["look"]
    'output:0,1,1'
    """
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
