"""How each framework's constructor says a call: its name, its arguments, and what is left to be cropped by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from explorer.layer import LayerError, Pair
from explorer.networks.call import LayerCall
from explorer.networks.writing import jax_padding, keras_padding

LAYOUTS = {1: '("NHC", "HIO", "NHC")', 2: '("NHWC", "HWIO", "NHWC")', 3: '("NDHWC", "DHWIO", "NDHWC")'}
"""JAX's names of the axes of input, weight and output, for each number of dimensions."""


@dataclass(frozen=True)
class Fit:
    """A constructor as a framework has it: ``arguments`` are (keyword or "" by position, value as it is written).

    ``rest``: (before, after) an axis, the cells to be cropped after it; negative ones are zeros to be added. Where the
    framework knows no groups, the constructor is that of one group.
    """

    name: str
    arguments: tuple[tuple[str, str], ...]
    rest: tuple[Pair, ...]

    def text(self, line: int = 120, beside: int = 0, indent: str = "") -> str:
        """The constructor on one line, or where that is too long for a ``line``, an argument on each, after an indent.

        ``beside``: how many letters of the line something else takes.

        >>> from explorer.networks import AxisCall
        >>> FITS["torch"](LayerCall((AxisCall(2, 2),) * 2, 8, 4, bias=False)).text()
        'torch.nn.ConvTranspose2d(8, 4, kernel_size=2, stride=2, bias=False)'
        """
        written = [f"{name}={value}" if name else value for name, value in self.arguments]
        whole = f"{self.name}({', '.join(written)})"
        if len(indent) + beside + len(whole) <= line:
            return whole
        return f"{self.name}(\n" + "".join(f"{indent}    {argument},\n" for argument in written) + f"{indent})"


def spreads_by_hand(call: LayerCall) -> bool:
    """Whether Keras refuses the dilation: it takes none beside a stride."""
    return max(axis.stride for axis in call.axes) > 1 and max(axis.dilation for axis in call.axes) > 1


def _torch(call: LayerCall) -> Fit:
    fits = [axis.torch for axis in call.axes]
    arguments = [*_channels(call), ("kernel_size", _numbers([axis.kernel_size for axis in call.axes]))]
    arguments += _unless("stride", [axis.stride for axis in call.axes], 1)
    arguments += _unless("padding", [padding for padding, _, _, _ in fits], 0)
    arguments += _unless("output_padding", [output_padding for _, output_padding, _, _ in fits], 0)
    arguments += _unless("groups", [call.groups], 1) + _no_bias("bias", call)
    arguments += _unless("dilation", [axis.dilation for axis in call.axes], 1)
    return Fit(f"torch.nn.ConvTranspose{len(call.axes)}d", tuple(arguments), call.then_crop)


def _conv2d(call: LayerCall) -> Fit:
    """The ordinary convolution of the zero-inserted input; what its padding cannot say stands in `border`."""
    arguments = [*_channels(call), ("kernel_size", _numbers([axis.kernel_size for axis in call.axes]))]
    if pads_by_itself(call):
        arguments += _unless("padding", [before for before, _ in borders(call)], 0)
    arguments += _unless("dilation", [axis.dilation for axis in call.axes], 1)
    arguments += _unless("groups", [call.groups], 1) + _no_bias("bias", call)
    return Fit(f"torch.nn.Conv{len(call.axes)}d", tuple(arguments), ((0, 0),) * len(call.axes))


def borders(call: LayerCall) -> tuple[Pair, ...]:
    """Zeros around the zero-inserted input, (before, after) an axis: d(k−1) less the crop; negative: cells to be cut.

    Dumoulin & Visin, arXiv 1603.07285, relation 14. The padding that JAX asks for.

    >>> from explorer.networks import AxisCall
    >>> borders(LayerCall((AxisCall.of(4, 2, 1), AxisCall(3, crop_after=3))))
    ((2, 2), (2, -1))
    """
    return tuple((axis.reach - 1 - axis.crop_before, axis.reach - 1 - axis.crop_after) for axis in call.axes)


def pads_by_itself(call: LayerCall) -> bool:
    """Whether the padding of an ordinary convolution says the borders: the same, and no crop, at both ends."""
    return all(before == after >= 0 for before, after in borders(call))


def _keras(call: LayerCall) -> Fit:
    spread = spreads_by_hand(call)
    axes = [replace(axis, kernel_size=axis.reach, dilation=1) if spread else axis for axis in call.axes]
    try:
        (padding, output_padding), rest = keras_padding(axes), ((0, 0),) * len(axes)
    except LayerError:  # "valid", which adds zeros up to the stride, and all else by hand
        padding, output_padding = "valid", None
        rest = tuple((axis.crop_before, axis.crop_after - min(axis.reach - axis.stride, 0)) for axis in axes)
    arguments = [("", _channels(_one_group(call))[1][1]), ("", _numbers([axis.kernel_size for axis in axes]))]
    arguments += _unless("strides", [axis.stride for axis in axes], 1)
    arguments += [("padding", '"same"')] if padding == "same" else []
    arguments += [("output_padding", str(output_padding))] if output_padding is not None else []
    arguments += _unless("dilation_rate", [axis.dilation for axis in axes], 1) + _no_bias("use_bias", call)
    return Fit(f"keras.layers.Conv{len(axes)}DTranspose", tuple(arguments), rest)


