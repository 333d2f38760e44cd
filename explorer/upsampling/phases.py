"""The phases of a kernel: which of its cells meet in which output cells, and whether their sums are equal.

Kernel cell (a, b) of input cell (i, j) lands on canvas cell (i·s + a·d, j·s + b·d), whatever the input. So it only ever
reaches canvas rows of the remainder (a·d) mod s and columns of the remainder (b·d) mod s: that pair is its phase.
Phase (p, q) is a place on the canvas: rows p, p + s, …, columns q, q + s, … In the output it is shifted by the padding,
because Y[r, c] = canvas[r + p_h, c + p_w].
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explorer import relation
from explorer.layer import Layer, Pair

TOLERANCE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 1e-5}
"""Up to which difference two phase sums are equal, relative to the largest sum of a phase's absolute values."""


def kernel_phases(layer: Layer) -> tuple[np.ndarray, np.ndarray]:
    """The phase's row of each kernel row, shape (kH,), and the phase's column of each kernel column, shape (kW,).

    >>> rows, columns = kernel_phases(Layer(kernel_size=(3, 2), stride=2, dilation=(1, 2)))
    >>> rows.tolist(), columns.tolist()
    ([0, 1, 0], [0, 0])
    """
    rows, columns = relation.landing(layer, (1, 1))
    (_, s_h, *_), (_, s_w, *_) = layer.axes
    return rows[0] % s_h, columns[0] % s_w


def phase_sums(weight: ArrayLike, layer: Layer) -> np.ndarray:
    """The sums of the kernel's phases, float64 (C_in, C_out // groups, s_h, s_w), in the order of the canvas.

    Element [ci, co, p, q] adds up the kernel's cells (a, b) with (a·d) mod s = p along the height and (b·d) mod s = q
    along the width. It is what an input channel of ones gives in canvas cell (p, q), (p + s_h, q), …, away from the
    border. A phase without a kernel cell has the sum 0. Raises `LayerError` where the weight does not fit the layer.

    >>> phase_sums([[[[1, 1, 1], [1, 1, 1], [1, 1, 1]]]], Layer(kernel_size=3, stride=2))[0, 0].tolist()
    [[4.0, 2.0], [2.0, 1.0]]
    """
    return _sums(layer.checked_weight(weight), layer)


def phase_cells(layer: Layer) -> np.ndarray:
    """How many kernel cells each phase has, int (s_h, s_w).

    >>> phase_cells(Layer(kernel_size=3, stride=2)).tolist()
    [[4, 2], [2, 1]]
    """
    (_, s_h, *_), (_, s_w, *_) = layer.axes
    rows, columns = kernel_phases(layer)
    return np.outer(np.bincount(rows, minlength=s_h), np.bincount(columns, minlength=s_w))


@dataclass(frozen=True)
class Verdict:
    """Whether an input that is constant in each of its channels gives a constant interior.

    ``sums`` are the `phase_sums`, ``cells`` the `phase_cells`, ``even`` (C_in, C_out // groups) says of each channel
    pair whether its sums are all equal.
    """

    sums: np.ndarray
    cells: np.ndarray
    even: np.ndarray

    @property
    def is_constant(self) -> bool:
        """Whether the interior is constant whatever constants the input channels hold: every channel pair is even.

        Channel pairs that are uneven may cancel for some constants; see `interior_pattern` for given ones.
        """
        return bool(self.even.all())

    @property
    def empty(self) -> list[Pair]:
        """The phases that no kernel cell has: their output cells are 0 for every weight."""
        return [(int(p), int(q)) for p, q in np.argwhere(self.cells == 0)]


def verdict(weight: ArrayLike, layer: Layer) -> Verdict:
    """The phase sums, and whether they agree. Raises `LayerError` where the weight does not fit the layer.

    >>> verdict(np.ones((1, 1, 4, 4)), Layer(kernel_size=4, stride=2)).is_constant
    True
    >>> verdict(np.ones((1, 1, 4, 4)), Layer(kernel_size=4, stride=2, dilation=2)).empty
    [(0, 1), (1, 0), (1, 1)]
    """
    weight = layer.checked_weight(weight)
    sums = _sums(weight, layer)
    even = np.ptp(sums, axis=(2, 3)) <= _tolerance(weight, layer)
    return Verdict(sums, phase_cells(layer), even)


