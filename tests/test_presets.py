from dataclasses import replace

import numpy as np
import pytest

from explorer.address import View, from_query, to_query
from explorer.notebook import ROUND_TRIP, computed, round_trip_shapes
from explorer.presets import PRESETS
from explorer.text import texts

# What the notebook printed, typed from its own text; True and shapes where it printed no number.
PRINTED = {
    "basic": (8, [[0, 0, 1], [0, 4, 6], [4, 12, 9]]),
    "random-weight": (
        10,
        [[0.0000, -0.3671, -0.1968], [-0.7342, -1.1613, -0.3533], [0.6669, 1.4744, 0.7111]],
    ),
    "padding-1": (11, [[4]]),
    "stride-2": (12, [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]]),
    "shape-round-trip": (13, [(10, 16, 16), (20, 6, 6), (10, 16, 16)]),
    "corr2d": (14, [[27, 37], [57, 67]]),
    "conv-matrix": (
        15,
        [
            [1, 2, 0, 3, 4, 0, 0, 0, 0],
            [0, 1, 2, 0, 3, 4, 0, 0, 0],
            [0, 0, 0, 1, 2, 0, 3, 4, 0],
            [0, 0, 0, 0, 1, 2, 0, 3, 4],
        ],
    ),
    "matrix-equals-convolution": (16, [[True, True], [True, True]]),
    "arange-9": (20, [[0, 0, 1, 2], [0, 5, 11, 11], [6, 23, 29, 23], [12, 32, 37, 24]]),
}


@pytest.fixture
def fresh():
    """What is computed for a changed preset must not be remembered."""
    computed.cache_clear()
    yield
    computed.cache_clear()


def test_every_numeric_cell_is_a_preset():
    assert {name: preset.cell for name, preset in PRESETS.items()} == {
        name: cell for name, (cell, _) in PRINTED.items()
    }
    assert next(iter(PRESETS)) == "basic"


@pytest.mark.parametrize("name", PRINTED)
def test_computed_is_what_the_notebook_printed(name, fresh):
    found, same = computed(name)
    assert found == PRINTED[name][1]
    assert same is True
    if PRESETS[name].quantity != "shape":
        assert PRESETS[name].printed == PRINTED[name][1]


def cells_changed(printed):
    """The printed values with one changed, each in turn."""
    array = np.array(printed)
    for index in np.ndindex(array.shape):
        other = array.copy()
        other[index] = not other[index] if array.dtype == bool else other[index] + 1
        yield other.tolist()


@pytest.mark.parametrize("name", PRINTED)
def test_another_printed_number_is_not_the_same(name, fresh, monkeypatch):
    preset = PRESETS[name]
    for printed in cells_changed(preset.printed):
        computed.cache_clear()
        monkeypatch.setitem(PRESETS, name, replace(preset, printed=printed))
        found, same = computed(name)
        assert same is False, printed
        assert found == PRINTED[name][1]  # what the core gives does not depend on what was printed


def test_the_last_printed_decimal_counts(fresh, monkeypatch):
    preset = PRESETS["random-weight"]
    printed = [row[:] for row in preset.printed]
    printed[1][1] = -1.1614
    monkeypatch.setitem(PRESETS, "random-weight", replace(preset, printed=printed))
    assert computed("random-weight")[1] is False


def test_other_numbers_in_a_preset_are_not_the_same(fresh, monkeypatch):
    for name, preset in PRESETS.items():
        if preset.quantity == "shape":
            continue
        monkeypatch.setitem(PRESETS, name, replace(preset, settings=PRESETS["stride-2"].settings))
        computed.cache_clear()
        assert computed(name)[1] is (name == "stride-2")


def test_the_round_trip_is_one_of_sizes_that_divide():
    assert round_trip_shapes(ROUND_TRIP, (10, 16, 16))[-1] == (10, 16, 16)
    assert round_trip_shapes(ROUND_TRIP, (10, 17, 17)) == [(10, 17, 17), (20, 6, 6), (10, 16, 16)]
    shown = PRESETS["shape-round-trip"].settings  # one of the 200 channel pairs, at the same sizes
    assert (shown.size, shown.layer.output_size(shown.size)) == ((6, 6), (16, 16))
    assert shown.layer == replace(ROUND_TRIP, in_channels=1, out_channels=1)


@pytest.mark.parametrize("name", PRINTED)
def test_a_preset_is_its_own_address(name):
    preset = PRESETS[name]
    view = View(preset=name, view=preset.view)
    query = {} if name == "basic" else {"preset": name}
    assert to_query(preset.settings, view) == query
    assert from_query(query) == (preset.settings, view, [])
    assert from_query({"preset": name}) == (preset.settings, view, [])


def test_every_preset_has_a_title_that_names_its_cell():
    titles = texts()["presets"]
    assert titles.keys() == PRESETS.keys()
    for name, preset in PRESETS.items():
        assert titles[name].endswith(f"cell {preset.cell}")
