"""Single numbers and short texts of a page that a text can name: sizes, hyper-parameters, counts."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import prod

import numpy as np

from explorer.documents.formula import formula
from explorer.documents.messages import speak
from explorer.layer import Pair
from explorer.lessons.scene import Scene
from explorer.settings import pair_text, shape_text
from explorer.views import last_step


def sizes(scene: Scene) -> Mapping[str, Pair]:
    """Sizes (height, width) by name. ``padded`` is what comes out where somebody pads the input and does not crop."""
    layer, size = scene.layer, scene.size
    padded = tuple(n + 2 * p for n, (_, _, p, _, _) in zip(size, layer.axes, strict=True))
    return {
        "in": size,
        "k": layer.weight_shape[2:],
        "out": layer.output_size(size),
        "full": layer.full_size(size),
        "canvas": layer.canvas_size(size),
        "stamp": layer.full_size((1, 1)),
        "inserted": layer.zero_inserted_size(size),
        "padded": layer.full_size(padded),  # type: ignore[arg-type]
        "plain_out": replace(layer, output_padding=0).output_size(size),
        "W": scene.operation.conv_matrix.shape,
        "WT": scene.operation.conv_matrix.shape[::-1],
    }


def sources(scene: Scene) -> list[int]:
    """The heights that the ordinary convolution takes to X's height, n = ⌊(h + 2p − d(k−1) − 1)/s⌋ + 1, the formula
    of torch.nn.Conv2d.
    """
    k, s, p, _, d = scene.layer.axes[0]
    least = s * (scene.size[0] - 1) + d * (k - 1) + 1 - 2 * p
    return list(range(least, least + s))


def _entries(scene: Scene) -> int:
    return scene.operation.conv_matrix.nnz


def _window(scene: Scene) -> int:
    """How many products a cell of Y is gathered from, those with a zero that was put in among them."""
    return scene.layer.in_channels // scene.layer.groups * prod(scene.layer.weight_shape[2:])


def _inner(one: np.ndarray, other: np.ndarray) -> float:
    return float(one.ravel() @ other.ravel())


def _formula(scene: Scene) -> str:
    """torch's formula of the output's height with the page's numbers."""
    found = formula(scene.operation, replace(scene.page.view, backward=False))[0]["numbers"]
    return speak(found).removeprefix("= ")


def _short_formula(scene: Scene) -> str:
    """The formula of the full canvas's height without dilation: how far the last stamp is moved, and the kernel."""
    k, s, *_ = scene.layer.axes[0]
    return f"({scene.size[0]}−1)·{s} + {k} = {scene.layer.full_size(scene.size)[0]}"


NUMBERS: Mapping[str, Callable[[Scene], float]] = {
    "in_channels": lambda scene: scene.layer.in_channels,
    "out_channels": lambda scene: scene.layer.out_channels,
    "groups": lambda scene: scene.layer.groups,
    "steps": lambda scene: last_step(scene.settings, scene.page.view),
    "input_cells": lambda scene: scene.operation.input.size,
    "kernel_cells": lambda scene: prod(scene.layer.weight_shape[2:]),
    "weights": lambda scene: scene.operation.weight.size,
    "output_cells": lambda scene: scene.operation.output.size,
    "canvas_cells": lambda scene: prod(scene.layer.full_size(scene.size)),
    "W_numbers": lambda scene: prod(scene.operation.conv_matrix.shape),
    "W_entries": _entries,
    "W_zeros": lambda scene: prod(scene.operation.conv_matrix.shape) - _entries(scene),
    "gather_products": lambda scene: scene.operation.output.size * _window(scene),
    "gather_zeros": lambda scene: scene.operation.output.size * _window(scene) - _entries(scene),
    "border": lambda scene: scene.layer.border[0],
    "widest_border": lambda scene: replace(scene.layer, padding=0).border[0],
    "gap": lambda scene: scene.layer.axes[0][1] - 1,
    "shared": lambda scene: scene.layer.axes[0][0] - scene.layer.axes[0][1],
    "phase_count": lambda scene: scene.phases.shape[2] * scene.phases.shape[3],
    "limit": lambda scene: max(scene.layer.axes[0][1], scene.layer.axes[0][4]),
    "cropped": lambda scene: prod(scene.layer.full_size(scene.size)) - scene.operation.output.size,
    "both_paddings": lambda scene: 2 * scene.layer.axes[0][2],
    "source_count": lambda scene: len(sources(scene)),
    "inner_X": lambda scene: _inner(scene.gradient.result, scene.operation.input),
    "inner_Y": lambda scene: _inner(scene.gradient.upstream, scene.operation.output),
}
"""Numbers by name, along the height where an axis is meant: lessons use squares where they name these."""

TEXTS: Mapping[str, Callable[[Scene], str]] = {
    **{
        name: lambda scene, name=name: pair_text(getattr(scene.layer, name))  # type: ignore[misc]
        for name in ("stride", "padding", "output_padding", "dilation")
    },
    "formula": _formula,
    "short_formula": _short_formula,
    "weight_shape": lambda scene: shape_text(scene.layer.weight_shape),
    "input_shape": lambda scene: shape_text(scene.operation.input.shape),
    "output_shape": lambda scene: shape_text(scene.operation.output.shape),
}
"""Texts by name."""
