"""One axis of the picked layer to scale, with what is to be said of each cell."""

from typing import Any

from explorer.layer import LayerError
from explorer.networks.following import Row
from explorer.networks.page.verdict import SIDES
from explorer.networks.page.writing import count_text, short
from explorer.networks.sketch import Cell, Sketch, Stamp, sketch
from explorer.text import Listed, say

MOST_LISTED = 6
"""Input cells that a sentence names one by one."""


def sketch_data(row: Row, number: int, side: int) -> dict[str, Any] | None:
    """The sketch along one axis of a transposed convolution, x and widths in cells; None of any other layer."""
    call = row.call
    if call.kind != "transposed":
        return None
    axis, names = call.axes[side], SIDES[len(call.axes)]
    try:
        drawn = sketch(axis, row.given[side])
    except LayerError:
        return None
    alike = len(set(zip(call.axes, row.given, strict=True))) == 1
    where = "any" if alike and len(names) > 1 else names[side]
    given, size = count_text(drawn.n), count_text(drawn.size)
    values = {"number": number, "given": given, "size": size}
    return {
        "title": say("layer_page.sketch.title", side=say(f"layer_page.sketch.sides.{where}"), **values),
        "about": short(call),
        "axes": [] if alike else [_choice(name, at, side) for at, name in enumerate(names)],
        "labels": {
            "input": say("layer_page.sketch.input", count=given),
            "stamps": say("layer_page.sketch.stamps"),
            "output": say("layer_page.sketch.output", count=size),
        },
        "width": drawn.width,
        "lanes": drawn.lanes,
        "kept": list(drawn.kept),
        "isCropped": (drawn.crop_before, drawn.crop_after) != (0, 0),
        "crops": [crop_text(drawn.crop_before), crop_text(drawn.crop_after)],
        "dilation": axis.dilation,
        "cells": [_cell(cell, drawn, axis.dilation) for cell in drawn.cells],
        "stamps": [_stamp(stamp, drawn) for stamp in drawn.stamps],
        "breaks": [{"x": one.x, "text": _break(one.outputs)} for one in drawn.breaks],
        "most": max(max((cell.count for cell in drawn.cells), default=1), 1),
        "notes": notes(drawn),
    }


def _choice(name: str, at: int, side: int) -> dict[str, Any]:
    return {"label": say(f"layer_page.sides.{name}"), "changes": {"axis": str(at)}, "isShown": at == side}


def crop_text(crop: int) -> str:
    """What happens at an end of the axis: cells are cropped, or added; empty where nothing is.

    >>> crop_text(1), crop_text(0), crop_text(-2)
    ('1 cropped', '', '2 added')
    """
    if crop == 0:
        return ""
    return say(f"layer_page.sketch.{'cropped' if crop > 0 else 'added'}", count=count_text(abs(crop)))


def _cell(cell: Cell, drawn: Sketch, dilation: int) -> dict[str, Any]:
    return {
        "x": cell.x,
        "position": cell.position,
        "isKept": cell.index is not None,
        "isAdded": cell.is_added,
        "count": cell.count,
        "text": _cell_text(cell, drawn, dilation),
    }


def _cell_text(cell: Cell, drawn: Sketch, dilation: int) -> str:
    name = say(
        "layer_page.sketch.cell" if cell.index is not None else "layer_page.sketch.cropped_cell", index=cell.index
    )
    if not cell.count:
        return say("layer_page.sketch.added_cell" if cell.is_added else "layer_page.sketch.gap_cell", cell=name)
    found = [
        stamp.index
        for stamp in drawn.stamps
        if stamp.first <= cell.position <= stamp.last and (cell.position - stamp.first) % dilation == 0
    ]
    if len(found) != cell.count or len(found) > MOST_LISTED:
        return say("layer_page.sketch.cell_of_many", cell=name, count=cell.count)
    many = "cell_of_one" if len(found) == 1 else "cell_of"
    return say(f"layer_page.sketch.{many}", cell=name, inputs=Listed(map(str, found)))


def _stamp(stamp: Stamp, drawn: Sketch) -> dict[str, Any]:
    first = max(stamp.first - drawn.crop_before, 0)
    last = min(stamp.last - drawn.crop_before, drawn.size - 1)
    key = "reaches" if first <= last else "reaches_nothing"
    return {
        "index": stamp.index,
        "x": stamp.x,
        "lane": stamp.lane,
        "first": stamp.first,
        "last": stamp.last,
        "bars": [list(bar) for bar in stamp.bars],
        "bridges": [list(bridge) for bridge in stamp.bridges],
        "touches": list(stamp.touches),
        "text": say(f"layer_page.sketch.{key}", index=stamp.index, first=first, last=last),
    }


def _break(outputs: tuple[int, int] | None) -> str:
    return say("layer_page.sketch.left_out", first=f"{outputs[0]:,}", last=f"{outputs[1]:,}") if outputs else ""


def notes(drawn: Sketch) -> list[str]:
    """What the picture leaves out, and what its colours are."""
    texts = []
    if drawn.breaks:
        texts.append(say("layer_page.sketch.ends"))
    if drawn.stamps_left_out:
        texts.append(say("layer_page.sketch.stamps_left_out", count=count_text(drawn.stamps_left_out)))
    return texts
