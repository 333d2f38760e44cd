"""Which mistake gave a grid, a number, a size: found from its own result, and by brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from explorer.layer import Layer
from explorer.mistakes import (
    MISTAKES,
    RELATIONS,
    SIZES,
    diagnose,
    diagnose_size,
    right_output,
    wrong_output,
    wrong_sizes,
    wrong_values,
)
from explorer.mistakes.arrays import is_same, tolerance
from explorer.settings import Settings
from explorer.text import texts
from tests.layers import random_layers, random_settings

SQUARE = [[1, 2], [3, 4]]
LINE = Settings.of([[1, 2, 3]], [[1, 2, 1]], stride=2, padding=(0, 1))
ANY = st.integers(0, 10**6).map(lambda seed: next(random_settings(1, seed, whole=seed % 2 == 0)))


@given(ANY)
@runs(max_examples=80, deadline=None)
def test_each_mistake_is_found_from_its_own_result(settings):
    assert diagnose(settings, right_output(settings)) == []
    for name in MISTAKES:
        wrong = wrong_output(name, settings)
        if wrong is not None:
            assert name in diagnose(settings, wrong)


@given(ANY)
@runs(max_examples=80, deadline=None)
def test_what_is_found_gives_that_grid_and_nothing_else_does(settings):
    for relation in RELATIONS.values():
        grid = relation(settings)
        if grid is None or is_same(grid, right_output(settings), tolerance(settings)):
            continue
        found = diagnose(settings, grid)
        assert found
        for name in MISTAKES:
            wrong = wrong_output(name, settings)
            same = wrong is not None and is_same(wrong, grid, tolerance(settings))
            assert (name in found) == same


@pytest.mark.parametrize(
    ("grid", "name"),
    [
        ([[3, 4, 5, 6, 3]], "crop_one_end"),
        ([[1, 2, 3, 4, 5]], "one_side"),
        ([[1, 2, 3, 4, 5, 6, 3]], "full_canvas"),
        ([[2, 3, 4, 5, 6, 3]], "another_crop"),
        ([[1, 2, 3, 4, 5, 6]], "same_elsewhere"),  # 3·2 cells; (3 − 2) // 2 = 0 cropped at the start
        ([[2.5, 3.5, 4.5, 5.5, 6.5]], "missing_bias"),
        ([[2], [3], [4], [5], [6]], "output_transposed"),
    ],
)
def test_relations_by_hand(grid, name):
    assert name in diagnose(LINE, np.array([grid], float))


def test_relations_of_other_grids_by_hand():
    flipped = Settings.of([[1]], SQUARE)
    assert diagnose(flipped, np.array([[[4.0, 3], [2, 1]]])) == ["no_flip", "flipped_kernel"]
    turned = Settings.of(SQUARE, [[1, 5], [2, 3]])
    assert "input_transposed" in diagnose(turned, np.array([[[1.0, 8, 15], [4, 23, 29], [4, 14, 12]]]))


def test_a_bias_is_one_number_a_channel():
    settings = Settings.of([[1, 2]], [[[[1, 1]], [[1, 0]]]])
    right = right_output(settings)
    assert "missing_bias" in diagnose(settings, right + np.array([2.5, -1.0])[:, None, None])
    assert diagnose(settings, right + np.arange(right.size).reshape(right.shape) / 8) == []


def test_a_grid_of_one_cell_is_no_bias_and_no_crop():
    settings = Settings.of(SQUARE, SQUARE, padding=1)
    assert diagnose(settings, np.array([[[7.0]]])) == []


def test_a_rounded_grid_is_found_as_far_as_its_decimals_go():
    settings = Settings.of([[1, 1 / 3]], [[1 / 3, 1 / 7]])
    wrong = wrong_output("no_flip", settings)
    assert "no_flip" in diagnose(settings, np.round(wrong, 4))
    off = np.round(wrong, 4)
    off[0, 0, 0] += 2e-4
    assert "no_flip" not in diagnose(settings, off)


def sizes_by_hand(n, k, s, p, o, d):
    """What each mistake of one axis makes of it: counted where it can be, else written out a second time."""

    def reach(n, k, s, d):
        return max(i * s + a * d for i in range(n) for a in range(k)) + 1

    def slides(length):
        return sum(1 for first in range(0, length, s) if first + d * (k - 1) < length)

    right = reach(n, k, s, d) - 2 * p + o
    return {
        "convolution_size": slides(n + 2 * p),
        "padding_added": right + 4 * p,
        "pads_input": reach(n + 2 * p, k, s, d) + o,
        "padding_forgotten": right + 2 * p,
        "padding_once": right + p,
        "output_padding_forgotten": right - o,
        "output_padding_both": right + o,
        "dilation_forgotten": reach(n, k, s, 1) - 2 * p + o,
        "stride_forgotten": reach(n, k, 1, d) - 2 * p + o,
        "stride_times_size": right + s,
        "last_cell_forgotten": right - 1,
        "same_elsewhere": n * s,
    }


def test_sizes_against_counting():
    for layer, size in random_layers(300, 5):
        axes = [sizes_by_hand(n, *axis) for n, axis in zip(size, layer.axes, strict=True)]
        rows = [(n, k, p, o) == (1, 1, 0, 0) for n, (k, _, p, o, _) in zip(size, layer.axes, strict=True)]
        for name in SIZES.keys() - {"rows_and_columns"}:
            lines = rows if any(rows) and not all(rows) else [False, False]
            expected = tuple(1 if line else axis[name] for line, axis in zip(lines, axes, strict=True))
            assert SIZES[name](layer, size) == (expected if min(expected) > 0 else None), name


def test_one_row_stays_one_row():
    layer = Layer(kernel_size=(1, 3), stride=2)
    assert layer.output_size((1, 3)) == (1, 7)
    assert wrong_sizes(layer, (1, 3)) == {
        "convolution_size": (1, 1),
        "stride_forgotten": (1, 5),
        "stride_times_size": (1, 9),
        "last_cell_forgotten": (1, 6),
        "same_elsewhere": (1, 6),
        "rows_and_columns": (7, 1),
    }


def test_a_wrong_size_is_the_wrong_result_s():
    pairs = {"pads_input", "dilation_forgotten", "stride_forgotten", "output_padding_both"}
    for settings in random_settings(60, 8):
        for name in pairs:
            wrong = wrong_output(name, settings)
            if wrong is not None:
                assert SIZES[name](settings.layer, settings.size) == wrong.shape[1:]


def test_sizes_are_diagnosed():
    layer = Layer(kernel_size=3, stride=2, padding=1)
    assert layer.output_size((4, 4)) == (7, 7)
    assert diagnose_size(layer, (4, 4), (7, 7)) == []
    assert diagnose_size(layer, (4, 4), (11, 11)) == ["padding_added"]
    assert diagnose_size(layer, (4, 4), (2, 2)) == ["convolution_size"]
    assert diagnose_size(layer, (4, 4), (100, 1)) == []
    assert wrong_sizes(layer, (4, 3))["rows_and_columns"] == (5, 7)
    assert all(wrong != (7, 5) for wrong in wrong_sizes(layer, (4, 3)).values())


@given(ANY, st.integers(0, 10**6))
@runs(max_examples=60, deadline=None)
def test_values_are_those_of_the_mistakes(settings, seed):
    right = right_output(settings)
    at = tuple(int(n) for n in np.unravel_index(seed % right.size, right.shape))
    top, left, _, _ = settings.layer.window(settings.size)
    found = wrong_values(settings, (at[0], at[1] + top, at[2] + left))
    for name in MISTAKES:
        wrong = wrong_output(name, settings)
        inside = wrong is not None and all(n < most for n, most in zip(at, wrong.shape, strict=True))
        if name in found:
            assert inside and found[name] == wrong[at]
            assert abs(found[name] - right[at]) > tolerance(settings)
        elif inside:
            assert abs(wrong[at] - right[at]) <= tolerance(settings)


def test_all_that_can_be_found_has_words():
    words = texts()["mistakes"]
    assert {*MISTAKES, *RELATIONS, "another_crop", "missing_bias"} == set(words)
    assert set(SIZES) == set(texts()["size_mistakes"])


def test_a_crop_and_a_bias_that_were_forgotten_are_found():
    after = Settings.of(SQUARE, SQUARE, stride=2, crop=((0, 1), (0, 1)), bias=[10])
    whole = right_output(after.plain)
    assert diagnose(after, right_output(after)) == []
    assert diagnose(after, whole[:, :3, :3]) == ["missing_bias"]
    assert "full_canvas" in diagnose(after, whole + 10)
    assert wrong_values(after, (0, 1, 1))["no_flip"] == 11.0
