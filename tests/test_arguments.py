"""What a layer and a method may be given, and what is said of all else."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer import METHODS, Layer, LayerError
from explorer.text import speaking


@pytest.mark.parametrize("more", [(2,), (1, True)])
def test_a_seventh_argument_by_position_is_refused(more):
    """torch's seventh is groups and its eighth bias."""
    with pytest.raises(LayerError) as caught:
        Layer(4, 4, 3, 2, 1, 1, *more)
    assert (caught.value.field, caught.value.value) == ("argument 7", more[0])
    assert f"groups={more[0]}" in str(caught.value)
    assert f"dilation={more[0]}" in str(caught.value)
    assert Layer(4, 4, 3, 2, 1, 1).output_padding == (1, 1)


@pytest.mark.parametrize(
    ("argument", "value", "advice"),
    [
        ("bias", True, "output + bias[:, None, None]"),
        ("bias", False, "leave it out"),
        ("padding_mode", "zeros", "leave it out"),
        ("output_size", (4, 4), "give output_padding"),
        ("device", "cpu", "leave it out"),
        ("dtype", torch.float32, "the input's dtype"),
    ],
)
def test_what_torchs_layer_takes_and_this_one_does_not_is_refused_with_advice(argument, value, advice):
    with pytest.raises(LayerError) as caught:
        Layer(1, 1, 3, stride=2, **{argument: value})
    assert (caught.value.field, caught.value.value) == (argument, value)
    assert advice in caught.value.rule


def test_the_advice_on_output_size_is_torchs():
    layer = Layer(kernel_size=3, stride=2, padding=1)
    target, tconv = (6, 5), torch.nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1)
    advised = tuple(n - m for n, m in zip(target, layer.output_size((3, 3)), strict=True))
    assert tconv(torch.ones(1, 3, 3), output_size=target).shape[1:] == target
    assert replace(layer, output_padding=advised).output_size((3, 3)) == target


@pytest.mark.parametrize(("name", "hint"), [("strides", "'stride'"), ("kernel", "'kernel_size'"), ("qqq", "")])
def test_an_unknown_name_is_a_type_error_with_the_nearest_one(name, hint):
    with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'") as caught:
        Layer(**{name: 2})
    assert str(caught.value).endswith(f"did you mean {hint}?" if hint else f"'{name}'")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.ones((1, 2, 2)) > 0, "input = bool: must hold whole numbers, or be float32 or float64"),
        (np.ones((1, 2, 2), np.float16), "input = float16: must hold whole numbers, or be float32 or float64"),
        (np.ones((1, 2, 2)) + 0j, "input = complex128: must hold whole numbers, or be float32 or float64"),
        (
            [[[2**53 + 1]]],
            "input = 9007199254740993: whole numbers become float64, which holds them exactly up to 2**53 only",
        ),
    ],
)
def test_what_is_no_array_of_numbers_is_named(values, message):
    with pytest.raises(LayerError) as caught:
        METHODS["naive"](values, np.ones((1, 1, 2, 2)), Layer())
    assert str(caught.value) == message


def test_a_rule_is_said_in_the_language_that_is_spoken():
    with speaking("zh"), pytest.raises(LayerError) as caught:
        Layer(stride=0)
    assert (str(caught.value), caught.value.field) == ("stride = (0, 0)：每个都至少是 1", "stride")
    with pytest.raises(LayerError, match=r"stride = \(0, 0\): each must be at least 1"):
        Layer(stride=0)
