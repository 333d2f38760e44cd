"""A layer of a network made small enough for the explorer, with its hyper-parameters as far as they can be drawn.

Kept are kernel_size, stride, padding, output_padding, dilation and a crop at one end; cut are channels, lengths and
what lies beyond the explorer's limits. All that was cut is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import NamedTuple, Self
from urllib.parse import urlencode

from explorer.afterwards import MOST_CROP, nearest_crop
from explorer.fills import FILLS
from explorer.layer import LayerError
from explorer.limits import LIMITS, LONGEST
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.remark import Remark
from explorer.session.address import to_query
from explorer.settings import Settings, frozen, settle
from explorer.text import Listed, say
from explorer.views import View

LENGTH, LINE_LENGTH = 4, 6
"""Cells of the input along an axis where a longer one adds nothing new; of one row."""
CHANNELS = 2
"""Channels that stand for more than can be drawn, and groups that stand for more."""


class _Axis(NamedTuple):
    """One axis in torch's parameters, and how many cells are cropped after that at each end (negative: added)."""

    kernel_size: int
    stride: int
    padding: int
    output_padding: int
    dilation: int
    before: int
    after: int

    @classmethod
    def of(cls, axis: AxisCall) -> Self:
        padding, output_padding, before, after = axis.torch
        return cls(axis.kernel_size, axis.stride, padding, output_padding, axis.dilation, before, after)

    @property
    def reach(self) -> int:
        return self.dilation * (self.kernel_size - 1) + 1


@dataclass(frozen=True)
class SmallCopy:
    """The explorer's ``address``, the ``settings`` that it says, and what was ``cut`` for it.

    A `Remark` of section networks.small_copy of the text says each: what it ``was`` and what it is ``now``.
    """

    address: str
    settings: Settings
    cut: tuple[Remark, ...]


def small_copy(call: LayerCall, size: Sequence[int]) -> SmallCopy:
    """The layer for the explorer, with the numbers 0, 1, 2, … in X and in K. Of three axes the last two are kept.

    Raises `LayerError` where it is not a transposed convolution, or leaves nothing of an input of ``size``.

    >>> hifi_gan = LayerCall((AxisCall.of(16, 8, 4),), 4, 2, bias=False, name="ConvTranspose1d")
    >>> found = small_copy(hifi_gan, (97,))
    >>> found.settings.layer.kernel_size, found.settings.layer.stride, found.settings.size
    ((1, 16), (4, 4), (1, 6))
    >>> [(one.key, *dict(one.values).values()) for one in found.cut]
    [('stride', '8', '4'), ('size', '97', '6')]
    """
    given = tuple(size)
    if call.kind != "transposed":
        raise LayerError("layer", call.name, say("rules.not_transposed"))
    call.size(given)
    axes, lengths = [_Axis.of(axis) for axis in call.at(given).axes[-2:]], given[-2:]
    is_line = len(axes) == 1 or (axes[0].kernel_size == lengths[0] == 1 and axes[0].output_padding == 0)
    wanted = [_within_limits(axis, is_line) for axis in axes]
    drawn = [_length(axis, n, is_line) for axis, n in zip(wanted, lengths, strict=True)]
    settings = _settings(wanted, drawn, _channels(call))
    address = f"?{urlencode(to_query(settings, View()), safe=',;|')}"
    return SmallCopy(address, settings, (*_cut_call(call, settings), *_cut_axes(axes, lengths, settings)))


def _within_limits(axis: _Axis, is_line: bool) -> _Axis:
    """The axis with each value as large as the explorer takes it."""
    stride, dilation = min(axis.stride, LIMITS["stride"][1]), min(axis.dilation, LIMITS["dilation"][1])
    return _Axis(
        min(axis.kernel_size, LONGEST if is_line else LIMITS["kernel_height"][1]),
        stride,
        min(axis.padding, LIMITS["padding"][1]),
        min(axis.output_padding, LIMITS["output_padding"][1], max(stride, dilation) - 1),
        dilation,
        *(min(max(end, 0), MOST_CROP) for end in (axis.before, axis.after)),
    )


