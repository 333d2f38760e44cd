"""What a constructor call of a layer says, in any framework and any number of dimensions.

Frameworks name what is cropped in different ways (torch by padding and output_padding, Keras and JAX by ``"same"``,
ONNX by ``pads``). Here it is one thing: how many cells of the full canvas are cut at each end of an axis.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from explorer.layer import Layer, LayerError, Pair
from explorer.text import say

KINDS = ("transposed", "convolution", "pooling", "resize")
"""What a layer does to the size. A ``resize`` multiplies it by its stride."""


@dataclass(frozen=True)
class AxisCall:
    """One axis: its kernel, and how many cells are cropped ``crop_before`` and ``crop_after``, at each end.

    A transposed convolution takes n cells to s(n−1) + d(k−1) + 1 − crop_before − crop_after; a negative crop adds cells
    that no stamp reaches. For an ordinary convolution and a pooling the two are the padding at each end.

    >>> AxisCall.of(kernel_size=3, stride=2, padding=1, output_padding=1).transposed_size(16)
    32
    """

    kernel_size: int
    stride: int = 1
    dilation: int = 1
    crop_before: int = 0
    crop_after: int = 0

    @classmethod
    def of(
        cls, kernel_size: int, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
    ) -> Self:
        """An axis in torch's parameters: padding crops both ends, output_padding gives some of the end back."""
        return cls(kernel_size, stride, dilation, padding, padding - output_padding)

    @property
    def reach(self) -> int:
        """Cells from the first to the last that one stamp reaches: d(k−1) + 1."""
        return self.dilation * (self.kernel_size - 1) + 1

    def full_size(self, n: int) -> int:
        """Cells of the full canvas for n cells of input: s(n−1) + d(k−1) + 1."""
        return self.stride * (n - 1) + self.reach

    def transposed_size(self, n: int) -> int:
        """Cells of the output of a transposed convolution for n cells of input; may be below 1."""
        return self.full_size(n) - self.crop_before - self.crop_after

    def convolution_size(self, n: int) -> int:
        """Cells of the output of an ordinary convolution (or a pooling) for n cells of input; may be below 1.

        Dumoulin & Visin, arXiv 1603.07285, relations 6 and 15, with the padding of each end for itself.
        """
        return (n + self.crop_before + self.crop_after - self.reach) // self.stride + 1

    @property
    def torch(self) -> tuple[int, int, int, int]:
        """(padding, output_padding, then_before, then_after): torch's parameters, and what is to be cropped after them.

        ``then_…`` are cells that torch cannot crop or add at one end only; negative ones are zeros to be added.

        >>> AxisCall(3, 2, crop_before=0, crop_after=1).torch
        (0, 0, 0, 1)
        >>> AxisCall(3, 2, crop_before=1, crop_after=0).torch
        (1, 1, 0, 0)
        """
        before, after = self.crop_before, self.crop_after
        given_back = before - after
        if before >= 0 and 0 <= given_back < max(self.stride, self.dilation):
            return before, given_back, 0, 0
        padding = max(min(before, after), 0)
        return padding, 0, before - padding, after - padding


@dataclass(frozen=True)
class LayerCall:
    """One layer as a text calls it: its ``axes`` (one to three), and all that is not an axis's.

    ``framework`` is torch, keras, jax or onnx, and ``name`` what the text calls the layer, without its module. Channels
    that the text does not say are None. ``is_mirrored``: the stamp is the kernel turned by 180°, as
    ``jax.lax.conv_transpose`` has it without ``transpose_kernel``. ``output_size``: the size that the call itself asks
    for (ONNX's ``output_shape``), from which the crop follows: `at` has it for an input's size, and until then the axes
    have none; ``cuts_more_before``: where it is odd, the start loses one more.
    ``line`` is the text's line, from 1.
    """

    axes: tuple[AxisCall, ...]
    in_channels: int | None = None
    out_channels: int | None = None
    groups: int = 1
    bias: bool = True
    kind: str = "transposed"
    framework: str = "torch"
    name: str = "ConvTranspose2d"
    is_mirrored: bool = False
    output_size: tuple[int, ...] | None = None
    line: int = 1
    cuts_more_before: bool = False

    def at(self, given: tuple[int, ...]) -> Self:
        """The call where its axes are cropped so that an input of a size gives its ``output_size``.

        ONNX's page on ConvTranspose: the total is s(n−1) + d(k−1) + 1 + output_padding − output_shape, half of it at
        each end. Where it is below 0 the page is silent, and ONNX Runtime adds all of it at the end.

        >>> LayerCall((AxisCall(3, 2),), output_size=(8,)).at((4,)).axes[0].transposed_size(4)
        8
        """
        if not self.output_size:
            return self
        axes = []
        for axis, n, wanted in zip(self.axes, given, self.output_size, strict=True):
            total = axis.transposed_size(n) - wanted
            half = total // 2
            before = max(total - half if self.cuts_more_before else half, 0)
            axes.append(replace(axis, crop_before=before, crop_after=axis.crop_after + total - before))
        return replace(self, axes=tuple(axes), output_size=None, cuts_more_before=False)

    def size(self, given: tuple[int, ...]) -> tuple[int, ...]:
        """The output's size for an input of a size, an axis each. Raises `LayerError` where an axis has no cell left.

        >>> LayerCall((AxisCall.of(4, 2, 1), AxisCall.of(4, 2, 1)), 512, 256).size((4, 4))
        (8, 8)
        """
        found = tuple(self._length(axis, n) for axis, n in zip(self.at(given).axes, given, strict=True))
        if min(found) < 1:
            raise LayerError("input size", given, say("rules.nothing_left", size=found))
        return found

    def _length(self, axis: AxisCall, n: int) -> int:
        if self.kind == "transposed":
            return axis.transposed_size(n)
        return n * axis.stride if self.kind == "resize" else axis.convolution_size(n)

    def with_channels(self, in_channels: int) -> Self:
        """The call where the channels are known that come in: what the text leaves open takes them."""
        return replace(self, in_channels=self.in_channels or in_channels, out_channels=self.out_channels or in_channels)

    @property
    def layer(self) -> Layer:
        """The layer in torch's parameters, without `then_crop` and bias; one axis becomes a height of 1.

        Channels that the text does not say are as few as the groups allow. Raises `LayerError` where it is not a
        transposed convolution, has three axes, or is what torch refuses.
        """
        if self.kind != "transposed":
            raise LayerError("layer", self.name, say("rules.not_transposed"))
        if len(self.axes) > 2:
            raise LayerError("layer", self.name, say("rules.three_dimensions"))
        axes = (AxisCall(1), *self.axes) if len(self.axes) == 1 else self.axes
        paddings, output_paddings, _, _ = zip(*(axis.torch for axis in axes), strict=True)
        return Layer(
            self.in_channels or self.groups,
            self.out_channels or self.groups,
            _pair(axis.kernel_size for axis in axes),
            _pair(axis.stride for axis in axes),
            _pair(paddings),
            _pair(output_paddings),
            dilation=_pair(axis.dilation for axis in axes),
            groups=self.groups,
        )

    @property
    def then_crop(self) -> tuple[Pair, ...]:
        """((before, after), …) an axis each: what is to be cropped of `layer`'s output; negative: zeros to be added."""
        return tuple(axis.torch[2:] for axis in self.axes)


def _pair(values: Iterable[int]) -> Pair:
    height, width = values
    return height, width
