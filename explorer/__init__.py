"""Transposed convolution, computed four ways and taken apart. No Streamlit, and no torch until it is called.

>>> layer = Layer(kernel_size=2, stride=2)
>>> layer.output_size((2, 2))
(4, 4)
"""

from typing import TYPE_CHECKING

from explorer.layer import Layer, LayerError
from explorer.methods import METHODS
from explorer.methods.matrix import conv_matrix
from explorer.reading import parse_numbers
from explorer.sizes import conv_output_size, output_padding_for, sizes_to
from explorer.solving import solve
from explorer.upsampling.phases import phase_sums

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from explorer.arguments import Pair
    from explorer.documents.schema import Document
    from explorer.widget import Explorer

__version__ = "0.1.0"

__all__ = [
    "METHODS",
    "Layer",
    "LayerError",
    "conv_matrix",
    "conv_output_size",
    "document",
    "output_padding_for",
    "parse_layer",
    "parse_numbers",
    "phase_sums",
    "show",
    "sizes_to",
    "solve",
    "translate",
]


# What follows imports what it needs when it is called, so that importing the package stays light.


def document(address: str = "") -> "Document":
    """The stage's document for a page's address, as `explorer.documents.schema` describes it.

    ``address`` is what follows a page's path (``"?preset=stride-2&view=gather"``) or a whole link; without parameters
    it is the bare page. What is bad in an address is ignored, as the page ignores it. Raises ValueError for a text that
    is no address.

    >>> shown = document("https://example.org/?preset=stride-2&view=gather#top")
    >>> shown["view"], shown["sizes"]["canvas"], shown["version"]
    ('gather', [4, 4], 2)
    """
    from explorer.documents.build import document as built
    from explorer.links import search_of
    from explorer.operation import run
    from explorer.session.address import from_query, query_of

    settings, view, _ = from_query(query_of(search_of(address)))
    return built(run(settings), view)


def show(
    address: str = "",
    *,
    input: "ArrayLike | None" = None,
    weight: "ArrayLike | None" = None,
    layer: Layer | None = None,
) -> "Explorer":
    """The page of an address as a widget for Jupyter; it needs the extra ``notebook``.

    ``input`` (H, W) or (C_in, H, W), ``weight`` (kH, kW) or (C_in, C_out // groups, kH, kW) and ``layer`` take the
    place of what the address says. Sizes and channels follow from the arrays where no layer is given. The widget's
    ``settings`` and ``cell`` are what is shown and the name of the pinned cell, also after changes in the browser.

    With ``lang=zh`` in the address it speaks Chinese.

    Raises `LayerError` where the shapes do not fit or are larger than a page can show, ValueError for a text that is no
    address, ImportError where anywidget is not installed.

    >>> widget = show("?preset=stride-2", layer=Layer(kernel_size=2, stride=3))
    >>> widget.settings.layer.output_size(widget.settings.size)
    (5, 5)
    """
    from explorer.links import language_of
    from explorer.shown import session_of
    from explorer.text import speaking
    from explorer.widget import Explorer

    with speaking(language_of(address)):
        return Explorer(session_of(address, input, weight, layer))


def translate(layer: Layer, size: "Pair", framework: str) -> str:
    """A program that runs a layer in a framework: "torch", "keras", "jax" (flax) or "onnx"; also "lax" and "conv2d".

    The program makes a small input and weight of whole numbers, prints the output's shape, and asserts every number as
    `METHODS` computes it; it needs numpy and the framework. ``size`` is the input's (H, W). Channels and cells are cut
    to a few, and a comment says so. "conv2d" is torch's ordinary convolution of the zero-inserted input. Raises
    `LayerError` where the layer leaves no output of that size, and where there is no such framework.

    >>> "kernel_size=3, stride=2, bias=False" in translate(Layer(kernel_size=3, stride=2), (8, 8), "torch")
    True
    """
    from explorer.networks.programs import translate as translated

    return translated(layer, size, framework)


def parse_layer(text: str) -> Layer:
    """The one transposed convolution of a text, as torch, Keras, JAX or ONNX write it; nothing of it is evaluated.

    A bias is no part of a `Layer`, and a mirrored kernel is a matter of its weight. Where a call crops more at one end
    (``"same"`` where the kernel is odd and the stride even, ONNX's ``pads``) the layer has the same sizes, but its
    window lies shifted: `explorer.networks.reading.read_calls` has how much is cropped at each end.

    Raises ValueError that says what is wrong and in which line.

    >>> parse_layer("nn.ConvTranspose2d(512, 256, 16, stride=8, padding=4, bias=False)").output_size((97, 50))
    (776, 400)
    >>> parse_layer("kernel_shape=[3,3] strides=[2,2] auto_pad=SAME_UPPER").output_size((4, 4))
    (8, 8)
    """
    from explorer.networks.reading import parse_layer as parsed

    return parsed(text)
