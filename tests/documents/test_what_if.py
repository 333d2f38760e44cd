"""What people believe, as a document says it."""

import numpy as np
import pytest

from explorer.documents import schema
from explorer.documents.build import document
from explorer.documents.messages import speak
from explorer.documents.what_if import difference
from explorer.mistakes import MISTAKES, right_output, wrong_output
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.settings import Settings
from explorer.views import VIEWS, View
from tests.documents.test_schema import check, faults
from tests.layers import random_settings


def found(settings, name, **view):
    return document(run(settings), View(what_if=name, **view))["what_if"]


def values(compared):
    return np.array([[np.nan if one is None else one for one in row] for row in compared["rows"]])


def test_nothing_unless_it_is_asked_for():
    assert document(run(Settings()), View())["what_if"] is None


def test_padding_by_hand():
    shown = found(PRESETS["padding-1"].settings, "pads_input")
    assert shown["right"]["rows"] == [[4.0]]
    zeros = [0.0] * 5
    canvas = [[0.0, 0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 4.0, 6.0, 0.0], [0.0, 4.0, 12.0, 9.0, 0.0]]
    assert shown["wrong"]["rows"] == [zeros, *canvas, zeros]
    assert shown["difference"]["rows"] == [[-4.0, *[None] * 4], *[[None] * 5] * 4]
    assert shown["thread"].partition("#")[0] == "Samsung/TICO"
    assert [speak(said) for said in shown["messages"]][1:] == [
        "Its size is 5×5; that of Y is 1×1.",
        "Cells that both have at the same row and column: 1, of which 1 differ, by up to 4.",
    ]


def test_what_changes_nothing_says_so():
    shown = found(Settings(), "pads_input")
    assert shown["wrong"] is shown["difference"] is None
    assert shown["offered"] == {name: wrong_output(name, Settings()) is not None for name in MISTAKES}
    assert not shown["offered"]["pads_input"] and shown["offered"]["no_flip"]
    assert speak(shown["messages"][-1]) == "“Padding pads the input” changes nothing here, or cannot be computed."


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_in_random_settings(name):
    for settings in random_settings(12, 3):
        channel = (0, settings.layer.out_channels - 1) if settings.layer.groups == 1 else (0, 0)
        shown = document(run(settings), View(what_if=name, channel=channel))
        check(shown)
        right, wrong = right_output(settings)[channel[1]], wrong_output(name, settings)
        assert (values(shown["what_if"]["right"]) == right).all()
        if wrong is not None:
            assert (values(shown["what_if"]["wrong"]) == wrong[channel[1]]).all()
            gaps = values(shown["what_if"]["difference"])
            assert np.array_equal(gaps, difference(wrong, right_output(settings))[channel[1]], equal_nan=True)


@pytest.mark.parametrize("view", VIEWS)
def test_in_every_view_and_direction(view):
    for backward in (False, True):
        shown = document(run(PRESETS["padding-1"].settings), View(view=view, backward=backward, what_if="one_side"))
        check(shown)
        assert shown["what_if"]["wrong"]["rows"] == [[0.0]]


def test_rounding_is_no_difference():
    settings = Settings.of([[0.1, 0.2], [0.3, 0.7]], [[0.3, 0.1], [0.7, 0.9]])
    rows = found(settings, "overlap_not_added")
    assert speak(rows["messages"][-1]).startswith("5 of 9 cells differ")


def test_a_fault_is_found():
    shown = found(Settings(), "no_flip")
    assert faults(shown, schema.WhatIf) == []
    assert faults({**shown, "offered": {"no_flip": 1}}, schema.WhatIf)
