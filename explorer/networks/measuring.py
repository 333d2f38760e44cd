"""What a layer of a network costs, and how its stamps overlap: counted by arithmetic, for inputs of any size.

Sources: Dumoulin & Visin, arXiv 1603.07285, for the sizes; Odena, Dumoulin & Olah, "Deconvolution and Checkerboard
Artifacts" (Distill, 2016), for uneven overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import gcd, prod

from explorer.layer import LayerError
from explorer.networks.call import AxisCall, LayerCall
from explorer.text import say

FLOAT32 = 4
"""Bytes of a float32."""
PERIOD = 32
"""Phases of a period that an `Overlap` holds at most; longer periods are summed up only."""


@dataclass(frozen=True)
class Overlap:
    """How many stamps meet in the cells of one axis, where the ends are far enough away.

    The counts repeat every stride: ``period`` of them, and ``counts`` has the first `PERIOD`, beginning at the first
    cell of a stamp. ``values`` are the counts of the whole period, each once, the smallest first; ``bare`` of its cells
    no stamp reaches.
    ``gap``: cells between the end of a stamp and the beginning of the next (more than 0 where reach < stride).
    ``interior``: how many cells of the output lie in that far-away part; it may be 0 for a short input.
    """

    counts: tuple[int, ...]
    gap: int
    period: int
    values: tuple[int, ...]
    bare: int
    interior: int

    @property
    def is_even(self) -> bool:
        """Whether every cell of the interior is reached by the same number of stamps."""
        return len(self.values) == 1


@dataclass(frozen=True)
class Measured:
    """The costs of one layer for one input; what depends on channels that nobody says is None.

    ``full_size`` is the canvas before the crop, None where the layer is no transposed convolution. ``multiply_adds``
    counts each input cell times each kernel cell (what a transposed convolution computes, with what is cropped after);
    ``multiply_adds_of_outputs`` counts the kernel's cells for each output cell, as some tools do
    (`explorer.networks.conventions`). One multiply-add is two floating-point operations. ``activations`` are the
    output's numbers, ``bytes`` their memory as float32. ``overlaps``: an axis each, empty where nothing is stamped.
    """

    size: tuple[int, ...]
    full_size: tuple[int, ...] | None
    weights: int | None
    biases: int | None
    multiply_adds: int | None
    multiply_adds_of_outputs: int | None
    activations: int | None
    bytes: int | None
    overlaps: tuple[Overlap, ...]

    @property
    def parameters(self) -> int | None:
        """Weights and biases together."""
        return None if self.weights is None else self.weights + (self.biases or 0)

    @property
    def overlap_counts(self) -> tuple[int, ...]:
        """The overlap counts that occur in the interior, all axes together, each once, the smallest first.

        >>> measure(LayerCall((AxisCall.of(3, 2, 1, 1),) * 2, 128, 64), (16, 16)).overlap_counts
        (1, 2, 4)
        """
        values = [found.values for found in self.overlaps]
        return tuple(sorted({prod(counts) for counts in product(*values)})) if values else ()


def measure(call: LayerCall, size: Sequence[int]) -> Measured:
    """The costs of a layer for an input of ``size``, an axis each.

    A pooling and a resize have no weights, and no multiply-adds are counted for them. Raises `LayerError` where the
    size has another number of axes, or no output is left.

    >>> found = measure(LayerCall((AxisCall.of(4, 2, 1),) * 2, 512, 256, bias=False), (4, 4))
    >>> found.size, found.weights, found.multiply_adds, found.overlaps[0].counts
    ((8, 8), 2097152, 33554432, (2, 2))
    """
    given = tuple(size)
    if len(given) != len(call.axes) or min(given) < 1:
        raise LayerError("input size", given, say("rules.whole_numbers", count=len(call.axes)))
    sized = call.at(given)
    out = sized.size(given)
    is_transposed = call.kind == "transposed"
    has_weights = is_transposed or call.kind == "convolution"
    weights = biases = stamped = gathered = 0 if not has_weights else None
    if has_weights and call.in_channels and call.out_channels:
        weights = call.in_channels * (call.out_channels // call.groups) * prod(axis.kernel_size for axis in call.axes)
        biases = call.out_channels if call.bias else 0
        gathered = weights * prod(out)
        stamped = weights * prod(given) if is_transposed else gathered
    activations = call.out_channels * prod(out) if call.out_channels else None
    return Measured(
        out,
        tuple(axis.full_size(n) for axis, n in zip(call.axes, given, strict=True)) if is_transposed else None,
        weights,
        biases,
        stamped,
        gathered,
        activations,
        None if activations is None else FLOAT32 * activations,
        tuple(overlap(axis, n) for axis, n in zip(sized.axes, given, strict=True)) if is_transposed else (),
    )


def overlap(axis: AxisCall, n: int) -> Overlap:
    """How the stamps of one axis overlap, for an input of n cells.

    Kernel cell b of a stamp that begins at 0 lies at b·d, so cell r of a period is reached by the b with b·d ≡ r
    (mod s). Multiples of g = gcd(s, d) are reached, s/g of them, in turn: k·g/s times each, rounded down or up.

    >>> overlap(AxisCall(3, 2), 16).counts, overlap(AxisCall(2, 3), 16).gap
    ((2, 1), 1)
    """
    k, s = axis.kernel_size, axis.stride
    turns = s // gcd(s, axis.dilation)
    every, once_more = divmod(k, turns)
    reached = min(k, turns)
    values = {every + 1} if once_more else set()
    values |= {every} if every else set()
    values |= {0} if reached < s else set()
    cells = interior(axis, n)
    return Overlap(
        tuple(phase_count(axis, phase) for phase in range(min(s, PERIOD))),
        max(s - axis.reach, 0),
        s,
        tuple(sorted(values)),
        s - reached,
        cells.stop - cells.start,  # len ends at 2⁶³
    )


def phase_count(axis: AxisCall, phase: int) -> int:
    """How many stamps reach a cell of the interior that lies ``phase`` cells after a stamp's beginning (mod stride).

    >>> [phase_count(AxisCall(5, 3), phase) for phase in range(3)]
    [2, 2, 1]
    """
    common = gcd(axis.stride, axis.dilation)
    if phase % common:
        return 0
    turns = axis.stride // common
    first = phase // common * pow(axis.dilation // common, -1, turns) % turns
    return len(range(first, axis.kernel_size, turns))


def interior(axis: AxisCall, n: int) -> range:
    """The kept canvas cells that are as far from both ends as a stamp reaches, so that no stamp is missing there.

    >>> interior(AxisCall(3, 2, crop_before=1), 4)
    range(1, 8)
    """
    first = max(axis.reach - axis.stride, axis.crop_before, 0)
    full = axis.full_size(n)
    return range(first, max(min(axis.stride * n, full, full - axis.crop_after), first))


def count_at(axis: AxisCall, n: int, position: int) -> int:
    """How many of n input cells reach the canvas cell at ``position``; no arrays, whatever the sizes are.

    >>> [count_at(AxisCall(3, 2), 3, position) for position in range(7)]
    [1, 1, 2, 1, 2, 1, 1]
    """
    k, s, d = axis.kernel_size, axis.stride, axis.dilation
    common = gcd(s, d)
    if position % common:
        return 0
    turns = s // common
    wanted = position // common * pow(d // common, -1, turns) % turns
    lowest = max(-((s * (n - 1) - position) // d), 0)  # the last input cell lies s(n−1) cells after the first
    first = lowest + (wanted - lowest) % turns
    return len(range(first, min(position // d, k - 1) + 1, turns))
