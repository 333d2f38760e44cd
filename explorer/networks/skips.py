"""Skip connections of a chain that goes down and up again, as a U-Net: where sizes do not fit, and what mends it.

A pooling takes 71 and 70 cells to the same 35, so the way up cannot know which it was: a transposed convolution makes
70 of them, and a skip connection from the 71 does not fit. torch's ``output_size=`` mends that by output_padding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import NamedTuple

from explorer.layer import LayerError
from explorer.networks.call import LayerCall
from explorer.networks.following import Row

MOST = 1024
"""Input sizes that are tried, an axis each, for one that fits everywhere."""


class Level(NamedTuple):
    """A level of the encoder: its size, the place of the layer that leaves it ``down``, and what that divides by."""

    down: int
    size: tuple[int, ...]
    stride: int


@dataclass(frozen=True)
class Skip:
    """A level of the encoder and the layer of the decoder that comes back to it, by their places in the chain from 0.

    ``down`` is the layer that leaves the level, ``up`` the one that returns; the level has ``wanted`` cells, an axis
    each, and ``size`` come back: in the chain as it is, or after what ``mend`` says of the layers before.
    ``given`` is what goes into ``up``. ``output_padding`` gives that layer the right size (torch's rule for
    ``output_size=``); it is None where the sizes fit, or where no output_padding from 0 to stride − 1 does.
    """

    down: int
    up: int
    wanted: tuple[int, ...]
    given: tuple[int, ...]
    size: tuple[int, ...]
    output_padding: tuple[int, ...] | None = None

    @property
    def fits(self) -> bool:
        """Whether what comes back has the level's size."""
        return self.size == self.wanted


def skips(rows: Sequence[Row]) -> tuple[Skip, ...]:
    """The pairs of a chain, in the order of the decoder.

    A decoder's layer comes back to the last level that is left over; one that multiplies by more than the last layer of
    the encoder divided by comes back over several. Behind a misfit that output_padding mends, sizes are those of the
    mended chain.

    >>> from explorer.networks.call import AxisCall
    >>> from explorer.networks.following import follow
    >>> down = LayerCall((AxisCall.of(2, 2),), kind="pooling")
    >>> up = LayerCall((AxisCall.of(2, 2),))
    >>> [(found.wanted, found.size, found.output_padding) for found in skips(follow([down, up], (71,), 1).rows)]
    [((71,), (70,), (1,))]
    """
    return tuple(_walk([row.call for row in rows], rows[0].given)) if rows else ()


def _walk(calls: Sequence[LayerCall], size: tuple[int, ...]) -> Iterator[Skip]:
    levels: list[Level] = []
    for place, call in enumerate(calls):
        given, stride = size, prod(axis.stride for axis in call.axes)
        try:
            size = call.size(given)
        except LayerError:  # a mended size may be too large or small for what follows
            return
        if call.kind in ("convolution", "pooling"):
            levels.append(Level(place, given, stride))
            continue
        level = _left_level(levels, stride)
        if level:
            mended = None if size == level.size else mend(call, given, level.size)
            yield Skip(level.down, place, level.size, given, size, mended)
            size = level.size if mended else size


def _left_level(levels: list[Level], stride: int) -> Level | None:
    """Take off the levels that a layer comes back over, which multiplies by ``stride``; the last of them, if any."""
    level, passed = None, 1  # a level that is left by a stride of 1 is passed over
    while levels and passed < stride:
        level = levels.pop()
        passed *= level.stride
    return level


def mend(call: LayerCall, given: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[int, ...] | None:
    """The output_padding with which a transposed convolution makes ``wanted`` of ``given``; None where none does.

    torch allows ``output_size=`` from the size without output_padding up to stride − 1 cells more.

    >>> from explorer.networks.call import AxisCall
    >>> mend(LayerCall((AxisCall.of(3, 2, 1),) * 2), (35, 35), (70, 69))
    (1, 0)
    """
    if call.kind != "transposed":
        return None
    found = []
    for axis, n, size in zip(call.at(given).axes, given, wanted, strict=True):
        more = size - (axis.full_size(n) - 2 * axis.crop_before)
        if axis.crop_before < 0 or not 0 <= more < axis.stride:
            return None
        found.append(more)
    return tuple(found)


def with_output_padding(call: LayerCall, output_padding: Sequence[int]) -> LayerCall:
    """The call with another output_padding: the end is cropped by that much less than the beginning.

    >>> from explorer.networks.call import AxisCall
    >>> with_output_padding(LayerCall((AxisCall.of(3, 2, 1),)), (1,)).size((16,))
    (32,)
    """
    axes = zip(call.axes, output_padding, strict=True)
    return replace(call, axes=tuple(replace(axis, crop_after=axis.crop_before - more) for axis, more in axes))


def size_that_fits(rows: Sequence[Row]) -> tuple[int, ...] | None:
    """The smallest input size, from the given one on, with which all skip connections fit as the layers are.

    None where none of the next `MOST` sizes does. To that size the input is to be padded.

    >>> from explorer.networks.call import AxisCall
    >>> from explorer.networks.following import follow
    >>> down = LayerCall((AxisCall.of(2, 2),), kind="pooling")
    >>> size_that_fits(follow([down] * 3 + [LayerCall((AxisCall.of(2, 2),))] * 3, (71,), 1).rows)
    (72,)
    """
    if not rows:
        return None
    found = []
    for place, n in enumerate(rows[0].given):
        calls = [replace(row.call, axes=(row.call.axes[place],)) for row in rows]
        size = next((size for size in range(n, n + MOST) if _fit(calls, size)), None)
        if size is None:
            return None
        found.append(size)
    return tuple(found)


def _fit(calls: Sequence[LayerCall], size: int) -> bool:
    return all(skip.fits for skip in _walk(calls, (size,)))
