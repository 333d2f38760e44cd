import numpy as np
import pytest

from explorer.documents.schema import BACKWARD, FORWARD, Document
from explorer.operation import run
from explorer.settings import Settings
from explorer.views import VIEWS, View, cell_ranges, direction_of, last_step, nearest_channel
from explorer.views.kind import Phrase, Shown, bound_of, phrase
from explorer.views.matrix import LARGEST_SECOND
from tests.layers import random_settings

SQUARE = [[0, 1], [2, 3]]
STRIDE_2 = Settings.of(SQUARE, SQUARE, stride=2)  # Y is 4×4
ROW = Settings.of([[[-7, 1, 2]]], [[[[0, 1], [2, 3]]]], padding=(0, 1))  # Y is 2×2 of a canvas of 2×4


def grids_of(settings, view):
    operation = run(settings)
    gradient = operation.gradient(view.upstream, 0) if view.backward else None
    shown = Shown(operation, view, operation.scatter_steps(view.channel[1]), gradient)
    return direction_of(view).grids(shown)


def sizes(settings, view):
    return {name: (grid.rows, grid.columns) for name, grid in grids_of(settings, view).items()}


def test_the_views_in_their_order():
    assert list(VIEWS) == ["scatter", "gather", "matrix"]
    assert "gather" in VIEWS
    assert "backward" not in VIEWS
    assert View().view in VIEWS


@pytest.mark.parametrize(
    ("view", "forward", "backward"),
    [("scatter", 4, 4), ("gather", 16, 4), ("matrix", 4, 4)],
)
def test_steps_by_hand(view, forward, backward):
    assert last_step(STRIDE_2, View(view=view)) == forward
    assert last_step(STRIDE_2, View(view=view, backward=True)) == backward


def test_steps_of_several_channels_are_those_of_all_inputs_but_of_one_output():
    settings = Settings.of(np.zeros((3, 2, 2)), np.zeros((3, 2, 1, 1)))
    assert [last_step(settings, View(view=view)) for view in VIEWS] == [12, 4, 12]


def test_the_tables_that_each_view_needs():
    assert {name: kind.forward.tables for name, kind in VIEWS.items()} == {
        "scatter": ("products", "sums"),
        "gather": ("products", "zero_inserted", "windows"),
        "matrix": ("products", "sums"),
    }
    for kind in VIEWS.values():
        assert kind.backward.tables == ()
        assert set(kind.forward.tables) < Document.__annotations__.keys()
    assert (FORWARD, BACKWARD) == ("forward", "backward")  # a view's fields have the document's names
    assert {FORWARD, BACKWARD} == VIEWS["scatter"].__dict__.keys()


def test_the_grids_of_each_view_forward():
    shown = {"input": (1, 3), "kernel": (2, 2), "output": (2, 4)}
    assert sizes(ROW, View()) == shown
    # Of X, 1×3, no zeros put in: a border of one row above and below, none at the sides.
    assert sizes(ROW, View(view="gather")) == {**shown, "zero_inserted": (3, 3), "flipped": (2, 2)}
    more = {"WT": (4, 3), "W": (3, 4), "vec_input": (3, 1), "vec_output": (4, 1)}
    assert sizes(ROW, View(view="matrix")) == {**shown, **more}


def test_the_grids_of_each_view_backward():
    shown = {"gradient": (1, 3), "kernel": (2, 2), "upstream": (2, 4)}
    assert sizes(ROW, View(backward=True)) == sizes(ROW, View(view="gather", backward=True)) == shown
    more = {"W": (3, 4), "vec_upstream": (4, 1), "vec_gradient": (3, 1)}
    assert sizes(ROW, View(view="matrix", backward=True)) == {**shown, **more}


def test_the_grids_stand_in_their_order():
    assert list(grids_of(ROW, View(view="gather"))) == ["input", "kernel", "output", "zero_inserted", "flipped"]
    assert list(grids_of(ROW, View(view="matrix")))[3:] == ["WT", "W", "vec_input", "vec_output"]
    assert list(grids_of(ROW, View(view="matrix", backward=True)))[3:] == ["W", "vec_upstream", "vec_gradient"]


def test_colours_run_to_the_largest_of_what_any_step_shows():
    bounds = {name: grid.bound for name, grid in grids_of(ROW, View(view="matrix")).items()}
    # Products are −7·3 at most, sums too: colours that no step leaves.
    assert bounds == {"input": 7, "kernel": 3, "output": 21, "WT": 3, "W": 3, "vec_input": 7, "vec_output": 21}
    gather = grids_of(ROW, View(view="gather"))
    assert (gather["zero_inserted"].bound, gather["flipped"].bound) == (7, 3)
    # dY = arange(4), [[0, 1], [2, 3]]: dX = [0·1 + 2·3, 0·0 + 1·1 + 2·2 + 3·3, 1·0 + 3·2].
    back = {name: grid.bound for name, grid in grids_of(ROW, View(view="matrix", backward=True)).items()}
    assert back == {"gradient": 14, "kernel": 3, "upstream": 3, "W": 3, "vec_upstream": 3, "vec_gradient": 14}


