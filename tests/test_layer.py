import copy
import pickle
import warnings
from collections import Counter
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
import torch

from explorer import METHODS, Layer, LayerError


@pytest.mark.parametrize(
    ("layer", "size", "full", "output", "canvas", "window"),
    [
        (Layer(kernel_size=1), (1, 1), (1, 1), (1, 1), (1, 1), (0, 0, 1, 1)),
        (Layer(), (2, 2), (3, 3), (3, 3), (3, 3), (0, 0, 3, 3)),
        (Layer(padding=1), (2, 2), (3, 3), (1, 1), (3, 3), (1, 1, 1, 1)),
        (Layer(stride=2), (2, 2), (4, 4), (4, 4), (4, 4), (0, 0, 4, 4)),
        (Layer(stride=2, output_padding=1), (2, 2), (4, 4), (5, 5), (5, 5), (0, 0, 5, 5)),  # o > p: canvas extended
        (Layer(kernel_size=3, stride=2, padding=1, output_padding=1), (2, 2), (5, 5), (4, 4), (5, 5), (1, 1, 4, 4)),
        (Layer(kernel_size=5, stride=3, padding=2), (6, 6), (20, 20), (16, 16), (20, 20), (2, 2, 16, 16)),
        (Layer(dilation=3, output_padding=2, padding=2), (3, 1), (6, 4), (4, 2), (6, 4), (2, 2, 4, 2)),
        (Layer(1, 1, (3, 2), (2, 3), (1, 0), (0, 2), dilation=(2, 1)), (2, 3), (7, 8), (5, 10), (7, 10), (1, 0, 5, 10)),
        (
            Layer(4, 4, 5, 4, 0, 3, dilation=3),
            (8, 8),
            (41, 41),
            (44, 44),
            (44, 44),
            (0, 0, 44, 44),
        ),  # the largest on the page
    ],
)
def test_sizes(layer, size, full, output, canvas, window):
    assert layer.full_size(size) == full
    assert layer.output_size(size) == output
    assert layer.canvas_size(size) == canvas
    assert layer.window(size) == window


@pytest.mark.parametrize(
    ("layer", "size", "border", "drawn", "window"),
    [
        (Layer(), (2, 2), (1, 1), (4, 4), (0, 0, 4, 4)),
        (Layer(stride=2), (2, 2), (1, 1), (5, 5), (0, 0, 5, 5)),
        (Layer(padding=1), (2, 2), (0, 0), (2, 2), (0, 0, 2, 2)),
        (Layer(kernel_size=1, padding=1), (3, 4), (-1, -1), (3, 4), (1, 1, 1, 2)),
        (Layer(kernel_size=(1, 3), stride=2, padding=(1, 0), output_padding=1), (3, 1), (-1, 2), (5, 6), (1, 0, 4, 6)),
        (Layer(4, 4, 5, 4, 0, 3, dilation=3), (8, 8), (12, 12), (56, 56), (0, 0, 56, 56)),  # the largest on the page
    ],
)
def test_zero_inserted_sizes(layer, size, border, drawn, window):
    assert layer.border == border
    assert layer.zero_inserted_size(size) == drawn
    assert layer.zero_inserted_window(size) == window


def test_defaults_are_torchs_with_the_notebooks_kernel():
    assert Layer() == Layer(1, 1, 2, 1, 0, 0, dilation=1, groups=1)


@pytest.mark.parametrize("value", [3, np.int32(3), (3, 3), [3, 3], (np.int64(3), np.uint8(3))])
def test_sizes_are_kept_as_pairs_of_ints(value):
    layer = Layer(kernel_size=value)
    assert layer == Layer(kernel_size=3)
    assert hash(layer) == hash(Layer(kernel_size=3))
    assert layer.kernel_size == (3, 3)
    assert [type(number) for number in layer.kernel_size] == [int, int]


def test_channels_are_kept_as_ints():
    layer = Layer(np.int64(4), np.int16(6), groups=np.uint8(2))
    assert (layer.in_channels, layer.out_channels, layer.groups) == (4, 6, 2)
    assert {type(number) for number in (layer.in_channels, layer.out_channels, layer.groups)} == {int}


def test_weight_shape_is_torchs():
    layer = Layer(4, 6, (3, 5), groups=2)
    assert layer.weight_shape == (4, 3, 3, 5)
    assert layer.weight_shape == tuple(torch.nn.ConvTranspose2d(4, 6, (3, 5), groups=2).weight.shape)


