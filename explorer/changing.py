"""What a moved control makes of the settings: what else has to move for it, and where new numbers come from."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from explorer.afterwards import Ends, bias_for, nearest_crop
from explorer.layer import Layer, LayerError, Pair
from explorer.limits import CHANNELS, LIMITS, PAIRS, is_one_row
from explorer.memory import Memory
from explorer.notice import Notice
from explorer.settings import Settings, bias_text, crop_text, frozen, limits_of, settle

NAMES = {"input": "X", "kernel": "K"}
SIDES = ("height", "width")


def changed(
    settings: Settings, field: str, value: int | Pair, memory: Memory | None = None
) -> tuple[Settings, list[Notice]]:
    """The settings after one control moved, and what else had to move for it.

    ``field`` is a name of `LIMITS`; a value outside its limits raises `LayerError`. A grid that another size enlarges
    gets its numbers from the ``memory``, and a notice says how; without one its numbers stay and new cells are 0.

    >>> moved, _ = changed(Settings(), "kernel_height", 3)
    >>> moved.layer.kernel_size, moved.weight[0][0][2]
    ((3, 2), (0.0, 0.0))
    """
    low, high = limits_of(settings)[field]
    for number in value if isinstance(value, tuple) else (value,):
        if not low <= number <= high:
            raise LayerError(field, value, f"must be from {low} to {high}")
    layer = settings.layer
    wanted: dict[str, Any] = {name: getattr(layer, name) for name in (*CHANNELS, *PAIRS)}
    sizes = {"input": list(settings.size), "kernel": list(layer.weight_shape[2:])}
    grid, _, side = field.partition("_")
    if side in SIDES:
        sizes[grid][SIDES.index(side)] = value  # type: ignore[assignment]
    else:
        wanted[field] = value
    cut = shorten(sizes, wanted["output_padding"])
    height, width = sizes["input"]
    new, moved = settle({**wanted, "kernel_size": tuple(sizes["kernel"])}, (height, width))
    kept = (memory or Memory.own(settings.input, settings.weight)).keep(settings.input, settings.weight)
    shapes = (new.in_channels, height, width), new.weight_shape
    grown = _growth(kept, settings, shapes) if memory else []
    found, after = refitted(settings, new, kept.input.at(shapes[0]), kept.kernel.at(shapes[1]))
    return found, moved + cut + grown + after


def refitted(settings: Settings, layer: Layer, input: np.ndarray, weight: np.ndarray) -> tuple[Settings, list[Notice]]:
    """Another layer with its grids; crop and bias stay as far as they can, and a notice says where they had to move.

    >>> cut = Settings(crop=((0, 2), (0, 2)))
    >>> moved, notices = refitted(cut, Layer(kernel_size=1), np.array(cut.input), np.ones((1, 1, 1, 1)))
    >>> moved.crop, [notice.key for notice in notices]
    (((0, 1), (0, 1)), ['crop_moved'])
    """
    crop, notices = settled_crop(settings.crop, layer, (input.shape[-2], input.shape[-1]))
    bias = bias_for(settings.bias, layer.out_channels)
    if len(bias) > 1 and len(set(bias)) > 1 and bias != settings.bias:
        notices.append(Notice.of("bias_moved", value=bias_text(bias)))
    grids = _kept(settings.input, frozen(input)), _kept(settings.weight, frozen(weight))
    return Settings(layer, *grids, crop, bias), notices


def _kept(grid: tuple, new: tuple) -> tuple:
    """The grid itself where the new one is the same: so a row of pages to undo has it once."""
    return grid if new == grid else new


def settled_crop(crop: Ends, layer: Layer, size: Pair) -> tuple[Ends, list[Notice]]:
    """The crop nearest to the wanted one that leaves an output for an input of ``size``, and a notice if it moved.

    >>> settled_crop(((0, 9), (0, 1)), Layer(), (2, 2))[0]
    ((0, 2), (0, 1))
    """
    found = nearest_crop(crop, layer.output_size(size))
    if found == crop:
        return found, []
    was, now = (crop_text(one, is_one_row(layer, size)) for one in (crop, found))
    return found, [Notice.of("crop_moved", was=was, value=now)]


def shorten(sizes: dict[str, list[int]], output_padding: int | Pair) -> list[Notice]:
    """Shorten what is too long where X, K or what output_padding adds has several rows, and say so.

    ``sizes`` are [rows, columns] of ``input`` and ``kernel``; they are changed.

    >>> sizes = {"input": [1, 12], "kernel": [2, 2]}
    >>> shorten(sizes, 0)[0].key, sizes["input"]
    ('shortened', [1, 8])
    """
    said = []
    added = output_padding[0] if isinstance(output_padding, tuple) else output_padding
    if max(sizes["input"][0], sizes["kernel"][0], added + 1) > 1:
        for grid, size in sizes.items():
            most = LIMITS[f"{grid}_width"][1]
            if size[1] > most:
                size[1] = most
                said.append(Notice.of("shortened", grid=NAMES[grid], most=most))
    return said


def _growth(kept: Memory, settings: Settings, shapes: Sequence[Sequence[int]]) -> list[Notice]:
    """How the grids come by their numbers in other shapes, where not all of them were there before."""
    said = []
    grids = (("input", kept.input, settings.input), ("kernel", kept.kernel, settings.weight))
    for (grid, one, values), shape in zip(grids, shapes, strict=True):
        growth = one.growth(np.shape(values), shape)
        if growth:
            said.append(Notice.of(f"grown_{growth}", grid=NAMES[grid], fill=one.fill))
    return together(said)


def together(notices: Sequence[Notice]) -> list[Notice]:
    """The notices, where the same is said of how X and K grow as one of both.

    >>> said = together([Notice.of("grown_own", grid=grid, fill="") for grid in ("X", "K")])
    >>> [notice.key for notice in said]
    ['grown_own_both']
    """
    found = list(notices)
    for notice in notices:
        fill = dict(notice.values).get("fill", "")
        pair = [Notice.of(notice.key, grid=grid, fill=fill) for grid in NAMES.values()]
        if notice == pair[0] and pair[1] in found:
            found[found.index(notice)] = Notice.of(f"{notice.key}_both", fill=fill)
            found.remove(pair[1])
    return found