def interior_pattern(weight: ArrayLike, layer: Layer, constants: ArrayLike | None = None) -> np.ndarray:
    """What an input with these ``constants`` (C_in,) gives inside, (C_out, s_h, s_w), again and again; default: ones.

    Element [co, p, q] is the value of the canvas cells of phase (p, q).

    >>> interior_pattern(np.ones((2, 1, 3, 1)), Layer(2, 1, (3, 1), (2, 1)), [1, 10]).tolist()
    [[[22.0], [11.0]]]
    """
    sums = phase_sums(weight, layer)
    given = np.ones(layer.in_channels) if constants is None else np.asarray(constants, float)
    scaled = (sums * given[:, None, None, None]).reshape(layer.groups, -1, *sums.shape[1:])
    return scaled.sum(axis=1).reshape(layer.out_channels, *sums.shape[2:])


def spread(sums: np.ndarray) -> float | None:
    """How far phase sums lie apart: (largest − smallest) / |mean|; None where the mean is 0 and they differ.

    >>> spread(np.array([4, 2, 2, 1])), spread(np.ones(4))
    (1.3333333333333333, 0.0)
    """
    apart, mean = float(np.ptp(sums)), float(np.mean(sums))
    if apart == 0:
        return 0.0
    return apart / abs(mean) if mean else None


@dataclass(frozen=True)
class Mended:
    """The nearest ``weight`` with equal phase sums and the same total, and what it took.

    ``target`` (C_in, C_out // groups) is the sum that every phase gets, ``is_mended`` (the same shape) whether it has
    it: a channel pair that cannot be mended keeps its weights. ``change`` is the distance ||K' − K||.
    """

    weight: np.ndarray
    target: np.ndarray
    is_mended: np.ndarray
    change: float


def mend(weight: ArrayLike, layer: Layer) -> Mended:
    """The kernel K' nearest to K, by ||K' − K||², whose phase sums are all equal and whose total is K's.

    With the total T kept, every one of the s_h·s_w phases must get the sum t = T / (s_h·s_w). The phases share no
    cells, so that each is a problem of its own: the nearest n numbers with a given sum are the old ones, all shifted by
    the same amount (Lagrange: 2(K' − K) = λ for each cell of the phase), here (t − S) / n for a phase of n cells and of
    the sum S. Cells of one phase keep their differences. A phase without cells keeps the sum 0: where there is one
    (kernel below stride, or a dilation that shares a divisor with it), only a kernel of total 0 can be mended.

    >>> mend(np.ones((1, 1, 3, 3)), Layer(kernel_size=3, stride=2)).weight[0, 0].tolist()
    [[0.5625, 1.125, 0.5625], [1.125, 2.25, 1.125], [0.5625, 1.125, 0.5625]]
    >>> mend(np.ones((1, 1, 1, 1)), Layer(kernel_size=1, stride=2)).is_mended.tolist()
    [[False]]
    """
    weight = layer.checked_weight(weight)
    sums, cells = _sums(weight, layer), phase_cells(layer)
    target = sums.sum(axis=(2, 3)) / cells.size
    is_mended = (cells > 0).all() | (np.abs(target) <= _tolerance(weight, layer))
    shift = np.where(is_mended[:, :, None, None], target[:, :, None, None] - sums, 0) / np.maximum(cells, 1)
    rows, columns = kernel_phases(layer)
    mended = (weight + shift[:, :, rows[:, None], columns[None, :]]).astype(weight.dtype)
    return Mended(mended, target, is_mended, float(np.linalg.norm(mended - weight)))


def _sums(weight: np.ndarray, layer: Layer) -> np.ndarray:
    (_, s_h, *_), (_, s_w, *_) = layer.axes
    rows, columns = kernel_phases(layer)
    sums = np.zeros((*weight.shape[:2], s_h, s_w))
    for a, b in np.ndindex(*weight.shape[2:]):
        sums[:, :, rows[a], columns[b]] += weight[:, :, a, b]
    return sums


def _tolerance(weight: np.ndarray, layer: Layer) -> np.ndarray:
    """The difference that rounding may make, (C_in, C_out // groups): it grows with the numbers that are added."""
    return TOLERANCE[weight.dtype] * _sums(np.abs(weight), layer).max(axis=(2, 3))
