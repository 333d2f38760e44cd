"""The ordinary convolution, as ``torch.nn.functional.conv2d`` has it, for pictures: without torch, and without W."""

from collections.abc import Sequence

import numpy as np

from explorer.layer import Pair


def convolution(
    input: np.ndarray,
    weight: np.ndarray,
    stride: Pair = (1, 1),
    padding: Sequence[Pair] = ((0, 0), (0, 0)),
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> np.ndarray:
    """``input`` (C_in, H, W) under ``weight`` (C_out, C_in // groups, kH, kW) -> (C_out, H', W').

    ``padding`` has the zeros (above, below) and (left, right). The kernel is not flipped.

    >>> convolution(np.arange(6.0).reshape(1, 1, 6), np.array([[[[1.0, 2.0]]]]), stride=(1, 2)).tolist()
    [[[2.0, 8.0, 14.0]]]
    """
    per_group, k_h, k_w = weight.shape[1:]
    padded = np.pad(input, ((0, 0), *padding)).reshape(groups, per_group, *_padded(input, padding))
    height, width = (
        (n - d * (k - 1) - 1) // s + 1
        for n, k, s, d in zip(padded.shape[2:], (k_h, k_w), stride, dilation, strict=True)
    )
    filters = weight.reshape(groups, -1, per_group, k_h, k_w)
    output = np.zeros((groups, filters.shape[1], height * width), np.result_type(input, weight))
    for a, b in np.ndindex(k_h, k_w):
        top, left = a * dilation[0], b * dilation[1]
        below, right = top + stride[0] * (height - 1) + 1, left + stride[1] * (width - 1) + 1
        under = padded[:, :, top : below : stride[0], left : right : stride[1]]
        output += np.matmul(filters[:, :, :, a, b], under.reshape(groups, per_group, -1))
    return output.reshape(-1, height, width)


def _padded(input: np.ndarray, padding: Sequence[Pair]) -> Pair:
    height, width = (n + sum(ends) for n, ends in zip(input.shape[1:], padding, strict=True))
    return height, width


def same_padding(kernel_size: Pair, dilation: Pair = (1, 1)) -> list[Pair]:
    """The zeros that leave the size as it is at stride 1, an even number's odd one at the end: torch's ``"same"``.

    >>> same_padding((3, 4))
    [(1, 1), (1, 2)]
    """
    missing = [d * (k - 1) for k, d in zip(kernel_size, dilation, strict=True)]
    return [(n // 2, n - n // 2) for n in missing]


def each_channel(kernel: np.ndarray, channels: int) -> np.ndarray:
    """The kernel (kH, kW) for every channel by itself, (channels, 1, kH, kW): the weight for groups = channels.

    >>> each_channel(np.ones((2, 3)), 4).shape
    (4, 1, 2, 3)
    """
    return np.broadcast_to(kernel, (channels, 1, *kernel.shape))
