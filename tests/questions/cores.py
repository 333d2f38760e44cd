"""What torch makes of settings: the answers that questions are held to."""

import torch

NAMES = ("basic", "dv-padding-strides-odd", "dilation", "groups", "1d-paddings")
"""Presets whose questions are asked with many seeds."""


def torch_output(settings):
    """Y (C_out, H', W') by torch's own function."""
    layer = settings.layer
    x, k = (torch.tensor(values, dtype=torch.float64) for values in (settings.input, settings.weight))
    return torch.nn.functional.conv_transpose2d(
        x[None], k, None, layer.stride, layer.padding, layer.output_padding, layer.groups, layer.dilation
    )[0].numpy()


def indices(cell):
    """The indices of a cell's name."""
    return tuple(int(n) for n in cell.partition(":")[2].split(","))
