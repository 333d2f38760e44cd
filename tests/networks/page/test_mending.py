"""What mends a chain: sizes go backwards exactly as they go forwards."""

import itertools

import pytest

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.page.mending import before, input_for, mends, needed, with_crop


def line(axis, kind="transposed"):
    return LayerCall((axis,), kind=kind)


AXES = [
    AxisCall(k, s, d, before_, after)
    for k, s, d, before_, after in itertools.product((1, 3, 4), (1, 2, 3), (1, 2), (0, 1), (0, 1))
]


@pytest.mark.parametrize("kind", ["transposed", "convolution", "resize"])
def test_a_size_before_is_one_that_becomes_it(kind):
    for axis in AXES:
        call = line(axis, kind)
        forward = {n: size for n in range(1, 40) if (size := _size(call, n)) is not None}
        for low, high in ((4, 4), (5, 7), (1, 3)):
            found = before(call, 0, (low, high))
            expected = {n for n, size in forward.items() if low <= size <= high}
            assert {n for n in range(1, 40) if found[0] <= n <= found[1] and n in forward} == expected, (
                axis,
                low,
                high,
            )


def _size(call, n):
    try:
        return call.size((n,))[0]
    except ValueError:
        return None


def test_a_chain_backwards():
    up = line(AxisCall.of(4, 2, 1))
    assert needed([up, up, up], 0, 64) == [(8, 8), (16, 16), (32, 32), (64, 64)]
    assert input_for([up, up, up], (5,), (64,)) == (8,)
    assert input_for([up], (5,), (63,)) is None


def test_the_nearest_crop_keeps_padding_where_it_can():
    axis = AxisCall.of(3, 2, 1)
    assert with_crop(axis, 16, (32, 32)).torch == (1, 1, 0, 0)
    assert with_crop(axis, 16, (33, 33)).torch == (0, 0, 0, 0)
    assert with_crop(axis, 16, (30, 30)).torch == (2, 1, 0, 0)
    assert with_crop(AxisCall.of(16, 16, 7), 15, (240, 240)).torch == (7, 14, 0, 0)
    assert with_crop(AxisCall.of(2, 2), 16, (20, 20)) is None
    assert with_crop(AxisCall(3, 2, crop_after=1), 8, (17, 17)) == AxisCall(3, 2)


def test_mends_give_the_target():
    chain = [line(AxisCall.of(2, 2), "pooling"), line(AxisCall.of(3, 2, 1)), line(AxisCall.of(4, 2, 1))]
    sizes = [(71,), (35,), (69,)]
    found = mends(chain, sizes, (140,))
    assert [mend.number for mend in found] == [3, 2]
    for mend in found:
        n = 35
        for number, call in enumerate(chain[1:], 2):
            (n,) = (mend.call if number == mend.number else call).size((n,))
        assert n == 140
