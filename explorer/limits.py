"""How large the page's controls go: fixed limits, and the largest value that a layer leaves possible."""

from collections.abc import Mapping
from math import gcd

from explorer.layer import Layer, Pair

LIMITS: Mapping[str, tuple[int, int]] = {
    "input_height": (1, 8),
    "input_width": (1, 8),
    "kernel_height": (1, 5),
    "kernel_width": (1, 5),
    "stride": (1, 4),
    "padding": (0, 4),
    "output_padding": (0, 3),
    "dilation": (1, 3),
    "in_channels": (1, 4),
    "out_channels": (1, 4),
    "groups": (1, 4),
}
"""Smallest and largest value of each control; the Python functions have no such limits."""

LONGEST = 16
"""Cells of X and of K where both are one row."""

PAIRS = ("stride", "padding", "output_padding", "dilation")
CHANNELS = ("in_channels", "out_channels", "groups")


def common_divisors(layer: Layer) -> list[int]:
    """The values that groups can have: what divides both channel counts.

    >>> common_divisors(Layer(in_channels=4, out_channels=2))
    [1, 2]
    """
    common = gcd(layer.in_channels, layer.out_channels)
    return [n for n in range(1, common + 1) if common % n == 0]


def is_one_row(layer: Layer, size: Pair) -> bool:
    """Whether X, K and what output_padding adds are one row; padding cannot crop it.

    >>> is_one_row(Layer(kernel_size=(1, 2)), (1, 3)), is_one_row(Layer(), (1, 3))
    (True, False)
    """
    (rows, _, _, output_padding, _), _ = layer.axes
    return size[0] == rows == 1 and output_padding == 0


def limits(layer: Layer, size: Pair) -> Mapping[str, tuple[int, int]]:
    """`LIMITS`, and in one dimension `LONGEST` for X and K.

    >>> limits(Layer(kernel_size=1), (1, 3))["kernel_width"], limits(Layer(), (1, 3))["kernel_width"]
    ((1, 16), (1, 5))
    """
    return (
        {**LIMITS, **dict.fromkeys(("input_width", "kernel_width"), (1, LONGEST))}
        if is_one_row(layer, size)
        else LIMITS
    )


def largest(layer: Layer, size: Pair, field: str) -> Pair:
    """The largest possible value of a paired field on each axis, all else as it is, within `LIMITS`.

    >>> largest(Layer(kernel_size=2), (2, 2), "padding")
    (1, 1)
    """
    limit = LIMITS[field][1]
    if field == "output_padding":
        height, width = (min(limit, max(s, d) - 1) for _, s, _, _, d in layer.axes)
    elif field == "padding":
        full = layer.full_size(size)
        height, width = (min(limit, (n + o - 1) // 2) for n, (_, _, _, o, _) in zip(full, layer.axes, strict=True))
    else:
        height = width = limit
    return height, width
