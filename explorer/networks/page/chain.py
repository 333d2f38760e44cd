"""The chain as a table: a layer a row, their sums, and what stops it or does not fit."""

from collections.abc import Sequence
from typing import Any

from explorer.networks.call import LayerCall
from explorer.networks.following import Followed, Row
from explorer.networks.measuring import Measured
from explorer.networks.page.rewriting import lines_of
from explorer.networks.page.schema import BadgeData, RowData
from explorer.networks.page.writing import about, bytes_text, count_text, size_text
from explorer.text import say

MOST_COUNTS = 4
"""Different overlap counts that a badge lists."""


def row_data(text: str, calls: Sequence[LayerCall], rows: Sequence[Row], picked: int) -> list[RowData]:
    """The rows of a chain; ``picked``: the number of the picked one, from 1. Those behind a problem have no sizes."""
    return [_row(text, calls, at, rows[at] if at < len(rows) else None, picked) for at in range(len(calls))]


def _row(text: str, calls: Sequence[LayerCall], at: int, row: Row | None, picked: int) -> RowData:
    call = row.call if row else calls[at]
    line, last = lines_of(text, calls, at)
    measured = row.measured if row else None
    sizes = [size_text(row.given), size_text(row.size)] if row else ["–", "–"]
    counts = [measured.parameters, measured.multiply_adds] if measured else [None, None]
    return {
        "number": at + 1,
        "line": line,
        "lastLine": last,
        "name": call.name,
        "about": about(call),
        "cells": [*sizes, *map(count_text, counts), bytes_text(measured.bytes if measured else None)],
        "overlap": overlap_badge(call, measured),
        "isPicked": at + 1 == picked,
    }


def overlap_badge(call: LayerCall, measured: Measured | None) -> BadgeData:
    """How often stamps overlap away from the edges: the same everywhere, several counts, or gaps.

    >>> overlap_badge(LayerCall((), kind="pooling"), None)["text"]
    ''
    """
    found = measured.overlap_counts if measured else ()
    if call.kind != "transposed" or not found:
        return {"text": "", "tone": "plain", "title": ""}
    listed = "·".join(map(str, found[:MOST_COUNTS])) + ("…" if len(found) > MOST_COUNTS else "")
    kind = "gaps" if found[0] == 0 else "even" if len(found) == 1 else "uneven"
    text = listed if kind == "uneven" else say(f"layer_page.overlap.{kind}")
    tone = {"gaps": "bad", "even": "good", "uneven": "warn"}[kind]
    return {"text": text, "tone": tone, "title": say(f"layer_page.overlap.{kind}_title", counts=listed)}


def sums(followed: Followed) -> dict[str, Any]:
    """The last line of the table: what all layers have together."""
    rows = followed.rows
    totals = followed.totals
    counts = [totals["parameters"], totals["multiply_adds"]]
    ends = [size_text(rows[0].given), size_text(rows[-1].size)] if rows else ["–", "–"]
    cells = [*ends, *map(count_text, counts), bytes_text(totals["bytes"])]
    return {"name": say("layer_page.sums", count=len(rows)), "cells": cells}
