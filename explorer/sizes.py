"""Sizes there and back: what the ordinary convolution makes of a size, and which output_padding brings it back.

All of it is arithmetic: nothing is allocated for a size. Sources: torch's pages on ``torch.nn.Conv2d`` and on
``torch.nn.ConvTranspose2d``; Dumoulin & Visin, arXiv 1603.07285, relations 6 and 15 (convolution), 13 and 14
(transposed).
"""

from collections.abc import Sequence
from typing import NamedTuple

from explorer.layer import Layer, LayerError, Pair, pair, whole
from explorer.text import say

MOST_LANES = 1000
"""The largest number of sizes that `lanes` takes at once."""


class Lane(NamedTuple):
    """The way of one size there and back along one axis, in cells.

    ``size`` is what the convolution is given and ``result`` what it makes of it, None where it refuses; ``back`` is
    what the transposed convolution makes of that at output_padding 0, None where it leaves nothing; ``output_padding``
    is what brings ``size`` back, None where there is no result.
    """

    size: int
    result: int | None
    back: int | None
    output_padding: int | None


def conv_output_size(layer: Layer, size: Pair) -> Pair:
    """Size (h, w) of the ordinary convolution with these hyper-parameters for an input of ``size`` (H, W).

    Per axis ⌊(n + 2p − d(k−1) − 1) / s⌋ + 1: the rule of ``torch.nn.functional.conv2d``. It knows no output_padding.
    Raises `LayerError` where torch raises: the kernel reaches over more than the padded input, or a side is below 1.

    >>> conv_output_size(Layer(kernel_size=5, stride=3, padding=2), (16, 17))
    (6, 6)
    """
    lengths = sized("input size", size)
    height, width = (_convolved(layer, axis, n) for axis, n in enumerate(lengths))
    if height is None or width is None:
        padded = tuple(n + 2 * p for n, p in zip(lengths, layer.padding, strict=True))  # type: ignore[arg-type]
        rule = say("rules.reach", reach=_said(_reach(layer)), padded=_said(padded))
        raise LayerError("kernel_size", layer.kernel_size, rule)
    return height, width


def sizes_to(layer: Layer, size: Pair) -> tuple[range, range]:
    """All heights and all widths that the ordinary convolution takes to ``size`` (h, w): the sizes that collapse.

    At most as many as the stride along that axis; where padding alone makes more than h or w results of one cell, fewer
    or none: the range is empty. Every height can be with every width. Raises `LayerError` where h or w is below 1.

    >>> sizes_to(Layer(kernel_size=5, stride=3, padding=2), (6, 6))
    (range(16, 19), range(16, 19))
    >>> sizes_to(Layer(kernel_size=1, padding=2), (4, 5))
    (range(1, 1), range(1, 2))
    """
    heights, widths = (range(max(first, 1), max(first + s, 1)) for first, s in _unpadded(layer, size))
    return heights, widths


def targets(layer: Layer, size: Pair) -> tuple[range, range]:
    """All heights and all widths that torch's ``output_size=`` can ask of this layer for an input of ``size`` (H, W).

    From the size at output_padding 0 on, as many as the stride, those below 1 left out; the layer's own output_padding
    does not count. They are the sizes that the convolution takes to (H, W).

    >>> targets(Layer(kernel_size=16, stride=16, padding=7), (15, 13))
    (range(226, 242), range(194, 210))
    """
    return sizes_to(layer, size)


def output_padding_for(layer: Layer, size: Pair, target: Pair) -> Pair:
    """The output_padding that torch's ``output_size=target`` chooses for an input of ``size`` (H, W).

    It takes the place of the layer's own, which does not count. Raises `LayerError` where torch raises, with the range
    that is possible (`targets`): torch gives each axis stride − 1 at most, also where its constructor takes more.

    >>> output_padding_for(Layer(kernel_size=16, stride=16, padding=7), (15, 13), (240, 200))
    (14, 6)
    >>> output_padding_for(Layer(kernel_size=2, stride=2), (7, 7), (16, 16))
    Traceback (most recent call last):
    explorer.arguments.LayerError: target = (16, 16): must be 14 to 15 along the height for input size 7
    """
    wanted = pair("target", target)
    given = zip(sized("input size", size), targets(layer, size), wanted, ("height", "width"), strict=True)
    for n, possible, t, axis in given:
        if t not in possible:
            raise LayerError("target", wanted, f"{_required(possible)} along the {axis} for input size {n}")
    height, width = (t - first for t, (first, _) in zip(wanted, _unpadded(layer, size), strict=True))
    return height, width


def lanes(layer: Layer, sizes: Sequence[int], axis: int) -> list[Lane]:
    """The ways of several sizes along one axis (0: the height, 1: the width), at most `MOST_LANES` of them.

    Raises `LayerError` where there are more, or where one is below 1.

    >>> for lane in lanes(Layer(kernel_size=5, stride=3, padding=2), (16, 17, 19), 1):
    ...     print(*lane)
    16 6 16 0
    17 6 16 1
    19 7 19 0
    """
    if len(sizes) > MOST_LANES:
        raise LayerError("sizes", len(sizes), f"must be at most {MOST_LANES} at once")
    return [_lane(layer, axis, whole("sizes", n)) for n in sizes]


def _lane(layer: Layer, axis: int, n: int) -> Lane:
    if n < 1:
        raise LayerError("sizes", n, say("rules.each_at_least", least=1))
    result = _convolved(layer, axis, n)
    if result is None:
        return Lane(n, None, None, None)
    back, _ = _unpadded(layer, (result, result))[axis]
    return Lane(n, result, back if back >= 1 else None, n - back)


def _convolved(layer: Layer, axis: int, n: int) -> int | None:
    """What the convolution makes of n cells; None where the kernel reaches over more than there are."""
    k, s, p, _, d = layer.axes[axis]
    left = n + 2 * p - d * (k - 1) - 1
    return left // s + 1 if left >= 0 else None


def _unpadded(layer: Layer, size: Pair) -> list[tuple[int, int]]:
    """(s(n−1) − 2p + d(k−1) + 1, s) an axis: the transposed size at output_padding 0, maybe below 1, and the stride."""
    lengths = zip(sized("input size", size), layer.axes, strict=True)
    return [(s * (n - 1) - 2 * p + d * (k - 1) + 1, s) for n, (k, s, p, _, d) in lengths]


def _reach(layer: Layer) -> Pair:
    """d(k−1) + 1 per axis: the cells from the first to the last under the kernel."""
    height, width = (d * (k - 1) + 1 for k, _, _, _, d in layer.axes)
    return height, width


def sized(field: str, size: Pair) -> Pair:
    """A size in cells: two whole numbers from 1 on. Raises `LayerError` with that field's name."""
    lengths = pair(field, size)
    if min(lengths) < 1:
        raise LayerError(field, lengths, say("rules.each_at_least", least=1))
    return lengths


def _required(possible: range) -> str:
    if not possible:
        return "cannot be reached, padding crops everything"
    return f"must be {possible[0]}" if len(possible) == 1 else f"must be {possible[0]} to {possible[-1]}"


def _said(lengths: Sequence[int]) -> str:
    return "×".join(map(str, lengths))
