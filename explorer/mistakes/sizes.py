"""The output's size (H', W') as each mistake makes it."""

from collections.abc import Callable, Mapping

from explorer.layer import Layer, Pair

SizeMistake = Callable[[Layer, Pair], Pair | None]
_Axis = Callable[[int, int, int, int, int, int], int]


def _along_both(axis: _Axis) -> SizeMistake:
    """The size of a formula for one axis, given n, k, s, p, o, d; None where it leaves nothing.

    In one dimension nobody reckons with the other axis: it stays one cell.
    """

    def size(layer: Layer, of: Pair) -> Pair | None:
        lengths = zip(of, layer.axes, strict=True)
        height, width = (
            1 if single else axis(n, *each) for single, (n, each) in zip(single_axes(layer, of), lengths, strict=True)
        )
        return (height, width) if min(height, width) >= 1 else None

    return size


def single_axes(layer: Layer, size: Pair) -> tuple[bool, bool]:
    """Whether the height, and the width, is one cell of X, K and Y, while the other is not.

    >>> single_axes(Layer(kernel_size=(1, 2)), (1, 3)), single_axes(Layer(kernel_size=1), (1, 1))
    ((True, False), (False, False))
    """
    height, width = ((n, k, p, o) == (1, 1, 0, 0) for n, (k, _, p, o, _) in zip(size, layer.axes, strict=True))
    return height and not width, width and not height


def _rows_and_columns(layer: Layer, of: Pair) -> Pair | None:
    """(W', H')."""
    height, width = layer.output_size(of)
    return width, height


SIZES: Mapping[str, SizeMistake] = {
    "convolution_size": _along_both(lambda n, k, s, p, o, d: (n + 2 * p - d * (k - 1) - 1) // s + 1),
    "padding_added": _along_both(lambda n, k, s, p, o, d: s * (n - 1) + 2 * p + d * (k - 1) + o + 1),
    "pads_input": _along_both(lambda n, k, s, p, o, d: s * (n + 2 * p - 1) + d * (k - 1) + o + 1),
    "padding_forgotten": _along_both(lambda n, k, s, p, o, d: s * (n - 1) + d * (k - 1) + o + 1),
    "padding_once": _along_both(lambda n, k, s, p, o, d: s * (n - 1) - p + d * (k - 1) + o + 1),
    "output_padding_forgotten": _along_both(lambda n, k, s, p, o, d: s * (n - 1) - 2 * p + d * (k - 1) + 1),
    "output_padding_both": _along_both(lambda n, k, s, p, o, d: s * (n - 1) - 2 * p + d * (k - 1) + 2 * o + 1),
    "dilation_forgotten": _along_both(lambda n, k, s, p, o, d: s * (n - 1) - 2 * p + k + o),
    "stride_forgotten": _along_both(lambda n, k, s, p, o, d: n - 2 * p + d * (k - 1) + o),
    "stride_times_size": _along_both(lambda n, k, s, p, o, d: s * n - 2 * p + d * (k - 1) + o + 1),
    "last_cell_forgotten": _along_both(lambda n, k, s, p, o, d: s * (n - 1) - 2 * p + d * (k - 1) + o),
    "same_elsewhere": _along_both(lambda n, k, s, p, o, d: s * n),
    "rows_and_columns": _rows_and_columns,
}
"""Name -> size(layer, (H, W)), None where it leaves nothing.

>>> SIZES["padding_added"](Layer(kernel_size=2, padding=1), (2, 2))
(5, 5)
"""
