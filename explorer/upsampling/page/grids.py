"""Grids of numbers as the page's JavaScript draws them."""

from typing import Any

import numpy as np

from explorer.decimals import number_text
from explorer.layer import Layer, Pair
from explorer.upsampling.phases import kernel_phases
from explorer.upsampling.response import Span

Frame = tuple[int, int, int, int]
"""top, left, height, width in cells."""


def phase_numbers(rows: np.ndarray, columns: np.ndarray, layer: Layer) -> list[list[int]]:
    """The number p·s_w + q of each cell's phase, by the phases of its row and its column."""
    _, (_, s_w, *_) = layer.axes
    return (np.asarray(rows)[:, None] * s_w + np.asarray(columns)[None, :]).tolist()


def kernel_grid(kernel: np.ndarray, layer: Layer, label: str) -> dict[str, Any]:
    """A kernel (kH, kW), each cell with its phase.

    >>> kernel_grid(np.ones((3, 1)), Layer(kernel_size=(3, 1), stride=2), "K")["phases"]
    [[0], [2], [0]]
    """
    return grid(kernel, label, phase_numbers(*kernel_phases(layer), layer), is_tinted=True)


def sums_grid(sums: np.ndarray, layer: Layer, label: str) -> dict[str, Any]:
    """The sums (s_h, s_w) of one channel pair's phases."""
    return grid(sums, label, phase_numbers(np.arange(sums.shape[0]), np.arange(sums.shape[1]), layer), is_tinted=True)


def canvas_grid(
    canvas: np.ndarray, layer: Layer, label: str, inside: tuple[Span, Span], window: Frame | None
) -> dict[str, Any]:
    """A canvas (rows, columns), shaded by its numbers, with its interior and what of it padding leaves."""
    (top, below), (left, right) = inside
    (_, s_h, *_), (_, s_w, *_) = layer.axes
    rows, columns = np.arange(canvas.shape[0]) % s_h, np.arange(canvas.shape[1]) % s_w
    found = grid(canvas, label, phase_numbers(rows, columns, layer), is_tinted=False)
    is_there = below > top and right > left
    found["inside"] = [top, left, below - top, right - left] if is_there else None
    found["window"] = list(window) if window else None
    return found


def grid(numbers: np.ndarray, label: str, phases: list[list[int]], is_tinted: bool) -> dict[str, Any]:
    """A grid; ``shares`` say how far each number is from 0, of the largest: 0 to 100."""
    most = float(np.abs(numbers).max(initial=0)) or 1.0
    return {
        "label": label,
        "texts": [[short(float(value)) for value in row] for row in numbers],
        "phases": phases,
        "shares": np.round(np.abs(numbers) / most * 100).astype(int).tolist(),
        "isTinted": is_tinted,
        "inside": None,
        "window": None,
    }


def short(value: float) -> str:
    """A number in a small cell: three significant digits, no nought before a point.

    >>> short(0.5625), short(2.0), short(-0.03), short(12.34)
    ('.562', '2', '−.03', '12.3')
    """
    rounded = float(f"{value:.3g}") + 0.0
    return number_text(rounded).replace("0.", ".", 1) if abs(rounded) < 1 else number_text(rounded)


def canvas_window(layer: Layer, size: Pair) -> Frame | None:
    """What of the canvas the layer keeps; None where it is all of it."""
    window = layer.window(size)
    return None if window == (0, 0, *layer.canvas_size(size)) else window
