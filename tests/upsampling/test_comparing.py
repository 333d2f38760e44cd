import numpy as np
import pytest

from explorer import Layer
from explorer.text import texts
from explorer.upsampling.comparing import compare
from explorer.upsampling.kernels import kernel
from explorer.upsampling.pictures import PICTURES, SIDE, picture


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(name):
    drawn = picture(name)
    assert drawn.shape == (1, SIDE, SIDE)
    assert drawn.dtype == np.float64
    assert 0 <= drawn.min() <= drawn.max() <= 1
    assert (drawn == picture(name)).all()
    assert name in texts()["upsampling"]["pictures"]
    with pytest.raises(KeyError):
        picture("none")


def test_a_flat_picture_shows_the_kernel_alone():
    uneven = compare(picture("flat"), np.ones((3, 3)), (2, 2)).ways
    assert uneven["transposed"].checkerboard > 900  # the rest is the border
    assert uneven["nearest"].checkerboard < 1
    even = compare(picture("flat"), np.ones((4, 4)), (2, 2)).ways
    assert even["transposed"].checkerboard < 1


def test_the_checkerboard_of_the_scene():
    """An uneven kernel has the peak, and costs decibels; an even one and resizing have none."""
    found = {
        name: compare(picture("scene"), kernel(name, Layer(kernel_size=3, stride=2)), (2, 2))
        for name in ("ones", "bilinear")
    }
    ones, bilinear = found["ones"].ways, found["bilinear"].ways
    assert ones["transposed"].checkerboard > 200 > 1 > bilinear["transposed"].checkerboard
    assert ones["nearest"].checkerboard < 1
    assert found["ones"].checkerboard < 1
    assert bilinear["transposed"].signal_to_noise > ones["transposed"].signal_to_noise + 5
    assert bilinear["transposed"].structural_similarity > 0.9 > ones["transposed"].structural_similarity
    assert bilinear["transposed"].checkerboard == pytest.approx(bilinear["subpixel"].checkerboard)


def test_costs_by_hand():
    """24×24 cells at stride 2: the small picture has 144 in a channel."""
    x = np.random.default_rng(0).random((3, 24, 24))
    even = {
        way: (made.cost.parameters, made.cost.multiply_adds)
        for way, made in compare(x, np.ones((4, 4)), (2, 2)).ways.items()
    }
    assert even == {
        "transposed": (16, 16 * 432),
        "subpixel": (16, 16 * 432),
        "nearest": (16, 16 * 1728),
        "bilinear": (16, 20 * 1728),
        "unpooling": (16, 16 * 1728),
    }
    odd = compare(x, np.ones((3, 3)), (2, 2)).ways
    assert odd["transposed"].cost.parameters == 9
    assert odd["subpixel"].cost.parameters == 16  # filled up with zeros


def test_options():
    x = np.random.default_rng(0).random((1, 25, 26))
    found = compare(x, np.full((2, 2), 3.0), (2, 2), ways=("nearest",), keep_brightness=False, down="pick")
    assert found.ways.keys() == {"nearest"}
    assert found.factor == 1
    assert found.original.shape == (1, 24, 26)
    assert (found.small == x[:, :24:2, ::2]).all()
    assert compare(x[:, :6], np.ones((2, 2)), (2, 2)).ways["nearest"].structural_similarity is None
    assert found.spectrum.shape == found.ways["nearest"].spectrum.shape == (24, 26)


def everything(x, weights, stride):
    found = compare(x, weights, stride)
    return found, [(made.difference, made.spectrum) for made in found.ways.values()]
