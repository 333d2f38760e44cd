"""Each mistake's result: whole numbers worked by hand first, then against the right one in random settings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from explorer.methods import METHODS
from explorer.mistakes import MISTAKES, right_output, wrong_output
from explorer.mistakes.arrays import is_same, tolerance, window
from explorer.presets import PRESETS
from explorer.settings import Settings
from explorer.text import texts
from tests.layers import random_settings

SQUARE = [[1, 2], [3, 4]]
LINE = [[1, 2, 3]]
HAND = {
    "pads_input": (
        Settings.of(SQUARE, SQUARE, padding=1),
        [[0, 0, 0, 0, 0], [0, 1, 4, 4, 0], [0, 6, 20, 16, 0], [0, 9, 24, 16, 0], [0, 0, 0, 0, 0]],
        [[20]],
    ),
    "no_flip": (
        Settings.of(SQUARE, SQUARE),
        [[4, 11, 6], [14, 30, 14], [6, 11, 4]],
        [[1, 4, 4], [6, 20, 16], [9, 24, 16]],
    ),
    "zeros_appended": (
        Settings.of(SQUARE, [[1, 1, 1]] * 3, stride=2, padding=1, output_padding=1),
        [[1, 3, 2, 0], [4, 10, 6, 0], [3, 7, 4, 0], [0, 0, 0, 0]],
        [[1, 3, 2, 2], [4, 10, 6, 6], [3, 7, 4, 4], [3, 7, 4, 4]],
    ),
    "layout_swapped": (
        Settings.of([[[1]], [[10]]], [[[[1]], [[2]]], [[[3]], [[4]]]]),
        [[[21]], [[43]]],
        [[[31]], [[42]]],
    ),
    "one_side": (
        Settings.of(LINE, [[1, 2, 1]], stride=2, padding=(0, 1)),
        [[1, 2, 3, 4, 5]],
        [[2, 3, 4, 5, 6]],
    ),
    "overlap_not_added": (
        Settings.of(SQUARE, SQUARE),
        [[1, 2, 4], [3, 4, 8], [9, 12, 16]],
        [[1, 4, 4], [6, 20, 16], [9, 24, 16]],
    ),
    "dilation_forgotten": (Settings.of(LINE, [[1, 10]], dilation=2), [[1, 12, 23, 30]], [[1, 2, 13, 20, 30]]),
    "stride_forgotten": (Settings.of(LINE, [[1, 2, 1]], stride=2), [[1, 4, 8, 8, 3]], [[1, 2, 3, 4, 5, 6, 3]]),
    "output_padding_both": (
        Settings.of([[1, 2]], [[1, 2, 1]], stride=2, padding=(0, 1), output_padding=(0, 1)),
        [[1, 2, 3, 4, 2]],
        [[2, 3, 4, 2]],
    ),
    "groups_crosstalk": (
        Settings.of([[[1]], [[10]]], [[[[5]]], [[[7]]]], groups=2),
        [[[75]], [[75]]],
        [[[5]], [[70]]],
    ),
    "rows_and_columns": (
        Settings.of([[1, 0], [0, 0]], SQUARE),
        [[1, 3, 0], [2, 4, 0], [0, 0, 0]],
        [[1, 2, 0], [3, 4, 0], [0, 0, 0]],
    ),
}


def blocks(grid):
    array = np.array(grid, float)
    return array.reshape((1,) * (3 - array.ndim) + array.shape)


@pytest.mark.parametrize("name", HAND)
def test_worked_by_hand(name):
    settings, wrong, right = HAND[name]
    assert (right_output(settings) == blocks(right)).all()
    found = wrong_output(name, settings)
    assert found.shape == blocks(wrong).shape
    assert (found == blocks(wrong)).all()


def test_the_pseudo_inverse_by_hand():
    # W = [[1, 1, 0, 0], [0, 0, 1, 1]]: W·Wᵀ is 2, so W⁺ = Wᵀ / 2.
    settings = Settings.of([[2, 4]], [[1, 1]], stride=(1, 2))
    assert right_output(settings).tolist() == [[[2, 2, 4, 4]]]
    assert wrong_output("pseudo_inverse", settings) == pytest.approx(np.array([[[1, 1, 2, 2]]]), abs=1e-12)


def test_a_large_matrix_is_not_inverted():
    small = Settings.of(np.ones((1, 8, 8)), np.arange(25).reshape(5, 5), stride=4)
    large = Settings.of(np.ones((4, 8, 8)), np.arange(400).reshape(4, 4, 5, 5), stride=4)
    assert wrong_output("pseudo_inverse", small).shape == (1, 33, 33)
    assert wrong_output("pseudo_inverse", large) is None


def test_each_mistake_is_worked_by_hand():
    assert {*HAND, "pseudo_inverse"} == set(MISTAKES)


def test_rows_and_columns_of_a_symmetric_kernel_are_those_of_the_input():
    settings = Settings.of(SQUARE, [[1]])
    assert wrong_output("rows_and_columns", settings).tolist() == [[[1, 3], [2, 4]]]


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("pads_input", Settings.of(SQUARE, SQUARE)),
        ("one_side", Settings.of(SQUARE, SQUARE)),
        ("no_flip", Settings.of(SQUARE, [[1, 2], [2, 1]])),
        ("zeros_appended", Settings.of(SQUARE, SQUARE, stride=2, output_padding=1)),  # beyond the canvas they are zeros
        ("layout_swapped", Settings.of([[[1]], [[2]]], [[[[3]]], [[[4]]]])),  # 2 in, 1 out: torch refuses
        ("layout_swapped", Settings.of(SQUARE, SQUARE)),
        ("pseudo_inverse", Settings.of(SQUARE, [[1]])),
        ("overlap_not_added", Settings.of(SQUARE, SQUARE, stride=2)),
        ("dilation_forgotten", Settings.of(SQUARE, SQUARE)),
        ("dilation_forgotten", Settings.of(LINE, [[1, 1]], dilation=3, output_padding=(0, 2))),  # o must be below d
        ("stride_forgotten", Settings.of(SQUARE, SQUARE)),
        ("output_padding_both", Settings.of(SQUARE, SQUARE)),
        ("groups_crosstalk", Settings.of(SQUARE, SQUARE)),
        ("rows_and_columns", Settings.of([[1, 2], [2, 1]], [[3]])),
    ],
)
def test_what_changes_nothing_or_cannot_be_is_none(name, settings):
    assert wrong_output(name, settings) is None


ANY = st.integers(0, 10**6).map(lambda seed: next(random_settings(1, seed, whole=seed % 2 == 0)))


@given(ANY, st.sampled_from(sorted(MISTAKES)))
@runs(max_examples=250, deadline=None)
def test_a_wrong_result_is_never_the_right_one(settings, name):
    wrong = wrong_output(name, settings)
    if wrong is None:
        return
    right = METHODS["matrix"](np.array(settings.input), np.array(settings.weight), settings.layer)
    assert wrong.ndim == 3 and len(wrong) == settings.layer.out_channels and min(wrong.shape) > 0
    assert np.isfinite(wrong).all()
    assert not is_same(wrong, right, tolerance(settings))
    assert not wrong.flags.writeable


@given(ANY)
@runs(max_examples=150, deadline=None)
def test_none_is_the_right_one_or_cannot_be(settings):
    """Where a mistake is None, the belief computed a second way is the right result, or torch refuses it."""
    layer = settings.layer
    x, k = np.array(settings.input), np.array(settings.weight)
    right = right_output(settings)
    second = {
        "no_flip": lambda: METHODS["matrix"](x, k[:, :, ::-1, ::-1], layer),
        "one_side": lambda: window(canvas_of(settings), (0, 0), right.shape[1:]),
        "overlap_not_added": lambda: last_stamp_wins(settings),
    }
    for name, compute in second.items():
        wrong = wrong_output(name, settings)
        expected = compute()
        assert is_same(right if wrong is None else wrong, expected, tolerance(settings)), name


def canvas_of(settings):
    """The full canvas, product by product."""
    layer = settings.layer
    canvas = np.zeros((layer.out_channels, *layer.canvas_size(settings.size)))
    for co, row, column, value in products(settings):
        canvas[co, row, column] += value
    return canvas


def last_stamp_wins(settings):
    layer = settings.layer
    canvas = np.zeros((layer.out_channels, *layer.canvas_size(settings.size)))
    for co, row, column, value in products(settings):
        canvas[co, row, column] = value
    top, left, height, width = layer.window(settings.size)
    return canvas[:, top : top + height, left : left + width]


def products(settings):
    """(output channel, canvas row, canvas column, product), stamp by stamp."""
    layer = settings.layer
    (_, s_h, _, _, d_h), (_, s_w, _, _, d_w) = layer.axes
    each_in, each_out = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    x, k = np.array(settings.input), np.array(settings.weight)
    for ci, i, j in np.ndindex(*x.shape):
        for block, a, b in np.ndindex(*k.shape[1:]):
            co = ci // each_in * each_out + block
            yield co, i * s_h + a * d_h, j * s_w + b * d_w, x[ci, i, j] * k[ci, block, a, b]


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_has_its_words_and_an_example(name):
    words = texts()["mistakes"][name]
    assert words["title"] and words["why"].count(".") >= 1
    assert MISTAKES[name].name == name
    thread = MISTAKES[name].thread
    assert thread == "" or (thread.count("/") == 1 and thread.partition("#")[2].isdigit())


def test_most_presets_have_something_to_be_wrong_about():
    silent = [
        name
        for name, preset in PRESETS.items()
        if preset.settings is not None and all(wrong_output(mistake, preset.settings) is None for mistake in MISTAKES)
    ]
    assert silent == []


def test_a_mistake_is_made_in_the_layer_and_what_comes_after_it_is_done_to_both():
    plain = Settings.of([[1, 2], [3, 4]], [[1, 2], [3, 4]], stride=2)
    after = Settings.of([[1, 2], [3, 4]], [[1, 2], [3, 4]], stride=2, crop=((0, 1), (1, 0)), bias=[10])
    assert np.array_equal(right_output(after), right_output(plain)[:, :3, 1:] + 10)
    assert np.array_equal(wrong_output("no_flip", after), wrong_output("no_flip", plain)[:, :3, 1:] + 10)
    padded = Settings.of([[1, 2], [3, 4]], [[1, 2], [3, 4]], padding=1, bias=[10])  # the mistake reads the full canvas
    assert np.array_equal(wrong_output("one_side", padded), wrong_output("one_side", padded.plain) + 10)
