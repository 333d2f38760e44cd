"""Which mistake, or which other relation, gives exactly this grid, this number or this size."""

from collections.abc import Callable, Mapping

import numpy as np

from explorer.afterwards import with_bias
from explorer.layer import Layer, Pair
from explorer.mistakes.arrays import arrays, full_canvas, is_same, tolerance, transposed, window
from explorer.mistakes.outputs import MISTAKES, right_output, wrong_output
from explorer.mistakes.sizes import SIZES, single_axes
from explorer.settings import Settings

FEWEST_CELLS = 4
"""Cells of the smallest grid that is looked for in the canvas: a smaller one is found there by chance."""
MOST_DECIMALS = 8
"""Decimals up to which a grid counts as rounded to them; one with more is compared as it is."""


def wrong_sizes(layer: Layer, size: Pair) -> dict[str, Pair]:
    """The size that each mistake gives, only where it is not the right one.

    >>> wrong_sizes(Layer(kernel_size=2), (2, 2))
    {'convolution_size': (1, 1), 'stride_times_size': (4, 4), 'last_cell_forgotten': (2, 2), 'same_elsewhere': (2, 2)}
    """
    right = layer.output_size(size)
    found = {name: mistake(layer, size) for name, mistake in SIZES.items()}
    return {name: wrong for name, wrong in found.items() if wrong is not None and wrong != right}


def diagnose_size(layer: Layer, size: Pair, given: Pair) -> list[str]:
    """The mistakes that give exactly this size, none where it is the right one.

    >>> diagnose_size(Layer(kernel_size=2, padding=1), (2, 2), (5, 5))
    ['padding_added', 'pads_input']
    """
    return [name for name, wrong in wrong_sizes(layer, size).items() if wrong == tuple(given)]


def wrong_values(settings: Settings, cell: tuple[int, int, int]) -> dict[str, float]:
    """What each mistake has in place of one number of Y, where it has another number there.

    ``cell`` is (channel, row, column) in the canvas, inside the output's window; a mistake's result is read at the same
    row and column of the output.

    >>> {name: round(value, 3) for name, value in wrong_values(Settings(), (0, 1, 1)).items()}
    {'no_flip': 14.0, 'pseudo_inverse': 0.051, 'overlap_not_added': 0.0, 'rows_and_columns': 5.0}
    """
    channel, row, column = cell
    top, left, _, _ = settings.window
    at = channel, row - top, column - left
    right, within = float(right_output(settings)[at]), tolerance(settings)
    found = {}
    for name in MISTAKES:
        wrong = wrong_output(name, settings)
        if wrong is not None and all(n < most for n, most in zip(at, wrong.shape, strict=True)):
            value = float(wrong[at])
            if abs(value - right) > within:
                found[name] = value
    return found


def first_possible(settings: Settings) -> str:
    """The first mistake that changes something; the first of all where none does.

    >>> first_possible(Settings())
    'no_flip'
    """
    return next((name for name in MISTAKES if wrong_output(name, settings) is not None), next(iter(MISTAKES)))


def _flipped_kernel(settings: Settings) -> np.ndarray | None:
    """The transposed convolution with K flipped."""
    x, k = arrays(settings)
    return transposed(x, k[:, :, ::-1, ::-1], settings.layer)


def _crop_one_end(settings: Settings) -> np.ndarray | None:
    """All that padding crops is cropped at the start: the window ends where the canvas does."""
    p_h, p_w = settings.layer.padding  # type: ignore[misc]
    return window(full_canvas(settings), (2 * p_h, 2 * p_w), settings.layer.output_size(settings.size))


