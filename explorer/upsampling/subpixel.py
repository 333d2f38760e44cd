"""Sub-pixel convolution, and why it is a transposed convolution: the same numbers in another order.

A convolution to C·s_h·s_w channels, then the pixel shuffle, which lays the s_h·s_w numbers of a place side by side.
Source: Shi et al., arXiv 1609.05158, and "Is the deconvolution layer the same as a convolutional layer?"
(arXiv 1609.07009): each of the channels holds one phase of the transposed convolution's kernel.
"""

import numpy as np
from numpy.typing import ArrayLike

from explorer.layer import Layer, LayerError, Pair
from explorer.upsampling.convolving import convolution


def pixel_shuffle(channels: np.ndarray, stride: Pair) -> np.ndarray:
    """(C·s_h·s_w, H, W) -> (C, s_h·H, s_w·W): channel c·s_h·s_w + u·s_w + v is phase (u, v) of channel c.

    ``torch.nn.PixelShuffle``, with a stride for each axis.

    >>> pixel_shuffle(np.arange(4).reshape(4, 1, 1), (2, 2)).tolist()
    [[[0, 1], [2, 3]]]
    """
    s_h, s_w = stride
    _, height, width = channels.shape
    split = channels.reshape(-1, s_h, s_w, height, width)
    return split.transpose(0, 3, 1, 4, 2).reshape(-1, height * s_h, width * s_w)


def to_subpixel(weight: ArrayLike, layer: Layer) -> np.ndarray:
    """The transposed convolution's weight as a convolution's, (C_out·s_h·s_w, C_in // groups, k'_h, k'_w).

    k' is ⌈(d(k−1) + 1) / s⌉: what is missing to s·k' is filled with zeros, as are the gaps of a dilation. For k = s·k'
    the two weights have the same numbers. Filter (co, u, v) is phase (u, v) of the kernel to output channel co, turned
    by 180°, because a convolution slides what a transposed convolution stamps. Raises `LayerError` where the weight
    does not fit the layer.

    >>> to_subpixel([[[[1, 2, 3, 4]]]], Layer(kernel_size=(1, 4), stride=(1, 2))).tolist()
    [[[[3.0, 1.0]]], [[[4.0, 2.0]]]]
    """
    weight = layer.checked_weight(weight)
    (k_h, s_h, _, _, d_h), (k_w, s_w, _, _, d_w) = layer.axes
    height, width = (-(-(d * (k - 1) + 1) // s) for k, s, _, _, d in layer.axes)
    spread = np.zeros((*weight.shape[:2], height * s_h, width * s_w), weight.dtype)
    spread[:, :, : d_h * (k_h - 1) + 1 : d_h, : d_w * (k_w - 1) + 1 : d_w] = weight
    split = spread.reshape(layer.groups, -1, weight.shape[1], height, s_h, width, s_w)[..., ::-1, :, ::-1, :]
    # (group, in, out, k'_h, u, k'_w, v) -> (group, out, u, v, in, k'_h, k'_w)
    return np.ascontiguousarray(split.transpose(0, 2, 4, 6, 1, 3, 5)).reshape(-1, split.shape[1], height, width)


def from_subpixel(filters: ArrayLike, stride: Pair, groups: int = 1) -> np.ndarray:
    """The way back: the transposed convolution's weight (C_in, C_out // groups, s_h·k'_h, s_w·k'_w).

    ``filters`` is a convolution's weight (C_out·s_h·s_w, C_in // groups, k'_h, k'_w). Raises `LayerError` where its
    channels are no multiple of groups·s_h·s_w.

    >>> from_subpixel([[[[3.0, 1.0]]], [[[4.0, 2.0]]]], (1, 2)).tolist()
    [[[[1.0, 2.0, 3.0, 4.0]]]]
    """
    filters = np.asarray(filters)
    s_h, s_w = stride
    if filters.shape[0] % (groups * s_h * s_w):
        raise LayerError("filters", filters.shape, f"must have a multiple of {groups}·{s_h}·{s_w} filters")
    per_group, height, width = filters.shape[1:]
    split = filters.reshape(groups, -1, s_h, s_w, per_group, height, width)[..., ::-1, ::-1]
    # (group, out, u, v, in, k'_h, k'_w) -> (group, in, out, k'_h, u, k'_w, v)
    turned = np.ascontiguousarray(split.transpose(0, 4, 1, 5, 2, 6, 3))
    return turned.reshape(groups * per_group, -1, height * s_h, width * s_w)


def subpixel(input: ArrayLike, filters: np.ndarray, layer: Layer) -> np.ndarray:
    """Convolve with the filters of `to_subpixel`, shuffle, and cut out the layer's window: (C_out, H', W').

    ``input`` is (C_in, H, W). The same numbers as the layer's transposed convolution, but for rounding.

    >>> layer = Layer(kernel_size=(1, 4), stride=(1, 2))
    >>> subpixel([[[1, 10]]], to_subpixel([[[[1, 2, 3, 4]]]], layer), layer).tolist()
    [[[1.0, 2.0, 13.0, 24.0, 30.0, 40.0]]]
    """
    x = np.asarray(input, filters.dtype)
    s_h, s_w = layer.stride  # type: ignore[misc]
    borders = [(k - 1, k - 1) for k in filters.shape[2:]]
    shuffled = pixel_shuffle(convolution(x, filters, padding=borders, groups=layer.groups), (s_h, s_w))
    top, left, height, width = layer.window((x.shape[1], x.shape[2]))
    missing = [
        max(0, first + n - have)
        for first, n, have in zip((top, left), (height, width), shuffled.shape[1:], strict=True)
    ]
    canvas = np.pad(shuffled, ((0, 0), (0, missing[0]), (0, missing[1])))  # output_padding beyond the canvas
    return canvas[:, top : top + height, left : left + width]
