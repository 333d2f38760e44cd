"""The lines of a program in which frameworks differ: how a weight is laid out, flipped, spread and given to a layer."""

from collections.abc import Sequence

from explorer.layer import Pair
from explorer.networks.call import LayerCall
from explorer.networks.example import Example, weight_shape
from explorer.networks.fitting import borders, named_inputs, pads_by_itself, spreads_by_hand
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
        "to_in_out": (*spatial, 0, 1),
        "from_groups": (*(axis + 1 for axis in spatial), 1, 0, 2),
        "spatial": spatial,
        "flipped": tuple(range(dimensions)),
        "kernel_shape": tuple(axis.kernel_size for axis in call.axes),
    }


def lines_of(shown: Example, framework: str, rest: Sequence[Pair]) -> dict[str, str]:
    """The lines of a template that some layers need and others do not."""
    call, template = shown.call, f"networks.programs.lines.{framework}"
    axes = axes_of(call)
    own_bias = "B" in named_inputs(call, rest)
    flip = say("networks.programs.lines.mirrored", spatial=axes["spatial"]) if call.is_mirrored else ""
    if framework == "torch":
        return {"mirrored": flip, "bias": say(f"{template}.bias") if own_bias else ""}
    if framework == "keras":
        weights = say(f"{template}.{'with' if own_bias else 'without'}_bias{'_groups' if call.groups > 1 else ''}")
        return {"mirrored": flip, "spread": _spread(call), "weights": weights}
    if framework == "onnx":
        values = {"input": [1, *shown.input.shape], "output": [1, *_given_size(shown, rest)]}
        biases = say(f"{template}.bias") if own_bias else ""
        return {"mirrored": flip, "bias": biases, **{name: str(value) for name, value in values.items()}}
    if framework == "conv2d":
        return _of_convolution(shown, template)
    return _of_jax(call, framework, template)


def _of_jax(call: LayerCall, framework: str, template: str) -> dict[str, str]:
    grouped = "_groups" if call.groups > 1 else ""
    turned = "_mirrored" if call.is_mirrored else ""
    axes = axes_of(call)
    given, made, *_ = weight_shape(call)
    if framework == "lax":
        values = {"groups": call.groups, "given": given // call.groups, "made": made * call.groups}
        weight = say(f"{template}.weight{grouped}{turned}", kernel=KERNELS[len(call.axes)], per=made, **values, **axes)
        return {"weight": weight, "bias": " + B" if call.bias else ""}
    weights = "K_part" if grouped else "K"
    weight = say(f"{template}.weight{turned}", kernel=KERNELS[len(call.axes)], weights=weights, **axes)
    return {"weight": weight, "bias": say(f"{template}.bias{grouped}") if call.bias else ""}


def _spread(call: LayerCall) -> str:
    """The line that spreads a kernel by hand, of its cells and the zeros between them."""
    if not spreads_by_hand(call):
        return ""
    given, made, *_ = weight_shape(call)
    shape = (*(axis.reach for axis in call.axes), made, given)
    steps = ", ".join(f"::{axis.dilation}" for axis in call.axes)
    return say("networks.programs.lines.keras.spread", shape=shape, steps=steps)


def _of_convolution(shown: Example, template: str) -> dict[str, str]:
    call = shown.call
    grouped = "_groups" if call.groups > 1 else ""
    turned = "_mirrored" if call.is_mirrored else ""
    given, made, *kernel = weight_shape(call)
    grown = tuple(axis.stride * (n - 1) + 1 for axis, n in zip(call.axes, shown.size, strict=True))
    ends = [end for pair in reversed(borders(call)) for end in pair]
    return {
        "inserted": str((given, *grown)),
        "steps": ", ".join(f"::{axis.stride}" for axis in call.axes),
        "swapped": say(
            f"{template}.swapped{grouped}",
            groups=call.groups,
            given=given // call.groups,
            made=made,
            all_made=made * call.groups,
            kernel_shape=tuple(kernel),
        ),
        "turned": "" if turned else say(f"{template}.turned", spatial=tuple(range(2, 2 + len(kernel)))),
        "border": "" if pads_by_itself(call) else say(f"{template}.border", ends=tuple(ends)),
        "bias": say("networks.programs.lines.torch.bias") if call.bias else "",
    }


def _given_size(shown: Example, rest: Sequence[Pair]) -> list[int]:
    """(C_out, *size) of what a constructor's layer gives before the rest is cropped by hand."""
    made, *size = shown.output.shape
    return [made, *(n + before + after for n, (before, after) in zip(size, rest, strict=True))]
