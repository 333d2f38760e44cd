"""Sub-pixel convolution is the transposed convolution, in numbers: against torch's own parts and our own way."""

import numpy as np
import pytest
import torch

from explorer import METHODS, Layer, LayerError
from explorer.upsampling.convolving import convolution, same_padding
from explorer.upsampling.subpixel import from_subpixel, pixel_shuffle, subpixel, to_subpixel
from tests.layers import random_layers

F = torch.nn.functional


@pytest.mark.parametrize(("layer", "size"), list(random_layers(240, 31)))
def test_the_identity_over_240_settings(layer, size):
    """Any kernel size and dilation: zeros fill up what is missing to s·k'."""
    rng = np.random.default_rng(sum(size))
    x, weight = rng.standard_normal((layer.in_channels, *size)), rng.standard_normal(layer.weight_shape)
    expected = METHODS["torch"](x, weight, layer)
    made = subpixel(x, to_subpixel(weight, layer), layer)
    assert made.shape == expected.shape
    assert np.abs(made - expected).max() < 1e-12


def multiples(count, seed):
    """Layers with k = s·k', square strides, and the sizes they take: what torch.nn.PixelShuffle can do."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        groups, s, k_h, k_w = rng.integers(1, 4, 4).tolist()
        channels = (groups * rng.integers(1, 3, 2)).tolist()
        yield Layer(*channels, (s * k_h, s * k_w), s, groups=groups), tuple(rng.integers(1, 6, 2).tolist())


def test_the_identity_with_torch_s_conv2d_and_pixel_shuffle_over_200_settings():
    rng = np.random.default_rng(32)
    for layer, size in multiples(200, 32):
        x, weight = rng.standard_normal((layer.in_channels, *size)), rng.standard_normal(layer.weight_shape)
        filters = to_subpixel(weight, layer)
        assert filters.size == weight.size
        assert sorted(filters.ravel()) == sorted(weight.ravel())
        borders = [n - 1 for n in filters.shape[2:]]
        channels = F.conv2d(torch.tensor(x)[None], torch.tensor(filters), padding=borders, groups=layer.groups)
        made = F.pixel_shuffle(channels, layer.stride[0])[0].numpy()
        assert np.abs(made - METHODS["torch"](x, weight, layer)).max() < 1e-12
        assert (from_subpixel(filters, layer.stride, layer.groups) == weight).all()


def test_the_way_back_begins_with_any_filters():
    rng = np.random.default_rng(33)
    for layer, size in multiples(100, 33):
        s_h, s_w = layer.stride
        k_h, k_w = layer.kernel_size
        shape = (layer.out_channels * s_h * s_w, layer.in_channels // layer.groups, k_h // s_h, k_w // s_w)
        filters, x = rng.standard_normal(shape), rng.standard_normal((layer.in_channels, *size))
        weight = from_subpixel(filters, layer.stride, layer.groups)
        assert np.abs(METHODS["torch"](x, weight, layer) - subpixel(x, filters, layer)).max() < 1e-12
        assert (to_subpixel(weight, layer) == filters).all()
    with pytest.raises(LayerError, match="filters"):
        from_subpixel(np.ones((3, 1, 1, 1)), (2, 2))


def test_the_shuffle_is_torch_s():
    channels = np.arange(2 * 9 * 4 * 5.0).reshape(18, 4, 5)
    assert (pixel_shuffle(channels, (3, 3)) == F.pixel_shuffle(torch.tensor(channels), 3).numpy()).all()


@pytest.mark.parametrize(("layer", "size"), list(random_layers(80, 34)))
def test_the_convolution_is_torch_s(layer, size):
    rng = np.random.default_rng(1)
    shape = layer.output_size(size)
    x, weight = rng.standard_normal((layer.out_channels, *shape)), rng.standard_normal(layer.weight_shape)
    more = {name: getattr(layer, name) for name in ("stride", "padding", "dilation", "groups")}
    expected = F.conv2d(torch.tensor(x), torch.tensor(weight), **more).numpy()
    padding = [(p, p) for p in layer.padding]
    found = convolution(x, weight, layer.stride, padding, layer.dilation, layer.groups)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 1e-12


@pytest.mark.parametrize("kernel", [(1, 2), (3, 4), (8, 5)])
@pytest.mark.parametrize("dilation", [1, 2, 3])
@pytest.mark.filterwarnings("ignore:Using padding='same'")  # torch makes a copy of the input for even kernels
def test_same_padding_is_torch_s(kernel, dilation):
    rng = np.random.default_rng(2)
    x, weight = rng.standard_normal((1, 9, 11)), rng.standard_normal((1, 1, *kernel))
    expected = F.conv2d(torch.tensor(x), torch.tensor(weight), padding="same", dilation=dilation).numpy()
    pair = (dilation, dilation)
    found = convolution(x, weight, (1, 1), same_padding(kernel, pair), pair)
    assert np.abs(found - expected).max() < 1e-12
