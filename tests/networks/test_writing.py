"""A layer's call as a framework writes it, and read again."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.layer import LayerError
from explorer.networks import AxisCall, LayerCall
from explorer.networks.reading import read_calls
from explorer.networks.reading.keras_calls import cropped
from explorer.networks.writing import WRITERS, constructor

SIZES = st.integers(1, 9)
AXES = st.builds(AxisCall, SIZES, SIZES, st.integers(1, 3), st.integers(-2, 6), st.integers(-3, 6))
TORCH_AXES = st.builds(
    lambda k, s, p, o, d: AxisCall.of(k, s, p, min(o, max(s, d) - 1), d),
    *(SIZES, SIZES, st.integers(0, 6), st.integers(0, 8), st.integers(1, 3)),
)
COUNTS = st.integers(1, 600)


@st.composite
def calls(draw):
    """Transposed convolutions of any framework."""
    rank, groups = draw(st.integers(1, 3)), draw(st.sampled_from([1, 1, 1, 2, 3]))
    axes = draw(st.lists(draw(st.sampled_from([AXES, TORCH_AXES])), min_size=rank, max_size=rank))
    if draw(st.booleans()):
        axes = axes[:1] * rank
    into, out = draw(st.one_of(st.none(), COUNTS)), draw(COUNTS)
    bias, is_mirrored = draw(st.booleans()), draw(st.booleans())
    return LayerCall(tuple(axes), into and into * groups, out * groups, groups, bias, is_mirrored=is_mirrored)


def kept(call, framework):
    """What a framework can say of a call."""
    said = replace(call, framework="jax" if framework == "lax" else framework)
    said = replace(said, is_mirrored=call.is_mirrored and framework in ("jax", "lax"), name="")
    if framework in ("keras", "jax", "onnx"):
        said = replace(said, in_channels=None)
    return replace(said, out_channels=None) if framework == "onnx" else said


@pytest.mark.parametrize("framework", WRITERS)
@settings(max_examples=400, deadline=None)
@given(calls())
def test_what_is_written_is_read_again(framework, call):
    try:
        text = constructor(call, framework)
    except LayerError as error:
        assert error.field in {"crop", "groups", "dilation", "in_channels", "bias"}
        return
    reading = read_calls(text)
    assert reading.problems == ()
    assert [replace(one, name="") for one in reading.calls] == [kept(call, framework)]


def test_each_framework_writes_most_of_what_it_can_say():
    simple = [
        LayerCall((AxisCall.of(k, s, p, o),) * 2, 8, 4, bias=False)
        for k, s, p in product(range(1, 5), range(1, 4), range(3))
        for o in range(s)
    ]
    counts = {framework: 0 for framework in WRITERS}
    for call, framework in product(simple, WRITERS):
        try:
            counts[framework] += bool(constructor(call, framework))
        except LayerError:
            continue
    kernels = {(axis.kernel_size, axis.stride) for call in simple for axis in call.axes}
    keras = {
        AxisCall(k, s, 1, *cropped(k, s, 1, padding, added))
        for k, s in kernels
        for padding, added in product(("valid", "same"), [None, *range(s)])
    }
    counted = sum({*call.axes} <= keras for call in simple)
    assert counts == {"torch": 72, "keras": counted, "jax": 72, "lax": 72, "onnx": 72}
    assert counted > 30


WRITTEN = LayerCall((AxisCall.of(3, 2, 1, 1), AxisCall.of(3, 2, 1, 1)), 8, 4)


@pytest.mark.parametrize(
    ("call", "framework", "text"),
    [
        (WRITTEN, "torch", "nn.ConvTranspose2d(8, 4, kernel_size=3, stride=2, padding=1, output_padding=1)"),
        (
            replace(WRITTEN, axes=(AxisCall(3, 2, 1, 0, 1),) * 2),
            "keras",
            "layers.Conv2DTranspose(4, 3, strides=2, padding='same')",
        ),
        (
            replace(WRITTEN, axes=(AxisCall(3, 2, 1, 0, 1),) * 2, is_mirrored=True),
            "jax",
            "nn.ConvTranspose(features=4, kernel_size=(3, 3), strides=(2, 2))",
        ),
        (
            replace(WRITTEN, bias=False),
            "lax",
            "lax.conv_transpose(x, jnp.zeros((3, 3, 4, 8)), strides=(2, 2), padding=((1, 2), (1, 2)), "
            "transpose_kernel=True)",
        ),
        (
            replace(WRITTEN, axes=(AxisCall(3, 2, 1, 0, -1),)),
            "onnx",
            "helper.make_node('ConvTranspose', ['X', 'W', 'B'], ['Y'], kernel_shape=[3], strides=[2], "
            "output_padding=[1])",
        ),
        (
            replace(WRITTEN, in_channels=None, axes=(AxisCall(3, 1, 2),)),
            "torch",
            "nn.LazyConvTranspose1d(4, kernel_size=3, dilation=2)",
        ),
    ],
)
def test_a_call_is_written_as_people_write_it(call, framework, text):
    assert constructor(call, framework) == text


def test_the_size_that_onnx_asks_for_is_written():
    call = replace(WRITTEN, axes=(AxisCall(3, 2),), output_size=(8,), bias=False)
    for one in (call, replace(call, cuts_more_before=True)):
        (read,) = read_calls(constructor(one, "onnx")).calls
        assert (read.output_size, read.cuts_more_before) == ((8,), one.cuts_more_before)
        assert read.at((5,)).axes == one.at((5,)).axes
    with pytest.raises(LayerError, match="output_shape"):
        constructor(call, "torch")


@pytest.mark.parametrize(
    ("call", "framework", "field"),
    [
        (replace(WRITTEN, axes=(AxisCall(3, 2, 1, 0, 1),)), "torch", "crop"),
        (replace(WRITTEN, axes=(AxisCall(3, 2, 1, 2, 0),)), "keras", "crop"),
        (replace(WRITTEN, axes=(AxisCall(3, 2, 1, -1, 0),)), "onnx", "crop"),
        (replace(WRITTEN, axes=(AxisCall(3, 2, 2),)), "keras", "dilation"),
        (replace(WRITTEN, groups=2), "keras", "groups"),
        (replace(WRITTEN, groups=2), "jax", "groups"),
        (replace(WRITTEN, out_channels=None), "torch", "out_channels"),
        (replace(WRITTEN, bias=False, in_channels=None), "lax", "in_channels"),
        (WRITTEN, "lax", "bias"),
        (replace(WRITTEN, kind="pooling"), "torch", "layer"),
        (WRITTEN, "caffe", "framework"),
    ],
)
def test_what_a_framework_cannot_say_is_named(call, framework, field):
    with pytest.raises(LayerError) as error:
        constructor(call, framework)
    assert error.value.field == field
