"""A layer in another framework, as a program that runs on its own and checks itself against the tested core."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.breaking import wrapped
from explorer.code_text import LINE, nested
from explorer.layer import Layer, LayerError, Pair
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.differences import difference_text, differences
from explorer.networks.example import Example, example, weight_shape
from explorer.networks.fitting import FITS, adds_zeros
from explorer.networks.lines import KERNELS, SHAPES, axes_of, lines_of
from explorer.text import Listed, say

FRAMEWORKS = tuple(FITS)
"""torch, keras, jax (flax.linen), lax, onnx, and conv2d: torch's ordinary convolution of the zero-inserted input."""
BESIDE = dict.fromkeys(FITS, len("layer = ")) | dict.fromkeys(("torch", "conv2d"), len("layer = .double()  # float64"))
"""How many letters stand beside a constructor in its line."""
LARGEST_OUTPUT = 500
"""An output of more numbers stands in a program as its sums along each axis."""


def program(call: LayerCall, size: Sequence[int], framework: str) -> str:
    """A program of one of `FRAMEWORKS` with the layer, a small input of whole numbers, and its output, asserted.

    ``size`` is the real input's, an axis each; channels and cells are cut to a few, which a comment says. It needs
    numpy and the framework only. Raises `LayerError` where the call is no transposed convolution, leaves no output or
    has too many cells, and where there is no such framework.

    >>> print(program(LayerCall((AxisCall(2, 2),) * 2), (2, 2), "torch").splitlines()[1])
    # torch.nn.ConvTranspose2d(1, 1, kernel_size=2, stride=2)
    """
    if framework not in FITS:
        raise LayerError("framework", framework, say("rules.framework", names=Listed(FRAMEWORKS)))
    if len(size) != len(call.axes):
        raise LayerError("input size", tuple(size), say("rules.each_axis", axes=len(call.axes)))
    call = call.at(tuple(size))
    shown = example(call, tuple(size))
    small = shown.call
    fit = FITS[framework](replace(small, bias=False) if adds_zeros(FITS[framework](small).rest) else small)
    grouped = "_groups" if small.groups > 1 and framework in ("keras", "jax") else ""
    return say(
        f"networks.programs.templates.{framework}{grouped}",
        head=_head(call, tuple(size), shown, framework),
        numbers=_numbers(shown),
        layer=fit.text(LINE, BESIDE[framework], "    " if grouped else ""),
        after=_after(small, fit.rest),
        check=_check(shown),
        shape=SHAPES[len(small.axes)],
        kernel=KERNELS[len(small.axes)],
        groups=small.groups,
        **axes_of(small),
        **lines_of(shown, framework, fit.rest),
    )


def translate(layer: Layer, size: Pair, framework: str) -> str:
    """The `program` of a layer: see `explorer.translate`.

    >>> "kernel_size=3, stride=2, bias=False" in translate(Layer(kernel_size=3, stride=2), (8, 8), "torch")
    True
    """
    layer.output_size(size)
    axes = tuple(AxisCall.of(*axis) for axis in layer.axes)
    call = LayerCall(axes, layer.in_channels, layer.out_channels, layer.groups, bias=False)
    return program(call, size, framework)


def _head(call: LayerCall, size: tuple[int, ...], shown: Example, framework: str) -> str:
    """Comments: the real layer, what was cut, and what the framework does otherwise."""
    grouped = call.groups > 1 and framework in ("keras", "jax")
    called = say(f"networks.programs.{'real_groups' if grouped else 'real'}", groups=call.groups)
    lines = [called, *FITS[framework](call).text(LINE - 2).splitlines()]
    before, after = (_sizes(of, cells) for of, cells in ((call, size), (shown.call, shown.size)))
    if before != after:
        real = {f"real_{name}": value for name, value in before.items()}
        lines += wrapped(say("networks.programs.cut", **after, **real), LINE - 2)
    for notice in differences(call, framework):
        lines += wrapped(difference_text(notice), LINE - 2)
    return "".join(f"# {line}\n" for line in lines)


def _sizes(call: LayerCall, size: tuple[int, ...]) -> dict[str, str]:
    shape = weight_shape(call)
    channels = {"given": str(shape[0]), "made": str(shape[1] * call.groups), "parts": str(call.groups)}
    return {**channels, "size": "×".join(map(str, size))}


def _numbers(shown: Example) -> str:
    """The lines that make X, K and, where the layer has one, the bias B."""
    small, dimensions = shown.call, len(shown.call.axes)
    bias = say("networks.programs.bias", count=len(shown.bias)) if shown.bias is not None else ""
    return say(
        "networks.programs.numbers",
        input=shown.input.shape,
        weight=weight_shape(small),
        shape=SHAPES[dimensions],
        kernel=KERNELS[dimensions],
        bias=bias,
    )


def _after(call: LayerCall, rest: Sequence[Pair]) -> str:
    """The lines that add zeros, crop, and then add the bias, where the layer itself cannot."""
    lines = ""
    if adds_zeros(rest):
        ends = [(0, 0), *((max(-before, 0), max(-after, 0)) for before, after in rest)]
        lines += say("networks.programs.lines.zeros", ends=ends)
    if max(map(max, rest)) > 0:
        cuts = [f"{before if before > 0 else ''}:{-after if after > 0 else ''}" for before, after in rest]
        lines += say("networks.programs.lines.crop", cuts=", ".join(cuts))
    if call.bias and adds_zeros(rest):
        lines += say("networks.programs.lines.bias", shape=(-1, *[1] * len(call.axes)))
    return lines


def _check(shown: Example) -> str:
    """The lines that assert the output: every number, or where there are many the sums along each axis."""
    output, shape = shown.output, SHAPES[len(shown.size)]
    if output.size <= LARGEST_OUTPUT:
        return say("networks.programs.check", expected=nested(output), shape=shape)
    axes = range(1, output.ndim)
    sums = [output.sum(axis=tuple(other for other in axes if other != axis)) for axis in axes]
    parts = ",\n    ".join(nested(each) for each in sums)
    return say("networks.programs.check_of_sums", expected=parts, whole=output.shape)
