"""Two or three transposed convolutions in a row, and how their artefacts multiply."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.decimals import number_text
from explorer.layer import Layer
from explorer.text import say
from explorer.upsampling.page.encoding import png_address
from explorer.upsampling.page.state import UpsamplePage
from explorer.upsampling.phases import mend, verdict
from explorer.upsampling.response import StackedOutput, stacked
from explorer.upsampling.ways import gain

INPUT = (6, 6)
ROUNDING = 1e-9
"""A spread below it is none: the sums of a mended kernel agree up to rounding."""


def stacked_data(page: UpsamplePage) -> dict[str, Any]:
    """A row of outputs for the shown kernel, and one for the mended kernel where there is one.

    >>> [one["text"] for one in stacked_data(UpsamplePage())["rows"][0]["outputs"]][0]
    'Layer 1, 13×13: 0.4444 to 1.778 inside, 142 % of the mean apart'
    """
    layer = replace(page.single, padding=0, output_padding=0)
    weight = page.shown[None, None]
    kernels = {"own": weight}
    if not verdict(weight, layer).is_constant:
        mended = mend(weight, layer)
        if mended.is_mended.all():
            kernels["mended"] = mended.weight
    return {"rows": [_row(name, kernel, layer, page.layers) for name, kernel in kernels.items()]}


def _row(name: str, weight: np.ndarray, layer: Layer, count: int) -> dict[str, Any]:
    scaled = weight * gain(weight[0, 0], layer.stride)  # type: ignore[arg-type]
    outputs = stacked([(scaled, layer)] * count, INPUT)
    return {"title": say(f"upsample_page.stacked.{name}"), "outputs": _drawn(outputs)}


def _drawn(outputs: Sequence[StackedOutput]) -> list[dict[str, Any]]:
    found = []
    for number, made in enumerate(outputs, 1):
        picture = made.output[0]
        (top, below), (left, right) = made.interior
        height, width = picture.shape
        is_there = below > top and right > left
        found.append(
            {
                "image": png_address(picture / 2),
                "size": [height, width],
                "inside": [top / height, left / width, (below - top) / height, (right - left) / width]
                if is_there
                else None,
                "text": _said(number, made),
            }
        )
    return found


def _said(number: int, made: StackedOutput) -> str:
    values: dict[str, Any] = {"number": number, "width": made.output.shape[2], "height": made.output.shape[1]}
    if made.low is None or made.high is None:
        return say("upsample_page.stacked.no_inside", **values)
    values |= {"low": number_text(made.low), "high": number_text(made.high)}
    spread = made.spread
    if spread is None:
        return say("upsample_page.stacked.no_mean", **values)
    percent = float(f"{100 * spread:.3g}") if spread > ROUNDING else 0.0
    return say("upsample_page.stacked.said", spread=number_text(percent), **values)
