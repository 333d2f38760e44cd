import numpy as np
import pytest

from explorer.fills import FILLS

SHAPES = [(1, 1, 1), (2, 3, 5), (4, 8, 8), (1, 1, 2, 2), (4, 2, 3, 5), (2, 4, 5, 1), (3, 1, 1, 4)]


@pytest.mark.parametrize("name", FILLS)
def test_every_fill_has_the_shape_and_depends_on_nothing_else(name):
    for shape in SHAPES:
        filled = FILLS[name](shape, 3)
        assert (filled.shape, filled.dtype) == (shape, np.float64)
        assert np.array_equal(filled, FILLS[name](shape, 3))
        assert filled.flags.writeable
        if name == "random":
            assert set(filled.ravel()) <= set(range(-4, 5))
        else:
            assert np.array_equal(filled, FILLS[name](shape, 4))


def test_by_hand():
    fill = {name: function((1, 1, 3, 3), 0)[0, 0].tolist() for name, function in FILLS.items()}
    assert fill["zeros"] == [[0, 0, 0]] * 3
    assert fill["ones"] == [[1, 1, 1]] * 3
    assert fill["arange"] == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert fill["impulse"] == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert fill["identity"] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert fill["checkerboard"] == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert fill["bilinear"] == [[0.25, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 0.25]]
    assert fill["average"] == [[1 / 9] * 3] * 3
    assert fill["sobel"] == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert FILLS["sobel"]((1, 1, 1, 2), 0).tolist() == [[[[-1, 1]]]]


def test_channels_meet_only_themselves_in_a_bilinear_kernel_and_an_impulse():
    for name in ("bilinear", "impulse", "identity"):
        filled = FILLS[name]((2, 2, 3, 3), 0)
        assert not filled[0, 1].any()
        assert not filled[1, 0].any()
        assert np.array_equal(filled[0, 0], filled[1, 1])
        assert filled[0, 0].any()


def test_bilinear_upsamples_a_ramp_to_a_ramp():
    from explorer import METHODS, Layer

    ramp = np.arange(6.0).reshape(1, 1, 6)
    output = METHODS["naive"](ramp, FILLS["bilinear"]((1, 1, 1, 4), 0), Layer(kernel_size=(1, 4), stride=(1, 2)))[0, 0]
    assert np.allclose(np.diff(output[3:-3]), output[4] - output[3])
    assert output[4] > output[3]


def test_another_seed_gives_other_numbers():
    assert not np.array_equal(FILLS["random"]((1, 4, 4), 0), FILLS["random"]((1, 4, 4), 1))
