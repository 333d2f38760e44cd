"""The whole result that each mistake gives, computed as the person who makes it would compute it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from explorer import relation
from explorer.methods import METHODS
from explorer.methods.matrix import conv_matrix
from explorer.mistakes.arrays import arrays, full_canvas, is_same, tolerance, transposed, window
from explorer.settings import Settings

LARGEST_MATRIX = 2**17
"""Entries of the largest W that is inverted: above it the pseudo-inverse takes longer than a click may."""


@dataclass(frozen=True)
class Mistake:
    """What people believe: its ``name`` in explorer/text, the ``thread`` where it happened (owner/repository#number, or
    nothing), and its ``output``: the whole wrong result (C_out, h, w), of any size, None where it cannot be computed.
    """

    name: str
    thread: str
    output: Callable[[Settings], np.ndarray | None]


@lru_cache(maxsize=256)
def right_output(settings: Settings) -> np.ndarray:
    """Y (C_out, H', W'), read-only.

    >>> right_output(Settings()).astype(int).tolist()
    [[[0, 0, 1], [0, 4, 6], [4, 12, 9]]]
    """
    output = settings.after(METHODS["naive"](*arrays(settings), settings.layer))
    output.flags.writeable = False
    return output


@lru_cache(maxsize=256)
def wrong_output(name: str, settings: Settings) -> np.ndarray | None:
    """The whole result of a mistake, read-only; None where it changes nothing or cannot be computed.

    >>> wrong_output("no_flip", Settings()).astype(int).tolist()
    [[[0, 3, 2], [6, 14, 6], [2, 3, 0]]]
    """
    return MISTAKES[name].output(settings)


def _where_it_changes(compute: Callable[[Settings], np.ndarray | None]) -> Callable[[Settings], np.ndarray | None]:
    """The computation of the layer, then what comes after the layer; None where the result is the right one."""

    def output(settings: Settings) -> np.ndarray | None:
        found = compute(settings.plain)
        wrong = None if found is None else settings.after(found)
        if wrong is None or min(wrong.shape) < 1 or is_same(wrong, right_output(settings), tolerance(settings)):
            return None
        wrong.flags.writeable = False
        return wrong

    return output


def _pads_input(settings: Settings) -> np.ndarray | None:
    """X gets a border of p zeros, and nothing is cropped."""
    x, k = arrays(settings)
    (_, _, p_h, _, _), (_, _, p_w, _, _) = settings.layer.axes
    return transposed(np.pad(x, ((0, 0), (p_h, p_h), (p_w, p_w))), k, settings.layer, padding=0)


def _no_flip(settings: Settings) -> np.ndarray | None:
    """K itself slides over the input with zeros between its cells, where the flipped kernel should."""
    layer = settings.layer
    x, k = arrays(settings)
    (k_h, s_h, _, _, d_h), (k_w, s_w, _, _, d_w) = layer.axes
    reach = d_h * (k_h - 1), d_w * (k_w - 1)
    top, left, height, width = layer.window(settings.size)
    spread = np.zeros((len(x), *(n + r for n, r in zip(layer.canvas_size(settings.size), reach, strict=True))))
    rows, columns = reach[0] + s_h * np.arange(x.shape[1]), reach[1] + s_w * np.arange(x.shape[2])
    spread[:, rows[:, None], columns] = x
    seen = sliding_window_view(spread, (reach[0] + 1, reach[1] + 1), axis=(1, 2))
    seen = seen[:, top : top + height, left : left + width, ::d_h, ::d_w]
    each = layer.in_channels // layer.groups
    groups = [slice(first, first + each) for first in range(0, layer.in_channels, each)]
    return np.concatenate([np.einsum("ihwab,ioab->ohw", seen[group], k[group]) for group in groups])


def _zeros_appended(settings: Settings) -> np.ndarray | None:
    """The result without output_padding, then o rows and columns of zeros at its end."""
    without = transposed(*arrays(settings), settings.layer, output_padding=0)
    return None if without is None else window(without, (0, 0), settings.layer.output_size(settings.size))


def _layout_swapped(settings: Settings) -> np.ndarray | None:
    """K, written (in, out // groups, …), is meant as (out, in // groups, …): silent where there are as many of both."""
    layer = settings.layer
    x, k = arrays(settings)
    if layer.in_channels != layer.out_channels:
        return None
    each = layer.in_channels // layer.groups
    blocks = k.reshape(layer.groups, each, each, *k.shape[2:])
    return transposed(x, blocks.swapaxes(1, 2).reshape(k.shape), layer)


def _pseudo_inverse(settings: Settings) -> np.ndarray | None:
    """W⁺·vec(X): what comes nearest to undoing the convolution, in place of Wᵀ·vec(X)."""
    x, k = arrays(settings)
    layer, size = settings.layer, settings.size
    shape = (layer.out_channels, *layer.output_size(size))
    if x.size * np.prod(shape) > LARGEST_MATRIX:
        return None
    matrix = conv_matrix(k, layer, size).toarray()
    try:
        found = (np.linalg.pinv(matrix) @ x.ravel()).reshape(shape)
    except np.linalg.LinAlgError:
        return None
    if not np.isfinite(found).all():  # a kernel so small that its inverse is no number
        return None
    right = right_output(settings)
    # The decomposition rounds more than a sum does.
    return None if is_same(found, right, 1e-9 * float(np.abs(right).max())) else found


def _one_side(settings: Settings) -> np.ndarray | None:
    """All that padding crops is cropped at the end: the window begins at the canvas's first cell."""
    return window(full_canvas(settings), (0, 0), settings.layer.output_size(settings.size))


def _overlap_not_added(settings: Settings) -> np.ndarray | None:
    """Each stamp is written over those before it: = in place of +=."""
    layer = settings.layer
    x, k = arrays(settings)
    rows, columns = relation.landing(layer, settings.size)
    canvas = np.zeros((layer.out_channels, *layer.canvas_size(settings.size)))
    for channel, i, j in np.ndindex(*x.shape):
        outputs = relation.outputs_of(layer, channel)
        canvas[outputs.start : outputs.stop, rows[i][:, None], columns[j]] = x[channel, i, j] * k[channel]
    top, left, height, width = layer.window(settings.size)
    return canvas[:, top : top + height, left : left + width].copy()


def _dilation_forgotten(settings: Settings) -> np.ndarray | None:
    """The kernel's cells stay side by side."""
    return transposed(*arrays(settings), settings.layer, dilation=1)


def _stride_forgotten(settings: Settings) -> np.ndarray | None:
    """The stamps stay one cell apart."""
    return transposed(*arrays(settings), settings.layer, stride=1)


def _output_padding_both(settings: Settings) -> np.ndarray | None:
    """The window grows by o on both sides."""
    layer = settings.layer
    top, left, height, width = layer.window(settings.size)
    o_h, o_w = (o for _, _, _, o, _ in layer.axes)
    return window(full_canvas(settings), (top - o_h, left - o_w), (height + o_h, width + o_w))


def _groups_crosstalk(settings: Settings) -> np.ndarray | None:
    """Each output channel sums all input channels, also those of other groups."""
    layer = settings.layer
    together = transposed(*arrays(settings), settings.layer, out_channels=layer.weight_shape[1], groups=1)
    return None if together is None else np.tile(together, (layer.groups, 1, 1))


def _rows_and_columns(settings: Settings) -> np.ndarray | None:
    """The kernel's rows are taken for its columns; where K is symmetric, those of the input."""
    x, k = arrays(settings)
    turned = transposed(x, k.swapaxes(2, 3), settings.layer)
    if turned is not None and not is_same(turned, right_output(settings), tolerance(settings)):
        return turned
    return transposed(x.swapaxes(1, 2), k, settings.layer)


NOWHERE = "", 0
_ALL: Mapping[str, tuple[tuple[str, int], Callable[[Settings], np.ndarray | None]]] = {
    "pads_input": (("Samsung/TICO", 420), _pads_input),
    "no_flip": (("patrick-kidger/equinox", 728), _no_flip),
    "zeros_appended": (("pytorch/pytorch", 8816), _zeros_appended),
    "layout_swapped": (("pytorch/pytorch", 5521), _layout_swapped),
    "pseudo_inverse": (("vlfeat/matconvnet", 784), _pseudo_inverse),
    "one_side": (("tensorflow/tensorflow", 45999), _one_side),
    "overlap_not_added": (NOWHERE, _overlap_not_added),
    "dilation_forgotten": (("keras-team/keras", 8146), _dilation_forgotten),
    "stride_forgotten": (NOWHERE, _stride_forgotten),
    "output_padding_both": (NOWHERE, _output_padding_both),
    "groups_crosstalk": (("pytorch/pytorch", 16222), _groups_crosstalk),
    "rows_and_columns": (NOWHERE, _rows_and_columns),
}


def _thread(repository: str, number: int) -> str:
    return f"{repository}#{number}" if repository else ""


MISTAKES: Mapping[str, Mistake] = {
    name: Mistake(name, _thread(*thread), _where_it_changes(compute)) for name, (thread, compute) in _ALL.items()
}
"""Name -> what people believe, the most frequent first."""
