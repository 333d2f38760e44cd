from dataclasses import replace

import numpy as np
import pytest

from explorer import Layer
from explorer.notebook import ROUND_TRIP, computed, round_trip_shapes
from explorer.operation import run
from explorer.presets import GROUPS, PRESETS
from explorer.session.address import from_query, to_query
from explorer.settings import one_dimension
from explorer.text import texts
from explorer.views import View
from tests.references import overlap_count

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
    numbers = {name: preset.cell.number for name, preset in PRESETS.items() if preset.cell}
    assert numbers == {name: cell for name, (cell, _) in PRINTED.items()}
    assert numbers.keys() == GROUPS["notebook"].keys()
    assert next(iter(PRESETS)) == "basic"


@pytest.mark.parametrize("name", PRINTED)
def test_computed_is_what_the_notebook_printed(name, fresh):
    found, same = computed(name)
    assert found == PRINTED[name][1]
    assert same is True
    if PRESETS[name].cell.quantity != "shape":
        assert PRESETS[name].cell.printed == PRINTED[name][1]


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
    for printed in cells_changed(preset.cell.printed):
        computed.cache_clear()
        monkeypatch.setitem(PRESETS, name, replace(preset, cell=replace(preset.cell, printed=printed)))
        found, same = computed(name)
        assert same is False, printed
        assert found == PRINTED[name][1]  # what the core gives does not depend on what was printed


def test_the_last_printed_decimal_counts(fresh, monkeypatch):
    preset = PRESETS["random-weight"]
    printed = [row[:] for row in preset.cell.printed]
    printed[1][1] = -1.1614
    monkeypatch.setitem(PRESETS, "random-weight", replace(preset, cell=replace(preset.cell, printed=printed)))
    assert computed("random-weight")[1] is False


def test_other_numbers_in_a_preset_are_not_the_same(fresh, monkeypatch):
    for name, preset in GROUPS["notebook"].items():
        if preset.cell.quantity == "shape":
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


@pytest.mark.parametrize("name", PRESETS)
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
    for name, preset in GROUPS["notebook"].items():
        assert titles[name].endswith(f"cell {preset.cell.number}")


def test_examples_of_one_dimension_are_one_row_and_named_so():
    for name, preset in PRESETS.items():
        line = name in GROUPS["one-dimension"]
        assert one_dimension(preset.settings) == line, name
        assert texts()["presets"][name].startswith("1-D") == line, name


def output(name):
    return run(PRESETS[name].settings).output


def test_every_preset_agrees_and_its_cell_to_look_at_is_there():
    for name, preset in PRESETS.items():
        assert run(preset.settings).agreement.agrees, name
        assert from_query({"preset": name, "trace": preset.look})[1:] == (
            View(preset=name, view=preset.view, trace=preset.look),
            [],
        )
        assert texts()["about"][name].endswith(".")
    assert texts()["about"].keys() == PRESETS.keys()
    assert texts()["preset_groups"].keys() == GROUPS.keys()


@pytest.mark.parametrize(
    ("name", "size", "out", "layer"),
    [
        ("dv-no-padding", 2, 4, Layer(kernel_size=3)),
        ("dv-arbitrary-padding", 6, 5, Layer(kernel_size=4, padding=2)),
        ("dv-same-padding", 5, 5, Layer(kernel_size=3, padding=1)),
        ("dv-full-padding", 7, 5, Layer(kernel_size=3, padding=2)),
        ("dv-strides", 2, 5, Layer(kernel_size=3, stride=2)),
        ("dv-padding-strides", 3, 5, Layer(kernel_size=3, stride=2, padding=1)),
        ("dv-padding-strides-odd", 3, 6, Layer(kernel_size=3, stride=2, padding=1, output_padding=1)),
    ],
)
def test_dumoulin_and_visins_sizes(name, size, out, layer):
    settings = PRESETS[name].settings
    assert (settings.size, settings.layer, output(name).shape) == ((size, size), layer, (1, out, out))
    assert f"{size}×{size} " in texts()["about"][name]
    assert f"{out}×{out}" in texts()["about"][name]


def test_what_the_sentences_say_is_so():
    assert (output("overlap")[0, 0, 0], output("overlap")[0, 2, 2]) == (1, 9)
    assert output("kernel-not-flipped")[0].tolist() == [[0, 0, 0, 0], [0, 1, 2, 0], [0, 3, 4, 0], [0, 0, 0, 0]]
    gaps = output("stride-leaves-gaps")[0]
    assert not gaps[2].any()
    assert not gaps[:, 2].any()
    assert set(output("checkerboard").ravel()) == {1, 2, 4}
    assert set(output("checkerboard-cured")[0, 2:-2, 2:-2].ravel()) == {4}
    assert set(np.diff(output("bilinear")[0, 1:-1, 1:-1], axis=1).ravel()) == {2}
    layer = PRESETS["output-padding-uncovers"].settings.layer
    assert layer.output_padding <= layer.padding
    assert output("output-padding-uncovers")[0, -1].all()
    zeros = PRESETS["output-padding-zeros"].settings.layer
    assert zeros.output_padding > zeros.padding
    assert not output("output-padding-zeros")[0, -1].any()
    assert not output("output-padding-zeros")[0, :, -1].any()
    kept = PRESETS["16-or-17"].settings
    assert kept.layer.output_size((6, 6)) == (17, 17)
    assert replace(kept.layer, output_padding=0).output_size((6, 6)) == (16, 16)
    for size in (16, 17):
        assert round_trip_shapes(replace(kept.layer, output_padding=0), (1, size, size))[1] == (1, 6, 6)
    assert PRESETS["dilation"].settings.layer.weight_shape == (1, 1, 2, 2)
    assert output("1d-convolve").ravel().tolist() == np.convolve([1, 2, 3], [0, 1, 0.5]).tolist() == [0, 1, 2.5, 4, 1.5]
    assert output("1d-stride-2").ravel().tolist() == [1, 1, 2, 2, 3, 3]
    assert output("1d-overlap").ravel().tolist() == [1, 2, 3, 4, 5, 6, 3]
    assert output("1d-gaps").ravel().tolist() == [1, 2, 0, 2, 4, 0, 3, 6]
    assert output("1d-paddings").ravel().tolist() == [2, 3, 4, 5, 6, 3]
    assert output("1d-dilation").ravel().tolist() == [1, 2, 13, 20, 30]
    two, apart = (run(PRESETS[name].settings) for name in ("two-channels-add", "groups"))
    assert two.output[0].tolist() == apart.output.sum(axis=0).tolist()
    assert apart.output.shape[0] == apart.layer.groups == 2
    nine = run(PRESETS["arange-9"].settings)
    assert overlap_count(nine.layer, (3, 3))[1:-1, 1:-1].tolist() == [[4, 4], [4, 4]]
    assert overlap_count(run(PRESETS["stride-2"].settings).layer, (2, 2)).max() == 1
