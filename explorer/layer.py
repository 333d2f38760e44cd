"""The hyper-parameters of one transposed convolution, and the sizes that follow from them.

Sources of the formulas: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning"
(arXiv 1603.07285), and torch's page on ``torch.nn.ConvTranspose2d``. Sizes are in cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Never

import numpy as np
from numpy.typing import ArrayLike

from explorer.arguments import LayerError, Pair, floats, pair, refuse, whole
from explorer.text import say


@dataclass(frozen=True, init=False)
class Layer:
    """One transposed convolution without bias, named as ``torch.nn.ConvTranspose2d`` names it.

    ``kernel_size``, ``stride``, ``padding``, ``output_padding`` and ``dilation`` are given as an int
    or a (height, width) pair and kept as pairs. ``dilation`` and ``groups`` are given by name: by position torch has
    groups in the seventh place, and a seventh argument raises `LayerError`. So does what torch rejects, and what its
    constructor takes and this one does not (``bias``, …), with what to do instead.

    >>> Layer(in_channels=4, out_channels=6, kernel_size=(3, 5), groups=2).weight_shape
    (4, 3, 3, 5)
    >>> Layer(kernel_size=2, stride=2).output_size((2, 2))
    (4, 4)
    >>> Layer(stride=0)
    Traceback (most recent call last):
    explorer.arguments.LayerError: stride = (0, 0): each must be at least 1
    """

    in_channels: int = 1
    out_channels: int = 1
    kernel_size: int | Pair = 2
    stride: int | Pair = 1
    padding: int | Pair = 0
    output_padding: int | Pair = 0
    dilation: int | Pair = 1
    groups: int = 1

    def __init__(
        self,
        in_channels: int = 1,
        out_channels: int = 1,
        kernel_size: int | Pair = 2,
        stride: int | Pair = 1,
        padding: int | Pair = 0,
        output_padding: int | Pair = 0,
        *more: Never,
        dilation: int | Pair = 1,
        groups: int = 1,
        **others: Never,
    ) -> None:
        refuse(more, others, [field.name for field in fields(self)])
        given = (in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, groups)
        self._keep(given)
        for name in ("in_channels", "out_channels"):
            if getattr(self, name) % self.groups:
                raise LayerError(name, getattr(self, name), say("rules.divisible", groups=self.groups))
        # torch, convolution_transpose: "output padding must be smaller than either stride or dilation".
        for axis, (_, s, _, o, d) in zip(("height", "width"), self.axes, strict=True):
            if o >= max(s, d):
                rule = say(f"rules.below_larger.{axis}", larger=max(s, d))
                raise LayerError("output_padding", self.output_padding, rule)

    def _keep(self, given: Iterable[object]) -> None:
        """Keep the fields' values as ints and pairs of ints, each large enough."""
        for field, wanted in zip(fields(self), given, strict=True):
            single = field.name in ("in_channels", "out_channels", "groups")
            value = (whole if single else pair)(field.name, wanted)
            object.__setattr__(self, field.name, value)
            smallest = 0 if field.name.endswith("padding") else 1
            if single and value < smallest:  # type: ignore[operator]
                raise LayerError(field.name, value, say("rules.at_least", least=smallest))
            if not single and min(value) < smallest:  # type: ignore[arg-type]
                raise LayerError(field.name, value, say("rules.each_at_least", least=smallest))

    @cached_property
    def axes(self) -> tuple[tuple[int, int, int, int, int], ...]:
        """(kernel_size, stride, padding, output_padding, dilation) of the height and of the width."""
        pairs = (self.kernel_size, self.stride, self.padding, self.output_padding, self.dilation)
        return tuple(zip(*pairs, strict=True))  # type: ignore[arg-type]

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """(C_in, C_out // groups, kH, kW): torch's layout of a transposed convolution's weight."""
        height, width = self.kernel_size  # type: ignore[misc]
        return self.in_channels, self.out_channels // self.groups, height, width

    def full_size(self, size: Pair) -> Pair:
        """Size of the full canvas, on which every stamp fits whole, for an input of ``size`` (H, W).

        Per axis s(n−1) + d(k−1) + 1: Dumoulin & Visin, relations 12 (dilation) and 13 (stride) at p = 0.

        >>> Layer(kernel_size=3, stride=2, padding=1).full_size((2, 2))
        (5, 5)
        """
        height, width = (s * (n - 1) + d * (k - 1) + 1 for n, (k, s, _, _, d) in self._sized(size))
        return height, width

    def output_size(self, size: Pair) -> Pair:
        """Size (H', W') of the output for an input of ``size`` (H, W), both at least 1.

        Per axis s(n−1) − 2p + d(k−1) + o + 1: the shape section of ``torch.nn.ConvTranspose2d``;
        Dumoulin & Visin, relation 14, with its a = o. Raises `LayerError` where torch does.

        >>> Layer(kernel_size=3, stride=2, padding=1, output_padding=1).output_size((2, 2))
        (4, 4)
        """
        full = self.full_size(size)
        height, width = (n - 2 * p + o for n, (_, _, p, o, _) in zip(full, self.axes, strict=True))
        if min(height, width) < 1:
            rule = say("rules.no_output", height=height, width=width, rows=full[0], columns=full[1])
            raise LayerError("padding", self.padding, rule)
        return height, width

    def canvas_size(self, size: Pair) -> Pair:
        """Size of the canvas as it is drawn: max(full, p + out) per axis.

        It is the full canvas, with zero rows or columns where output_padding > padding moves the
        bottom or right edge of the output beyond it.

        >>> Layer(kernel_size=2, stride=2, output_padding=1).canvas_size((2, 2))
        (5, 5)
        """
        top, left, height, width = self.window(size)
        full = self.full_size(size)
        return max(full[0], top + height), max(full[1], left + width)

    def window(self, size: Pair) -> tuple[int, int, int, int]:
        """(top, left, height, width) of the output within the canvas: p_h, p_w, H', W'.

        >>> Layer(kernel_size=2, padding=1).window((2, 2))
        (1, 1, 1, 1)
        """
        return *self.padding, *self.output_size(size)  # type: ignore[misc]

    def zero_inserted_size(self, size: Pair) -> Pair:
        """Size of the zero-inserted input as it is drawn: all of the input's cells, also those that a crop leaves out.

        >>> Layer(kernel_size=2, padding=2).zero_inserted_size((4, 4))
        (4, 4)
        """
        top, left, height, width = self.zero_inserted_window(size)
        below, right = (
            first + s * (n - 1) + 1 for n, first, (_, s, _, _, _) in zip(size, self.first_cell, self.axes, strict=True)
        )
        return max(below, top + height), max(right, left + width)

    def zero_inserted_window(self, size: Pair) -> tuple[int, int, int, int]:
        """(top, left, height, width) of what the flipped kernel slides over, within the zero-inserted input as drawn.

        The border is d(k−1) − p before and d(k−1) − p + o after (Dumoulin & Visin, relation 14); where it is negative
        it crops, and the window begins inside.

        >>> Layer(kernel_size=2, padding=2).zero_inserted_window((4, 4))
        (1, 1, 2, 2)
        """
        height, width = (n + d * (k - 1) for n, (k, _, _, _, d) in zip(self.output_size(size), self.axes, strict=True))
        return max(-self.border[0], 0), max(-self.border[1], 0), height, width

    @property
    def border(self) -> Pair:
        """d(k−1) − p per axis: the zeros before the zero-inserted input; where negative, what is cropped there."""
        height, width = (d * (k - 1) - p for k, _, p, _, d in self.axes)
        return height, width

    @property
    def first_cell(self) -> Pair:
        """Where the first input cell lies in the zero-inserted input as drawn: behind the border, unless that crops."""
        return max(self.border[0], 0), max(self.border[1], 0)

    def checked(self, input: ArrayLike, weight: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """``input`` (C_in, H, W) and ``weight`` as float arrays of one dtype that fit this layer.

        Whole numbers and nested lists become float64, float arrays keep their dtype (`explorer.arguments.floats`).
        Raises `LayerError` where they do not fit the layer or one another.

        >>> x, k = Layer(kernel_size=1).checked([[[1, 2]]], [[[[3]]]])
        >>> x.dtype, k.shape
        (dtype('float64'), (1, 1, 1, 1))
        """
        x = floats("input", input)
        if x.ndim != 3 or x.shape[0] != self.in_channels:
            raise LayerError("input", x.shape, say("rules.shape_of_input", channels=self.in_channels))
        k = self.checked_weight(weight)
        if x.dtype != k.dtype:
            raise LayerError("weight", k.dtype, say("rules.dtype", dtype=x.dtype))
        self.output_size((x.shape[1], x.shape[2]))
        return x, k

    def checked_weight(self, weight: ArrayLike) -> np.ndarray:
        """``weight`` as a float array of `weight_shape`; whole numbers and nested lists become float64.

        Raises `LayerError` where it has another shape or holds something else.
        """
        k = floats("weight", weight)
        if k.shape != self.weight_shape:
            raise LayerError("weight", k.shape, say("rules.shape", shape=self.weight_shape))
        return k

    def _sized(self, size: Pair) -> list[tuple[int, tuple[int, int, int, int, int]]]:
        lengths = pair("input size", tuple(size))
        if min(lengths) < 1:
            raise LayerError("input size", lengths, say("rules.each_at_least", least=1))
        return list(zip(lengths, self.axes, strict=True))