def _same_elsewhere(settings: Settings) -> np.ndarray | None:
    """SAME: n·s cells, of what is too much the smaller half cropped at the start."""
    size, before = [], []
    single = single_axes(settings.layer, settings.size)
    for n, (k, s, _, _, d), is_single in zip(settings.size, settings.layer.axes, single, strict=True):
        size.append(1 if is_single else n * s)
        before.append(max(d * (k - 1) + 1 - s, 0) // 2)
    return window(full_canvas(settings), (before[0], before[1]), (size[0], size[1]))


def _input_transposed(settings: Settings) -> np.ndarray | None:
    x, k = arrays(settings)
    return transposed(x.swapaxes(1, 2), k, settings.layer)


def _output_transposed(settings: Settings) -> np.ndarray | None:
    return right_output(settings).swapaxes(1, 2)


RELATIONS: Mapping[str, Callable[[Settings], np.ndarray | None]] = {
    "flipped_kernel": _flipped_kernel,
    "full_canvas": full_canvas,
    "crop_one_end": _crop_one_end,
    "same_elsewhere": _same_elsewhere,
    "input_transposed": _input_transposed,
    "output_transposed": _output_transposed,
}
"""Name -> what else a grid from elsewhere can be. Beside them, there are ``another_crop``, ``missing_bias``."""


UNCROPPED = ("full_canvas", "same_elsewhere")
"""The relations that say themselves what is cropped."""


def related_output(name: str, settings: Settings) -> np.ndarray | None:
    """The whole result of a relation, with what comes after the layer done to it.

    >>> related_output("full_canvas", Settings(crop=((0, 1), (0, 1)), bias=(1.0,))).shape
    (1, 3, 3)
    """
    found = RELATIONS[name](settings.plain)
    if found is None:
        return None
    return with_bias(found, settings.bias) if name in UNCROPPED else settings.after(found)


def rounding(grid: np.ndarray) -> float:
    """Half a unit of the last decimal that a grid has, 0 where it has none or more than a rounded one.

    >>> rounding(np.array([0.5, 1.25])), rounding(np.array([2.0])), rounding(np.array([1 / 3]))
    (0.005, 0.0, 0.0)
    """
    for decimals in range(MOST_DECIMALS + 1):
        if (np.round(grid, decimals) == grid).all():
            return 0.5 * 10.0**-decimals if decimals else 0.0
    return 0.0


def diagnose(settings: Settings, grid: np.ndarray, channel: int | None = None) -> list[str]:
    """Every mistake and relation that gives exactly this grid (C_out, h, w), none where it is the right one.

    Exactly: as far as the grid's decimals go, and but for what sums round. With a ``channel`` the grid (1, h, w) is
    that output channel alone.

    >>> diagnose(Settings(), np.array([[[0, 3, 2], [6, 14, 6], [2, 3, 0]]]))
    ['no_flip', 'flipped_kernel']
    """
    within, shown = rounding(grid) + tolerance(settings), _channels(channel)
    right = right_output(settings)[shown]
    if is_same(grid, right, within):
        return []
    wrong = [(name, wrong_output(name, settings)) for name in MISTAKES]
    related = [(name, related_output(name, settings)) for name in RELATIONS]
    found = [name for name, one in (*wrong, *related) if one is not None and is_same(grid, one[shown], within)]
    if _has_bias(grid, right, within):
        found.append("missing_bias")
    return found if found or crop_of(settings, grid, channel) is None else ["another_crop"]


def _channels(channel: int | None) -> slice:
    return slice(None) if channel is None else slice(channel, channel + 1)


def crop_of(settings: Settings, grid: np.ndarray, channel: int | None = None) -> tuple[int, int, int, int] | None:
    """How many rows and columns (top, bottom, left, right) of the full canvas a grid (C_out, h, w) lacks.

    None where it is no part of the canvas, or too plain a part to know: fewer than 4 cells, or all the same.

    >>> crop_of(Settings(), np.array([[[0, 1], [4, 6]]]))
    (0, 1, 1, 0)
    """
    canvas = full_canvas(settings)[_channels(channel)]
    _, height, width = grid.shape
    down, across = canvas.shape[1] - height, canvas.shape[2] - width
    if len(grid) != len(canvas) or grid.size < FEWEST_CELLS or np.ptp(grid) == 0:
        return None
    within = rounding(grid) + tolerance(settings)
    for top, left in np.ndindex(max(down + 1, 0), max(across + 1, 0)):
        if is_same(grid, canvas[:, top : top + height, left : left + width], within):
            return top, down - top, left, across - left
    return None


def _has_bias(grid: np.ndarray, right: np.ndarray, within: float) -> bool:
    """Whether a grid differs from the right one by one number a channel."""
    if grid.shape != right.shape or right[0].size == 1:
        return False
    gaps = (grid - right).reshape(len(right), -1)
    return bool((np.ptp(gaps, axis=1) <= 2 * within + 1e-12 * np.abs(gaps).max()).all())
