"""Random layers, settings and numbers that several tests use."""

from dataclasses import replace

import numpy as np

from explorer import Layer, LayerError
from explorer.settings import Settings, frozen


def random_layers(count, seed):
    """Layers, each with an input size that it takes; height and width differ in everything."""
    rng = np.random.default_rng(seed)

    def pair(low, high):
        return tuple(rng.integers(low, high + 1, 2).tolist())

    while count:
        groups = int(rng.integers(1, 5))
        channels = (groups * rng.integers(1, 4 // groups + 1, 2)).tolist()
        try:
            layer = Layer(*channels, pair(1, 5), pair(1, 4), pair(0, 4), pair(0, 3), dilation=pair(1, 3), groups=groups)
            layer.output_size(size := pair(1, 5))
        except LayerError:  # test_layer.py shows that these are the ones torch refuses
            continue
        count -= 1
        yield layer, size


def whole_numbers(shape, rng, dtype=np.float64):
    """Their products and sums are exact, also in float32: any difference is a mistake."""
    return rng.integers(-9, 10, shape).astype(dtype)


def random_settings(count, seed, whole=True):
    """Settings with random layers and numbers, all within the page's limits."""
    rng = np.random.default_rng(seed)
    for layer, size in random_layers(count, seed):
        shapes = (layer.in_channels, *size), layer.weight_shape
        x, k = (whole_numbers(shape, rng) if whole else rng.standard_normal(shape) for shape in shapes)
        yield Settings(layer, frozen(x), frozen(k))


def with_afterwards(plain, rng, whole=True):
    """The settings with a random crop that leaves a cell, and a random bias, after the layer."""
    crop = []
    for length in plain.output_size:
        start = int(rng.integers(0, min(length, 4)))
        crop.append((start, int(rng.integers(0, min(length - start, 4)))))
    bias = rng.integers(-9, 10, plain.layer.out_channels) / (1 if whole else 7)
    return replace(plain, crop=tuple(crop), bias=tuple(bias.tolist()))
