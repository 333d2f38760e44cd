"""Layers as Keras' constructors write them. Which cells it crops: keras.src.backend.common.backend_utils.

That is what Keras does on TensorFlow and on JAX, which agree; on torch it crops so since Keras 3.15.
"""

import ast

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.reading.arguments import Arguments
from explorer.networks.reading.context import Context, Reader
from explorer.networks.reading.torch_calls import resize

_AFTER = (
    *("activation", "use_bias", "kernel_initializer", "bias_initializer", "kernel_regularizer", "bias_regularizer"),
    *("activity_regularizer", "kernel_constraint", "bias_constraint"),
)
TRANSPOSED = (
    *("filters", "kernel_size", "strides", "padding", "output_padding", "data_format", "dilation_rate"),
    *_AFTER,
)
CONVOLUTION = (
    *("filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "groups"),
    *_AFTER,
)
POOLING = ("pool_size", "strides", "padding", "data_format")
UPSAMPLING = ("size", "data_format", "interpolation")
OTHERS = (
    *("name", "dtype", "trainable", "input_shape", "batch_input_shape", "input_dim", "batch_size", "weights"),
    *("autocast", "lora_rank", "lora_alpha"),
)
ANY_WORD = ("valid", "same")


def cropped(k: int, s: int, d: int, padding: str, output_padding: int | None) -> tuple[int, int]:
    """(crop_before, crop_after) of an axis: ``"same"`` cuts the odd cell at the end, ``"valid"`` adds where k < s.

    >>> cropped(3, 2, 1, "same", None), cropped(2, 3, 1, "valid", None), cropped(5, 2, 1, "same", 1)
    ((0, 1), (0, -1), (1, 2))
    """
    reach = d * (k - 1) + 1
    if padding == "valid":
        return 0, -max(s - reach, 0) if output_padding is None else -output_padding
    # Its output has n·s cells, or (n − 1)·s + reach mod 2 + output_padding where that is given.
    total = reach - s if output_padding is None else reach - reach % 2 - output_padding
    before = max(total // 2, 0)
    return before, total - before


def transposed(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``Conv2DTranspose(64, 3, strides=2, padding="same")``; in_channels is not said."""
    rank = _rank(name)
    given = Arguments(call, TRANSPOSED, context.names, OTHERS, name)
    kernel, strides = given.lengths("kernel_size", rank), given.lengths("strides", rank, 1)
    dilation = given.lengths("dilation_rate", rank, 1)
    padding = given.word("padding", "valid", ANY_WORD)
    asked = given.value("output_padding")
    added = (None,) * rank if asked is None else given.lengths("output_padding", rank, least=0)
    for s, o in zip(strides, added, strict=True):
        if o is not None and o >= s:
            raise given.refused("output_padding", "output_padding", value=o, most=s - 1)
    if max(strides) > 1 and max(dilation) > 1:
        raise given.refused("no_dilated_strides", "dilation_rate")
    axes = tuple(
        AxisCall(k, s, d, *cropped(k, s, d, padding, o))
        for k, s, d, o in zip(kernel, strides, dilation, added, strict=True)
    )
    filters, bias = given.whole("filters"), given.flag("use_bias", True)
    return LayerCall(axes, None, filters, bias=bias, framework="keras", name=name, line=context.line)


def convolution(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``Conv2D(64, 3, strides=2, padding="same")``."""
    rank = _rank(name)
    given = Arguments(call, CONVOLUTION, context.names, OTHERS, name)
    kernel, strides = given.lengths("kernel_size", rank), given.lengths("strides", rank, 1)
    dilation, padding = given.lengths("dilation_rate", rank, 1), given.word("padding", "valid", (*ANY_WORD, "causal"))
    axes = tuple(padded(k, s, d, padding) for k, s, d in zip(kernel, strides, dilation, strict=True))
    filters, groups, bias = given.whole("filters"), given.whole("groups", 1), given.flag("use_bias", True)
    return LayerCall(axes, None, filters, groups, bias, "convolution", "keras", name, line=context.line)


def pooling(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``MaxPooling2D(2)``, ``AveragePooling1D(3, strides=2, padding="same")``."""
    rank = _rank(name)
    given = Arguments(call, POOLING, context.names, OTHERS, name)
    kernel = given.lengths("pool_size", rank, 2)
    strides = kernel if given.value("strides") is None else given.lengths("strides", rank)
    padding = given.word("padding", "valid", ANY_WORD)
    axes = tuple(padded(k, s, 1, padding) for k, s in zip(kernel, strides, strict=True))
    return LayerCall(axes, bias=False, kind="pooling", framework="keras", name=name, line=context.line)


def padded(k: int, s: int, d: int, padding: str) -> AxisCall:
    """The axis of an ordinary convolution whose padding is a word; ``"same"`` gives ⌈n/s⌉ cells.

    How much it pads depends on n; with d(k−1) in all every size comes out right, as ⌊(n − 1)/s⌋ + 1 = ⌈n/s⌉.

    >>> [padded(3, 2, 1, "same").convolution_size(n) for n in (7, 8, 9)]
    [4, 4, 5]
    """
    total = 0 if padding == "valid" else d * (k - 1)
    before = total if padding == "causal" else total // 2
    return AxisCall(k, s, d, before, total - before)


def upsampling(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``UpSampling2D(2)``, ``UpSampling2D(size=(2, 2), interpolation="bilinear")``."""
    given = Arguments(call, UPSAMPLING, context.names, OTHERS, name)
    return resize(given.lengths("size", _rank(name), 2), name, context, "keras")


def pad(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``ZeroPadding2D(1)``, ``Cropping2D(((1, 0), (1, 0)))``: cells added or cut, as a window of one cell."""
    rank, is_crop = _rank(name), name.startswith("Cropping")
    argument = "cropping" if is_crop else "padding"
    given = Arguments(call, (argument, "data_format"), context.names, OTHERS, name)
    value = given.value(argument, 1)
    ends = value if isinstance(value, tuple) else (value,) * rank
    if rank == 1 and len(ends) == 2:
        ends = (ends,)
    pairs = [end if isinstance(end, tuple) else (end, end) for end in ends]
    if len(pairs) != rank or any(len(pair) != 2 for pair in pairs):
        raise given.refused("wrong_length", argument, value=str(value), rank=rank)
    sign = -1 if is_crop else 1
    sizes = [[sign * given.checked(argument, end, 0) for end in pair] for pair in pairs]
    axes = tuple(AxisCall(1, 1, 1, before, after) for before, after in sizes)
    return LayerCall(axes, bias=False, kind="pooling", framework="keras", name=name, line=context.line)


def _rank(name: str) -> int:
    """The digit of ``Conv2DTranspose``."""
    return next(int(sign) for sign in name if sign.isdigit())


_RANKS = ("1D", "2D", "3D")
READERS: dict[str, Reader] = {
    **{f"{word}{rank}Transpose": transposed for rank in _RANKS for word in ("Conv", "Convolution")},
    **{f"{word}{rank}": convolution for rank in _RANKS for word in ("Conv", "Convolution")},
    **{f"{word}{rank}": pooling for rank in _RANKS for word in ("MaxPooling", "AveragePooling", "MaxPool", "AvgPool")},
    **{f"UpSampling{rank}": upsampling for rank in _RANKS},
    **{f"{word}{rank}": pad for rank in _RANKS for word in ("ZeroPadding", "Cropping")},
}
