"""The ways to make a picture larger, by one kernel; and the way in which it was made smaller before.

All take (C, H, W) to (C, s_h·H, s_w·W), each colour channel by itself. Every way has weights of the same numbers: the
kernel. Only what is done before or after differs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from explorer.layer import Layer, Pair
from explorer.methods import METHODS
from explorer.upsampling.convolving import convolution, each_channel, same_padding
from explorer.upsampling.subpixel import subpixel, to_subpixel

SMALLEST_SHARE = 1e-3
"""A total below this share of the numbers' absolute values is none: no factor makes its brightness the picture's."""


def upsampling_layer(kernel_size: int | Pair, stride: int | Pair, dilation: int | Pair = 1, channels: int = 1) -> Layer:
    """The layer of `groups` = channels that takes H×W to s_h·H × s_w·W: padding and output_padding follow.

    d(k−1) + 1 − s cells are cropped, half of them before, and of an odd number the one more; where they are negative,
    output_padding adds as many. Raises `LayerError` for what no layer can do, an even kernel at stride 1.

    >>> upsampling_layer(4, 2).padding, upsampling_layer(3, 2).output_padding, upsampling_layer(1, 3).output_padding
    ((1, 1), (1, 1), (2, 2))
    """
    bare = Layer(channels, channels, kernel_size, stride, dilation=dilation, groups=channels)
    cropped = [d * (k - 1) + 1 - s for k, s, _, _, d in bare.axes]
    before = [max(0, -(-n // 2)) for n in cropped]
    given_back = [2 * p - n for p, n in zip(before, cropped, strict=True)]
    return Layer(
        channels,
        channels,
        kernel_size,
        stride,
        (before[0], before[1]),
        (given_back[0], given_back[1]),
        dilation=dilation,
        groups=channels,
    )


def gain(kernel: np.ndarray, stride: Pair) -> float:
    """The factor with which a kernel keeps a picture's brightness: its phase sums become 1 on average.

    1 where the kernel's numbers cancel (`SMALLEST_SHARE`), as those of an edge filter.

    >>> gain(np.ones((4, 4)), (2, 2)), gain(np.array([[1.0, -1.0]]), (1, 2))
    (0.25, 1.0)
    """
    total = float(kernel.sum())
    if abs(total) <= SMALLEST_SHARE * float(np.abs(kernel).sum()):
        return 1.0
    return stride[0] * stride[1] / total


@dataclass(frozen=True)
class Task:
    """What a way gets: the ``small`` picture (C, H, W), the ``kernel`` (kH, kW) as it is used, and its layer.

    ``largest`` (C, H, W) holds the flat place 0 … s_h·s_w − 1 of the largest cell in each block of the original.
    """

    small: np.ndarray
    kernel: np.ndarray
    layer: Layer
    largest: np.ndarray

    @property
    def stride(self) -> Pair:
        """The layer's stride."""
        return self.layer.stride  # type: ignore[return-value]

    @property
    def weight(self) -> np.ndarray:
        """The kernel for each channel by itself, as the layer takes it."""
        return each_channel(self.kernel, len(self.small))


def transposed(task: Task) -> np.ndarray:
    """The transposed convolution."""
    return METHODS["zero_insertion"](task.small, task.weight, task.layer)


def by_subpixel(task: Task) -> np.ndarray:
    """A convolution to s_h·s_w channels, then the pixel shuffle: the transposed convolution's numbers once more."""
    return subpixel(task.small, to_subpixel(task.weight, task.layer), task.layer)


def nearest_then_convolve(task: Task) -> np.ndarray:
    """Every cell s_h×s_w times, then the convolution."""
    return _convolved(task, nearest(task.small, task.stride) / np.prod(task.stride))


def bilinear_then_convolve(task: Task) -> np.ndarray:
    """Linear between the cells, then the convolution."""
    return _convolved(task, bilinear(task.small, task.stride) / np.prod(task.stride))


def unpooling_then_convolve(task: Task) -> np.ndarray:
    """Un-pooling, then the convolution, which fills the holes."""
    return _convolved(task, unpool(task.small, task.largest, task.stride))


WAYS: Mapping[str, Callable[[Task], np.ndarray]] = {
    "transposed": transposed,
    "subpixel": by_subpixel,
    "nearest": nearest_then_convolve,
    "bilinear": bilinear_then_convolve,
    "unpooling": unpooling_then_convolve,
}
"""Name -> way(task) -> (C, s_h·H, s_w·W)."""


def _convolved(task: Task, picture: np.ndarray) -> np.ndarray:
    """The convolution that leaves the size as it is, of each channel by itself, with the task's kernel."""
    dilation = task.layer.dilation
    padding = same_padding(task.kernel.shape, dilation)  # type: ignore[arg-type]
    return convolution(picture, task.weight, (1, 1), padding, dilation, len(picture))  # type: ignore[arg-type]


def nearest(small: np.ndarray, stride: Pair) -> np.ndarray:
    """Every cell s_h×s_w times: ``torch.nn.functional.interpolate`` with ``mode="nearest"``.

    >>> nearest(np.array([[[1, 2]]]), (2, 2)).tolist()
    [[[1, 1, 2, 2], [1, 1, 2, 2]]]
    """
    return np.repeat(np.repeat(small, stride[0], axis=1), stride[1], axis=2)


def bilinear(small: np.ndarray, stride: Pair) -> np.ndarray:
    """Linear between the cells' middles: ``mode="bilinear", align_corners=False``; beyond the outer middles constant.

    >>> bilinear(np.array([[[0.0, 4.0]]]), (1, 2)).tolist()
    [[[0.0, 1.0, 3.0, 4.0]]]
    """
    larger = small
    for axis, s in zip((1, 2), stride, strict=True):
        n = small.shape[axis]
        at = np.clip((np.arange(n * s) + 0.5) / s - 0.5, 0, n - 1)
        lower = np.floor(at).astype(int)
        share = (at - lower).reshape([-1 if each == axis else 1 for each in range(3)])
        upper = np.minimum(lower + 1, n - 1)
        larger = larger.take(lower, axis) * (1 - share) + larger.take(upper, axis) * share
    return larger


def blocks_of(picture: np.ndarray, stride: Pair) -> np.ndarray:
    """The picture's s_h×s_w blocks, (C, H, W, s_h·s_w), row by row in each.

    >>> blocks_of(np.arange(8).reshape(1, 2, 4), (2, 2)).tolist()
    [[[[0, 1, 4, 5], [2, 3, 6, 7]]]]
    """
    channels, height, width = picture.shape
    split = picture.reshape(channels, height // stride[0], stride[0], width // stride[1], stride[1])
    return split.transpose(0, 1, 3, 2, 4).reshape(channels, height // stride[0], width // stride[1], -1)


def unpool(small: np.ndarray, largest: np.ndarray, stride: Pair) -> np.ndarray:
    """Max un-pooling: each cell goes to where the largest one of its block was before pooling, all others are 0.

    ``torch.nn.functional.max_unpool2d``. ``largest`` (C, H, W) holds the flat place in the block.

    >>> unpool(np.array([[[5, 6]]]), np.array([[[0, 3]]]), (2, 2)).tolist()
    [[[5, 0, 0, 0], [0, 0, 0, 6]]]
    """
    s_h, s_w = stride
    blocks = np.zeros((*small.shape, s_h * s_w), small.dtype)
    np.put_along_axis(blocks, largest[..., None], small[..., None], axis=3)
    channels, height, width = small.shape
    split = blocks.reshape(channels, height, width, s_h, s_w).transpose(0, 1, 3, 2, 4)
    return split.reshape(channels, height * s_h, width * s_w)
