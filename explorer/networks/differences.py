"""What another framework does otherwise with the same layer: layouts, flips, crops, and what it cannot express."""

from math import ceil

from explorer.layer import Pair
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.fitting import FITS, borders, spreads_by_hand
from explorer.networks.lines import KERNELS, SHAPES
from explorer.settings import Notice
from explorer.text import say


def differences(call: LayerCall, framework: str) -> tuple[Notice, ...]:
    """What is to be known of a transposed convolution in one of `FITS`: `difference_text` says each.

    The weight's layout comes first, then flips, what the framework has no word for, and each crop that is not the same
    at both ends. Where the call asks for an output's size, give its `LayerCall.at` an input's size.

    >>> same = LayerCall((AxisCall(3, 2, crop_after=1),) * 2, 64, 3, framework="keras", name="Conv2DTranspose")
    >>> [notice.key for notice in differences(same, "torch")]
    ['torch_weight', 'crop_by_hand', 'nearest', 'crop_by_hand', 'nearest']
    """
    found = [_weight(call, framework)]
    if call.is_mirrored and framework in ("torch", "keras", "onnx"):
        found.append(_notice("mirrored", framework=_said(framework)))
    if call.groups > 1 and framework in ("keras", "jax", "lax"):
        found.append(_notice(f"{framework}_groups", kernel=KERNELS[len(call.axes)], groups=call.groups))
    if framework == "keras" and spreads_by_hand(call):
        found.append(_notice("keras_dilation"))
    fit = FITS[framework](call)
    if ("padding", '"same"') in fit.arguments:
        found += _same(call)
    for name, axis, rest in zip(names(call), call.axes, fit.rest, strict=True):
        found += _crops(name, axis, rest, framework)
    return tuple(found)


def difference_text(notice: Notice) -> str:
    """The sentence of one of `differences`.

    >>> difference_text(differences(LayerCall((AxisCall(2),)), "torch")[0])
    'Weight: (in, out // groups, k). An input cell stamps it as it is.'
    """
    values = dict(notice.values)
    if "axis" in values:
        values["axis"] = say(f"networks.programs.axes.{values['axis']}")
    return say(f"networks.programs.differences.{notice.key}", **values)


def names(call: LayerCall) -> list[str]:
    """What the axes are called.

    >>> names(LayerCall((AxisCall(2),) * 2))
    ['height', 'width']
    """
    return SHAPES[len(call.axes)].split(", ")


def _weight(call: LayerCall, framework: str) -> Notice:
    turned = "_mirrored" if call.is_mirrored and framework in ("jax", "lax", "conv2d") else ""
    grouped = "" if call.groups == 1 or framework != "lax" else "_of_groups"
    dimensions = len(call.axes)
    return _notice(f"{framework}_weight{grouped}{turned}", kernel=KERNELS[dimensions], shape=SHAPES[dimensions])


def _crops(name: str, axis: AxisCall, rest: Pair, framework: str) -> list[Notice]:
    """How one axis is cropped, where the two ends differ or something is done by hand."""
    before, after = axis.crop_before, axis.crop_after
    ends: dict[str, object] = {"axis": name, "framework": _said(framework), "before": before, "after": after}
    ((first, last),) = borders(LayerCall((axis,)))
    found = []
    if framework == "conv2d":
        found.append(_notice("conv2d_border", axis=name, before=first, after=last, reach=axis.reach - 1))
    if max(rest) > 0:
        cut = {"before": max(before, 0), "after": max(after, 0), "first": max(rest[0], 0), "last": max(rest[1], 0)}
        found.append(_notice("crop_by_hand", **{**ends, **cut}))
    if framework == "torch" and max(rest) > 0 and min(before, after) >= 0:
        found.append(_nearest(name, axis))
    if framework in ("jax", "lax") and before != after:
        found.append(_notice("jax_border", **ends, first=first, last=last))
    if framework == "onnx" and before != after:
        found.append(_notice("onnx_pads", **ends))
    if min(rest) < 0:
        found.append(_notice("zeros_by_hand", axis=name, first=max(-rest[0], 0), last=max(-rest[1], 0)))
    return found


def _same(call: LayerCall) -> list[Notice]:
    """How Keras's ``"same"`` cuts the axes where the two ends differ."""
    found = []
    for name, axis in zip(names(call), call.axes, strict=True):
        if axis.crop_before < axis.crop_after:
            found.append(_notice("keras_same", axis=name, before=axis.crop_before, after=axis.crop_after))
    return found


def _nearest(name: str, axis: AxisCall) -> Notice:
    """The symmetric padding that comes nearest to a crop: of the same size but shifted, or a cell larger."""
    cells = axis.crop_before + axis.crop_after
    padding = ceil(cells / 2)
    output_padding = 2 * padding - cells
    if output_padding >= max(axis.stride, axis.dilation):
        return _notice("nearest_is_larger", axis=name, padding=cells // 2)
    shift = padding - axis.crop_before
    sign = "+" if shift > 0 else "−"
    values = {"padding": padding, "output_padding": output_padding, "sign": sign, "shift": abs(shift)}
    return _notice("nearest", axis=name, **values)


def _said(framework: str) -> str:
    return say(f"networks.programs.frameworks.{framework}")


def _notice(key: str, **values: object) -> Notice:
    return Notice.of(key, **values)
