"""A layer's call as a framework writes it: what `explorer.networks.reading` reads, the other way."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from explorer.layer import LayerError, Pair
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.reading.jax_calls import pads_of
from explorer.networks.reading.keras_calls import cropped
from explorer.text import Listed, say


def constructor(call: LayerCall, framework: str) -> str:
    """A transposed convolution's call as ``torch``, ``keras``, ``jax`` (flax.linen), ``lax`` or ``onnx`` writes it.

    Arguments stand where they are not the default. ``lax`` and ``onnx`` have weights in the place of channels: lax's
    kernel is written as zeros of its shape, and ONNX does not say channels at all. A mirrored kernel is written by JAX
    only; elsewhere it is a matter of the weight.

    Raises `LayerError` that names what the framework cannot say: a crop at one end, groups, channels that are unknown.

    >>> call = LayerCall((AxisCall.of(4, 2, 1),) * 2, 512, 256, bias=False)
    >>> constructor(call, "torch")
    'nn.ConvTranspose2d(512, 256, kernel_size=4, stride=2, padding=1, bias=False)'
    >>> constructor(call, "keras")
    "layers.Conv2DTranspose(256, 4, strides=2, padding='same', use_bias=False)"
    >>> constructor(call, "onnx")
    "helper.make_node('ConvTranspose', ['X', 'W'], ['Y'], kernel_shape=[4, 4], strides=[2, 2], pads=[1, 1, 1, 1])"
    """
    if framework not in WRITERS:
        raise LayerError("framework", framework, say("rules.framework", names=Listed(WRITERS)))
    if call.kind != "transposed":
        raise LayerError("layer", call.name, say("rules.not_transposed"))
    if call.output_size and framework != "onnx":
        raise LayerError("output_shape", call.output_size, say("rules.onnx_only"))
    return WRITERS[framework](call)


def _torch(call: LayerCall) -> str:
    for axis in call.axes:
        if axis.torch[2:] != (0, 0):
            crop = (axis.crop_before, axis.crop_after)
            raise LayerError("crop", crop, say("rules.crop_of_torch"))
    paddings, added, _, _ = zip(*(axis.torch for axis in call.axes), strict=True)
    lazy = "" if call.in_channels else "Lazy"
    channels = [call.in_channels] if call.in_channels else []
    return _call(
        f"nn.{lazy}ConvTranspose{len(call.axes)}d",
        [*channels, _known(call)],
        {
            "kernel_size": _short(axis.kernel_size for axis in call.axes),
            **_unless(1, stride=_short(axis.stride for axis in call.axes)),
            **_unless(0, padding=_short(paddings), output_padding=_short(added)),
            **_unless(1, groups=call.groups, dilation=_short(axis.dilation for axis in call.axes)),
            **_unless(True, bias=call.bias),
        },
    )


def _known(call: LayerCall) -> int:
    if call.out_channels is None:
        raise LayerError("out_channels", None, say("rules.known"))
    return call.out_channels


def _keras(call: LayerCall) -> str:
    strides, dilations = [axis.stride for axis in call.axes], [axis.dilation for axis in call.axes]
    _no_groups(call, "Keras")
    if max(strides) > 1 and max(dilations) > 1:
        raise LayerError("dilation", max(dilations), say("rules.dilation_of_keras"))
    padding, added = keras_padding(call.axes)
    return _call(
        f"layers.Conv{len(call.axes)}DTranspose",
        [_known(call), _short(axis.kernel_size for axis in call.axes)],
        {
            **_unless(1, strides=_short(strides)),
            **_unless("valid", padding=padding),
            **_unless(None, output_padding=added),
            **_unless(1, dilation_rate=_short(dilations)),
            **_unless(True, use_bias=call.bias),
        },
    )


def keras_padding(axes: Sequence[AxisCall]) -> tuple[str, object]:
    """(padding, output_padding or None) by which Keras crops all axes so. Raises `LayerError` where it cannot.

    >>> keras_padding([AxisCall.of(3, 2, 1)]), keras_padding([AxisCall(3, 2, crop_after=1)])
    (('same', 0), ('same', None))
    """
    for padding in ("valid", "same"):
        if all(_crop(axis) == cropped(*_sizes(axis), padding, None) for axis in axes):
            return padding, None
    for padding in ("valid", "same"):
        added = []
        for axis in axes:
            kept = axis.reach - axis.reach % 2 if padding == "same" else 0
            output_padding = kept - sum(_crop(axis))
            fits = 0 <= output_padding < axis.stride
            if fits and _crop(axis) == cropped(*_sizes(axis), padding, output_padding):
                added.append(output_padding)
        if len(added) == len(axes):
            return padding, _short(added)
    raise LayerError("crop", tuple(map(_crop, axes)), say("rules.crop_of_keras"))


def _flax(call: LayerCall) -> str:
    _no_groups(call, "flax")
    arguments = {
        "kernel_size": tuple(axis.kernel_size for axis in call.axes),
        **_jax(call, "kernel_dilation"),
        **_unless(True, use_bias=call.bias),
    }
    arguments = {name: value for name, value in arguments.items() if (name, value) != ("padding", "SAME")}
    return _call("nn.ConvTranspose", [], {"features": _known(call), **arguments})


def _lax(call: LayerCall) -> str:
    _no_groups(call, "lax.conv_transpose")
    if call.in_channels is None:
        raise LayerError("in_channels", None, say("rules.known_for_shape"))
    if call.bias:
        raise LayerError("bias", True, say("rules.bias_of_lax"))
    channels = (call.in_channels, _known(call))
    shape = (*(axis.kernel_size for axis in call.axes), *(channels if call.is_mirrored else reversed(channels)))
    arguments = _jax(call, "rhs_dilation")
    strides = arguments.pop("strides", (1,) * len(call.axes))
    return f"lax.conv_transpose(x, jnp.zeros({shape}), {_listed([], {'strides': strides, **arguments})})"


def _jax(call: LayerCall, dilation: str) -> dict[str, object]:
    """What flax and lax say alike: strides, padding, dilation, whether the kernel is turned."""
    ones = (1,) * len(call.axes)
    return {
        **_unless(ones, strides=tuple(axis.stride for axis in call.axes)),
        "padding": jax_padding(call.axes),
        **_unless(ones, **{dilation: tuple(axis.dilation for axis in call.axes)}),
        **_unless(False, transpose_kernel=not call.is_mirrored),
    }


def jax_padding(axes: Sequence[AxisCall]) -> str | tuple[Pair, ...]:
    """``"SAME"`` or ``"VALID"`` where they crop so, else the zeros around the zero-inserted input, at each end.

    >>> jax_padding([AxisCall(3, 2, crop_after=1)]), jax_padding([AxisCall(3, 2, crop_before=1)])
    ('SAME', ((1, 2),))
    """
    pads = tuple((axis.reach - 1 - axis.crop_before, axis.reach - 1 - axis.crop_after) for axis in axes)
    for word in ("SAME", "VALID"):
        if pads == tuple(pads_of(*_sizes(axis), word.lower()) for axis in axes):
            return word
    return pads


def _onnx(call: LayerCall) -> str:
    """Where the end is cropped less than nothing, output_padding gives it; a start so is not said by ONNX."""
    begins, ends, added = [], [], []
    for axis in call.axes:
        output_padding = max(-axis.crop_after, 0)
        if axis.crop_before < 0 or (output_padding >= max(axis.stride, axis.dilation, 1) and output_padding):
            raise LayerError("crop", _crop(axis), say("rules.crop_of_onnx"))
        begins.append(axis.crop_before)
        ends.append(axis.crop_after + output_padding)
        added.append(output_padding)
    zeros, ones = [0] * len(begins), [1] * len(begins)
    auto = "NOTSET" if not call.output_size or call.cuts_more_before else "SAME_UPPER"
    return _call(
        "helper.make_node",
        ["ConvTranspose", ["X", "W", "B"] if call.bias else ["X", "W"], ["Y"]],
        {
            "kernel_shape": [axis.kernel_size for axis in call.axes],
            **_unless(ones, strides=[axis.stride for axis in call.axes]),
            **_unless(zeros * 2, pads=[*begins, *ends]),
            **_unless(zeros, output_padding=added),
            **_unless(None, output_shape=list(call.output_size) if call.output_size else None),
            **_unless("NOTSET", auto_pad=auto),
            **_unless(ones, dilations=[axis.dilation for axis in call.axes]),
            **_unless(1, group=call.groups),
        },
    )


def _no_groups(call: LayerCall, name: str) -> None:
    if call.groups != 1:
        raise LayerError("groups", call.groups, say("rules.groups_of", name=name))


def _crop(axis: AxisCall) -> tuple[int, int]:
    return axis.crop_before, axis.crop_after


def _sizes(axis: AxisCall) -> tuple[int, int, int]:
    return axis.kernel_size, axis.stride, axis.dilation


def _short(values: Iterable[int]) -> int | tuple[int, ...]:
    """One number where all are the same, else all.

    >>> _short((2, 2)), _short((2, 1))
    (2, (2, 1))
    """
    found = tuple(values)
    return found[0] if len({*found}) == 1 else found


def _unless(default: object, **arguments: object) -> dict[str, object]:
    """The arguments that are not the default."""
    return {name: value for name, value in arguments.items() if value != default}


def _call(name: str, values: Sequence[object], arguments: Mapping[str, object]) -> str:
    return f"{name}({_listed(values, arguments)})"


def _listed(values: Sequence[object], arguments: Mapping[str, object]) -> str:
    return ", ".join([*map(repr, values), *(f"{name}={value!r}" for name, value in arguments.items())])


WRITERS: Mapping[str, Callable[[LayerCall], str]] = {
    "torch": _torch,
    "keras": _keras,
    "jax": _flax,
    "lax": _lax,
    "onnx": _onnx,
}
