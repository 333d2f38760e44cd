"""Which cells of an axis a sketch shows: all of a short one; of a long one what lies at its ends and in its middle."""

from collections.abc import Iterable, Iterator

from explorer.networks.call import AxisCall

GROUPS = 3
"""The beginning, the middle and the end share the cells of a sketch."""
NEARBY = 2
"""Cells between two windows that are shown too, because a break would take as much space."""


def group_of(axis: AxisCall, cells: int) -> int:
    """Cells of the beginning, the middle and the end: a third of ``cells``, up to 7/4 of it where two stamps need that.

    >>> group_of(AxisCall(4, 2), 48), group_of(AxisCall(16, 8), 48), group_of(AxisCall(64, 32), 48)
    (16, 24, 16)
    """
    group, needed = cells // GROUPS, axis.stride + axis.reach
    return needed if group < needed <= group * 7 // 4 else group


def shows_whole(axis: AxisCall, cells: int) -> bool:
    """Whether stamps are short enough to be shown whole; otherwise their ends are, with a break between.

    >>> shows_whole(AxisCall(3, 1000), 48), shows_whole(AxisCall(64, 32), 48)
    (True, False)
    """
    group = group_of(axis, cells)
    return axis.stride + axis.reach <= group or 2 * axis.reach + 2 * GROUPS <= group


def extent(axis: AxisCall, n: int) -> range:
    """The cells of the full canvas, and before and after it those that a negative crop adds.

    >>> extent(AxisCall.of(2, 2, output_padding=1), 2)
    range(0, 5)
    """
    full = axis.full_size(n)
    return range(min(0, axis.crop_before), max(full, full - axis.crop_after))


def windows(axis: AxisCall, n: int, cells: int) -> tuple[range, ...]:
    """The canvas cells that are shown, in order and apart from one another: some ``cells`` of them.

    Shown are two neighbouring stamps at the beginning, in the middle and at the end, whole or (where they are long)
    their ends; the ends of the axis; and both sides of where the crop cuts. A few cells more fill gaps of one.

    >>> windows(AxisCall.of(4, 2, 1), 100, 30)
    (range(0, 10), range(96, 106), range(192, 202))
    """
    whole, group, middle = extent(axis, n), group_of(axis, cells), (n - 1) // 2
    if whole.stop - whole.start <= max(cells, GROUPS * group):
        return (whole,)
    found = []
    for pair in ((0, 1), (middle, middle + 1), (n - 2, n - 1)):
        inputs = [i for i in pair if 0 <= i < n]
        found += _around(axis, whole, inputs, group) if shows_whole(axis, cells) else _ends(axis, inputs)
    edges = {whole.start + 1, axis.crop_before, axis.full_size(n) - axis.crop_after, whole.stop - 1}
    return tuple(_merged(_within(whole, [*found, *(range(edge - 1, edge + 1) for edge in edges)])))


def pairs(n: int) -> list[int]:
    """The input cells whose stamps are shown in any case, an index each.

    >>> pairs(100)
    [0, 1, 49, 50, 98, 99]
    """
    middle = (n - 1) // 2
    return sorted({i for i in (0, 1, middle, middle + 1, n - 2, n - 1) if 0 <= i < n})


def _around(axis: AxisCall, whole: range, inputs: list[int], group: int) -> list[range]:
    """One window of ``group`` cells around the stamps of these input cells, or one around each."""
    stamps = [range(axis.stride * i, axis.stride * i + axis.reach) for i in inputs]
    first, stop = stamps[0].start, stamps[-1].stop
    if stop - first <= group:
        start = min(max((first + stop - group) // 2, whole.start), whole.stop - group)
        return [range(start, start + group)]
    return [range(stamp.start - 1, stamp.stop + 1) for stamp in stamps]


def _ends(axis: AxisCall, inputs: list[int]) -> list[range]:
    """Three cells around the first and the last cell of each of these input cells' stamps."""
    firsts = [axis.stride * i for i in inputs]
    return [range(end - 1, end + 2) for first in firsts for end in (first, first + axis.reach - 1)]


def _within(whole: range, found: Iterable[range]) -> Iterator[range]:
    for window in found:
        start, stop = max(window.start, whole.start), min(window.stop, whole.stop)
        if start < stop:
            yield range(start, stop)


def _merged(found: Iterable[range]) -> list[range]:
    merged: list[range] = []
    for window in sorted(found, key=lambda one: one.start):
        if merged and window.start - merged[-1].stop <= NEARBY:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, window.stop))
        else:
            merged.append(window)
    return merged
