"""Layers as torch's constructors and prints write them."""

import ast
from dataclasses import replace

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.reading.arguments import Arguments
from explorer.networks.reading.context import Context, Reader, channels_parted
from explorer.networks.reading.found import Unread, shown

TRANSPOSED = (
    *("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding", "groups", "bias"),
    *("dilation", "padding_mode", "device", "dtype"),
)
CONVOLUTION = (
    *("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias"),
    *("padding_mode", "device", "dtype"),
)
_SETTINGS = ("stride", "padding", "output_padding", "dilation")
FUNCTIONAL = ("input", "weight", "bias", "stride", "padding", "output_padding", "groups", "dilation")
FUNCTIONAL_CONVOLUTION = ("input", "weight", "bias", "stride", "padding", "dilation", "groups")
MAX_POOL = ("kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode")
AVERAGE_POOL = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override")
UPSAMPLE = ("size", "scale_factor", "mode", "align_corners", "recompute_scale_factor")
RANK_OF_MODE = {"linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3}


def transposed(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``ConvTranspose2d(512, 256, 16, stride=8, padding=4)``, also lazy ones, which do not say in_channels."""
    rank, is_lazy = int(name[-2]), name.startswith("Lazy")
    given = Arguments(call, TRANSPOSED[1:] if is_lazy else TRANSPOSED, context.names, layer=name)
    given.word("padding_mode", "zeros", ("zeros",))
    values = (
        given.lengths("kernel_size", rank),
        given.lengths("stride", rank, 1),
        given.lengths("padding", rank, 0, least=0),
        given.lengths("output_padding", rank, 0, least=0),
        given.lengths("dilation", rank, 1),
    )
    for _, s, _, o, d in zip(*values, strict=True):
        if o >= max(s, d):  # torch: "output padding must be smaller than either stride or dilation"
            raise given.refused("output_padding", "output_padding", value=o, most=max(s, d) - 1)
    axes = tuple(AxisCall.of(*axis) for axis in zip(*values, strict=True))
    return _with_channels(given, axes, "transposed", name, context, is_lazy)


def convolution(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``Conv2d(64, 128, 3, padding=1)``, also lazy ones; ``padding="same"`` is what torch makes of it."""
    rank, is_lazy = int(name[-2]), name.startswith("Lazy")
    given = Arguments(call, CONVOLUTION[1:] if is_lazy else CONVOLUTION, context.names, layer=name)
    kernel, dilation = given.lengths("kernel_size", rank), given.lengths("dilation", rank, 1)
    stride = given.lengths("stride", rank, 1)
    padding = given.value("padding", 0)
    if isinstance(padding, str):
        is_same = given.word("padding", "valid", ("valid", "same")) == "same"
        if is_same and max(stride) > 1:
            raise given.refused("same_needs_stride_1", "padding")
        totals = tuple(d * (k - 1) if is_same else 0 for k, d in zip(kernel, dilation, strict=True))
        pads = tuple((total // 2, total - total // 2) for total in totals)
    else:
        pads = tuple((p, p) for p in given.lengths("padding", rank, 0, least=0))
    axes = tuple(AxisCall(k, s, d, *pad) for k, s, d, pad in zip(kernel, stride, dilation, pads, strict=True))
    return _with_channels(given, axes, "convolution", name, context, is_lazy)


def functional(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``F.conv_transpose2d(x, w, stride=2, padding=1)`` and ``F.conv2d``, where the text says the shape of w."""
    given = Arguments(call, FUNCTIONAL if "transpose" in name else FUNCTIONAL_CONVOLUTION, context.names, layer=name)
    rank, shape = int(name[-2]), given.shape("weight")
    if shape is None:
        example = ", ".join(["64", "32", *"3" * rank])
        values = {"array": shown(given.given.get("weight", "w")), "example": f"w = torch.randn({example})"}
        raise given.refused("kernel_shape", "weight", **values)
    if len(shape) != rank + 2:
        raise given.refused("wrong_rank", "weight", value=shown(shape), rank=rank + 2)
    groups, is_transposed = given.whole("groups", 1), "transpose" in name
    channels = (shape[0], shape[1] * groups) if is_transposed else (shape[1] * groups, shape[0])
    settings = [ast.keyword(one, given.given[one]) for one in (*_SETTINGS, "groups") if one in given.given]
    constants = [ast.Constant(value) for value in channels]
    kernel = ast.Tuple([ast.Constant(n) for n in shape[2:]])
    plain = ast.copy_location(ast.Call(call.func, [*constants, kernel], settings), call)
    found = (transposed if is_transposed else convolution)(plain, name, context)
    has_bias = "bias" in given.given and shown(given.given["bias"]) != "None"
    return replace(found, bias=has_bias)


def _with_channels(
    given: Arguments, axes: tuple[AxisCall, ...], kind: str, name: str, context: Context, is_lazy: bool
) -> LayerCall:
    """The call with channels, groups and bias."""
    into = None if is_lazy else given.whole("in_channels")
    out, groups = given.whole("out_channels"), given.whole("groups", 1)
    for argument, value in (("in_channels", into), ("out_channels", out)):
        if value and value % groups:
            raise given.refused("not_divisible", argument, value=value, groups=groups)
    bias = given.flag("bias", True)
    return LayerCall(axes, into, out, groups, bias, kind, "torch", name, line=context.line)


def pooling(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``MaxPool2d(2)``, ``AvgPool2d(3, stride=2, padding=1, ceil_mode=True)``, and their functions behind an input."""
    rank = int(name[-2])
    parameters = MAX_POOL if "max" in name.lower() else AVERAGE_POOL
    given = Arguments(call, ("input", *parameters) if name[0].islower() else parameters, context.names, layer=name)
    kernel = given.lengths("kernel_size", rank)
    stride = kernel if given.value("stride") is None else given.lengths("stride", rank)
    padding = given.lengths("padding", rank, 0, least=0)
    dilation = given.lengths("dilation", rank, 1)
    axes = tuple(AxisCall.of(k, s, p, 0, d) for k, s, p, d in zip(kernel, stride, padding, dilation, strict=True))
    if given.flag("ceil_mode", False):
        # Rounding up is rounding down with s − 1 more at the end; torch leaves a window out that begins in the padding.
        if any(axis.reach < axis.crop_before + axis.stride for axis in axes):
            raise given.refused("ceil_mode", "ceil_mode")
        axes = tuple(
            AxisCall(axis.kernel_size, axis.stride, axis.dilation, axis.crop_before, axis.crop_after + axis.stride - 1)
            for axis in axes
        )
    return LayerCall(axes, bias=False, kind="pooling", name=name, line=context.line)


def unpooling(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``MaxUnpool2d(2, stride=2)``: it multiplies the size where its windows stand side by side."""
    rank = int(name[-2])
    given = Arguments(call, MAX_POOL[:3], context.names, layer=name)
    kernel = given.lengths("kernel_size", rank)
    stride = kernel if given.value("stride") is None else given.lengths("stride", rank)
    if stride != kernel or any(given.lengths("padding", rank, 0, least=0)):
        raise given.refused("unpooling", "stride")
    return resize(stride, name, context)


def resize(factors: tuple[int, ...], name: str, context: Context, framework: str = "torch") -> LayerCall:
    """A layer that multiplies the size by a factor an axis."""
    axes = tuple(AxisCall(1, factor) for factor in factors)
    return LayerCall(axes, bias=False, kind="resize", framework=framework, name=name, line=context.line)


def upsample(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``Upsample(scale_factor=2, mode="bilinear")``, ``UpsamplingNearest2d``, ``F.interpolate(x, scale_factor=2)``.

    Which number of axes a nearest one has is no part of the call: it takes that of the text's other layers.
    """
    parameters = ("input", *UPSAMPLE, "antialias") if name == "interpolate" else UPSAMPLE
    given = Arguments(call, parameters, context.names, layer=name)
    mode = given.value("mode", "nearest")
    rank = 2 if name.endswith("2d") else RANK_OF_MODE.get(str(mode), context.rank)
    factor = given.value("scale_factor")
    if factor is None:
        raise given.refused("needs_factor", "scale_factor")
    factors = factor if isinstance(factor, tuple) else (factor,) * rank
    if any(not isinstance(item, float | int) or item != int(item) for item in factors):
        raise given.refused("factor_not_whole", "scale_factor", value=shown(factor))
    return resize(tuple(given.checked("scale_factor", int(item), 1) for item in factors), name, context)  # type: ignore[arg-type]


def pixel_shuffle(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``PixelShuffle(2)``: twice the size and a quarter of the channels of the layer before it."""
    given = Arguments(call, ("upscale_factor",), context.names, layer=name)
    factor = given.whole("upscale_factor")
    channels = context.previous.out_channels if context.previous else None
    if not channels or channels % factor**2:
        raise Unread("shuffle_channels", call, layer=name, factor=factor**2)
    found = resize((factor, factor), name, context)
    return channels_parted(found, channels, factor**2)


def pad(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``ReflectionPad2d(3)``: cells added at each end, as a window of one cell with a padding."""
    rank = int(name[-2])
    given = Arguments(call, ("padding", "value"), context.names, layer=name)
    value = given.needed("padding")
    ends = value if isinstance(value, tuple) else (value,) * 2 * rank
    if len(ends) != 2 * rank:
        raise given.refused("wrong_length", "padding", value=shown(value), rank=2 * rank)
    sizes = [given.checked("padding", end, -(10**6)) for end in ends]
    # torch counts from the last axis: left, right, top, bottom.
    axes = tuple(AxisCall(1, 1, 1, sizes[2 * at], sizes[2 * at + 1]) for at in reversed(range(rank)))
    return LayerCall(axes, bias=False, kind="pooling", name=name, line=context.line)


def halving(call: ast.Call, name: str, context: Context) -> LayerCall | None:
    """``GLU(dim=1)``: half the channels; None, which passes, where the channels before it are not known."""
    if not context.previous or not context.previous.out_channels or context.previous.out_channels % 2:
        return None
    channels = context.previous.out_channels
    return channels_parted(resize((1,) * len(context.previous.axes), name, context), channels, 2)


_RANKS = ("1d", "2d", "3d")
READERS: dict[str, Reader] = {
    **{f"{lazy}ConvTranspose{rank}": transposed for rank in _RANKS for lazy in ("", "Lazy")},
    **{f"{word}{rank}": functional for rank in _RANKS for word in ("conv_transpose", "conv")},
    **{f"{lazy}Conv{rank}": convolution for rank in _RANKS for lazy in ("", "Lazy")},
    "WNConvTranspose1d": transposed,  # the names of vocoders' helpers, which put weight_norm around the layer
    "WNConv1d": convolution,
    **{f"{kind}Pool{rank}": pooling for rank in _RANKS for kind in ("Max", "Avg")},
    **{f"{kind}_pool{rank}": pooling for rank in _RANKS for kind in ("max", "avg")},
    **{f"MaxUnpool{rank}": unpooling for rank in _RANKS},
    **{f"{kind}Pad{rank}": pad for rank in _RANKS for kind in ("Reflection", "Replication", "Zero", "Constant")},
    **dict.fromkeys(("Upsample", "UpsamplingNearest2d", "UpsamplingBilinear2d", "interpolate"), upsample),
    "PixelShuffle": pixel_shuffle,
    "GLU": halving,
}
