"""Layers of pasted text: constructor calls and prints of torch, Keras, JAX and ONNX, parsed and never evaluated."""

import re
from dataclasses import replace
from functools import lru_cache

from explorer.layer import Layer
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.reading.found import Passed, Problem, Reading, Unread
from explorer.networks.reading.fragments import Fragment, fragments, plain
from explorer.networks.reading.walking import TooMuch, Walker
from explorer.text import in_a_row, say

__all__ = ["LONGEST_TEXT", "Passed", "Problem", "Reading", "parse_layer", "read_calls"]

LONGEST_TEXT = 20_000
"""Characters of a text that is read."""
MOST_PROBLEMS = 40

_RANK = re.compile(r"([123])[dD](?:Transpose)?\s*\(")


@lru_cache(maxsize=16)
def read_calls(text: str) -> Reading:
    """The layers that a text says, in their order; nothing of it is evaluated.

    Read are single calls, several lines, programs (``nn.Sequential(…)``, classes, ``model.add(…)``), prints of modules,
    and ONNX's attributes. Names stand for numbers where a line before says which. Activations and norms are ``passed``;
    what cannot be read is a problem with its line and column, and the rest is read all the same.

    >>> reading = read_calls("ngf = 64\\nnn.ConvTranspose2d(ngf * 8, ngf * 4, 4, 2, 1, bias=False),\\nnn.ReLU(True)")
    >>> reading.calls[0].size((4, 4)), reading.calls[0].in_channels, reading.passed[0].name
    ((8, 8), 512, 'ReLU')
    >>> read_calls("nn.ConvTranspose2d(ngf, 3, 4)").problems[0].key
    'name'
    """
    if len(text) > LONGEST_TEXT:
        return Reading(problems=(Unread("too_long", length=len(text), most=LONGEST_TEXT).problem(1),))
    if not text.strip():
        return Reading()
    found = _RANK.search(text)
    walker = Walker(int(found[1]) if found else 2)
    try:
        for fragment in fragments(plain(text)):
            _take(walker, fragment)
            if len(walker.problems) > 5 * MOST_PROBLEMS:
                break
    except TooMuch as error:
        walker.problems.append(Unread(error.key, most=error.most).problem(1))
    problems = sorted(walker.problems, key=lambda problem: (problem.line, problem.column))
    if not walker.calls and not problems:
        problems = [Unread("nothing").problem(1)]
    if len(problems) > MOST_PROBLEMS:
        problems[MOST_PROBLEMS - 1 :] = [Unread("more").problem(problems[MOST_PROBLEMS - 1].line)]
    return Reading(tuple(walker.calls), tuple(walker.passed), tuple(problems))


def _take(walker: Walker, fragment: Fragment | Problem) -> None:
    """Walk a fragment, as often as it counts."""
    if isinstance(fragment, Problem):
        walker.problems.append(fragment)
        return
    try:
        for _ in range(fragment.times):
            walker.walk(fragment.tree, fragment.above, fragment.left)
    except RecursionError:
        walker.problems.append(Unread("too_deep").problem(fragment.above + 1))


def parse_layer(text: str) -> Layer:
    """The one transposed convolution of a text, as torch, Keras, JAX or ONNX write it.

    A bias is no part of a `Layer`, and a mirrored kernel is a matter of its weight. Where a call crops more at one end
    (Keras and JAX with ``"same"`` where the kernel is odd and the stride even, ONNX's ``pads``), the layer has the same
    sizes but its window lies shifted by a cell or more: `read_calls` has how much is cropped at each end.

    Raises ValueError that says what is wrong and where: no such layer, or several, what cannot be read, a size that
    depends on the input's; `LayerError` where it has three dimensions.

    >>> parse_layer("self.up = nn.ConvTranspose2d(512, 256, 16, stride=8, padding=4)").output_size((4, 4))
    (32, 32)
    """
    reading = read_calls(text)
    found = [call for call in reading.calls if call.kind == "transposed"]
    if len(found) != 1:
        if reading.problems:
            raise ValueError(in_a_row(map(sentence, reading.problems)))
        raise ValueError(say("networks.reading.not_one", count=len(found)))
    call = found[0]
    if call.output_size:
        raise ValueError(say("networks.reading.asks_size", size="×".join(map(str, call.output_size))))
    return _symmetric(call).layer


def sentence(problem: Problem) -> str:
    """A problem in words, with its line."""
    reason = say(f"networks.reading.{problem.key}", **dict(problem.values))
    return say("networks.reading.where", line=problem.line, reason=reason)


def _symmetric(call: LayerCall) -> LayerCall:
    """The call with torch's padding and output_padding in the place of a crop that torch does not have."""
    return replace(call, axes=tuple(_axis(axis) for axis in call.axes))


def _axis(axis: AxisCall) -> AxisCall:
    """The axis of the same sizes with torch's smallest padding; output_padding gives back. Raises ValueError."""
    if axis.torch[2:] == (0, 0):
        return axis
    total = axis.crop_before + axis.crop_after
    padding = max((total + 1) // 2, 0)
    output_padding = 2 * padding - total
    if output_padding >= max(axis.stride, axis.dilation):
        values = {"before": axis.crop_before, "after": axis.crop_after}
        raise ValueError(say("networks.reading.no_layer", **values))
    return AxisCall.of(axis.kernel_size, axis.stride, padding, output_padding, axis.dilation)
