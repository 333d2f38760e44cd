import random
from dataclasses import replace

import numpy as np
import pytest

from explorer import LayerError
from explorer.limits import LIMITS, LONGEST
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.small_copy import small_copy
from explorer.session.address import from_query, query_of
from explorer.settings import limits_of
from explorer.text import say, texts

NAMES = ("kernel_size", "stride", "padding", "output_padding", "dilation")


def random_calls(count, seed):
    rng = random.Random(seed)
    while count:
        large = rng.random() < 0.5
        axes = []
        for _ in range(rng.choice([1, 2, 2, 3])):
            k, s, d = ((30, 20, 8) if large else (5, 4, 3))[:3]
            k, s, d = rng.randint(1, k), rng.randint(1, s), rng.randint(1, d)
            p = rng.randint(0, 12 if large else 3)
            axis = AxisCall.of(k, s, p, rng.randrange(max(s, d)), d)
            if rng.random() < 0.4:
                more = rng.randint(-2, 20 if large else 2), rng.randint(-2, 20 if large else 3)
                axis = replace(axis, crop_before=axis.crop_before + more[0], crop_after=axis.crop_after + more[1])
            axes.append(axis)
        groups = rng.choice([1, 1, 2, 3, 8])
        channels = [rng.choice([None, groups, groups * 2, groups * 64]) for _ in range(2)]
        call = LayerCall(tuple(axes), *channels, groups, bias=rng.random() < 0.5)
        size = tuple(rng.choice([1, 2, 3, 5, 8, 12, 40, 10**6]) for _ in axes)
        try:
            call.size(size)
        except LayerError:
            continue
        count -= 1
        yield call, size


CASES = list(random_calls(1500, seed=4))


def test_the_address_gives_the_settings_back_without_a_notice():
    for call, size in CASES:
        found = small_copy(call, size)
        settings, _, notices = from_query(query_of(found.address))
        assert notices == [], (call, size, found.address)
        assert settings == found.settings


def test_within_the_explorers_limits():
    for call, size in CASES:
        settings = small_copy(call, size).settings
        limits = limits_of(settings)
        sizes = {"input_height": settings.size[0], "input_width": settings.size[1]}
        sizes |= dict(zip(("kernel_height", "kernel_width"), settings.layer.kernel_size, strict=True))
        assert all(limits[name][0] <= value <= limits[name][1] for name, value in sizes.items())
        for name in (*NAMES[1:], "in_channels", "out_channels", "groups"):
            value = getattr(settings.layer, name)
            for one in value if isinstance(value, tuple) else (value,):
                assert LIMITS[name][0] <= one <= LIMITS[name][1]


def test_all_that_differs_is_said_and_nothing_else():
    whole = differs = 0
    for call, size in CASES:
        found = small_copy(call, size)
        settings, layer = found.settings, found.settings.layer
        said = {remark.key: dict(remark.values) for remark in found.cut}
        axes, count = call.axes[-2:], len(call.axes[-2:])
        now = {name: getattr(layer, name)[-count:] for name in NAMES}
        paddings, output_paddings, befores, afters = zip(*(axis.torch for axis in axes), strict=True)
        was = {
            "kernel_size": tuple(axis.kernel_size for axis in axes),
            "stride": tuple(axis.stride for axis in axes),
            "padding": paddings,
            "output_padding": output_paddings,
            "dilation": tuple(axis.dilation for axis in axes),
        }
        for name in NAMES:
            assert (name in said) == (was[name] != now[name])
            if name in said:
                assert said[name] == {"was": "×".join(map(str, was[name])), "now": "×".join(map(str, now[name]))}
        assert ("size" in said) == (size[-count:] != settings.size[-count:])
        kept = tuple((max(a, 0), max(b, 0)) for a, b in zip(befores, afters, strict=True))
        assert ("crop" in said) == (kept != settings.crop[-count:])
        assert ("added" in said) == (min(*befores, *afters) < 0)
        assert ("bias" in said) == call.bias
        assert ("dimensions" in said) == (len(call.axes) == 3)
        for name in ("in_channels", "out_channels", "groups"):
            assert (name in said) == (getattr(call, name) not in (None, getattr(layer, name)))
        for key, values in said.items():
            assert "{" not in say(f"networks.small_copy.{key}", **values)
        whole, differs = whole + (not said), differs + bool(said)
    assert min(whole, differs) >= 3


def test_what_fits_is_kept_exactly():
    call = LayerCall((AxisCall.of(4, 2, 1), AxisCall.of(3, 2, 1, 1)), 3, 2, bias=False)
    found = small_copy(call, (3, 4))
    assert found.cut == ()
    assert found.settings.layer == call.layer
    assert found.settings.size == (3, 4)
    assert np.array(found.settings.input).ravel().tolist() == list(range(36))


def test_same_of_keras_keeps_its_crop():
    same = AxisCall(3, 2, crop_before=0, crop_after=1)
    found = small_copy(LayerCall((same, same), 64, 3, bias=False, framework="keras"), (16, 16))
    assert found.settings.crop == ((0, 1), (0, 1))
    assert found.settings.output_size == (8, 8)
    assert [remark.key for remark in found.cut] == ["in_channels", "size"]


def test_one_dimension_is_long():
    found = small_copy(LayerCall((AxisCall.of(16, 4, 6),), 1, 1, bias=False), (10**6,))
    layer, size = found.settings.layer, found.settings.size
    assert (layer.kernel_size, layer.padding, size) == ((1, 16), (0, 4), (1, 6))
    assert size[1] <= LONGEST
    assert [(remark.key, dict(remark.values)["was"]) for remark in found.cut] == [("padding", "6"), ("size", "1000000")]


def test_depthwise_stays_depthwise():
    layer = small_copy(LayerCall((AxisCall.of(4, 2, 1),) * 2, 96, 96, groups=96), (8, 8)).settings.layer
    assert (layer.in_channels, layer.out_channels, layer.groups) == (2, 2, 2)
    layer = small_copy(LayerCall((AxisCall.of(4, 2, 1),) * 2, 3, 192, groups=3), (8, 8)).settings.layer
    assert (layer.in_channels, layer.out_channels, layer.groups) == (2, 2, 2)


def test_x_is_long_enough_for_the_padding():
    layer = small_copy(LayerCall((AxisCall.of(1, 1, 4, 19, 20),) * 2, 1, 1), (10**6, 10**6)).settings.layer
    assert (layer.padding, layer.output_padding, layer.dilation) == ((4, 4), (2, 2), (3, 3))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (LayerCall((AxisCall.of(2, 2),) * 2, kind="pooling", name="MaxPool2d"), "is no transposed convolution"),
        (LayerCall((AxisCall.of(2, 1, 9),) * 2, 1, 1), "leaves no output"),
    ],
)
def test_what_cannot_be_copied(call, said):
    with pytest.raises(LayerError, match=said):
        small_copy(call, (4, 4))


def test_every_sentence_has_its_cut():
    keys = {remark.key for call, size in CASES for remark in small_copy(call, size).cut}
    assert keys == texts()["networks"]["small_copy"].keys() - {"title", "whole"}
