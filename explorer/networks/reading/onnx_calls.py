"""Layers as ONNX's operators say them: https://onnx.ai/onnx/operators/onnx__ConvTranspose.html, and Conv."""

import ast
from dataclasses import replace

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.reading.arguments import Arguments
from explorer.networks.reading.context import Context, Reader
from explorer.networks.reading.found import Unread, shown
from explorer.networks.reading.keras_calls import padded
from explorer.networks.reading.passing import passes
from explorer.networks.reading.values import value_of

ATTRIBUTES = (
    *("kernel_shape", "strides", "pads", "dilations", "group", "auto_pad"),
    *("output_padding", "output_shape", "name", "doc_string", "domain"),
)
AUTO = ("notset", "same_upper", "same_lower", "valid")


def make_node(call: ast.Call, name: str, context: Context) -> LayerCall | None:
    """``helper.make_node("ConvTranspose", ["X", "W"], ["Y"], kernel_shape=[3, 3], …)``; other operators pass."""
    operator = value_of(call.args[0], context.names) if call.args else None
    if isinstance(operator, str) and passes(operator):
        context.operator = operator
        return None
    if operator not in ("Conv", "ConvTranspose"):
        raise Unread("unknown", call, layer=shown(operator or name))
    inputs = value_of(call.args[1], context.names) if len(call.args) > 1 else ()
    bias = isinstance(inputs, tuple) and len(inputs) > 2
    plain = ast.Call(func=call.func, args=[], keywords=[one for one in call.keywords if one.arg not in _PLACES])
    return replace(attributes_of(ast.copy_location(plain, call), str(operator), context), bias=bias)


_PLACES = ("op_type", "inputs", "outputs")


def attributes_of(call: ast.Call, name: str, context: Context) -> LayerCall:
    """The layer of attributes that a call gives by name. Channels are the weight's, which is not here."""
    given = Arguments(call, (), context.names, ATTRIBUTES, name)
    value = given.needed("kernel_shape")
    rank = len(value) if isinstance(value, tuple) else 1
    if rank not in (1, 2, 3):
        raise given.refused("too_many_axes", "kernel_shape", value=shown(value))
    sizes = list(
        zip(
            given.lengths("kernel_shape", rank),
            given.lengths("strides", rank, (1,) * rank),
            given.lengths("dilations", rank, (1,) * rank),
            strict=True,
        )
    )
    auto = given.word("auto_pad", "NOTSET", AUTO)
    if auto != "notset" and "pads" in given.given:
        raise given.refused("pads_and_auto_pad", "pads")
    group = given.whole("group", 1)
    found = LayerCall((), None, None, group, False, "transposed", "onnx", name, line=context.line)
    if name == "Conv":
        return replace(found, axes=_convolution(given, sizes, auto), kind="convolution")
    return _transposed(found, given, sizes, auto)


def _pads(given: Arguments, rank: int) -> list[tuple[int, int]]:
    """(begin, end) an axis: ONNX has the begins of all axes first."""
    ends = given.lengths("pads", 2 * rank, (0,) * 2 * rank, least=0)
    return list(zip(ends[:rank], ends[rank:], strict=True))


def _convolution(given: Arguments, sizes: list[tuple[int, int, int]], auto: str) -> tuple[AxisCall, ...]:
    if not auto.startswith("same"):
        pads = _pads(given, len(sizes))
        return tuple(AxisCall(*size, *pad) for size, pad in zip(sizes, pads, strict=True))
    axes = tuple(padded(*size, "same") for size in sizes)
    if auto == "same_upper":
        return axes
    return tuple(replace(axis, crop_before=axis.crop_after, crop_after=axis.crop_before) for axis in axes)


def _transposed(found: LayerCall, given: Arguments, sizes: list[tuple[int, int, int]], auto: str) -> LayerCall:
    """The crop of ``pads``, or of auto_pad; output_padding gives back at the end. output_shape waits for a size."""
    rank = len(sizes)
    added = given.lengths("output_padding", rank, (0,) * rank, least=0)
    for (_, s, d), o in zip(sizes, added, strict=True):
        if o >= max(s, d):
            raise given.refused("output_padding", "output_padding", value=o, most=max(s, d) - 1)
    asked = given.value("output_shape")
    if asked:
        whole = asked[-rank:] if isinstance(asked, tuple) and len(asked) == rank + 2 else asked  # N and C first
        if not isinstance(whole, tuple) or len(whole) != rank:
            raise given.refused("wrong_length", "output_shape", value=shown(asked), rank=rank)
        axes = tuple(AxisCall(*size, 0, -o) for size, o in zip(sizes, added, strict=True))
        wanted = tuple(given.checked("output_shape", n, 1) for n in whole)
        return replace(found, axes=axes, output_size=wanted, cuts_more_before=auto != "same_upper")
    if auto.startswith("same"):
        pads = [_halves(d * (k - 1) + 1 + o - s, auto) for (k, s, d), o in zip(sizes, added, strict=True)]
    else:
        pads = _pads(given, rank)
    axes = tuple(
        AxisCall(*size, before, after - o) for size, (before, after), o in zip(sizes, pads, added, strict=True)
    )
    return replace(found, axes=axes)


def _halves(total: int, auto: str) -> tuple[int, int]:
    """A crop on both ends so that n·s cells are left: the odd cell at the end for SAME_UPPER, else at the start.

    Where the full canvas is smaller than that, nothing is cropped and nothing added: ONNX's page promises n·s cells all
    the same, but its shape inference (onnx/defs/nn/defs.cc) and ONNX Runtime leave fewer.
    """
    kept = max(total, 0)
    return (kept // 2, kept - kept // 2) if auto == "same_upper" else (kept - kept // 2, kept // 2)


READERS: dict[str, Reader] = {"make_node": make_node}
