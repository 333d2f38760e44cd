"""What a grid holds at another size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from explorer.fills import FILLS
from explorer.memory import DETECTED, Kept, Memory

ARANGE = [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]]


def block(kept, *shape):
    return kept.at((1, *shape))[0].tolist()


def test_a_fill_inside_the_shape_that_it_made_is_cut_and_beyond_it_is_made_anew():
    kept = Kept.of(ARANGE)
    assert block(kept, 2, 2) == [[0, 1], [3, 4]]
    assert block(kept, 3, 3) == ARANGE[0]
    assert block(kept, 2, 4) == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert [kept.growth((1, 2, 2), shape) for shape in ((1, 2, 2), (1, 3, 3), (1, 2, 1), (1, 4, 3))] == [
        "",
        "",
        "",
        "fill",
    ]


def test_own_numbers_stay_and_hidden_ones_come_back():
    kept = Kept.of([[[5, 6], [7, 8]]]).keep([[[5]]]).keep([[[4]]])  # cut to one cell, and that one edited
    assert block(kept, 2, 2) == [[4, 6], [7, 8]]
    assert block(kept, 2, 3) == [[4, 6, 0], [7, 8, 0]]
    assert (kept.growth((1, 1, 1), (1, 2, 2)), kept.growth((1, 2, 2), (1, 3, 1))) == ("", "own")
    assert kept.growth((1, 3, 3), (1, 3, 1)) == ""  # smaller: nothing is new


def test_an_edit_makes_the_numbers_of_a_fill_ones_own():
    grown = Kept.of([[[0, 1], [2, 3]]]).at((1, 3, 3))
    grown[0, 0, 0] = 9
    kept = Kept.of([[[0, 1], [2, 3]]]).keep(grown)
    assert kept.fill == ""
    assert block(kept, 3, 4) == [[9, 1, 2, 0], [3, 4, 5, 0], [6, 7, 8, 0]]
    assert block(kept, 1, 1) == [[9]]


def test_a_hole_in_what_is_kept_is_0():
    kept = Kept.of([[[7, 7, 8]]]).keep([[[7], [9]]])
    assert block(kept, 2, 3) == [[7, 7, 8], [9, 0, 0]]
    assert kept.growth((1, 2, 1), (1, 2, 3)) == "own"


def test_the_same_page_again_is_the_same_memory():
    kept = Kept.of(ARANGE)
    assert kept.keep(ARANGE) is kept
    assert kept.keep(kept.at((1, 5, 5))) is kept
    assert kept.keep([[[0, 1], [3, 4]]]) is kept


@pytest.mark.parametrize("name", DETECTED)
def test_fills_are_found_in_a_grid(name):
    for shape in ((1, 3, 5), (2, 4, 4), (2, 2, 3, 4)):
        kept = Kept.of(FILLS[name](shape, 0))
        assert (kept.fill, kept.seed) == (name, 0)


def test_a_random_fill_is_found_by_its_seed():
    grid = FILLS["random"]((1, 3, 3), 7)
    assert (Kept.of(grid).fill, Kept.of(grid, 6).fill, Kept.of(grid, 7).fill) == ("", "", "random")
    kept = Kept.of(grid, 7)
    assert [kept.seed_of(shape) for shape in ((1, 3, 3), (1, 2, 2), (1, 4, 4))] == [7, None, 7]
    assert kept.keep(grid + 1).seed_of((1, 3, 3)) is None


def test_the_order_in_which_fills_are_found():
    assert set(DETECTED) == set(FILLS) - {"random"}
    assert [Kept.of([[[value]]]).fill for value in (0, 1, 2)] == ["arange", "ones", ""]
    assert Kept.of([[[1, 0], [0, 1]]]).fill == "identity"
    assert Kept.of([[[1, 0, 0]]]).fill == "identity"
    assert Kept.of([[[0, 0]]]).fill == "zeros"


def test_a_fill_forgets_what_was_hidden():
    memory = Memory.own([[[1, 2, 3]]], [[[[4]]]]).filled("input", "ones", (1, 1, 2))
    assert memory.input.at((1, 1, 3)).tolist() == [[[1, 1, 1]]]
    memory = memory.filled("kernel", "random", (1, 1, 2, 2), 3)
    assert memory.seeds([[[1, 1]]], np.zeros((1, 1, 2, 2))) == (None, 3)


sides = st.integers(1, 5)


@given(
    st.sampled_from([*DETECTED, ""]),
    st.lists(st.tuples(sides, sides), min_size=1, max_size=6),
    st.integers(0, 3),
)
@runs(max_examples=120, deadline=None, database=None)
def test_what_a_shape_holds_does_not_depend_on_the_way_to_it(name, shapes, seed):
    start = FILLS[name]((1, 3, 3), 0) if name else np.random.default_rng(seed).normal(size=(1, 3, 3))
    kept = Kept.of(start)
    for rows, columns in shapes:
        grid = kept.at((1, rows, columns))
        kept = kept.keep(grid)
        inside = rows <= 3 and columns <= 3
        if inside:
            assert np.array_equal(grid, start[:, :rows, :columns])
        elif name:
            assert np.array_equal(grid, FILLS[kept.fill]((1, rows, columns), 0))
        else:
            assert np.array_equal(grid[:, :3, :3], start[:, :rows, :columns])
            assert not grid[:, 3:].any()
            assert not grid[:, :, 3:].any()
    assert np.array_equal(kept.at((1, 3, 3)), start)
