"""Every document is what explorer/documents/schema.py says: its keys, exactly, and the types of all values."""

import json
import types
import typing
from functools import cache

import numpy as np
import pytest

from explorer.changing import changed
from explorer.documents import schema
from explorer.documents.build import document
from explorer.documents.messages import speak
from explorer.operation import PRECISIONS, run
from explorer.presets import PRESETS
from explorer.settings import LIMITS, Settings
from explorer.text import texts
from explorer.views import VIEWS, View, nearest_channel

DIRECTIONS = [(view, backward) for view in VIEWS for backward in (False, True)]
every_direction = pytest.mark.parametrize(("view", "backward"), DIRECTIONS)


def worst():
    """The largest numbers of everything, each of seventeen digits."""
    rng = np.random.default_rng(0)
    x, k = rng.normal(size=(4, 8, 8)) * 1e5, rng.normal(size=(4, 4, 5, 5)) * 1e5
    return Settings.of(x, k, stride=4, dilation=3, output_padding=3)


hints = cache(typing.get_type_hints)


def faults(value, kind, at="document"):
    """Where a value is not of a kind of the schema, in words; a whole number counts as a float."""
    if typing.is_typeddict(kind):
        kinds = hints(kind)
        if type(value) is not dict or value.keys() != kinds.keys():
            return [f"{at}: {sorted(value) if isinstance(value, dict) else type(value)}"]
        return [fault for name in kinds for fault in faults(value[name], kinds[name], f"{at}.{name}")]
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        found = [faults(value, part, at) for part in parts]
        return [] if [] in found else min(found, key=len)
    if origin is list:
        if type(value) is not list:
            return [f"{at}: {type(value)}"]
        return [fault for n, one in enumerate(value) for fault in faults(one, parts[0], f"{at}[{n}]")]
    if origin is dict:
        if type(value) is not dict or not all(type(name) is str for name in value):
            return [f"{at}: {type(value)}"]
        return [fault for name, one in value.items() for fault in faults(one, parts[1], f"{at}.{name}")]
    if kind is float:
        return [] if type(value) in (float, int) and np.isfinite(value) else [f"{at}: {value!r}"]
    return [] if type(value) is kind else [f"{at}: {value!r}"]


def messages_in(value):
    """Every message anywhere in a document; those within another one are spoken with it."""
    if isinstance(value, dict):
        if value.keys() == schema.Message.__annotations__.keys():
            yield value
        else:
            for one in value.values():
                yield from messages_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from messages_in(one)


def check(found):
    """The document is of the schema, JSON gives it back, and all that it says can be said."""
    assert faults(found, schema.Document) == []
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    spoken = [speak(said) for said in messages_in(found)]
    assert len(spoken) > 6
    assert all(spoken)
    assert not any("nan" in text.split() or "None" in text for text in spoken)


@every_direction
@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_in_every_view_and_direction(name, view, backward):
    for precision in ("", *PRECISIONS):
        found = document(run(PRESETS[name].settings), View(view=view, preset=name, backward=backward), precision)
        check(found)
        assert (found["version"], found["view"]) == (2, view)
        assert found["direction"] == (schema.BACKWARD if backward else schema.FORWARD)
        assert found["agreement"]["agrees"] is True
        assert (found["gradient"] is None) != backward


@pytest.mark.parametrize("name", LIMITS)
def test_every_end_of_every_control(name):
    for start in (Settings(), worst(), Settings.of([[0.5]], [[-0.5]])):
        for value in LIMITS[name]:
            settings, _ = changed(start, name, value)
            for view, backward in DIRECTIONS:
                shown = View(view=view, channel=nearest_channel(settings, (3, 3)), backward=backward)
                check(document(run(settings), shown, "float32"))


# Numbers of seventeen digits take 18 bytes each: 6400 products, as many sums, and 1936 canvas cells. The largest
# are those of Scatter and Matrix; `opened` adds what each of five methods gave in float32.
@pytest.mark.parametrize(
    ("view", "backward", "most"),
    [
        ("scatter", False, 250_000),
        ("gather", False, 170_000),
        ("matrix", False, 250_000),
        *((view, True, 65_000) for view in VIEWS),
    ],
)
def test_the_largest_document_is_small(view, backward, most):
    shown = View(view=view, channel=(3, 3), backward=backward)
    assert size_of(document(run(worst()), shown)) <= most
    opened = document(run(worst()), shown, "float32")
    assert size_of(opened) <= most + 105_000
    check(opened)


def size_of(found):
    """The bytes of a document as JSON without spaces."""
    return len(json.dumps(found, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode())


def test_a_fault_is_found():
    found = document(run(Settings()), View())
    assert faults(found, schema.Document) == []
    assert faults({**found, "more": 1}, schema.Document)
    assert faults({name: value for name, value in found.items() if name != "mask"}, schema.Document)
    for name, wrong in {
        "step": 1.5,
        "steps": None,
        "present": 1,
        "mask": ("input",),
        "input": [[None]],
        "output": [float("nan")],
        "landing": {"rows": [[0]]},
        "grids": {"input": {}},
        "formula": ["text"],
        "sums": [[1.0], [np.float64(1)]],
    }.items():
        assert faults({**found, name: wrong}, schema.Document), name


def test_a_title_with_a_channel_has_the_places_of_the_one_without():
    plain, named = texts()["grids"], texts()["channel_grids"]
    assert named.keys() == plain.keys() - {"kernel", "W", "WT", "zero_inserted", "flipped"}
    for name, text in named.items():
        assert text.format(channel=3, canvas="2×2").replace("[3]", "") == plain[name].format(canvas="2×2")
