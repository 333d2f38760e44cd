"""A small example of a layer: few channels, few cells, whole numbers, and the output that the tested core computes."""

from dataclasses import dataclass, replace
from math import prod

import numpy as np

from explorer.layer import Layer, LayerError
from explorer.methods import METHODS
from explorer.networks.call import AxisCall, LayerCall
from explorer.text import say

CELLS = 3
"""So long is each axis of the input, unless less would leave fewer cells of the output than these."""
LARGEST = 200_000
"""No array of an example has more numbers."""
LARGEST_SUMS = 2_000
"""The sums of the output's rows and columns are no more numbers than these."""


@dataclass(frozen=True)
class Example:
    """A layer as small as it can be shown: ``call`` with few channels, and numbers for it, all of them whole.

    ``input`` (C_in, *size), ``weight`` (C_in, C_out // groups, *kernel), ``bias`` (C_out,) or None where the call has
    none, ``output`` (C_out, *output size): of the core, cropped, with the bias.
    """

    call: LayerCall
    input: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    output: np.ndarray

    @property
    def size(self) -> tuple[int, ...]:
        """Cells of the input, an axis each."""
        return self.input.shape[1:]


def example(call: LayerCall, size: tuple[int, ...]) -> Example:
    """The small example of a transposed convolution for an input of a size, of which it keeps as much as is short.

    Raises `LayerError` where the call is no transposed convolution, leaves no output, or takes too many numbers.

    >>> shown = example(LayerCall((AxisCall.of(4, 2, 1), AxisCall.of(4, 2, 1)), 512, 256), (97, 50))
    >>> shown.input.shape, shown.weight.shape, shown.output.shape
    ((3, 3, 3), (3, 2, 4, 4), (2, 6, 6))
    """
    if call.kind != "transposed":
        raise LayerError("layer", call.name, say("rules.not_transposed"))
    call.size(size)  # raises where nothing is left
    small = _with_few_channels(call.at(size))
    cut = _short(small, size)
    numbers = np.random.default_rng(0)  # the programs say the same three lines
    x = numbers.integers(-4, 5, (small.in_channels or 1, *cut))
    k = numbers.integers(-4, 5, weight_shape(small))
    b = numbers.integers(-4, 5, small.out_channels) if small.bias else None
    y = _computed(small, x.astype(float), _as_stamped(small, k).astype(float))
    return Example(small, x, k, b, y if b is None else y + b.reshape(-1, *[1] * len(cut)))


def weight_shape(call: LayerCall) -> tuple[int, ...]:
    """(C_in, C_out // groups, *kernel): torch's layout, and ONNX's.

    >>> weight_shape(LayerCall((AxisCall(3),), 4, 6, groups=2))
    (4, 3, 3)
    """
    given, made = call.in_channels or call.groups, call.out_channels or call.groups
    return given, made // call.groups, *(axis.kernel_size for axis in call.axes)


def _with_few_channels(call: LayerCall) -> LayerCall:
    """At most 2 groups; at most 3 channels in (2 in each of two groups) and 2 out of a group."""
    given, made = call.in_channels or call.groups, call.out_channels or call.groups
    for name, channels in (("in_channels", given), ("out_channels", made)):
        if channels % call.groups:
            raise LayerError(name, channels, say("rules.divisible", groups=call.groups))
    groups = min(call.groups, 2)
    few = min(given // call.groups, 3 if groups == 1 else 2)
    return replace(call, in_channels=groups * few, out_channels=groups * min(made // call.groups, 2), groups=groups)


def _short(call: LayerCall, size: tuple[int, ...]) -> tuple[int, ...]:
    """The longest of the short sizes whose arrays have few numbers enough."""
    for cells in range(CELLS, 0, -1):
        cut = tuple(_length(axis, n, cells) for axis, n in zip(call.axes, size, strict=True))
        canvas = [max(axis.full_size(n), n_out) for axis, n, n_out in zip(call.axes, cut, call.size(cut), strict=True)]
        channels = max(call.in_channels or 1, call.out_channels or 1)
        sums = sum(call.size(cut)) * channels
        if channels * prod(canvas) <= LARGEST and prod(weight_shape(call)) <= LARGEST and sums <= LARGEST_SUMS:
            return cut
    raise LayerError("layer", call.name, say("rules.too_many_cells"))


def _length(axis: AxisCall, n: int, cells: int) -> int:
    """``cells``, or as many more as leave so many of the output, of the ``n`` that there are."""
    lacking = cells - axis.transposed_size(1)
    return min(n, max(cells, 1 + -(-lacking // axis.stride)))


def _as_stamped(call: LayerCall, weight: np.ndarray) -> np.ndarray:
    return np.flip(weight, tuple(range(2, weight.ndim))) if call.is_mirrored else weight


def _computed(call: LayerCall, x: np.ndarray, k: np.ndarray) -> np.ndarray:
    """The core's output (C_out, *size), cropped at each end."""
    if len(call.axes) == 3:
        y = _in_depth(call, x, k)
        crops: list[tuple[int, int]] = [(call.axes[0].crop_before, call.axes[0].crop_after)]
        crops += replace(call, axes=call.axes[1:]).then_crop
        return cropped(y, crops)
    if len(call.axes) == 1:
        y = METHODS["naive"](x[:, np.newaxis], k[:, :, np.newaxis], call.layer)[:, 0]
    else:
        y = METHODS["naive"](x, k, call.layer)
    return cropped(y, call.then_crop)


def _in_depth(call: LayerCall, x: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Three dimensions by the core's two: each slice of the input under each slice of the kernel, set down in depth."""
    flat = replace(call, axes=call.axes[1:])
    layer: Layer = flat.layer
    depth, size = call.axes[0], (x.shape[2], x.shape[3])
    canvas = np.zeros((layer.out_channels, depth.full_size(x.shape[1]), *layer.output_size(size)))
    for i, a in np.ndindex(x.shape[1], depth.kernel_size):
        canvas[:, i * depth.stride + a * depth.dilation] += METHODS["naive"](x[:, i], k[:, :, a], layer)
    return canvas


def cropped(y: np.ndarray, crops: "list[tuple[int, int]] | tuple[tuple[int, int], ...]") -> np.ndarray:
    """``y`` (C, *size) without the cells of ``crops``, (before, after) an axis; negative ones are zeros to be added.

    >>> cropped(np.array([[1, 2, 3]]), [(-1, 2)])
    array([[0, 1]])
    """
    y = np.pad(y, [(0, 0), *((max(-before, 0), max(-after, 0)) for before, after in crops)])
    ends = [max(after, 0) for _, after in crops]
    starts = [max(before, 0) for before, _ in crops]
    return y[:, *(slice(start, n - end) for start, end, n in zip(starts, ends, y.shape[1:], strict=True))]
