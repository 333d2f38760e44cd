"""The search: all hyper-parameters that take n cells to t, along one axis or along several at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class Way(NamedTuple):
    """The hyper-parameters of one axis, in cells, in torch's order and with torch's names."""

    kernel_size: int
    stride: int
    padding: int
    output_padding: int
    dilation: int


class Axis(NamedTuple):
    """What an axis is to do: from ``size`` cells to ``target`` cells."""

    size: int
    target: int


class Bounds(NamedTuple):
    """How far to search where nothing is fixed, and how many answers to give at ``most``.

    Within them nothing is missed: strides up to ``stride``, kernels up to ``kernel_size`` or twice the stride,
    dilations up to ``dilation``, and paddings up to d(k−1), beyond which the first input cell's stamp is cropped whole
    (Dumoulin & Visin, arXiv 1603.07285, section 4: p ≤ k − 1). Where all axes are one cell, which no stride moves, the
    strides are 1 and about the target. Beyond the bounds come strides about the ratio of the sizes, kernels usual for
    these and those that need no output_padding, and of more than `MOST_PADDINGS` paddings the smallest. Layers in which
    height and width differ are made of the 2·√most most usual ways of each axis.
    """

    kernel_size: int = 16
    stride: int = 16
    dilation: int = 2
    most: int = 100


MOST_PADDINGS = 8
"""As many paddings as differ at a stride of 16: one cell of padding more is two of output_padding."""

Fixed = Mapping[str, int]
"""Names of `Way`'s fields -> the one value that the field may have."""


def ways(axes: Sequence[Axis], fixed: Sequence[Fixed], bounds: Bounds) -> Iterator[tuple[Way, ...]]:
    """All that take every axis to its target, an axis each; they differ in output_padding at most.

    ``fixed`` is an axis each, too; where two fix different things, apart from output_padding, there are none.

    >>> next(ways([Axis(2, 4)], [{"stride": 2, "kernel_size": 3}], Bounds()))
    (Way(kernel_size=3, stride=2, padding=1, output_padding=1, dilation=1),)
    """
    shared, *others = ({name: each[name] for name in each if name != "output_padding"} for each in fixed)
    if any(other != shared for other in others):
        return
    uncovered = [each.get("output_padding") for each in fixed]
    hints = [2 * shared.get("padding", 0) - (o or 0) for o in uncovered]
    for s in _strides(axes, hints, shared, bounds):
        # What is left for the rest to be: t − s(n−1) − 1 = d(k−1) − 2p + o.
        left = [t - 1 - s * (n - 1) for n, t in axes]
        for d in _values("dilation", shared, range(1, bounds.dilation + 1)):
            for k in _kernels(s, d, [each + hint for each, hint in zip(left, hints, strict=True)], shared, bounds):
                reach = d * (k - 1)
                for p in _paddings(max(s, d), reach, zip(left, uncovered, strict=True), shared):
                    yield tuple([Way(k, s, p, each - reach + 2 * p, d) for each in left])


def _paddings(limit: int, reach: int, axes: Iterable[tuple[int, int | None]], fixed: Fixed) -> Sequence[int]:
    """Paddings for which each axis's output_padding, left − reach + 2p, is the fixed one, or from 0 to limit − 1."""
    first, last = 0, reach
    if "padding" in fixed:
        first = last = fixed["padding"]
    for left, o in axes:
        least, most = (0, limit - 1) if o is None else (o, min(o, limit - 1))
        first = max(first, -((left - reach - least) // 2))
        last = min(last, (reach - left + most) // 2)
    return range(first, min(last, first + MOST_PADDINGS - 1) + 1)


def _strides(axes: Sequence[Axis], hints: Sequence[int], fixed: Fixed, bounds: Bounds) -> Sequence[int]:
    """Those within the bounds, and about the ratio of the sizes, with the rest as it is fixed and without it."""
    found = set(range(1, bounds.stride + 1)) if any(n > 1 for n, _ in axes) else {1}
    reach = fixed.get("dilation", 1) * (fixed.get("kernel_size", 1) - 1)
    for (n, t), hint in zip(axes, hints, strict=True):
        for near in (t // n, (t - 1 - reach + hint) // max(n - 1, 1)):
            found |= {near - 1, near, near + 1}
    return _values("stride", fixed, sorted(s for s in found if s >= 1))


def _kernels(s: int, d: int, reaches: Sequence[int], fixed: Fixed, bounds: Bounds) -> Sequence[int]:
    """Those within the bounds, and of larger ones the usual, and those of a reach that needs no output_padding."""
    within = max(bounds.kernel_size, 2 * s) if s <= bounds.stride else bounds.kernel_size
    beyond = {k for k in (s, 2 * s - 1, 2 * s, *(reach // d + 1 for reach in reaches)) if k > within}
    return _values("kernel_size", fixed, [*range(1, within + 1), *sorted(beyond)])


def _values(name: str, fixed: Fixed, free: Sequence[int]) -> Sequence[int]:
    return (fixed[name],) if name in fixed else free