def _length(axis: _Axis, n: int, is_line: bool) -> int:
    """The length of X: short, but with cells that are far from both ends and with an output, as far as n and X go."""
    limit = LONGEST if is_line else LIMITS["input_height"][1]
    cropped = 2 * axis.padding - axis.output_padding + axis.before + axis.after
    inside = ceil(axis.reach / axis.stride) + 1
    left = ceil((1 + cropped - axis.reach) / axis.stride) + 1
    return min(n, limit, max(LINE_LENGTH if is_line else LENGTH, inside, left))


def _channels(call: LayerCall) -> dict[str, int]:
    """in_channels, out_channels and groups as they are drawn: a few stand for more than the explorer has."""
    most = LIMITS["in_channels"][1]
    ins, outs = call.in_channels or call.groups, call.out_channels or call.groups
    groups = call.groups if max(ins, outs) <= most else min(call.groups, CHANNELS)
    ins, outs = (count if count <= most and count % groups == 0 else CHANNELS for count in (ins, outs))
    return {"in_channels": ins, "out_channels": outs, "groups": groups}


def _settings(axes: Sequence[_Axis], lengths: Sequence[int], channels: dict[str, int]) -> Settings:
    """The settings for axes within the limits; padding and crop give way where they would leave no output."""
    if len(axes) == 1:  # one row: the height has the stride and the dilation too, where they do nothing
        axes, lengths = (_Axis(1, axes[0].stride, 0, 0, axes[0].dilation, 0, 0), axes[0]), (1, lengths[0])
    kernel_size, stride, padding, output_padding, dilation, *_ = zip(*axes, strict=True)
    pairs = {"kernel_size": kernel_size, "stride": stride, "padding": padding, "dilation": dilation}
    size = lengths[0], lengths[1]
    layer, _ = settle({**channels, **pairs, "output_padding": output_padding}, size)
    ends = [(axis.before, axis.after) for axis in axes]
    crop = nearest_crop((ends[0], ends[1]), layer.output_size(size))
    x, k = (FILLS["arange"](shape, 0) for shape in ((layer.in_channels, *size), layer.weight_shape))
    return Settings(layer, frozen(x), frozen(k), crop)


def _cut_call(call: LayerCall, settings: Settings) -> Iterator[Remark]:
    """What was cut of the call as a whole."""
    if len(call.axes) > 2:
        yield Remark.of("dimensions", was=len(call.axes), now=2)
    for name in ("in_channels", "out_channels", "groups"):
        was, now = getattr(call, name), getattr(settings.layer, name)
        if was not in (None, now):
            yield Remark.of(name, was=was, now=now)
    if call.bias:
        yield Remark.of("bias")


def _cut_axes(axes: Sequence[_Axis], lengths: Sequence[int], settings: Settings) -> Iterator[Remark]:
    """What was cut of the axes that are kept, in torch's order."""
    layer, count = settings.layer, len(axes)
    for name in ("kernel_size", "stride", "padding", "output_padding", "dilation"):
        was, now = tuple(getattr(axis, name) for axis in axes), getattr(layer, name)[-count:]
        if was != now:
            yield Remark.of(name, was=was, now=now)
    ends = tuple(chain.from_iterable((axis.before, axis.after) for axis in axes))
    cropped, kept = tuple(max(end, 0) for end in ends), tuple(chain.from_iterable(settings.crop[-count:]))
    if cropped != kept:
        yield Remark.of("crop", was=_listed(cropped), now=_listed(kept))
    if min(ends) < 0:
        yield Remark.of("added", was=_listed(max(-end, 0) for end in ends))
    if tuple(lengths) != settings.size[-count:]:
        yield Remark.of("size", was=tuple(lengths), now=settings.size[-count:])


def _listed(ends: Iterable[int]) -> str:
    return str(Listed(map(str, ends)))
