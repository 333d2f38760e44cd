"""Layers as JAX writes them: ``lax.conv_transpose``, ``flax.linen`` and ``flax.nnx``.

Which cells are cropped: ``_conv_transpose_padding`` in jax/_src/lax/convolution.py. Its pads are those of the input
with zeros put in, so that d(k−1) − pad cells of the full canvas are cropped.
"""

import ast
from collections.abc import Sequence

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.reading.arguments import Arguments
from explorer.networks.reading.context import Context, Reader
from explorer.networks.reading.found import shown
from explorer.networks.reading.keras_calls import padded
from explorer.networks.reading.onnx_calls import attributes_of
from explorer.networks.reading.values import Value

LINEN = ("features", "kernel_size", "strides", "padding", "kernel_dilation", "use_bias")
LINEN_CONVOLUTION = (*LINEN[:4], "input_dilation", "kernel_dilation", "feature_group_count", "use_bias")
NNX = ("in_features", "out_features", "kernel_size", "strides")
LAX = (
    *("lhs", "rhs", "strides", "padding", "rhs_dilation", "dimension_numbers", "transpose_kernel", "precision"),
    *("preferred_element_type", "use_consistent_padding"),
)
POOLING = ("inputs", "window_shape", "strides", "padding", "count_include_pad")
OTHERS = (
    *("padding", "kernel_dilation", "use_bias", "transpose_kernel", "mask", "dtype", "param_dtype", "precision"),
    *("kernel_init", "bias_init", "promote_dtype", "preferred_element_type", "name", "parent", "rngs"),
    *("kernel_metadata", "bias_metadata", "feature_group_count", "input_dilation", "conv_general_dilated"),
)
WORDS = ("same", "valid")


def pads_of(k: int, s: int, d: int, padding: str) -> tuple[int, int]:
    """The pads of ``"same"`` and ``"valid"``, before and after the input with zeros put in.

    >>> pads_of(3, 2, 1, "same"), pads_of(2, 3, 1, "valid")
    ((2, 1), (1, 2))
    """
    reach = d * (k - 1) + 1
    if padding == "valid":
        return reach - 1, reach - 1 + max(s - reach, 0)
    total = reach + s - 2
    before = reach - 1 if s > reach - 1 else (total + 1) // 2
    return before, total - before


def _axes(
    given: Arguments, sizes: Sequence[Sequence[int]], default: str | None, is_consistent: bool = False
) -> tuple[AxisCall, ...]:
    """The axes for (kernel, stride, dilation) each, with the padding that the call says."""
    value = given.needed("padding") if default is None else given.value("padding", default)
    if isinstance(value, str):
        word = given.word("padding", default or "", WORDS)
        pads = [pads_of(k, s, d, word) for k, s, d in sizes]
    else:
        pads = pairs_of(given, value, len(sizes))
        if is_consistent:
            return tuple(AxisCall(k, s, d, *pad) for (k, s, d), pad in zip(sizes, pads, strict=True))
    return tuple(
        AxisCall(k, s, d, d * (k - 1) - before, d * (k - 1) - after)
        for (k, s, d), (before, after) in zip(sizes, pads, strict=True)
    )


def pairs_of(given: Arguments, value: Value, rank: int) -> list[tuple[int, int]]:
    """(before, after) an axis of what is one number, a number an axis, or a pair an axis. Raises `Unread`."""
    ends = value if isinstance(value, tuple) else (value,) * rank
    pairs = [end if isinstance(end, tuple) else (end, end) for end in ends]
    if len(pairs) != rank or any(len(pair) != 2 for pair in pairs):
        raise given.refused("wrong_length", "padding", value=shown(value), rank=rank)
    least = -(10**6)
    return [
        (given.checked("padding", before, least), given.checked("padding", after, least)) for before, after in pairs
    ]


def _kernel(given: Arguments) -> tuple[int, ...]:
    """The kernel's size, whose length is the number of axes; one number is one axis."""
    value = given.needed("kernel_size")
    rank = len(value) if isinstance(value, tuple) else 1
    if rank not in (1, 2, 3):
        raise given.refused("too_many_axes", "kernel_size", value=shown(value))
    return given.lengths("kernel_size", rank)


