"""The picked layer as fields, and a layer whose field was changed."""

import re
from dataclasses import replace
from typing import Any

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.page.refusing import Unusable
from explorer.networks.page.schema import FieldData
from explorer.networks.page.writing import same
from explorer.networks.reading.jax_calls import pads_of
from explorer.networks.reading.keras_calls import cropped
from explorer.text import say

LARGEST = 10**6
PER_AXIS = ("kernel_size", "stride", "padding", "output_padding", "dilation")
CHANNELS = ("in_channels", "out_channels", "groups")
DIMENSIONS = ("1", "2", "3")
LEAST = {"padding": 0, "output_padding": 0}
NEW = LayerCall((AxisCall(2),) * 2, 1, 1)
"""What the fields begin with where there is no layer."""
_BETWEEN = re.compile(r"\s*[x×,;]\s*|\s+")


def fields_of(call: LayerCall | None, bad: str = "", typed: str = "", problem: str = "") -> list[FieldData]:
    """The fields of a layer; the ``bad`` one keeps what was typed, with why it cannot be.

    >>> [field["value"] for field in fields_of(LayerCall((AxisCall.of(4, 2, 1),) * 2, 8, 3))]
    ['2', '8', '3', '1', '4', '2', '1', '0', '1', 'true']
    """
    shown = call or NEW
    values = {"dimensions": str(len(shown.axes))}
    values |= {name: str(getattr(shown, name) or "") for name in CHANNELS}
    torch = [dict(zip(PER_AXIS, _torch(axis), strict=True)) for axis in shown.axes]
    values |= {name: same([axis[name] for axis in torch]) for name in PER_AXIS}
    values["bias"] = str(shown.bias).lower()
    is_off = call is not None and call.kind != "transposed"
    return [
        {
            "name": name,
            "label": say(f"layer_page.fields.{name}"),
            "kind": {"dimensions": "choice", "bias": "check"}.get(name, "text"),
            "value": typed if name == bad else value,
            "options": list(DIMENSIONS) if name == "dimensions" else [],
            "problem": problem if name == bad else "",
            "isOff": is_off,
        }
        for name, value in values.items()
    ]


def _torch(axis: AxisCall) -> tuple[int, ...]:
    padding, output_padding, _, _ = axis.torch
    return axis.kernel_size, axis.stride, padding, output_padding, axis.dilation


def with_field(call: LayerCall | None, name: str, value: str) -> LayerCall:
    """The layer with one field as it was typed. Raises `Unusable`, whose key names the sentence.

    >>> with_field(LayerCall((AxisCall.of(4, 2, 1),) * 2, 8, 3), "stride", "2x1").axes[1].stride
    1
    """
    shown = call or NEW
    if shown.kind != "transposed":
        raise Unusable("not_transposed")
    if name == "bias":
        return replace(shown, bias=value == "true")
    if name == "dimensions":
        return _with_dimensions(shown, _number(value, 1, len(DIMENSIONS)))
    if name in CHANNELS:
        named: dict[str, Any] = {name: _number(value, 1, LARGEST)}
        changed = replace(shown, **named)
        if any(count and count % changed.groups for count in (changed.in_channels, changed.out_channels)):
            raise Unusable("no_divisor")
        return changed
    if name not in PER_AXIS:
        raise Unusable("no_such_name")
    return replace(shown, axes=_with_values(shown, name, value), output_size=None)


def _with_dimensions(call: LayerCall, count: int) -> LayerCall:
    axes = (call.axes * len(DIMENSIONS))[:count]
    name = re.sub(r"[123](?=[dD])", str(count), call.name)
    return replace(call, axes=axes, name=name, output_size=None)


def _with_values(call: LayerCall, name: str, value: str) -> tuple[AxisCall, ...]:
    axes = call.axes
    parts = _BETWEEN.split(value.strip().strip("()[] "))
    if len(parts) not in (1, len(axes)):
        raise Unusable("no_axes")
    numbers = [_number(part, LEAST.get(name, 1), LARGEST) for part in parts]
    pairs = zip(axes, numbers * (len(axes) // len(numbers)), strict=True)
    return tuple(_changed(axis, name, n, call.framework) for axis, n in pairs)


def by_word(axis: AxisCall, framework: str, word: str) -> AxisCall:
    """The axis with the crop that ``"same"`` or ``"valid"`` means in Keras or JAX; elsewhere as it is.

    >>> by_word(AxisCall(3, 2), "keras", "same")
    AxisCall(kernel_size=3, stride=2, dilation=1, crop_before=0, crop_after=1)
    """
    sizes = axis.kernel_size, axis.stride, axis.dilation
    if framework == "keras":
        before, after = cropped(*sizes, word, None)
    elif framework == "jax":
        before, after = (axis.reach - 1 - pad for pad in pads_of(*sizes, word))
    else:
        return axis
    return replace(axis, crop_before=before, crop_after=after)


def _changed(axis: AxisCall, name: str, number: int, framework: str) -> AxisCall:
    """An axis with another number. Where the kernel, stride or dilation changes, a crop that a word says follows it.

    A crop that torch cannot say stays then.
    """
    torch = dict(zip(PER_AXIS, _torch(axis), strict=True))
    if name not in ("padding", "output_padding"):
        for word in ("same", "valid") if framework in ("keras", "jax") else ():
            if by_word(axis, framework, word) == axis:
                return by_word(replace(axis, **{name: number}), framework, word)
        if axis.torch[2:] != (0, 0):
            return replace(axis, **{name: number})
    changed = torch | {name: number}
    if changed["output_padding"] >= max(changed["stride"], changed["dilation"]):
        if name == "output_padding":
            raise Unusable("output_padding_large")
        changed["output_padding"] = max(changed["stride"], changed["dilation"]) - 1
    return AxisCall.of(**changed)


def _number(text: str, least: int, most: int) -> int:
    plain = text.strip()
    if not re.fullmatch(r"[0-9]{1,7}", plain) or not least <= int(plain) <= most:
        raise Unusable("no_field_number")
    return int(plain)
