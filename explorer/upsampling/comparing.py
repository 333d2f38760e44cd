"""A picture made smaller, and larger again in every way, with its numbers: one call for one drawing of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explorer.layer import Pair
from explorer.upsampling.convolving import convolution, each_channel
from explorer.upsampling.measures import checkerboard, fitted, signal_to_noise, spectrum, structural_similarity
from explorer.upsampling.ways import WAYS, Task, blocks_of, gain, upsampling_layer

DOWN = ("average", "pick")
"""How a picture is made smaller: a strided convolution with s_h×s_w equal weights, or with the one weight 1."""


@dataclass(frozen=True)
class Cost:
    """What a way needs: ``parameters`` of one channel, and ``multiply_adds`` for the whole picture, before cropping."""

    parameters: int
    multiply_adds: int


@dataclass(frozen=True)
class Upsampled:
    """One way's ``picture`` (C, H, W), not clipped: values may leave 0 … 1. The numbers are of the picture as it is.

    ``signal_to_noise`` in decibels and ``structural_similarity`` (None for a picture below 7×7) compare it with the
    original; ``checkerboard`` is the spectrum's share at multiples of 1/s in thousandths. See
    `explorer.upsampling.measures`.
    """

    picture: np.ndarray
    original: np.ndarray
    signal_to_noise: float
    structural_similarity: float | None
    checkerboard: float
    cost: Cost

    @cached_property
    def difference(self) -> np.ndarray:
        """The picture minus the original, (C, H, W)."""
        return self.picture - self.original

    @cached_property
    def spectrum(self) -> np.ndarray:
        """The centred log magnitude, (H, W)."""
        return spectrum(self.picture)


@dataclass(frozen=True)
class Comparison:
    """The ``original`` (C, H, W), cut to whole strides, the ``small`` picture, and every way's result by its name.

    ``factor`` is what the kernel was multiplied with so that the picture keeps its brightness. ``checkerboard`` and
    ``spectrum`` are the original's.
    """

    original: np.ndarray
    small: np.ndarray
    factor: float
    checkerboard: float
    ways: Mapping[str, Upsampled]

    @cached_property
    def spectrum(self) -> np.ndarray:
        """The original's centred log magnitude, (H, W)."""
        return spectrum(self.original)


def compare(
    picture: np.ndarray,
    kernel: np.ndarray,
    stride: Pair,
    dilation: Pair = (1, 1),
    *,
    down: str = "average",
    ways: tuple[str, ...] = tuple(WAYS),
    keep_brightness: bool = True,
) -> Comparison:
    """Make the picture (C, H, W) smaller by the stride and larger again by the kernel (kH, kW), in each of the ways.

    The kernel is multiplied with `ways.gain` first, unless ``keep_brightness`` is false. Raises `LayerError` where no
    layer has this kernel and stride, or the picture is smaller than a stride.

    >>> found = compare(np.ones((1, 8, 8)), np.ones((2, 2)), (2, 2))
    >>> {name: made.checkerboard for name, made in found.ways.items()}["transposed"], found.factor
    (0.0, 1.0)
    """
    layer = upsampling_layer(kernel.shape, stride, dilation, len(picture))
    original = fitted(picture, stride)
    small = smaller(original, stride, down)
    factor = gain(kernel, stride) if keep_brightness else 1.0
    largest = blocks_of(original, stride).argmax(axis=3)
    task = Task(small, kernel * factor, layer, largest)
    made = {way: _measured(way, WAYS[way](task), original, task) for way in ways}
    return Comparison(original, small, factor, checkerboard(original, stride), made)


def smaller(picture: np.ndarray, stride: Pair, down: str = "average") -> np.ndarray:
    """The picture (C, H, W) under a strided convolution without padding, (C, H // s_h, W // s_w). See `DOWN`.

    >>> smaller(np.array([[[1.0, 3.0, 5.0, 7.0]]]), (1, 2)).tolist()
    [[[2.0, 6.0]]]
    """
    shape = stride if down == "average" else (1, 1)
    weight = each_channel(np.full(shape, 1 / np.prod(shape)), len(picture))
    return convolution(picture, weight, stride, groups=len(picture))


def cost(way: str, task: Task) -> Cost:
    """Parameters and multiply-adds of a way, each as it is usually computed.

    A transposed convolution and a sub-pixel convolution multiply every weight with every cell of the small picture; a
    convolution after resizing or un-pooling does so with every cell of the large one, s_h·s_w times as many. Resizing
    linearly adds four multiply-adds a cell.
    """
    small, large = task.small.size, task.small.size * int(np.prod(task.stride))
    weights = subpixel_size(task) if way == "subpixel" else task.kernel.size
    each = {"transposed": small, "subpixel": small}.get(way, large)
    return Cost(weights, weights * each + (4 * large if way == "bilinear" else 0))


def subpixel_size(task: Task) -> int:
    """How many numbers the kernel has as filters of a sub-pixel convolution, with the zeros that fill them up."""
    height, width = (-(-(d * (k - 1) + 1) // s) * s for k, s, _, _, d in task.layer.axes)
    return height * width


def _measured(way: str, picture: np.ndarray, original: np.ndarray, task: Task) -> Upsampled:
    has_window = min(original.shape[1:]) >= 7
    return Upsampled(
        picture,
        original,
        signal_to_noise(original, picture),
        structural_similarity(original, picture) if has_window else None,
        checkerboard(picture, task.stride),
        cost(way, task),
    )
