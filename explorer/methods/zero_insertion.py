"""Gather: a flipped kernel slides with stride 1 over the input with zeros put between its cells."""

import numpy as np

from explorer.layer import Layer


def zero_inserted(input: np.ndarray, layer: Layer) -> np.ndarray:
    """The input (C_in, H, W) with s−1 zeros between its cells and a border of d(k−1)−p.

    A negative border crops; output_padding is added to the bottom and right border.
    Dumoulin & Visin, arXiv 1603.07285, section 4.5.

    >>> zero_inserted(np.ones((1, 2, 2)), Layer(kernel_size=2, stride=2))[0].astype(int).tolist()
    [[0, 0, 0, 0, 0], [0, 1, 0, 1, 0], [0, 0, 0, 0, 0], [0, 1, 0, 1, 0], [0, 0, 0, 0, 0]]
    """
    (_, s_h, _, _, _), (_, s_w, _, _, _) = layer.axes
    borders = [(d * (k - 1) - p, d * (k - 1) - p + o) for k, _, p, o, d in layer.axes]
    (above, below), (left, right) = [(max(first, 0), max(last, 0)) for first, last in borders]
    height, width = (s * (n - 1) + 1 for n, s in zip(input.shape[1:], (s_h, s_w), strict=True))
    spread = np.zeros((input.shape[0], above + height + below, left + width + right), input.dtype)
    spread[:, above : above + height : s_h, left : left + width : s_w] = input
    rows, columns = (
        slice(max(-first, 0), length + min(last, 0))
        for (first, last), length in zip(borders, spread.shape[1:], strict=True)
    )
    return spread[:, rows, columns]


def zero_insertion(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
    """Slide the flipped kernel over `zero_inserted` input. Shapes as in `explorer.METHODS`.

    >>> zero_insertion(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2)).shape
    (1, 3, 3)
    """
    spread = zero_inserted(input, layer)
    flipped = weight[:, :, ::-1, ::-1]
    height, width = layer.output_size(input.shape[1:])
    in_per_group, out_per_group = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    output = np.zeros((layer.out_channels, height, width), input.dtype)
    product = np.empty((height, width), input.dtype)
    for co in range(layer.out_channels):
        group, block = divmod(co, out_per_group)
        for ci in range(group * in_per_group, (group + 1) * in_per_group):
            for a in range(layer.weight_shape[2]):
                for b in range(layer.weight_shape[3]):
                    top, left = a * layer.axes[0][4], b * layer.axes[1][4]
                    window = spread[ci, top : top + height, left : left + width]
                    output[co] += np.multiply(window, flipped[ci, block, a, b], out=product)
    return output
