"""How far a picture is from its original, and how much of a checkerboard is in it, as numbers and as a spectrum."""

from math import inf, log10

import numpy as np

from explorer.layer import Pair

WINDOW = 7
"""The side of the window of `structural_similarity`, in cells; an odd number."""


def signal_to_noise(original: np.ndarray, picture: np.ndarray) -> float:
    """PSNR in decibels, 10·log₁₀(1 / mean squared difference) for values of 0 to 1; infinite where nothing differs.

    >>> round(signal_to_noise(np.zeros((1, 2, 2)), np.full((1, 2, 2), 0.1)), 6)
    20.0
    """
    error = float(np.mean((original - picture) ** 2))
    return 10 * log10(1 / error) if error else inf


def structural_similarity(original: np.ndarray, picture: np.ndarray) -> float:
    """SSIM, 1 for the same picture: the mean over all 7×7 windows and channels, for values of 0 to 1.

    Wang et al., "Image quality assessment: from error visibility to structural similarity" (IEEE TIP 13, 2004),
    equation 13, with equal weights in the window and sample covariances, as scikit-image has them by default. Raises
    ValueError for a picture that is smaller than a window.

    >>> structural_similarity(np.eye(8)[None], np.eye(8)[None])
    1.0
    """
    if min(original.shape[1:]) < WINDOW:
        raise ValueError(f"a picture of {original.shape[1:]} has no window of {WINDOW}×{WINDOW}")
    n = WINDOW * WINDOW
    steady_mean, steady_variance = 0.01**2, 0.03**2
    x, y = _window_means(original), _window_means(picture)
    unbiased = n / (n - 1)
    variance_x = unbiased * (_window_means(original**2) - x**2)
    variance_y = unbiased * (_window_means(picture**2) - y**2)
    covariance = unbiased * (_window_means(original * picture) - x * y)
    above = (2 * x * y + steady_mean) * (2 * covariance + steady_variance)
    below = (x**2 + y**2 + steady_mean) * (variance_x + variance_y + steady_variance)
    return float(np.mean(above / below))


def _window_means(picture: np.ndarray) -> np.ndarray:
    """The mean of every whole window, (C, H − 6, W − 6): shifted copies added up, which is faster than running sums."""
    _, height, width = (n - WINDOW + 1 for n in picture.shape)
    down = np.zeros((len(picture), height, picture.shape[2]))
    for at in range(WINDOW):
        down += picture[:, at : at + height]
    both = np.zeros((len(picture), height, width))
    for at in range(WINDOW):
        both += down[:, :, at : at + width]
    return both / WINDOW**2


def checkerboard(picture: np.ndarray, stride: Pair) -> float:
    """How much of the picture is a pattern of the stride's period: the share of its variance, in thousandths.

    It is the height of the spectrum's peaks at multiples of 1/s: the energy of the frequencies (m/s_h, n/s_w), all but
    (0, 0), in that of all frequencies but (0, 0). A pattern with this period is all that these frequencies hold, so
    that the same number comes from the picture itself: the variance of the means of its s_h·s_w phases, in the
    variance of its cells. 1000 is nothing but the pattern, 0 none of it, and 0 also where the picture is constant. A
    picture may hold such a pattern of its own: read the number beside the original's. Rows and columns beyond the last
    whole block do not count.

    >>> checkerboard(np.tile([[1.0, 2.0], [2.0, 4.0]], (4, 4))[None], (2, 2)), checkerboard(np.ones((1, 4, 4)), (2, 2))
    (1000.0, 0.0)
    """
    s_h, s_w = stride
    whole = fitted(picture, stride)
    channels, height, width = whole.shape
    variance = float(whole.var(axis=(1, 2)).sum())
    if variance <= 1e-24 * float(np.square(whole).max(initial=0)):
        return 0.0
    phases = whole.reshape(channels, height // s_h, s_h, width // s_w, s_w).mean(axis=(1, 3))
    return 1000 * float(phases.var(axis=(1, 2)).sum()) / variance


def fitted(picture: np.ndarray, stride: Pair) -> np.ndarray:
    """The picture without the rows and columns that are beyond its last whole s_h×s_w block.

    >>> fitted(np.ones((1, 256, 256)), (3, 2)).shape
    (1, 255, 256)
    """
    _, height, width = picture.shape
    return picture[:, : height - height % stride[0], : width - width % stride[1]]


def spectrum(picture: np.ndarray) -> np.ndarray:
    """log(1 + magnitude) of the frequencies, (H, W), frequency 0 at (H // 2, W // 2); of colours the mean of channels.

    Not scaled: what is drawn side by side takes one scale for all.

    >>> bool(spectrum(np.ones((1, 4, 4)))[2, 2] == np.log(17))
    True
    """
    return np.fft.fftshift(np.log1p(np.abs(np.fft.fft2(picture.mean(axis=0)))))


def peaks(size: Pair, stride: Pair) -> list[Pair]:
    """Where the multiples of 1/s are in the `spectrum` of a fitted picture of ``size`` (H, W), without frequency 0.

    >>> peaks((4, 4), (2, 2))
    [(2, 0), (0, 2), (0, 0)]
    """
    rows, columns = ([(m * n // s + n // 2) % n for m in range(s)] for n, s in zip(size, stride, strict=True))
    return [(row, column) for row in rows for column in columns][1:]
