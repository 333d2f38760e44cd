"""How large the page's controls go."""

from dataclasses import replace

import pytest

from explorer import Layer, LayerError
from explorer.limits import LIMITS, LONGEST, PAIRS, common_divisors, is_one_row, largest, limits
from tests.layers import random_layers


@pytest.mark.parametrize(
    ("ins", "outs", "divisors"),
    [(1, 1, [1]), (1, 4, [1]), (2, 4, [1, 2]), (3, 3, [1, 3]), (4, 4, [1, 2, 4]), (3, 4, [1]), (6, 12, [1, 2, 3, 6])],
)
def test_common_divisors(ins, outs, divisors):
    assert common_divisors(Layer(in_channels=ins, out_channels=outs)) == divisors


def test_largest_is_the_last_value_that_is_taken():
    """Against Layer itself, one value after another, each axis alone; test_layer.py holds Layer against torch."""
    for layer, size in random_layers(300, 5):
        for field in PAIRS:
            low, high = LIMITS[field]
            for axis, found in enumerate(largest(layer, size, field)):
                taken = []
                for value in range(low, high + 1):
                    pair = list(getattr(layer, field))
                    pair[axis] = value
                    # A smaller stride may be refused because of output_padding, which gives way; it is no bound on it.
                    others = {} if field in ("padding", "output_padding") else {"output_padding": 0, "padding": 0}
                    if field == "output_padding":
                        others = {"padding": 0}
                    try:
                        replace(layer, **{**others, field: tuple(pair)}).output_size(size)
                        taken.append(value)
                    except LayerError:
                        pass
                assert found == max(taken), (layer, size, field)


def test_one_row_has_limits_of_its_own():
    """X and K may be longer where both are one row, and Y too; all else is the same."""
    long = {"input_width": (1, LONGEST), "kernel_width": (1, LONGEST)}
    assert limits(Layer(kernel_size=(1, 3), padding=(0, 1)), (1, 4)) == {**LIMITS, **long}
    for layer, size in (
        (Layer(kernel_size=(1, 3)), (2, 4)),
        (Layer(kernel_size=(2, 3)), (1, 4)),
        (Layer(kernel_size=(1, 3), stride=2, output_padding=1), (1, 4)),
    ):
        assert not is_one_row(layer, size)
        assert limits(layer, size) is LIMITS