def test_layers_are_frozen_and_differ_in_every_value():
    layers = [Layer(4, 4, 3, 3, 1, 1, dilation=2, groups=2)]
    changes = {"in_channels": 2, "out_channels": 2, "groups": 1} | dict.fromkeys(("kernel_size", "stride"), (3, 2))
    changes |= {"padding": (1, 0), "output_padding": (1, 0), "dilation": (2, 1)}
    given = dict(zip(Layer.__dataclass_fields__, (4, 4, 3, 3, 1, 1, 2, 2), strict=True))
    layers += [Layer(**given | {field: value}) for field, value in changes.items()]
    assert len(set(layers)) == 9
    with pytest.raises(FrozenInstanceError):
        layers[0].stride = (2, 2)


def test_a_layer_is_copied_and_stored_as_any_value():
    layer = Layer(2, 2, (2, 3), groups=2, dilation=(1, 2))
    assert copy.copy(layer) == copy.deepcopy(layer) == pickle.loads(pickle.dumps(layer)) == replace(layer) == layer
    assert replace(layer, groups=1).weight_shape == (2, 2, 2, 3)


WHOLE = "must be a whole number"
PAIR = "must be a whole number or a (height, width) pair"


@pytest.mark.parametrize(
    ("arguments", "field", "value", "rule"),
    [
        ({"in_channels": 0}, "in_channels", 0, "must be at least 1"),
        ({"out_channels": -1}, "out_channels", -1, "must be at least 1"),
        ({"groups": 0}, "groups", 0, "must be at least 1"),
        ({"kernel_size": (2, 0)}, "kernel_size", (2, 0), "each must be at least 1"),
        ({"stride": 0}, "stride", (0, 0), "each must be at least 1"),
        ({"dilation": (0, 1)}, "dilation", (0, 1), "each must be at least 1"),
        ({"padding": (0, -1)}, "padding", (0, -1), "each must be at least 0"),
        ({"output_padding": -1}, "output_padding", (-1, -1), "each must be at least 0"),
        ({"in_channels": 3, "groups": 2}, "in_channels", 3, "must be divisible by groups = 2"),
        ({"in_channels": 2, "out_channels": 3, "groups": 2}, "out_channels", 3, "must be divisible by groups = 2"),
        (
            {"stride": (2, 1), "output_padding": 1},
            "output_padding",
            (1, 1),
            "must be below max(stride, dilation) = 1 along the width",
        ),
        (
            {"stride": 2, "dilation": 3, "output_padding": (3, 0)},
            "output_padding",
            (3, 0),
            "must be below max(stride, dilation) = 3 along the height",
        ),
        ({"stride": True}, "stride", True, WHOLE),
        ({"groups": np.True_}, "groups", np.True_, WHOLE),
        ({"stride": 1.0}, "stride", 1.0, WHOLE),
        ({"stride": np.float64(1)}, "stride", 1.0, WHOLE),
        ({"stride": "1"}, "stride", "1", WHOLE),
        ({"stride": None}, "stride", None, WHOLE),
        ({"stride": (1, 1.5)}, "stride", 1.5, WHOLE),
        ({"stride": (True, 1)}, "stride", True, WHOLE),
        ({"in_channels": (1, 1)}, "in_channels", (1, 1), WHOLE),
        ({"stride": (1,)}, "stride", (1,), PAIR),
        ({"padding": (1, 1, 1)}, "padding", (1, 1, 1), PAIR),
    ],
)
def test_error_names_field_value_and_rule(arguments, field, value, rule):
    with pytest.raises(LayerError) as caught:
        Layer(**arguments)
    error = caught.value
    assert isinstance(error, ValueError)
    assert (error.field, error.value, error.rule) == (field, value, rule)
    assert str(error) == f"{field} = {value}: {rule}"


@pytest.mark.parametrize(
    ("layer", "size", "message"),
    [
        (
            Layer(padding=(1, 2)),
            (1, 2),
            "padding = (1, 2): leaves an output of 0×-1 from a 2×3 canvas; both must be at least 1",
        ),
        (Layer(), (0, 2), "input size = (0, 2): each must be at least 1"),
        (Layer(), (2, -1), "input size = (2, -1): each must be at least 1"),
        (Layer(), (2, 2.0), "input size = 2.0: must be a whole number"),
        (Layer(), (2,), f"input size = (2,): {PAIR}"),
    ],
)
def test_impossible_output(layer, size, message):
    for function in (layer.output_size, layer.canvas_size, layer.window):
        with pytest.raises(LayerError) as caught:
            function(size)
        assert str(caught.value) == message


def test_full_canvas_exists_where_padding_leaves_no_output():
    assert Layer(padding=2).full_size((2, 2)) == (3, 3)


