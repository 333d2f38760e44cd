"""The notebook's cells computed again: what a preset's cell printed, beside what the core gives for it."""

from functools import lru_cache
from typing import Any

import numpy as np

from explorer.layer import Layer
from explorer.methods.torch_native import convolution, torch_native
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.sizes import conv_output_size

ROUND_TRIP = Layer(in_channels=20, out_channels=10, kernel_size=5, stride=3, padding=2)
IMAGE = (10, 16, 16)


def round_trip_shapes(layer: Layer, shape: tuple[int, int, int]) -> list[tuple[int, ...]]:
    """Shapes of an image, of its convolution and of that one's transposed convolution, run by torch.

    Random numbers, as in the notebook's cell 13; any channels and sizes.

    >>> round_trip_shapes(ROUND_TRIP, (10, 16, 16))
    [(10, 16, 16), (20, 6, 6), (10, 16, 16)]
    """
    generator = np.random.default_rng(0)
    image, weight = generator.random(shape), generator.random(layer.weight_shape)
    small = convolution(image, weight, layer)
    return [image.shape, small.shape, torch_native(small, weight, layer).shape]


def round_trip_sizes(layer: Layer, shape: tuple[int, int, int]) -> list[tuple[int, ...]]:
    """The same shapes by the formulas of the sizes: without torch.

    >>> round_trip_sizes(ROUND_TRIP, (10, 16, 16)) == round_trip_shapes(ROUND_TRIP, (10, 16, 16))
    True
    """
    small = conv_output_size(layer, shape[1:])
    return [shape, (layer.in_channels, *small), (layer.out_channels, *layer.output_size(small))]


@lru_cache
def computed(preset: str) -> tuple[Any, bool]:
    """What the core gives for a notebook preset, rounded as the notebook printed it, and whether it is the same.

    Shapes are torch's: they raise what torch raises where it is missing or broken.

    >>> computed("padding-1")
    ([[4.0]], True)
    """
    example = PRESETS[preset]
    assert example.cell
    if example.cell.quantity == "shape":
        shapes = round_trip_shapes(ROUND_TRIP, IMAGE)
        return shapes, (shapes[0] == shapes[-1]) == example.cell.printed
    operation = run(example.settings)
    height, width = operation.layer.output_size(example.settings.size)
    convolved = operation.conv_matrix @ np.arange(height * width, dtype=float)
    found = {
        "output": operation.output[0],
        "convolution": convolved.reshape(example.settings.size),
        "W": operation.conv_matrix.toarray(),
        "equal": operation.input[0] == convolved.reshape(example.settings.size),
    }[example.cell.quantity]
    rounded = np.round(found.astype(float), 4) + 0.0 if found.dtype != bool else found
    return rounded.tolist(), bool(np.array_equal(rounded, np.array(example.cell.printed)))