def flax(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``nn.ConvTranspose(64, (3, 3), strides=(2, 2))`` of linen, ``nnx.ConvTranspose(128, 64, …)``, also ``Conv``.

    Where ONNX's attributes are given, the call is ONNX's.
    """
    keywords = {keyword.arg for keyword in call.keywords}
    if "kernel_shape" in keywords:
        return attributes_of(call, name, context)
    is_nnx = "nnx" in context.module.split(".") or bool(keywords & {"in_features", "out_features", "rngs"})
    is_transposed = name == "ConvTranspose"
    linen = LINEN if is_transposed else LINEN_CONVOLUTION
    given = Arguments(call, NNX if is_nnx else linen, context.names, {*OTHERS, *linen} - {"features"}, name)
    kernel = _kernel(given)
    rank = len(kernel)
    strides = (1,) * rank if given.value("strides") is None else given.lengths("strides", rank)
    dilation = (1,) * rank if given.value("kernel_dilation") is None else given.lengths("kernel_dilation", rank)
    sizes = list(zip(kernel, strides, dilation, strict=True))
    into = given.whole("in_features") if is_nnx else None
    out, bias = given.whole("out_features" if is_nnx else "features"), given.flag("use_bias", True)
    line = context.line
    if is_transposed:
        is_mirrored = not given.flag("transpose_kernel", False)
        axes = _axes(given, sizes, "same")
        return LayerCall(axes, into, out, 1, bias, "transposed", "jax", name, is_mirrored, line=line)
    groups = given.whole("feature_group_count", 1)
    axes = _padded(given, sizes, "same")
    return LayerCall(axes, into, out, groups, bias, "convolution", "jax", name, line=line)


def _padded(given: Arguments, sizes: Sequence[Sequence[int]], default: str) -> tuple[AxisCall, ...]:
    """The axes of an ordinary convolution or a pooling."""
    value = given.value("padding", default)
    if isinstance(value, str):
        word = given.word("padding", default, (*WORDS, "causal"))
        return tuple(padded(k, s, d, word) for k, s, d in sizes)
    pads = pairs_of(given, value, len(sizes))
    return tuple(AxisCall(k, s, d, *pad) for (k, s, d), pad in zip(sizes, pads, strict=True))


def pooling(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``nn.max_pool(x, (2, 2), strides=(2, 2))`` of flax; its stride is 1 where none is given."""
    given = Arguments(call, POOLING, context.names, layer=name)
    value = given.needed("window_shape")
    rank = len(value) if isinstance(value, tuple) else 1
    window, strides = given.lengths("window_shape", rank), given.lengths("strides", rank, 1)
    axes = _padded(given, list(zip(window, strides, (1,) * rank, strict=True)), "valid")
    return LayerCall(axes, bias=False, kind="pooling", framework="jax", name=name, line=context.line)


def lax(call: ast.Call, name: str, context: Context) -> LayerCall:
    """``lax.conv_transpose(x, w, strides=(2, 2), padding="SAME")``, where the text says the shape of w.

    It says it by ``w = jnp.zeros((3, 3, 64, 32))`` on a line before, or by such a call in w's place.
    """
    given = Arguments(call, LAX, context.names, layer=name)
    shape = given.shape("rhs")
    if shape is None:
        array = shown(given.given.get("rhs", "w"))
        raise given.refused("kernel_shape", "rhs", array=array, example="w = jnp.zeros((3, 3, 64, 32))")
    numbers = given.value("dimension_numbers") if "dimension_numbers" in given.given else None
    kernel, into, out = _kernel_shape(given, shape, numbers)
    rank = len(kernel)
    strides = given.lengths("strides", rank)
    dilation = (1,) * rank if given.value("rhs_dilation") is None else given.lengths("rhs_dilation", rank)
    axes = _axes(
        given, list(zip(kernel, strides, dilation, strict=True)), None, given.flag("use_consistent_padding", False)
    )
    is_flipped = given.flag("transpose_kernel", False)
    into, out = (out, into) if is_flipped else (into, out)
    return LayerCall(axes, into, out, 1, False, "transposed", "jax", name, not is_flipped, line=context.line)


def _kernel_shape(given: Arguments, shape: tuple[int, ...], numbers: Value) -> tuple[tuple[int, ...], int, int]:
    """(the kernel's size, its channels I and O): HWIO where no dimension_numbers say another order."""
    spatial = {3: "H", 4: "HW", 5: "HWD"}.get(len(shape))
    if spatial is None:
        raise given.refused("too_many_axes", "rhs", value=shown(shape))
    letters: Value = f"{spatial}IO"
    if numbers is not None:
        letters = numbers[1] if isinstance(numbers, tuple) and len(numbers) == 3 else None
    if not isinstance(letters, str) or len(letters) != len(shape) or not {"I", "O"} <= {*letters}:
        raise given.refused("not_a_word", "dimension_numbers", value=shown(numbers), allowed=f"{spatial}IO")
    kernel = tuple(n for letter, n in zip(letters, shape, strict=True) if letter not in "IO")
    return kernel, shape[letters.index("I")], shape[letters.index("O")]


READERS: dict[str, Reader] = {
    **dict.fromkeys(("ConvTranspose", "Conv"), flax),
    **dict.fromkeys(("max_pool", "avg_pool"), pooling),
    "conv_transpose": lax,
}