GROUPED = Layer(2, 4, 2, groups=2)  # weight (2, 2, 2, 2)
X, K = np.ones((2, 3, 3)), np.ones((2, 2, 2, 2))


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize(
    ("input", "weight", "field"),
    [
        pytest.param(X[0], K, "input", id="input without channels"),
        pytest.param(X[None], K, "input", id="batch"),
        pytest.param(X[:1], K, "input", id="input channels"),
        pytest.param(X[:, :0], K, "input size", id="empty input"),
        pytest.param(X, K[0], "weight", id="weight without channels"),
        pytest.param(X, np.ones((2, 4, 2, 2)), "weight", id="weight forgets groups"),
        pytest.param(X, np.ones((4, 1, 2, 2)), "weight", id="weight in conv2d's layout"),
        pytest.param(X, np.ones((2, 2, 2, 3)), "weight", id="kernel size"),
        pytest.param(X.astype(np.float16), K.astype(np.float16), "input", id="float16"),
        pytest.param(X + 0j, K + 0j, "input", id="complex"),
        pytest.param(X.astype(np.float32), K, "weight", id="mixed dtypes"),
        pytest.param(X > 0, K, "input", id="booleans"),
        pytest.param(X, (K > 0).tolist(), "weight", id="lists of booleans"),
        pytest.param(X, K.astype(object), "weight", id="objects"),
        pytest.param([[[1, 2], [3]]] * 2, K, "input", id="rows of different lengths"),
        pytest.param([[["1", "2"]]] * 2, K, "input", id="texts"),
        pytest.param(np.full((2, 3, 3), 2**53 + 1), K, "input", id="whole numbers that no float64 holds"),
        pytest.param([[[2**80]]] * 2, K, "input", id="whole numbers that no int64 holds"),
        pytest.param(torch.ones(2, 3, 3), K, "weight", id="float32 tensor and float64 array"),
        pytest.param(torch.ones(2, 3, 3, dtype=torch.bfloat16), K, "input", id="bfloat16 tensor"),
        pytest.param(torch.ones(2, 3, 3, requires_grad=True), K, "input", id="tensor that needs a gradient"),
        pytest.param(None, K, "input", id="None"),
    ],
)
def test_arrays_that_do_not_fit(method, input, weight, field):
    with pytest.raises(LayerError) as caught:
        method(input, weight, GROUPED)
    assert caught.value.field == field


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_padding_that_leaves_no_output(method):
    with pytest.raises(LayerError, match=r"^padding = \(2, 2\): "):
        method(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)), Layer(padding=2))


def shape_in_torch(arguments, shape, dtype):
    """The output's shape, or None where torch refuses."""
    # oneDNN (float32, most often with groups) forgets two of torch's checks: it takes dilation = 0, and it returns an
    # empty output where torch says that it is too small. Which path is taken is no part of torch's rules. The
    # warnings are at a weight without elements, and at the flags themselves.
    with warnings.catch_warnings(action="ignore"), torch.backends.mkldnn.flags(enabled=False), torch.no_grad():
        try:
            layer = torch.nn.ConvTranspose2d(**arguments, bias=False, dtype=dtype)
            return tuple(layer(torch.ones(shape, dtype=dtype)).shape)
        except (RuntimeError, ValueError, TypeError):
            return None


def shapes_here(arguments, shape, dtype):
    """What the four methods answer: one shape, or None where they refuse."""
    answers = set()
    for method in METHODS.values():
        try:
            layer = Layer(**arguments)
            answers.add(method(np.ones(shape, dtype), np.ones(layer.weight_shape, dtype), layer).shape)
        except LayerError:
            answers.add(None)
    return answers


USUAL = {
    "in_channels": (1, 4),
    "out_channels": (1, 4),
    "kernel_size": (1, 4),
    "stride": (1, 3),
    "padding": (0, 2),
    "output_padding": (0, 1),
    "dilation": (1, 3),
    "groups": (1, 2),
    "size": (1, 4),
}


@pytest.mark.parametrize("seed", range(4))
def test_accepts_exactly_what_torch_accepts(seed):
    rng = np.random.default_rng(seed)
    counts = Counter()
    for _ in range(800):
        odd = rng.choice([*USUAL, "input channels", "none", "none"])  # one at most, so that each rule decides by itself
        arguments = {}
        for name, (low, high) in USUAL.items():
            low, high = (low - 1, 4) if name == odd else (low, high)
            pair = rng.integers(low, high + 1, 2).tolist()
            arguments[name] = pair[0] if name in ("in_channels", "out_channels", "groups") else tuple(pair)
        channels = arguments["in_channels"] + int(odd == "input channels")
        shape = channels, *arguments.pop("size")
        for name in ("float32", "float64"):
            expected = shape_in_torch(arguments, shape, getattr(torch, name))
            assert shapes_here(arguments, shape, name) == {expected}, (arguments, shape, name)
            counts[expected is not None] += 1
    assert min(counts[True], counts[False]) >= 400, counts
