"""The lines of a program in which frameworks differ: how a weight is laid out, flipped, spread and given to a layer."""

from collections.abc import Sequence

from explorer.layer import Pair
from explorer.networks.call import LayerCall
from explorer.networks.example import Example, weight_shape
from explorer.networks.fitting import borders, has_own_bias, pads_by_itself, spreads_by_hand
from explorer.text import say

SHAPES = {1: "length", 2: "height, width", 3: "depth, height, width"}
KERNELS = {1: "k", 2: "kH, kW", 3: "kD, kH, kW"}
"""What the axes of an array and of a weight are called."""


def axes_of(call: LayerCall) -> dict[str, object]:
    """Axes as numpy's functions take them, for a template to fill in."""
    dimensions = len(call.axes)
    spatial = tuple(range(2, dimensions + 2))
    return {
        "to_out_in": (*spatial, 1, 0),  # from torch's layout to (kH, kW, out, in)
        "to_in_out": (*spatial, 0, 1),  # to (kH, kW, in, out)
        "from_groups": (*(axis + 1 for axis in spatial), 1, 0, 2),  # to (kH, kW, in // groups, groups, out // groups)
        "spatial": spatial,
        "flipped": tuple(range(dimensions)),
    }


def lines_of(shown: Example, framework: str, rest: Sequence[Pair]) -> dict[str, str]:
    """The lines of a template that some layers need and others do not."""
    return {
        "torch": _of_torch,
        "keras": _of_keras,
        "jax": _of_flax,
        "lax": _of_lax,
        "onnx": _of_onnx,
        "conv2d": _of_convolution,
    }[framework](shown, rest)


def _of_torch(shown: Example, rest: Sequence[Pair]) -> dict[str, str]:
    bias = say("networks.programs.lines.torch.bias") if has_own_bias(shown.call, rest) else ""
    return {"mirrored": _flipped(shown.call), "bias": bias}


def _of_keras(shown: Example, rest: Sequence[Pair]) -> dict[str, str]:
    which = f"{'with' if has_own_bias(shown.call, rest) else 'without'}_bias{_grouped(shown.call)}"
    weights = say(f"networks.programs.lines.keras.weights.{which}")
    return {"mirrored": _flipped(shown.call), "spread": _spread(shown.call), "weights": weights}


def _of_onnx(shown: Example, rest: Sequence[Pair]) -> dict[str, str]:
    made, *size = shown.output.shape
    given = [1, made, *(n + before + after for n, (before, after) in zip(size, rest, strict=True))]  # before the rest
    bias = say("networks.programs.lines.onnx.bias") if has_own_bias(shown.call, rest) else ""
    return {"mirrored": _flipped(shown.call), "bias": bias, "input": str([1, *shown.input.shape]), "output": str(given)}


def _of_lax(shown: Example, rest: Sequence[Pair]) -> dict[str, str]:
    call = shown.call
    given, per, *_ = weight_shape(call)
    weight = say(
        f"networks.programs.lines.lax.weight.{_kind(call)}",
        kernel=KERNELS[len(call.axes)],
        groups=call.groups,
        given=given // call.groups,
        per=per,
        made=per * call.groups,
        **axes_of(call),
    )
    return {"weight": weight, "bias": " + B" if call.bias else ""}


def _of_flax(shown: Example, rest: Sequence[Pair]) -> dict[str, str]:
    call = shown.call
    which = "mirrored" if call.is_mirrored else "plain"
    values = {"kernel": KERNELS[len(call.axes)], "weights": "K_part" if call.groups > 1 else "K"}
    weight = say(f"networks.programs.lines.jax.weight.{which}", **values, **axes_of(call))
    bias = say(f"networks.programs.lines.jax.bias.{'plain' if call.groups == 1 else 'groups'}")
    return {"weight": weight, "bias": bias if call.bias else ""}


def _of_convolution(shown: Example, rest: Sequence[Pair]) -> dict[str, str]:
    call = shown.call
    given, per, *_ = weight_shape(call)
    grown = tuple(axis.stride * (n - 1) + 1 for axis, n in zip(call.axes, shown.size, strict=True))
    ends = tuple(end for pair in reversed(borders(call)) for end in pair)
    spatial = axes_of(call)["spatial"]
    counts = {"groups": call.groups, "given": given // call.groups, "per": per, "made": per * call.groups}
    swapped = say(f"networks.programs.lines.conv2d.swapped.{'plain' if call.groups == 1 else 'groups'}", **counts)
    return {
        "inserted": str((given, *grown)),
        "steps": ", ".join(f"::{axis.stride}" for axis in call.axes),
        "swapped": swapped,
        "turned": "" if call.is_mirrored else say("networks.programs.lines.conv2d.turned", spatial=spatial),
        "border": "" if pads_by_itself(call) else say("networks.programs.lines.conv2d.border", ends=ends),
        "bias": say("networks.programs.lines.torch.bias") if call.bias else "",
    }


def _flipped(call: LayerCall) -> str:
    spatial = axes_of(call)["spatial"]
    return say("networks.programs.lines.mirrored", spatial=spatial) if call.is_mirrored else ""


def _spread(call: LayerCall) -> str:
    """The lines that put the zeros of a dilation between the kernel's cells by hand."""
    if not spreads_by_hand(call):
        return ""
    given, per, *_ = weight_shape(call)
    shape = (*(axis.reach for axis in call.axes), per, given)
    steps = ", ".join(f"::{axis.dilation}" for axis in call.axes)
    return say("networks.programs.lines.keras.spread", shape=shape, steps=steps)


def _grouped(call: LayerCall) -> str:
    return "_groups" if call.groups > 1 else ""


def _kind(call: LayerCall) -> str:
    """The name of a line in the texts: ``plain``, ``mirrored``, ``groups`` or ``mirrored_groups``."""
    turned = "mirrored" if call.is_mirrored else "plain"
    return f"{turned}{_grouped(call)}"
