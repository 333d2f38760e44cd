"""The picked layer: its size by the formula, the sizes that its convolution takes to its input, other ways."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.layer import LayerError
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.following import Row
from explorer.networks.page.changing import changed_text, with_layer
from explorer.networks.page.formula import formulas
from explorer.networks.page.mending import LARGEST
from explorer.networks.page.program import line_of
from explorer.networks.page.schema import ActionData, BadgeData, CardData, CopyData, PartData
from explorer.networks.page.verdict import SIDES
from explorer.networks.page.writing import MOST_SIZES, bytes_text, count_text, listed, short, size_text, sizes_of
from explorer.networks.small_copy import small_copy
from explorer.solving import BOUNDS, solutions
from explorer.text import in_a_row, in_clauses, say

MOST_WAYS = 4
FEW = BOUNDS._replace(most=12)
MOST_REASONS = 1
COPIED = ("torch", "keras", "jax", "onnx")
"""Frameworks whose lines can be copied."""


def card(text: str, calls: Sequence[LayerCall], row: Row, number: int) -> CardData:
    """The card of layer ``number``, from 1, as it stands in the chain."""
    call = row.call
    values = {"number": number, "given": size_text(row.given), "size": size_text(row.size)}
    return {
        "title": say("layer_page.card.title", **values),
        "formulas": formulas(call, row.given, row.size),
        "texts": _facts(row),
        "sizes": sizes_part(text, calls, row, number),
        "others": others_part(text, calls, row, number),
        "lines": lines(call),
        "copy": _copy(row),
    }


def _facts(row: Row) -> list[str]:
    measured = row.measured
    texts = []
    if measured.weights:
        values = {"weights": count_text(measured.weights), "biases": count_text(measured.biases)}
        texts.append(say("layer_page.card.parameters" if measured.biases else "layer_page.card.no_bias", **values))
    if measured.multiply_adds and row.call.kind == "transposed":
        stamped, gathered = measured.multiply_adds, measured.multiply_adds_of_outputs
        texts.append(say("layer_page.card.adds", stamped=count_text(stamped), gathered=count_text(gathered)))
    if measured.activations is not None:
        memory = bytes_text(measured.bytes)
        texts.append(say("layer_page.card.memory", count=count_text(measured.activations), memory=memory))
    if row.receptive:
        texts.append(say("layer_page.card.receptive", size=size_text(row.receptive)))
    if row.call.is_mirrored:
        texts.append(say("layer_page.card.mirrored"))
    return texts


def sizes_part(text: str, calls: Sequence[LayerCall], row: Row, number: int) -> PartData:
    """Sizes that collapse into the layer's input, and the output_padding that chooses each."""
    call = row.call
    if call.kind != "transposed" or any(axis.torch[2:] != (0, 0) for axis in call.axes):
        return {"title": "", "texts": [], "ways": []}
    alike = len(set(zip(call.axes, row.given, strict=True))) == 1
    names = ("all",) if alike and len(call.axes) > 1 else SIDES[len(call.axes)]
    texts = []
    for name, axis, n in zip(names, call.axes, row.given, strict=False):
        found = sizes_of(axis, n)
        values = {"side": say(f"layer_page.sides.{name}"), "n": count_text(n), "sizes": listed(found)}
        key, size = "one_size" if len(found) == 1 else "sizes", count_text(axis.transposed_size(n))
        texts.append(say(f"layer_page.card.{key}", output_padding=axis.torch[1], size=size, **values))
    ways = size_ways(text, calls, row, number) if alike else []
    return {"title": say("layer_page.card.sizes_title"), "texts": texts, "ways": ways}


def size_ways(text: str, calls: Sequence[LayerCall], row: Row, number: int) -> list[ActionData]:
    """Buttons for the other sizes that an output_padding gives, where these are few."""
    axis, n = row.call.axes[0], row.given[0]
    k, s, d, (p, now, _, _) = axis.kernel_size, axis.stride, axis.dilation, axis.torch
    found = sizes_of(axis, n)
    ways: list[ActionData] = []
    for o, size in enumerate(found if len(found) <= MOST_SIZES else ()):
        if o != now:
            label = say("layer_page.card.choose", size=count_text(size), output_padding=o)
            changes = changed_text(text, calls, number - 1, with_axes(row.call, AxisCall.of(k, s, p, o, d)))
            ways.append({"label": label, "why": "", "changes": changes, "badge": None})
    return ways


def with_axes(call: LayerCall, axis: AxisCall) -> LayerCall:
    """A call that has one axis everywhere."""
    return replace(call, axes=(axis,) * len(call.axes), output_size=None)


def others_part(text: str, calls: Sequence[LayerCall], row: Row, number: int) -> PartData:
    """Other layers that make the same of the same input, the usual first, each with why."""
    call = row.call
    nothing: PartData = {"title": "", "texts": [], "ways": []}
    if call.kind != "transposed" or len(call.axes) > 2:
        return nothing
    pad = (1,) * (2 - len(call.axes))
    given, size = (*pad, *row.given), (*pad, *row.size)
    try:
        fixed = {"in_channels": call.layer.in_channels, "out_channels": call.layer.out_channels, "groups": call.groups}
        own = call.layer
        possible = solutions(given, size, FEW, **fixed)  # type: ignore[arg-type]
    except LayerError:
        return nothing
    usable = [one for one in possible if one.layer != own and all(k <= LARGEST for k, *_ in one.layer.axes)]
    found = usable[:MOST_WAYS]
    ways: list[ActionData] = []
    for one in found:
        other = with_layer(call, one.layer)
        reasons = [say(f"solving.{reason.key}", **dict(reason.values)) for reason in one.reasons[:MOST_REASONS]]
        label, why, changes = short(other), in_a_row(reasons), changed_text(text, calls, number - 1, other)
        ways.append({"label": label, "why": why, "changes": changes, "badge": divisible(one.is_divisible)})
    title = say("layer_page.card.others", given=size_text(row.given), size=size_text(row.size))
    return {"title": title if ways else "", "texts": [], "ways": ways}


def divisible(is_divisible: bool) -> BadgeData:
    """Whether the kernel is divisible by the stride, as a badge."""
    name, tone = ("divisible", "good") if is_divisible else ("indivisible", "warn")
    return {"text": say(f"layer_page.card.{name}"), "tone": tone, "title": ""}


def lines(call: LayerCall) -> list[dict[str, str]]:
    """The layer as each framework writes it in a line; those that cannot are left out.

    >>> [one["framework"] for one in lines(LayerCall((AxisCall(3, 2, crop_after=1),) * 2, 4, 4, bias=False))]
    ['keras', 'jax', 'onnx']
    """
    if call.kind != "transposed":
        return []
    found = [(framework, line_of(call, framework)) for framework in COPIED]
    return [{"framework": framework, "line": line} for framework, line in found if line]


def _copy(row: Row) -> CopyData | None:
    """The small copy in the explorer, where the layer can be drawn there at all."""
    try:
        found = small_copy(row.call, row.given)
    except LayerError:
        return None
    cut = [say(f"networks.small_copy.{one.key}", **dict(one.values)) for one in found.cut]
    return {
        "address": f"./{found.address}",
        "cut": say("layer_page.card.small_copy", cut=in_clauses(cut)) if cut else "",
    }
