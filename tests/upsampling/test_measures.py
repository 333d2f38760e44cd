"""The numbers of a picture: against scikit-image and against the spectrum's own definition."""

import numpy as np
import pytest

from explorer.upsampling.measures import checkerboard, fitted, peaks, signal_to_noise, spectrum, structural_similarity
from explorer.upsampling.pictures import PICTURES, picture


def pairs():
    rng = np.random.default_rng(0)
    for channels, size in ((1, (7, 7)), (1, (16, 40)), (3, (33, 21)), (3, (64, 64))):
        original = rng.random((channels, *size))
        yield original, original + 0.2 * rng.standard_normal(original.shape)
        yield original, 1 - original
    for name in PICTURES:
        yield picture(name), np.roll(picture(name), 1, axis=2)


@pytest.mark.parametrize(("original", "other"), list(pairs()))
def test_psnr_and_ssim_are_scikit_image_s(original, other):
    from skimage import metrics  # here: every process imports this file to find its tests, and one runs them

    found = signal_to_noise(original, other)
    assert found == np.inf or found == pytest.approx(
        metrics.peak_signal_noise_ratio(original, other, data_range=1), abs=1e-9
    )
    wanted = metrics.structural_similarity(original, other, data_range=1, channel_axis=0)
    assert structural_similarity(original, other) == pytest.approx(wanted, abs=1e-9)


def test_the_same_picture():
    x = np.random.default_rng(1).random((3, 20, 20))
    assert signal_to_noise(x, x) == np.inf
    assert structural_similarity(x, x) == pytest.approx(1)
    with pytest.raises(ValueError, match="7×7"):
        structural_similarity(x[:, :6], x[:, :6])


@pytest.mark.parametrize("stride", [(2, 2), (3, 3), (4, 4), (2, 3), (1, 4), (1, 1)])
@pytest.mark.parametrize("channels", [1, 3])
def test_the_peak_is_the_spectrum_s(stride, channels):
    rng = np.random.default_rng(2)
    x = rng.random((channels, 24, 36)) + np.tile(rng.random(stride), (24 // stride[0], 36 // stride[1]))
    energy = np.abs(np.fft.fft2(x)) ** 2
    multiples = energy[:, :: 24 // stride[0], :: 36 // stride[1]]
    without_mean = energy[:, 0, 0].sum()
    wanted = 1000 * (multiples.sum() - without_mean) / (energy.sum() - without_mean)
    assert checkerboard(x, stride) == pytest.approx(wanted, abs=1e-9)


def test_peaks_by_hand():
    board = np.indices((8, 8)).sum(0)[None] % 2 * 1.0
    assert checkerboard(board, (2, 2)) == pytest.approx(1000)
    assert checkerboard(board, (1, 1)) == 0
    assert checkerboard(np.full((1, 9, 9), 0.1), (3, 3)) == 0
    ramp = np.arange(8.0)[None, None] * np.ones((1, 8, 1))
    # Along a row of 0 … 7 the means of the two phases are 3 and 4: a variance of 1/4 in one of 21/4.
    assert checkerboard(ramp, (1, 2)) == pytest.approx(1000 / 21)


def test_what_is_beyond_the_last_block_does_not_count():
    x = np.random.default_rng(3).random((1, 17, 20))
    assert fitted(x, (3, 7)).shape == (1, 15, 14)
    assert checkerboard(x, (3, 7)) == checkerboard(x[:, :15, :14], (3, 7))


@pytest.mark.parametrize(
    ("size", "stride"), [((12, 24), (2, 3)), ((15, 8), (3, 4)), ((9, 9), (1, 3)), ((8, 8), (2, 2))]
)
def test_a_pattern_shines_where_the_peaks_are(size, stride):
    pattern = np.random.default_rng(4).random(stride)
    found = spectrum(np.tile(pattern, (size[0] // stride[0], size[1] // stride[1]))[None])
    assert found.shape == size
    middle = (size[0] // 2, size[1] // 2)
    assert {tuple(cell) for cell in np.argwhere(found > 1e-9).tolist()} == {middle, *peaks(size, stride)}
