import itertools
from dataclasses import replace

import pytest
import torch

from explorer import Layer, LayerError
from explorer.networks import AxisCall, LayerCall


def test_torchs_parameters_come_back():
    for k, s, p, d in itertools.product(range(1, 5), range(1, 4), range(4), range(1, 4)):
        for o in range(max(s, d)):
            axis = AxisCall.of(k, s, p, o, d)
            assert axis.torch == (p, o, 0, 0)
            for n in range(1, 6):
                size = s * (n - 1) - 2 * p + d * (k - 1) + o + 1
                assert axis.transposed_size(n) == size


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        (AxisCall(3, 2, crop_after=1), (0, 0, 0, 1)),  # SAME
        (AxisCall(5, 2, crop_before=1, crop_after=2), (1, 0, 0, 1)),
        (AxisCall(3, 1, crop_before=2, crop_after=0), (0, 0, 2, 0)),  # causal, at the other end
        (AxisCall(2, 3, crop_after=-1), (0, 1, 0, 0)),
        (AxisCall(2, 3, crop_after=-4), (0, 0, 0, -4)),
        (AxisCall(2, 3, crop_before=-1, crop_after=1), (0, 0, -1, 1)),
    ],
)
def test_what_torch_cannot_crop_is_cropped_after_it(axis, expected):
    assert axis.torch == expected
    padding, output_padding, before, after = expected
    assert padding + before == axis.crop_before
    assert padding - output_padding + after == axis.crop_after


def test_a_convolutions_size_is_torchs():
    for k, s, p, d, n in itertools.product((1, 3), (1, 2, 3), (0, 1), (1, 2), (5, 8, 9)):
        call = LayerCall((AxisCall.of(k, s, p, dilation=d),) * 2, 1, 1, kind="convolution", name="Conv2d")
        expected = torch.nn.Conv2d(1, 1, k, s, p, d)(torch.zeros(1, 1, n, n)).shape[2:]
        assert call.size((n, n)) == tuple(expected)


def test_a_layer():
    call = LayerCall((AxisCall.of(16, 8, 4),), 512, 256, name="ConvTranspose1d")
    assert call.layer == Layer(512, 256, (1, 16), (1, 8), (0, 4))
    assert call.size((50,)) == (400,)
    assert LayerCall((AxisCall(2),) * 2, groups=4).layer == Layer(4, 4, groups=4)
    assert LayerCall((AxisCall(2),) * 2, None, 3).with_channels(8).in_channels == 8


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (LayerCall((AxisCall(2),) * 3), "three dimensions"),
        (LayerCall((AxisCall(2),) * 2, kind="pooling", name="MaxPool2d"), "MaxPool2d: is no transposed"),
    ],
)
def test_what_is_no_layer_says_so(call, said):
    with pytest.raises(LayerError, match=said):
        _ = call.layer


def test_no_output_left():
    with pytest.raises(LayerError, match="leaves no output"):
        LayerCall((AxisCall.of(2, padding=2),)).size((2,))


def test_a_size_that_is_asked_for_is_cropped_half_at_each_end():
    call = LayerCall((AxisCall(3, 2),), output_size=(8,))
    # An input of 5 has a full canvas of 11: 3 cells too many, and one of 3 has 7: 1 too few, which the end gets.
    assert call.at((5,)).axes == (AxisCall(3, 2, 1, 1, 2),)
    assert replace(call, cuts_more_before=True).at((5,)).axes == (AxisCall(3, 2, 1, 2, 1),)
    assert call.at((3,)).axes == (AxisCall(3, 2, 1, 0, -1),)
    assert call.size((5,)) == call.size((3,)) == (8,)
    assert call.at((5,)).at((9,)).size((5,)) == (8,)
