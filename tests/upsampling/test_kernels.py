import numpy as np
import pytest
import torch

from explorer import Layer, LayerError
from explorer.text import texts
from explorer.upsampling.kernels import KERNELS, interpolation_size, kernel, size_of
from explorer.upsampling.phases import verdict
from explorer.upsampling.response import interior
from explorer.upsampling.ways import upsampling_layer

F = torch.nn.functional


@pytest.mark.parametrize("stride", [2, 3, 4])
def test_the_bilinear_kernel_is_interpolate_in_the_interior(stride):
    layer = upsampling_layer(interpolation_size((stride, stride)), stride)
    x = np.random.default_rng(stride).standard_normal((1, 7, 9))
    weight = kernel("bilinear", Layer(stride=stride))[None, None]
    more = {"padding": layer.padding, "output_padding": layer.output_padding}
    made = F.conv_transpose2d(torch.tensor(x), torch.tensor(weight), stride=stride, **more).numpy()
    wanted = F.interpolate(torch.tensor(x)[None], scale_factor=stride, mode="bilinear", align_corners=False)[0].numpy()
    assert made.shape == wanted.shape
    (top, below), (left, right) = interior(layer, (7, 9))
    assert (top, below) == (stride // 2, 7 * stride - stride // 2)
    assert (left, right) == (stride // 2, 9 * stride - stride // 2)
    assert np.abs(made - wanted)[:, top:below, left:right].max() < 1e-12
    assert np.abs(made - wanted)[:, : stride // 2].max() > 1e-3  # the border is another thing


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("layer", [Layer(kernel_size=4, stride=2), Layer(kernel_size=(3, 8), stride=(1, 4))])
def test_every_kernel_has_its_size_and_its_seed(name, layer):
    made = kernel(name, layer, 5)
    assert made.shape == size_of(name, layer)
    assert made.dtype == np.float64
    assert (made == kernel(name, layer, 5)).all()
    is_random = name in ("random", "trained_like", "icnr")
    assert is_random == (made != kernel(name, layer, 6)).any()


def even(made, layer):
    return verdict(
        made[None, None], Layer(kernel_size=made.shape, stride=layer.stride, dilation=layer.dilation)
    ).is_constant


def test_which_kernels_make_a_checkerboard():
    layer = Layer(kernel_size=3, stride=2)
    assert {name: even(kernel(name, layer), layer) for name in KERNELS} == {
        "ones": False,
        "average": False,
        "bilinear": True,
        "random": False,
        "trained_like": False,
        "icnr": True,
    }
    divisible = Layer(kernel_size=4, stride=2)
    assert even(kernel("ones", divisible), divisible)
    assert not even(kernel("random", divisible), divisible)  # that the stride divides the kernel cures nothing
    assert not even(kernel("trained_like", divisible), divisible)


@pytest.mark.parametrize("stride", [(1, 1), (2, 2), (2, 3), (4, 1)])
@pytest.mark.parametrize("dilation", [1, 3])
def test_icnr_has_equal_phases_or_is_refused(stride, dilation):
    for k in range(1, 9):
        layer = Layer(kernel_size=(k, 9 - k), stride=stride, dilation=dilation)
        is_possible = k >= stride[0] and 9 - k >= stride[1] and (dilation == 1 or 3 not in stride)
        if is_possible:
            for seed in range(5):
                made = kernel("icnr", layer, seed)
                assert made.shape == layer.kernel_size
                assert even(made, layer)
                assert made.any()
        else:
            with pytest.raises(LayerError, match="kernel_size"):
                kernel("icnr", layer)


def test_icnr_is_what_resizing_a_kernel_gives():
    layer = Layer(kernel_size=6, stride=3)
    made = kernel("icnr", layer, 2)
    small = torch.tensor(made[::3, ::3])[None, None]
    assert (F.interpolate(small, scale_factor=3, mode="nearest")[0, 0].numpy() == made).all()


def test_every_kernel_has_a_name():
    assert texts()["upsampling"]["kernels"].keys() == KERNELS.keys()