def _flax(call: LayerCall) -> Fit:
    arguments = [("features", _channels(_one_group(call))[1][1]), *_jax(call, "kernel_dilation")]
    arguments.insert(1, ("kernel_size", _tuple([axis.kernel_size for axis in call.axes])))
    arguments += _no_bias("use_bias", call)
    arguments += [] if call.is_mirrored else [("transpose_kernel", "True")]
    return Fit("nn.ConvTranspose", tuple(arguments), ((0, 0),) * len(call.axes))


def _lax(call: LayerCall) -> Fit:
    """``lax.conv_transpose``, or what it stands for where there are groups, of which it knows none."""
    nothing = ((0, 0),) * len(call.axes)
    if call.groups == 1:
        turned = [] if call.is_mirrored else [("transpose_kernel", "True")]
        return Fit("lax.conv_transpose", (("", "x"), ("", "kernel"), *_jax(call, "rhs_dilation"), *turned), nothing)
    strides, _, *dilation = _jax(call, "rhs_dilation")
    arguments = [("", "x"), ("", "kernel"), ("window_strides", _tuple([1] * len(call.axes)))]
    arguments += [
        ("lhs_dilation", strides[1]),
        ("padding", str(borders(call))),
        *dilation,
        ("dimension_numbers", LAYOUTS[len(call.axes)]),
    ]
    arguments += [("feature_group_count", str(call.groups))]
    return Fit("lax.conv_general_dilated", tuple(arguments), nothing)


def _jax(call: LayerCall, dilation: str) -> list[tuple[str, str]]:
    """Strides, padding and dilation, as both of JAX's name them but the dilation."""
    padding = jax_padding(call.axes)
    written = f'"{padding}"' if isinstance(padding, str) else str(padding)
    arguments = [("strides", _tuple([axis.stride for axis in call.axes])), ("padding", written)]
    dilations = [axis.dilation for axis in call.axes]
    return arguments + ([(dilation, _tuple(dilations))] if max(dilations) > 1 else [])


def _onnx(call: LayerCall) -> Fit:
    """ONNX crops each end for itself, and adds fewer zeros than the stride, at the end only. The others are by hand."""
    befores, afters, added, rest = [], [], [], []
    for axis in call.axes:
        says = axis.crop_before >= 0 and -axis.crop_after < axis.stride
        befores.append(axis.crop_before if says else 0)
        afters.append(max(axis.crop_after, 0) if says else 0)
        added.append(max(-axis.crop_after, 0) if says else 0)
        rest.append((0, 0) if says else (axis.crop_before, axis.crop_after))
    inputs = '["X", "K", "B"]' if has_own_bias(call, rest) else '["X", "K"]'
    arguments = [("", '"ConvTranspose"'), ("", inputs), ("", '["Y"]')]
    arguments += [("kernel_shape", str([axis.kernel_size for axis in call.axes]))]
    arguments += [("strides", str([axis.stride for axis in call.axes])), ("pads", str(befores + afters))]
    arguments += [("output_padding", str(added))] if any(added) else []
    dilations = [axis.dilation for axis in call.axes]
    arguments += [("dilations", str(dilations))] if max(dilations) > 1 else []
    arguments += _unless("group", [call.groups], 1)
    return Fit("helper.make_node", tuple(arguments), tuple(rest))


def has_own_bias(call: LayerCall, rest: Sequence[Pair]) -> bool:
    """Whether the layer itself adds the bias: where zeros are added by hand, it is added after them."""
    return call.bias and not adds_zeros(rest)


def adds_zeros(rest: Sequence[Pair]) -> bool:
    """Whether cells are to be added by hand, which the layer's own bias does not reach."""
    return any(min(ends) < 0 for ends in rest)


def _one_group(call: LayerCall) -> LayerCall:
    given, made = call.in_channels or call.groups, call.out_channels or call.groups
    return replace(call, in_channels=given // call.groups, out_channels=made // call.groups, groups=1)


def _channels(call: LayerCall) -> list[tuple[str, str]]:
    return [("", str(call.in_channels or call.groups)), ("", str(call.out_channels or call.groups))]


def _unless(name: str, values: Sequence[int], default: int) -> list[tuple[str, str]]:
    return [] if set(values) == {default} else [(name, _numbers(values))]


def _no_bias(name: str, call: LayerCall) -> list[tuple[str, str]]:
    return [] if call.bias else [(name, "False")]


def _numbers(values: Sequence[int]) -> str:
    return str(values[0]) if len(set(values)) == 1 else str(tuple(values))


def _tuple(values: Sequence[int]) -> str:
    return str(tuple(values))


FITS: dict[str, Callable[[LayerCall], Fit]] = {
    "torch": _torch,
    "keras": _keras,
    "jax": _flax,
    "lax": _lax,
    "onnx": _onnx,
    "conv2d": _conv2d,
}
"""A framework's name -> how it says a transposed convolution."""
