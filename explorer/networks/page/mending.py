"""What has to be changed so that a chain gives a wanted size: sizes go backwards as intervals, nothing is searched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.networks.call import AxisCall, LayerCall

LARGEST = 10**6
"""The largest padding that a text may say."""
Interval = tuple[int, int]
"""From the smallest to the largest size that will do; empty where the first is larger."""


@dataclass(frozen=True)
class Mend:
    """One layer changed: its number from 1, the call as it should be, and the output's size that follows for it."""

    number: int
    call: LayerCall
    size: tuple[int, ...]


def needed(calls: Sequence[LayerCall], axis: int, size: int) -> list[Interval]:
    """The sizes along an axis that will do before each layer, and at the end the wanted one itself.

    >>> up = LayerCall((AxisCall.of(4, 2, 1),))
    >>> needed([up, up], 0, 64)
    [(16, 16), (32, 32), (64, 64)]
    """
    found = [(size, size)]
    for call in reversed(calls):
        found.append(before(call, axis, found[-1]))
    return found[::-1]


def before(call: LayerCall, axis: int, wanted: Interval) -> Interval:
    """The sizes from which a layer makes one of the wanted ones."""
    (low, high), one = wanted, call.axes[axis]
    s = one.stride
    if call.kind == "resize":
        return max(-(-low // s), 1), high // s
    if call.kind == "transposed":
        rest = one.reach - one.crop_before - one.crop_after - s
        return max(-((rest - low) // s), 1), (high - rest) // s
    padded = one.reach - one.crop_before - one.crop_after
    return max(s * (low - 1) + padded, 1), s * high + padded - 1


def with_crop(axis: AxisCall, n: int, wanted: Interval) -> AxisCall | None:
    """The axis in torch's parameters with the padding and output_padding that are nearest; None where there are none.

    A padding of more than a stamp less one cell would crop whole stamps (Dumoulin & Visin, section 4): none does.

    >>> with_crop(AxisCall.of(3, 2, 1), 16, (32, 32)).torch
    (1, 1, 0, 0)
    """
    low, high = wanted
    now = axis.transposed_size(n)
    if low > high:
        return None
    crop = axis.full_size(n) - min(max(now, low), high)
    padding, _, then_before, then_after = axis.torch
    most, largest = max(axis.stride, axis.dilation), min(max(axis.reach - 1, padding), LARGEST)
    if then_before or then_after:  # what no parameter of torch says: the end is cropped
        after = crop - axis.crop_before
        return replace(axis, crop_after=after) if -most < after <= largest else None
    for p in (padding, max(-(-crop // 2), 0)):
        if p <= largest and 0 <= 2 * p - crop < most:
            return AxisCall.of(axis.kernel_size, axis.stride, p, 2 * p - crop, axis.dilation)
    return None


def mends(calls: Sequence[LayerCall], sizes: Sequence[tuple[int, ...]], target: tuple[int, ...]) -> list[Mend]:
    """Each single layer whose padding or output_padding, changed, gives the target; the last layers first.

    ``sizes`` are those before each layer.

    >>> up = LayerCall((AxisCall.of(3, 2, 1),), line=1)
    >>> [(mend.number, mend.call.axes[0].torch) for mend in mends([up], [(16,)], (32,))]
    [(1, (1, 1, 0, 0))]
    """
    wanted = [needed(calls, axis, size) for axis, size in enumerate(target)]
    found = []
    for at in reversed(range(len(calls))):
        call, given = calls[at], sizes[at]
        if call.kind != "transposed":
            continue
        axes = [
            with_crop(axis, n, wanted[side][at + 1])
            for side, (axis, n) in enumerate(zip(call.axes, given, strict=True))
        ]
        changed_axes = tuple(axis for axis in axes if axis)
        if len(changed_axes) == len(axes):
            changed = replace(call, axes=changed_axes, output_size=None)
            found.append(Mend(at + 1, changed, changed.size(given)))
    return found


def input_for(calls: Sequence[LayerCall], given: tuple[int, ...], target: tuple[int, ...]) -> tuple[int, ...] | None:
    """The input's size nearest to the given one from which the unchanged chain makes the target, or None.

    >>> input_for([LayerCall((AxisCall.of(4, 2, 1),))], (10,), (64,))
    (32,)
    """
    found = []
    for axis, n in enumerate(given):
        low, high = needed(calls, axis, target[axis])[0]
        if low > high:
            return None
        found.append(min(max(n, low), high))
    return tuple(found)
