"""One picture, made small and large again in every way: the row of pictures with its numbers."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import isinf
from typing import Any

import numpy as np

from explorer.layer import Layer, LayerError, Pair
from explorer.settings import pair_text
from explorer.text import in_a_row, kept_by_language, say
from explorer.upsampling.comparing import Comparison, Upsampled, compare
from explorer.upsampling.kernels import kernel as named_kernel
from explorer.upsampling.measures import peaks
from explorer.upsampling.page.encoding import difference, halved, png_address
from explorer.upsampling.page.state import UpsamplePage
from explorer.upsampling.pictures import picture as drawn

ORDER = ("transposed", "interpolating", "nearest", "bilinear", "subpixel", "unpooling")
"""The tiles: the ways of `explorer.upsampling.ways`, and the transposed convolution with the kernel of its stride."""


@dataclass(frozen=True)
class Picture:
    """A picture (C, H, W); one that has the same ``name`` is the same."""

    name: str
    cells: np.ndarray = field(compare=False)


@lru_cache(maxsize=8)
def built_in(name: str) -> Picture:
    """One of the pictures that are drawn here.

    >>> built_in("flat").cells.shape
    (1, 256, 256)
    """
    return Picture(name, drawn(name))


def gallery_data(page: UpsamplePage, picture: Picture) -> dict[str, Any]:
    """The tiles, or why there are none.

    >>> [tile["name"] for tile in gallery_data(UpsamplePage(), built_in("flat"))["tiles"]][:3]
    ['original', 'transposed', 'interpolating']
    """
    stride, dilation = page.layer.stride, page.layer.dilation
    kernel = tuple(map(tuple, page.shown.tolist()))
    return _made(picture, kernel, stride, dilation, page.down, page.show)


@kept_by_language(maxsize=24)
def _made(
    picture: Picture, kernel: tuple[tuple[float, ...], ...], stride: Pair, dilation: Pair, down: str, show: str
) -> dict[str, Any]:
    try:
        found = compare(picture.cells, np.array(kernel), stride, dilation, down=down)
    except LayerError:
        return {"tiles": [], "text": say("upsample_page.gallery.none"), "proof": ""}
    ways = {**found.ways, "interpolating": _interpolating(picture, stride, down)}
    most = max(float(one.max()) for one in (found.spectrum, *(made.spectrum for made in ways.values())))
    tiles = [_original(found, most, stride, show)]
    tiles += [_tile(name, ways[name], most, stride, show, found) for name in ORDER]
    height, width = found.small.shape[1:]
    key = "kept" if found.factor == 1 else "scaled"
    text = say(f"upsample_page.gallery.{key}", width=width, height=height, factor=f"{found.factor:.4g}")
    return {"tiles": tiles, "text": text, "proof": proof(found)}


@lru_cache(maxsize=16)
def _interpolating(picture: Picture, stride: Pair, down: str) -> Upsampled:
    """The transposed convolution with the kernel that interpolates linearly."""
    kernel = named_kernel("bilinear", Layer(stride=stride))
    return compare(picture.cells, kernel, stride, down=down, ways=("transposed",)).ways["transposed"]


def proof(found: Comparison) -> str:
    """That the sub-pixel convolution is the transposed one: how far the two pictures differ at most."""
    apart = float(np.abs(found.ways["subpixel"].picture - found.ways["transposed"].picture).max())
    return say("upsample_page.gallery.proof", apart=f"{apart:.1e}" if apart else "0")


def _original(found: Comparison, most: float, stride: Pair, show: str) -> dict[str, Any]:
    same = np.zeros_like(found.original)
    shown = png_address(difference(same) if show == "difference" else found.original)
    facts = [_peak(found.checkerboard, stride)]
    title = say("upsample_page.gallery.original")
    about = say("upsample_page.gallery.original_about")
    return _placed("original", title, about, shown, found.spectrum, most, stride, facts, "")


def _tile(name: str, made: Upsampled, most: float, stride: Pair, show: str, found: Comparison) -> dict[str, Any]:
    shown = png_address(difference(made.difference) if show == "difference" else made.picture)
    facts = [
        _fact("signal_to_noise", "∞ dB" if isinf(made.signal_to_noise) else f"{made.signal_to_noise:.1f} dB"),
        _fact("structural_similarity", _similarity(made.structural_similarity)),
        _peak(made.checkerboard, stride),
    ]
    if name == "interpolating":
        title, about = say("upsample_page.gallery.interpolating"), say("upsample_page.gallery.interpolating_about")
    else:
        title, about = say(f"upsample_page.ways.{name}"), say(f"upsampling.about.{name}")
    costs = {"parameters": f"{made.cost.parameters:,}", "adds": f"{made.cost.multiply_adds:,}"}
    cost = say("upsample_page.gallery.cost", **costs)
    if name == "subpixel":
        about = in_a_row([about, proof(found)])
    return _placed(name, title, about, shown, made.spectrum, most, stride, facts, cost)


def _placed(
    name: str,
    title: str,
    about: str,
    shown: str,
    spectrum: np.ndarray,
    most: float,
    stride: Pair,
    facts: list[dict[str, str]],
    cost: str,
) -> dict[str, Any]:
    height, width = spectrum.shape
    rings = [[row / height, column / width] for row, column in peaks((height, width), stride)]
    return {
        "name": name,
        "title": title,
        "about": about,
        "image": shown,
        "size": [height, width],
        "spectrum": png_address(halved(spectrum, most)),
        "rings": rings,
        "facts": facts,
        "cost": cost,
    }


def _similarity(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _peak(value: float, stride: Pair) -> dict[str, str]:
    label = say("upsampling.measures.checkerboard", stride=pair_text(stride))
    return {"label": label, "value": f"{value:.1f}‰", "title": say("upsampling.measures.checkerboard_help")}


def _fact(name: str, value: str) -> dict[str, str]:
    return {"label": say(f"upsampling.measures.{name}"), "value": value, "title": ""}


def of_one_pair(page: UpsamplePage) -> UpsamplePage:
    """The page with its shown channel pair alone.

    >>> of_one_pair(UpsamplePage()) == UpsamplePage()
    True
    """
    weight = ((page.weight[page.pair[0]][page.pair[1]],),)
    return replace(page, layer=page.single, weight=weight, pair=(0, 0))
