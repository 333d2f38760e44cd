"""The kernel's card: its phases, their sums, what a constant input becomes, the verdict, and what mends it."""

from dataclasses import replace
from typing import Any

import numpy as np

from explorer.layer import Layer
from explorer.session.values import write_grid
from explorer.settings import one_dimension, pair_text
from explorer.text import say
from explorer.upsampling.kernels import KERNELS
from explorer.upsampling.page.grids import canvas_grid, canvas_window, kernel_grid, sums_grid
from explorer.upsampling.page.reader import LARGEST_KERNEL
from explorer.upsampling.page.state import OWN, UpsamplePage, input_size
from explorer.upsampling.phases import Verdict, mend, verdict
from explorer.upsampling.response import constant_response, interior, overlap_count
from explorer.upsampling.wording import mend_text, verdict_texts

DIGITS = 12
"""Decimals of a mended kernel in an address: more would only be rounding's."""


def card_data(page: UpsamplePage) -> dict[str, Any]:
    """The card of the page's kernel; of several channel pairs it draws the shown one and judges all.

    >>> card_data(UpsamplePage())["sums"]["texts"]
    [['4', '2'], ['2', '1']]
    """
    found = verdict(np.array(page.weight), judged_layer(page))
    tone = "good" if found.is_constant else "warn"
    answer, reason = verdict_texts(found)
    return {
        "kernel": kernel_grid(page.shown, page.single, say("upsample_page.grids.kernel")),
        "sums": sums_grid(found.sums[page.pair], page.single, say("upsample_page.grids.sums")),
        **_canvases(page),
        "verdict": {"tone": tone, "answer": answer, "text": reason},
        "mend": _mend(page, found),
        "pairs": _pairs(page, found),
        "phases": found.cells.size,
    }


def judged_layer(page: UpsamplePage) -> Layer:
    """The layer as it is judged: of one row the height has nothing to say."""
    if page.settings is None or not one_dimension(page.settings):
        return page.layer
    _, (_, s_w, _, o_w, _) = page.layer.axes
    return replace(page.layer, stride=(1, s_w), output_padding=(0, o_w))


def _canvases(page: UpsamplePage) -> dict[str, Any]:
    """How many stamps meet where, and the response to ones, on the canvas; all of the interior is the layer's own."""
    layer = replace(page.single, padding=0, output_padding=0)
    size = input_size(layer)
    inside, window = interior(layer, size), canvas_window(page.single, size)
    rows, columns = layer.canvas_size(size)
    counts = overlap_count(layer, size)
    response = constant_response(page.shown[None, None], layer, size)[0]
    if window and (window[0] + window[2] > rows or window[1] + window[3] > columns):
        window = (window[0], window[1], min(window[2], rows - window[0]), min(window[3], columns - window[1]))
    return {
        "overlap": canvas_grid(counts, layer, say("upsample_page.grids.overlap"), inside, window),
        "response": canvas_grid(response, layer, say("upsample_page.grids.response"), inside, window),
        "inputSize": "×".join(map(str, size)),
    }


def _mend(page: UpsamplePage, found: Verdict) -> dict[str, Any]:
    """The nearest kernel with equal phase sums, beside its original, and what else there is to do."""
    weight = np.array(page.weight)
    layer = judged_layer(page)
    mended = mend(weight, layer)
    is_new = not found.is_constant and bool(mended.is_mended.any())
    nearest = mended.weight.round(DIGITS)
    ways = []
    if is_new:
        ways.append({"label": say("upsample_page.mend.use"), "changes": own_changes(page, nearest)})
    if not found.is_constant:
        ways += _larger(page)
    label = say("upsample_page.grids.mended")
    return {
        "text": mend_text(found, mended),
        "kernel": kernel_grid(nearest[page.pair], page.single, label) if is_new else None,
        "ways": ways,
    }


def own_changes(page: UpsamplePage, weight: np.ndarray) -> dict[str, str]:
    """What changes of the address so that the page has these numbers; all else stays as it is."""
    return {"kernel": OWN, "k": write_grid(weight), "stride": pair_text(page.layer.stride)}  # type: ignore[arg-type]


def _larger(page: UpsamplePage) -> list[dict[str, Any]]:
    """The next size that the stride divides, where that alone evens a named kernel."""
    layer = page.layer
    if page.kernel not in ("ones", "average"):
        return []
    height, width = (k + -k % s for k, s, *_ in layer.axes)
    if (height, width) == layer.kernel_size or max(height, width) > LARGEST_KERNEL:
        return []
    other = replace(layer, kernel_size=(height, width))
    if not verdict(KERNELS[page.kernel](other, np.random.default_rng(0))[None, None], other).is_constant:
        return []
    size = pair_text((height, width))
    return [{"label": say("upsample_page.mend.larger", size=size), "changes": {"size": size}}]


def _pairs(page: UpsamplePage, found: Verdict) -> list[dict[str, Any]]:
    """The channel pairs, where there are several, each with whether its phases agree."""
    if found.even.size == 1:
        return []
    listed = []
    for ci, co in np.ndindex(*found.even.shape):
        key = "even" if found.even[ci, co] else "uneven"
        value = replace(page, pair=(ci, co)).channel
        x, y = value.split(",")
        listed.append({"value": value, "label": say(f"upsample_page.pairs.{key}", x=x, y=y)})
    return listed
