"""What a reader of one call knows besides the call."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from explorer.networks.call import LayerCall
from explorer.networks.reading.values import Names


@dataclass
class Context:
    """The names that have values, the layer before, the call's line, and how many axes the text's layers have.

    ``module`` is what stands before the layer's name: ``nnx`` of ``nnx.ConvTranspose``. A reader of a call that makes
    layers of several kinds says in ``operator`` which it was.
    """

    names: Names = field(default_factory=dict)
    previous: LayerCall | None = None
    line: int = 1
    rank: int = 2
    module: str = ""
    operator: str = ""


Reader = Callable[[ast.Call, str, Context], LayerCall | None]
"""(call, the layer's name, context) -> the layer, None for one that passes. It raises `Unread`."""


def channels_parted(call: LayerCall, channels: int, parts: int) -> LayerCall:
    """The call that leaves one of so many parts of the channels.

    >>> from explorer.networks.call import AxisCall
    >>> channels_parted(LayerCall((AxisCall(1, 2),), kind="resize"), 64, 4).out_channels
    16
    """
    return replace(call, in_channels=channels, out_channels=channels // parts)