def test_a_grid_of_zeros_has_colours_and_what_is_not_finite_has_none():
    assert {grid.bound for grid in grids_of(Settings.of([[0]], [[0]]), View(view="matrix")).values()} == {1}
    assert bound_of(np.array([np.nan, -2, np.inf])) == 2
    assert bound_of(np.full(2, np.nan)) == 1


def test_w_stands_beside_its_transpose_unless_it_is_large():
    def settings(side):
        return Settings.of(np.ones((8, 8)), np.ones((side, side)), stride=2)

    assert 64 * 17 * 17 < LARGEST_SECOND < 64 * 18 * 18
    assert "W" in grids_of(settings(3), View(view="matrix"))
    assert "W" not in grids_of(settings(4), View(view="matrix"))
    assert "WT" in grids_of(settings(4), View(view="matrix"))
    assert "W" in grids_of(settings(4), View(view="matrix", backward=True))


@pytest.mark.parametrize(
    ("layer", "name", "shape"),
    [
        ({}, Phrase("grids.output", {}), (1, 3, 3)),
        ({"padding": 1}, phrase("grids.cropped", canvas="3×3"), (1, 1, 1)),
        ({"stride": 2, "padding": 1, "output_padding": 1}, phrase("grids.cropped", canvas="4×4"), (1, 3, 3)),
        ({"stride": 2, "output_padding": 1}, phrase("grids.extended", canvas="4×4"), (1, 5, 5)),
        ({"stride": 2}, phrase("grids.output"), (1, 4, 4)),
    ],
)
def test_the_outputs_name_says_how_the_frame_is_moved(layer, name, shape):
    output = grids_of(Settings.of(SQUARE, SQUARE, **layer), View())["output"]
    assert (output.name, output.shape, output.note) == (name, shape, None)


def test_titles_name_the_grid_the_shape_of_its_array_and_a_note():
    settings = Settings.of([[[0, 1, 2]], [[3, 4, 5]]], [[[[1, 2]]] * 3] * 2)
    found = {}
    for view in VIEWS:
        for backward in (False, True):
            found |= grids_of(settings, View(view=view, backward=backward))
    assert {name: (grid.name, grid.shape) for name, grid in found.items()} == {
        "input": (phrase("grids.input"), (2, 1, 3)),
        "kernel": (phrase("grids.kernel"), (2, 3, 1, 2)),
        "output": (phrase("grids.output"), (3, 1, 4)),
        "W": (phrase("grids.W"), (6, 12)),
        "WT": (phrase("grids.WT"), (12, 6)),
        "vec_input": (phrase("grids.vec_input"), ()),
        "vec_output": (phrase("grids.vec_output"), ()),
        "zero_inserted": (phrase("grids.zero_inserted"), (1, 5)),
        "flipped": (phrase("grids.flipped"), ()),
        "gradient": (phrase("grids.gradient"), (2, 1, 3)),
        "upstream": (phrase("grids.upstream"), (3, 1, 4)),
        "vec_upstream": (phrase("grids.vec_upstream"), ()),
        "vec_gradient": (phrase("grids.vec_gradient"), ()),
    }
    assert {name: grid.note for name, grid in found.items() if grid.note} == {
        "zero_inserted": phrase("grid_notes.border", border="0×1"),
        "flipped": phrase("grid_notes.flipped"),
        "upstream": phrase("stage.fills.arange"),
    }


def test_a_backward_grid_needs_a_gradient():
    operation = run(ROW)
    with pytest.raises(ValueError, match="backward=True"):
        direction_of(View(backward=True)).grids(Shown(operation, View(backward=True), operation.scatter_steps(0)))


def test_the_shown_channels_are_of_one_group():
    grouped = Settings.of(np.ones((4, 1, 1)), np.ones((4, 1, 1, 1)), groups=2)
    assert [nearest_channel(grouped, channel) for channel in ((0, 0), (3, 0), (0, 1), (3, 1), (9, 9))] == [
        (0, 0),
        (0, 0),
        (2, 1),
        (3, 1),
        (2, 1),
    ]


def test_cell_ranges_by_hand():
    assert cell_ranges(ROW) == {
        "input": (1, 1, 3),
        "kernel": (1, 1, 2, 2),
        "output": (1, 2, 4),
        "zero_inserted": (3, 3),
        "W": (3, 4),
    }


def test_every_grid_lies_within_the_names_of_its_cells():
    for settings in random_settings(40, 7):
        for view in VIEWS:
            channel = nearest_channel(settings, (3, 3))
            ranges = cell_ranges(settings)
            for name, grid in grids_of(settings, View(view=view, channel=channel)).items():
                if name in ("input", "kernel", "output", "zero_inserted"):
                    assert ranges[name][-2:] == (grid.rows, grid.columns)
