import json
import math
from pathlib import Path

import numpy as np
import pytest

from explorer.decimals import number_text, shortened

# Worked out by long division on exact fractions; the test of explorer/stage/numbers.js reads the same file.
TEXTS = json.loads((Path(__file__).parent / "number_texts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("value", "text"), TEXTS, ids=[f"{value!r}" for value, _ in TEXTS])
def test_a_number_as_a_cell_shows_it(value, text):
    assert number_text(value) == text
    assert number_text(np.float64(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-3, "−3"),
        (0.5, "0.5"),
        (-0.36708, "−0.3671"),
        (1 / 3, "0.3333"),
        (1234.5, "1235"),  # a half, away from zero
        (-1234.5, "−1235"),
        (1.0625, "1.063"),
        (9999.49, "9999"),
        (9999.5, "10000"),
        (9999999.5, "10000000"),
        (1e7, "1e+7"),
        (1234567890.0, "1.235e+9"),
        (0.0001, "0.0001"),
        (-0.00001, "−1e-5"),
        (9.9999999e-5, "1e-4"),
        (5e-324, "4.941e-324"),
    ],
)
def test_numbers_by_hand(value, text):
    assert number_text(value) == text
    assert [value, text] in TEXTS


def test_a_number_that_is_not_finite():
    assert [number_text(v) for v in (math.inf, -math.inf, math.nan)] == ["∞", "−∞", "?"]


def test_the_shared_texts_hold_every_kind_of_number():
    assert len(TEXTS) >= 150
    texts = [text for _, text in TEXTS]
    for kind in ("−", "e+", "e-", "."):
        assert sum(kind in text for text in texts) >= 10


def test_numbers_fit_a_cell():
    for exponent in range(-320, 13):
        for digits in (1, 1.23456789, 9.87654321):
            assert len(number_text(-digits * 10.0**exponent)) <= 11


@pytest.mark.parametrize("value", [value for value, _ in TEXTS])
def test_a_shortened_number_is_shown_the_same(value):
    assert number_text(shortened(value)) == number_text(value)


def test_shortened_numbers_are_short_and_shown_the_same():
    rng = np.random.default_rng(0)
    for value in (rng.normal(size=2000) * 10.0 ** rng.integers(-6, 13, 2000)).tolist():
        assert number_text(shortened(value)) == number_text(value)
        assert len(repr(shortened(value))) <= 9 or abs(value) < 1e-3 or abs(value) >= 1e6
    assert shortened(1234.5) == 1234.5  # between two texts: it stays as it is
