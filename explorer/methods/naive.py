"""The notebook's loop: every input cell stamps its multiple of the kernel onto the canvas."""

import numpy as np

from explorer.layer import Layer


def naive(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
    """Scatter, one input cell after the other, then crop. Shapes as in `explorer.METHODS`.

    The d2l.ai notebook's ``Y[i: i + h, j: j + w] += X[i, j] * K``, generalised. It does not read the relation.

    >>> naive(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2)).shape
    (1, 3, 3)
    """
    (k_h, s_h, _, _, d_h), (k_w, s_w, _, _, d_w) = layer.axes
    in_per_group = layer.in_channels // layer.groups
    out_per_group = layer.out_channels // layer.groups
    canvas = np.zeros((layer.out_channels, *layer.canvas_size(input.shape[1:])), input.dtype)
    for ci in range(layer.in_channels):
        group = ci // in_per_group
        reached = canvas[group * out_per_group : (group + 1) * out_per_group]
        for i in range(input.shape[1]):
            for j in range(input.shape[2]):
                top, left = i * s_h, j * s_w
                below, right = top + d_h * (k_h - 1) + 1, left + d_w * (k_w - 1) + 1
                reached[:, top:below:d_h, left:right:d_w] += input[ci, i, j] * weight[ci]
    top, left, height, width = layer.window(input.shape[1:])
    return canvas[:, top : top + height, left : left + width].copy()
