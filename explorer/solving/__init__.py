"""Layers for a target size: all hyper-parameters that take h×w to it, the usual ones first, each with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import isqrt
from typing import Any

from explorer.layer import Layer, Pair, pair
from explorer.sizes import sized
from explorer.solving.reasons import Reason, reasons
from explorer.solving.usual import is_sound, price, usual_name
from explorer.solving.ways import Axis, Bounds, Fixed, Way, ways

__all__ = ["BOUNDS", "Bounds", "Reason", "Solution", "solutions", "solve"]

BOUNDS = Bounds()
CHANNELS = ("in_channels", "out_channels", "groups")
DIFFERING = 2
"""What each parameter that differs between height and width counts against an answer, beside what usual.py counts."""

STAYS, ONE_CELL = Axis(1, 1), Way(1, 1, 0, 0, 1)
"""The axis that a one-dimensional layer does not have, and the hyper-parameters that leave it alone."""

Axes = tuple[Axis, Axis]
Both = tuple[Way, Way]


@dataclass(frozen=True)
class Solution:
    """A layer that has the target size, why, and whether its kernel is divisible by its stride on both axes."""

    layer: Layer
    reasons: tuple[Reason, ...]
    is_divisible: bool


def solve(size: Pair, target: Pair, **fixed: Any) -> list[Layer]:
    """Layers that take an input of ``size`` (H, W) to an output of ``target`` (H', W'), the usual ones first.

    ``fixed`` holds any of Layer's fields, an int or a pair each: only layers that have them are given, also where they
    are beyond the bounds of the search. Those bounds, and how many layers are given at most (100), are
    `explorer.solving.Bounds`; `explorer.solving.solutions` says why each is given, and takes other bounds.

    Kernel, stride, padding and dilation are the same for height and width where that can be; where no such layer is
    sound, with a stamp for every cell and half of a stamp cropped at most, there are also layers in which they differ.
    Where one axis is one cell and stays one, and the other does not, the layer is one-dimensional: along the first its
    kernel is 1, unless something else is fixed there.

    The list is empty where there is none. Raises `LayerError` for a value that no layer has, TypeError for a name that
    is none of its fields.

    >>> [(*layer.kernel_size, *layer.stride, *layer.padding) for layer in solve((16, 16), (32, 32))[:3]]
    [(4, 4, 2, 2, 1, 1), (3, 3, 2, 2, 1, 1), (2, 2, 2, 2, 0, 0)]
    >>> solve((15, 13), (240, 200), kernel_size=16, stride=16, padding=7)[0].output_padding
    (14, 6)
    >>> solve((7, 7), (16, 16), kernel_size=2, stride=2, dilation=1)
    []
    """
    return [solution.layer for solution in solutions(size, target, BOUNDS, **fixed)]


def solutions(size: Pair, target: Pair, bounds: Bounds = BOUNDS, **fixed: Any) -> list[Solution]:
    """What `solve` gives, with the reasons.

    >>> [reason.key for reason in solutions((16, 16), (32, 32))[0].reasons]
    ['double', 'multiple', 'even', 'no_output_padding']
    """
    pairs = zip(sized("input size", size), sized("target", target), strict=True)
    height, width = (Axis(*each) for each in pairs)
    axes, (channels, each) = (height, width), _checked(fixed)
    found = sorted(_answers(axes, each, bounds), key=lambda both: (_price(axes, both), both))
    return [_solution(axes, both, channels) for both in found[: bounds.most]]


def _checked(fixed: Mapping[str, Any]) -> tuple[dict[str, int], tuple[Fixed, Fixed]]:
    """What is fixed of the channels, and of each axis. Raises `LayerError` for what no layer has.

    Whether an output_padding is below stride or dilation is not asked here: where it is not, there is no answer.
    """
    groups = fixed.get("groups", 1)
    given = {"in_channels": groups, "out_channels": groups} | dict(fixed)
    kept = pair("output_padding", given.pop("output_padding", 0))
    layer = Layer(**given)
    Layer(output_padding=kept, stride=max(*kept, 0) + 1)
    pairs = {name: getattr(layer, name) for name in given if name in Way._fields}
    if "output_padding" in fixed:
        pairs["output_padding"] = kept
    height, width = ({name: value[axis] for name, value in pairs.items()} for axis in (0, 1))
    return {name: getattr(layer, name) for name in CHANNELS}, (height, width)


def _answers(axes: Axes, fixed: tuple[Fixed, Fixed], bounds: Bounds) -> list[Both]:
    """Answers that are the same on both axes; and where there are none that are sound, also those that are not."""
    lone = [_is_lone(axis, each) for axis, each in zip(axes, fixed, strict=True)]
    if any(lone) and not all(lone):
        heights, widths = (
            [ONE_CELL] if alone else _usual(axis, each, bounds)
            for alone, axis, each in zip(lone, axes, fixed, strict=True)
        )
        if heights and widths:
            return list(product(heights, widths))
    together = [(height, width) for height, width in ways(axes, fixed, bounds)]
    is_square = axes[0] == axes[1] and fixed[0] == fixed[1] and together
    if is_square or any(is_sound(axes[0], height) and is_sound(axes[1], width) for height, width in together):
        return together
    heights, widths = (_usual(*each, bounds)[: 2 * isqrt(bounds.most)] for each in zip(axes, fixed, strict=True))
    return together + [both for both in product(heights, widths) if _differing(both)]


def _is_lone(axis: Axis, fixed: Fixed) -> bool:
    """Whether a one-dimensional layer does not have the axis: one cell stays one, and nothing else is asked of it."""
    return axis == STAYS and all(getattr(ONE_CELL, name) == value for name, value in fixed.items())


def _usual(axis: Axis, fixed: Fixed, bounds: Bounds) -> list[Way]:
    """All answers for one axis, the usual ones first."""
    return sorted((way for (way,) in ways([axis], [fixed], bounds)), key=lambda way: (price(axis, way), way))


def _differing(both: Both) -> int:
    """How many of kernel, stride, padding and dilation differ between height and width."""
    (k, s, p, _, d), (k_2, s_2, p_2, _, d_2) = both
    return [k == k_2, s == s_2, p == p_2, d == d_2].count(False)


def _price(axes: Axes, both: Both) -> int:
    """What counts against an answer: the less, the more usual."""
    height = price(axes[0], both[0])
    width = height if axes[0] == axes[1] and both[0] == both[1] else price(axes[1], both[1])
    patterned = [usual_name(axis, way) for axis, way in zip(axes, both, strict=True)]
    # A lone axis, or one pattern at two strides, is no oddity.
    is_one = STAYS in axes or (patterned[0] == patterned[1] != "")
    return height + width + (0 if is_one else DIFFERING * _differing(both))


def _solution(axes: Axes, both: Both, channels: Mapping[str, int]) -> Solution:
    fields: dict[str, Any] = dict(zip(Way._fields, zip(*both, strict=True), strict=True))
    layer = Layer(**dict(channels) | fields)
    is_divisible = all(way.kernel_size % way.stride == 0 for way in both)
    return Solution(layer, reasons(axes, both), is_divisible)
