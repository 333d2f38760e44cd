import numpy as np
import pytest
import torch

from explorer import METHODS, Layer, LayerError
from explorer.text import texts
from explorer.upsampling.comparing import DOWN, compare, smaller
from explorer.upsampling.convolving import each_channel
from explorer.upsampling.ways import WAYS, Task, bilinear, blocks_of, gain, nearest, unpool, upsampling_layer

F = torch.nn.functional
STRIDES = [(2, 2), (3, 3), (4, 2), (1, 3)]


@pytest.mark.parametrize("stride", [1, 2, 3, 4, (2, 3)])
@pytest.mark.parametrize("dilation", [1, 2, 3])
def test_the_layer_multiplies_the_size(stride, dilation):
    for k in range(1, 9):
        try:
            layer = upsampling_layer(k, stride, dilation, 3)
        except LayerError:  # the odd number of cells that is to be cropped at stride 1
            assert (stride, dilation, k % 2) == (1, 1, 0)
            continue
        s_h, s_w = layer.stride
        assert layer.output_size((5, 7)) == (5 * s_h, 7 * s_w)
        assert (layer.in_channels, layer.groups) == (3, 3)


def picture(channels=1, size=(12, 24), seed=0):
    return np.random.default_rng(seed).random((channels, *size))


@pytest.mark.parametrize("stride", STRIDES)
def test_resizing_is_torch_s(stride):
    x = picture(2)
    for mode, made in (("nearest", nearest(x, stride)), ("bilinear", bilinear(x, stride))):
        more = {"align_corners": False} if mode == "bilinear" else {}
        wanted = F.interpolate(torch.tensor(x)[None], scale_factor=stride, mode=mode, **more)[0].numpy()
        assert np.abs(made - wanted).max() < 1e-12


@pytest.mark.parametrize("stride", STRIDES)
def test_unpooling_is_torch_s(stride):
    x = picture(2)
    pooled, indices = F.max_pool2d(torch.tensor(x), stride, return_indices=True)
    small = picture(2, tuple(pooled.shape[1:]), 5)
    wanted = F.max_unpool2d(torch.tensor(small), indices, stride, output_size=x.shape[1:]).numpy()
    assert (unpool(small, blocks_of(x, stride).argmax(axis=3), stride) == wanted).all()


@pytest.mark.parametrize("stride", STRIDES)
def test_making_smaller_is_torch_s(stride):
    x = picture(3)
    assert np.abs(smaller(x, stride) - F.avg_pool2d(torch.tensor(x), stride).numpy()).max() < 1e-12
    assert (smaller(x, stride, "pick") == x[:, :: stride[0], :: stride[1]]).all()


def test_brightness():
    kernel = picture()[0, :3, :4]
    assert (kernel * gain(kernel, (2, 3))).sum() == pytest.approx(6)
    assert gain(-kernel, (2, 3)) < 0
    assert gain(np.array([[1.0, -1.0 + 1e-5]]), (2, 2)) == 1
    assert gain(np.zeros((2, 2)), (2, 2)) == 1


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("stride", [(2, 2), (3, 3), (4, 2), (2, 3)])
@pytest.mark.parametrize("kernel_size", [(1, 1), (2, 3), (4, 4), (5, 8)])
@pytest.mark.parametrize("dilation", [(1, 1), (2, 1)])
def test_every_way_by_torch(channels, stride, kernel_size, dilation):
    x = picture(channels)
    kernel = np.random.default_rng(1).random(kernel_size)
    found = compare(x, kernel, stride, dilation)
    used = kernel * found.factor
    small = torch.tensor(found.small)[None]
    weight = torch.tensor(np.array(each_channel(used, channels)))
    layer = upsampling_layer(kernel_size, stride, dilation, channels)
    more = {name: getattr(layer, name) for name in ("stride", "padding", "output_padding", "dilation", "groups")}
    transposed = F.conv_transpose2d(small, weight, **more)
    total = [d * (k - 1) for k, d in zip(kernel_size, dilation, strict=True)]
    borders = (total[1] // 2, total[1] - total[1] // 2, total[0] // 2, total[0] - total[0] // 2)

    def convolved(large, scale=1.0):
        return F.conv2d(F.pad(large, borders), weight * scale, dilation=dilation, groups=channels)

    unit = 1 / (stride[0] * stride[1])
    places = F.max_pool2d(torch.tensor(found.original)[None], stride, return_indices=True)[1]
    wanted = {
        "transposed": transposed,
        "subpixel": transposed,
        "nearest": convolved(F.interpolate(small, scale_factor=stride, mode="nearest"), unit),
        "bilinear": convolved(F.interpolate(small, scale_factor=stride, mode="bilinear", align_corners=False), unit),
        "unpooling": convolved(F.max_unpool2d(small, places, stride, output_size=found.original.shape[1:])),
    }
    assert found.ways.keys() == wanted.keys() == WAYS.keys()
    for way, result in wanted.items():
        made = found.ways[way].picture
        assert made.shape == found.original.shape
        assert np.abs(made - result[0].numpy()).max() < 1e-12, way
        assert (found.ways[way].difference == made - found.original).all()


def test_the_sub_pixel_way_shares_nothing_with_the_transposed_one(monkeypatch):
    monkeypatch.setitem(METHODS, "zero_insertion", None)
    layer = upsampling_layer(4, 2)
    task = Task(picture(), np.ones((4, 4)), layer, np.zeros((1, 12, 24), int))
    assert WAYS["subpixel"](task).shape == (1, 24, 48)
    with pytest.raises(TypeError):
        WAYS["transposed"](task)


def test_every_way_and_every_way_down_has_its_texts():
    assert texts()["upsampling"]["ways"].keys() == texts()["upsampling"]["about"].keys() == WAYS.keys()
    assert texts()["upsampling"]["down"].keys() == set(DOWN)


def test_what_no_layer_can_do():
    with pytest.raises(LayerError, match="output_padding"):
        compare(picture(), np.ones((2, 2)), (1, 1))
    with pytest.raises(LayerError):
        compare(picture(), Layer(kernel_size=2).kernel_size and np.ones((2, 2)), (0, 1))
