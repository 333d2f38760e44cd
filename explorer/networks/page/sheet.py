"""The whole page of layers as data: pure, the same for the same address."""

from collections.abc import Sequence
from dataclasses import fields as named_fields
from typing import Any

from explorer.networks.call import LayerCall
from explorer.networks.following import Followed, Row, follow
from explorer.networks.page.card import card
from explorer.networks.page.chain import row_data, sums
from explorer.networks.page.collapsing import lanes_data, range_data
from explorer.networks.page.editing import Edit, edited, picked
from explorer.networks.page.fields import fields_of
from explorer.networks.page.notes import chain_notes, counting
from explorer.networks.page.program import program_data
from explorer.networks.page.schema import BadgeData, SheetData
from explorer.networks.page.sketching import sketch_data
from explorer.networks.page.state import LayerPage, written
from explorer.networks.page.trip import trip_data
from explorer.networks.page.verdict import verdict
from explorer.networks.reading import Reading, read_calls
from explorer.networks.remark import Remark
from explorer.text import Listed, say

MOST_CALLS = 200
"""Layers that are followed; the page says how many it leaves out."""
MOST_PASSED = 4
"""Names of layers that pass which are listed."""
FOLDED = {"isFolded": True}


def sheet(page: LayerPage, notices: Sequence[Remark] = (), edit: Edit | None = None) -> SheetData:
    """All that the page shows for a state, after an edit in the fields.

    >>> found = sheet(LayerPage())
    >>> found["badge"]["text"], found["rows"][-1]["cells"][:2]
    ('torch · 5 layers read', ['32×32', '64×64'])
    """
    page, refused = edited(page, edit)
    reading = read_calls(page.layer)
    calls = reading.calls[:MOST_CALLS]
    followed, said = followed_of(page, calls)
    number = picked(page, calls)
    row = followed.rows[number - 1] if 0 < number <= len(followed.rows) else None
    typed = (refused.name, refused.value, refused.problem) if refused else ()
    said_of = [notice_data(notice) for notice in (*notices, *said, *left_out(reading))]
    refused_text = [{"line": 0, "text": one["text"]} for one in said_of if one["field"] == "layer"]
    of_range = range_data([one.call for one in followed.rows], page.input, page.target, side_of(page, calls))
    return {
        "state": state_data(page),
        "notices": [one for one in said_of if one["field"] != "layer"],
        "problems": [*refused_text, *map(problem_data, reading.problems)],
        "badge": badge(reading),
        "passed": passed(reading),
        "rows": row_data(page.layer, calls, followed.rows, number),
        "sums": sums(followed),
        "chainNotes": chain_notes(page.layer, calls, followed),
        "counting": counting() if "counting" in page.open else [],
        "verdict": of_range.pop("verdict") if of_range else verdict(page.layer, calls, followed, page.target),
        "fields": fields_of(calls[number - 1] if number else None, *typed),
        "range": of_range,
        **of_layer(page, calls, row, number),  # type: ignore[typeddict-item]
    }


def of_layer(page: LayerPage, calls: Sequence[LayerCall], row: Row | None, number: int) -> dict[str, Any]:
    """What there is of the picked layer; nothing where the chain ends before it."""
    if row is None:
        return dict.fromkeys(("card", "sketch", "lanes", "trip", "program"))
    side = side_of(page, calls)
    is_transposed = row.call.kind == "transposed"
    return {
        "card": card(page.layer, calls, row, number),
        "sketch": sketch_data(row, number, side),
        "lanes": (lanes_data(row, side) if "lanes" in page.open else FOLDED) if is_transposed else None,
        "trip": (trip_of(page, row) if "trip" in page.open else FOLDED) if is_transposed else None,
        "program": program_data(row, page.framework, "program" in page.open),
    }


def trip_of(page: LayerPage, row: Row) -> dict[str, Any]:
    """The round trip of the picked layer."""
    return trip_data(row.call, page.trip_v, page.trip_k)


def followed_of(page: LayerPage, calls: Sequence[LayerCall]) -> tuple[Followed, list[Remark]]:
    """The chain from the page's input on; an input of another number of axes is said, and taken by its first."""
    if not calls:
        return Followed(()), []
    axes = len(calls[0].axes)
    size = page.input.on(axes)
    if size is not None:
        return follow(calls, size), []
    notice = Remark.of("input_axes", field="input", count=axes, value=page.input)
    return follow(calls, page.input.size[:1] * axes), [notice]


def side_of(page: LayerPage, calls: Sequence[LayerCall]) -> int:
    """The axis that is drawn: the page's, or the last where the layers have fewer."""
    return min(page.axis, len(calls[0].axes) - 1) if calls else 0


def state_data(page: LayerPage) -> dict[str, str]:
    """The whole state as texts, as an address could say it."""
    return {field.name: written(getattr(page, field.name)) for field in named_fields(page)}


def notice_data(notice: Remark) -> dict[str, str]:
    """A notice as its sentence, with the field that it is about."""
    values = dict(notice.values)
    return {"field": values.get("field", ""), "text": say(f"layer_page.notices.{notice.key}", **values)}


def problem_data(problem: Any) -> dict[str, Any]:
    """What could not be read, at its line."""
    return {"line": problem.line, "text": say(f"networks.reading.{problem.key}", **dict(problem.values))}


def badge(reading: Reading) -> BadgeData:
    """Whose layers were read, and how many."""
    count = len(reading.calls)
    key = "none" if not count else "one" if count == 1 else "many"
    framework = say(f"layer_page.frameworks.{reading.framework}") if count else ""
    tone = "bad" if reading.problems else "good" if count else "plain"
    return {"text": say(f"layer_page.read.{key}", framework=framework, count=count), "tone": tone, "title": ""}


def passed(reading: Reading) -> str:
    """What was read and changes no size: the names of a few."""
    names = list(dict.fromkeys(one.name for one in reading.passed))
    if not names:
        return ""
    key = "passed_more" if len(names) > MOST_PASSED else "passed"
    return say(f"layer_page.read.{key}", names=Listed(names[:MOST_PASSED]))


def left_out(reading: Reading) -> list[Remark]:
    """That there are more layers than are followed."""
    count = len(reading.calls)
    return [Remark.of("many_layers", field="layers", count=count, most=MOST_CALLS)] if count > MOST_CALLS else []
