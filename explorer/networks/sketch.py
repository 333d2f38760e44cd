"""One axis of a transposed convolution to scale: its ends and its middle, ready to be drawn, however long it is.

Two coordinates: a position is a cell of the full canvas (input cell i under kernel cell b lies at i·s + b·d; see
`explorer.relation`), and an x is where it is drawn, in widths of a cell, breaks included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from explorer.layer import LayerError
from explorer.networks.call import AxisCall
from explorer.networks.framing import pairs, shows_whole, windows
from explorer.networks.measuring import count_at

CELLS = 48
"""Output cells that a sketch shows where nobody says how many; up to 7/4 of them where stamps need it."""
FEW = 8
"""Stamps that are drawn at most where only their ends are shown."""
BREAK = 2
"""Width of a break, in cells."""


@dataclass(frozen=True)
class Cell:
    """An output cell at ``x``: its ``position``, its ``index`` in the output (None where it is cropped).

    ``count`` stamps reach it. ``is_added``: it lies beyond the canvas and is 0, as output_padding adds cells.
    """

    x: float
    position: int
    index: int | None
    count: int
    is_added: bool


@dataclass(frozen=True)
class Stamp:
    """What the input cell ``index`` reaches: positions from ``first`` to ``last``.

    ``x`` is where the input cell is drawn (its left edge), None where that is in a break. ``bars`` are the (from, to) x
    of what is shown of the stamp, ``bridges`` those across a break; ``lane`` is its row, so that no two bars cover each
    other. ``is_cut``: whether its first and its last cell are out of sight. ``touches``: x of the cells that a dilated
    stamp reaches; empty where it reaches all of its bars.
    """

    index: int
    first: int
    last: int
    x: float | None
    lane: int
    bars: tuple[tuple[float, float], ...]
    bridges: tuple[tuple[float, float], ...]
    is_cut: tuple[bool, bool]
    touches: tuple[float, ...]


@dataclass(frozen=True)
class Break:
    """Positions from ``first`` to ``last`` that are left out at ``x``.

    ``outputs`` are the first and last index of the output cells among them, ``inputs`` those of the input cells that
    would be drawn there; None where there are none.
    """

    x: float
    first: int
    last: int
    outputs: tuple[int, int] | None
    inputs: tuple[int, int] | None


@dataclass(frozen=True)
class Sketch:
    """All that is drawn of one axis. ``width`` in cells; ``lanes`` of stamps.

    The output lies between the x ``kept``; ``size`` cells, made of ``n``. ``crop_before`` and ``crop_after`` cells are
    cut from ``full_size``. ``stamps_left_out``: how many more stamps reach the cells shown. ``is_at_centre``: an input
    cell is drawn over the middle of its stamp; otherwise (long stamps) over its first cell.
    """

    n: int
    size: int
    full_size: int
    width: float
    lanes: int
    kept: tuple[float, float]
    crop_before: int
    crop_after: int
    cells: tuple[Cell, ...]
    stamps: tuple[Stamp, ...]
    breaks: tuple[Break, ...]
    stamps_left_out: int
    is_at_centre: bool


class Scale:
    """Where positions are drawn: the windows to scale, with a break of a fixed width between two."""

    def __init__(self, shown: Sequence[range]) -> None:
        self.shown = shown
        self.starts: list[float] = []
        x = 0
        for window in shown:
            self.starts.append(x)
            x += len(window) + BREAK
        self.width = x - BREAK

    def at(self, position: float) -> float:
        """The x of the left edge of a position; within a break in proportion.

        >>> Scale([range(0, 4), range(104, 110)]).at(54), Scale([range(0, 4), range(104, 110)]).at(105)
        (5.0, 7)
        """
        for place, window in enumerate(self.shown):
            if position <= window.stop:
                if position >= window.start or not place:
                    return self.starts[place] + position - window.start
                before = self.shown[place - 1].stop
                return self.starts[place] - BREAK * (window.start - position) / (window.start - before)
        return self.width

    def shows(self, position: int) -> bool:
        """Whether the cell at a position is drawn."""
        return any(position in window for window in self.shown)


def sketch(axis: AxisCall, n: int, cells: int = CELLS) -> Sketch:
    """The sketch of a transposed convolution along one axis for n cells of input, with some ``cells`` of its output.

    Raises `LayerError` where there is no input or no output. Its time and its size do not grow with n, k or s.

    >>> drawn = sketch(AxisCall.of(3, 2, 1, 1), 16)
    >>> [cell.count for cell in drawn.cells[:6]], [cell.index for cell in drawn.cells[:3]]
    ([1, 1, 2, 1, 2, 1], [None, 0, 1])
    """
    size = axis.transposed_size(n)
    if n < 1 or size < 1:
        raise LayerError("input size", n, f"leaves an output of {size} cells; both must be at least 1")
    shown = windows(axis, n, cells)
    scale = Scale(shown)
    at_centre = len(shown) == 1 or shows_whole(axis, cells)
    over = axis.reach // 2 if at_centre else 0
    drawn, left_out = _inputs(axis, n, shown, 4 * cells if at_centre else FEW)
    stamps = _stamps(axis, scale, drawn, over, at_centre)
    full = axis.full_size(n)
    return Sketch(
        n,
        size,
        full,
        scale.width,
        1 + max(stamp.lane for stamp in stamps),
        (scale.at(axis.crop_before), scale.at(full - axis.crop_after)),
        axis.crop_before,
        axis.crop_after,
        tuple(_cell(axis, n, scale, position) for window in shown for position in window),
        tuple(stamps),
        tuple(_breaks(axis, n, scale, over)),
        left_out,
        at_centre,
    )


def _cell(axis: AxisCall, n: int, scale: Scale, position: int) -> Cell:
    index = position - axis.crop_before
    is_added = not 0 <= position < axis.full_size(n)
    count = 0 if is_added else count_at(axis, n, position)
    return Cell(scale.at(position), position, index if 0 <= index < axis.transposed_size(n) else None, count, is_added)


def _inputs(axis: AxisCall, n: int, shown: Sequence[range], most: int) -> tuple[list[int], int]:
    """The input cells whose stamps are drawn: all that reach what is shown, or of too many a few, and how many more."""
    found: list[range] = []
    for window in shown:
        first = max(-((axis.reach - 1 - window.start) // axis.stride), found[-1].stop if found else 0)
        found.append(range(first, max(min((window.stop - 1) // axis.stride + 1, n), first)))
    count = sum(inputs.stop - inputs.start for inputs in found)
    if count <= most:
        return [i for inputs in found for i in inputs], 0
    few = pairs(n)
    return few, count - len(few)


def _stamps(axis: AxisCall, scale: Scale, inputs: list[int], over: int, at_centre: bool) -> list[Stamp]:
    """The stamps, each in the first lane that is free where it begins."""
    ends: list[float] = []
    stamps = []
    for i in inputs:
        cells = range(axis.stride * i, axis.stride * i + axis.reach)
        parts = [range(max(cells.start, w.start), min(cells.stop, w.stop)) for w in scale.shown]
        bars = [(scale.at(part.start), scale.at(part.stop)) for part in parts if part.start < part.stop]
        lane = next((lane for lane, end in enumerate(ends) if end <= bars[0][0]), len(ends))
        ends[lane : lane + 1] = [bars[-1][1]]
        x = scale.at(cells.start + (axis.reach - 1) / 2 if at_centre else cells.start)
        stamps.append(
            Stamp(
                i,
                cells.start,
                cells.stop - 1,
                x if scale.shows(cells.start + over) else None,
                lane,
                tuple(bars),
                tuple((bar[1], after[0]) for bar, after in pairwise(bars)),
                (not scale.shows(cells.start), not scale.shows(cells.stop - 1)),
                tuple(_touched(axis, scale, cells.start, parts)) if axis.dilation > 1 else (),
            )
        )
    return stamps


def _touched(axis: AxisCall, scale: Scale, start: int, parts: Sequence[range]) -> list[float]:
    return [scale.at(cell) for part in parts for cell in part if (cell - start) % axis.dilation == 0]


def _breaks(axis: AxisCall, n: int, scale: Scale, over: int) -> list[Break]:
    """What is left out between two windows."""
    size, breaks = axis.transposed_size(n), []
    for place, (window, after) in enumerate(pairwise(scale.shown)):
        first, last = window.stop, after.start - 1
        outputs = _ends(first - axis.crop_before, last - axis.crop_before, size)
        inputs = _ends(-((over - first) // axis.stride), (last - over) // axis.stride, n)
        breaks.append(Break(scale.starts[place] + len(window), first, last, outputs, inputs))
    return breaks


def _ends(first: int, last: int, count: int) -> tuple[int, int] | None:
    """The first and the last of the indices from ``first`` to ``last`` that are from 0 to below ``count``."""
    first, last = max(first, 0), min(last, count - 1)
    return (first, last) if first <= last else None
