"""What a button changes: the text with another layer in it."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.layer import Layer, LayerError
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.page.rewriting import rewritten
from explorer.networks.writing import constructor


def source_of(call: LayerCall) -> str:
    """A layer as its framework writes it, else as torch does. Raises `LayerError` where neither can say it."""
    framework = "lax" if call.name == "conv_transpose" else call.framework
    try:
        return constructor(call, framework)
    except LayerError:
        return constructor(replace(call, out_channels=call.out_channels or call.groups, output_size=None), "torch")


def changed_text(text: str, calls: Sequence[LayerCall], at: int, call: LayerCall) -> dict[str, str]:
    """The changes of the address that put another layer in the place of number ``at``, from 0."""
    return {"layer": rewritten(text, calls, at, source_of(call)), "pick": str(at + 1)}


def with_layer(call: LayerCall, layer: Layer) -> LayerCall:
    """A call with the hyper-parameters of a layer.

    >>> with_layer(LayerCall((AxisCall(2),)), Layer(kernel_size=(1, 4), stride=(1, 2), padding=(0, 1))).axes
    (AxisCall(kernel_size=4, stride=2, dilation=1, crop_before=1, crop_after=1),)
    """
    axes = tuple(AxisCall.of(*axis) for axis in layer.axes)
    return replace(call, axes=axes[-len(call.axes) :], output_size=None)
