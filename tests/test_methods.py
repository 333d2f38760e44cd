import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer import METHODS, Layer, LayerError, conv_matrix
from explorer.methods import WITNESSES
from tests.layers import random_layers, whole_numbers

every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


def in_torch(input, weight, layer):
    return torch.nn.functional.conv_transpose2d(
        torch.from_numpy(input),
        torch.from_numpy(weight),
        None,
        layer.stride,
        layer.padding,
        layer.output_padding,
        layer.groups,
        layer.dilation,
    ).numpy()


@pytest.mark.parametrize("seed", range(12))
def test_whole_numbers_equal_torchs(seed):
    rng = np.random.default_rng(seed)
    for n, (layer, size) in enumerate(random_layers(200, seed)):
        dtype = (np.float64, np.float32)[n % 2]
        x, w = whole_numbers((layer.in_channels, *size), rng, dtype), whole_numbers(layer.weight_shape, rng, dtype)
        expected = in_torch(x, w, layer)
        assert expected.shape == (layer.out_channels, *layer.output_size(size))
        for name, method in {**METHODS, **WITNESSES}.items():
            output = method(x, w, layer)
            assert output.dtype == dtype, (name, layer, size)
            assert np.array_equal(output, expected), (name, layer, size)
        transposed = conv_matrix(w, layer, size).T @ x.ravel()
        assert np.array_equal(transposed.reshape(expected.shape), expected), (layer, size)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("seed", range(100, 104))
def test_reals_agree_within_rounding(seed, dtype):
    rng = np.random.default_rng(seed)
    for layer, size in random_layers(100, seed):
        x = rng.standard_normal((layer.in_channels, *size)).astype(dtype)
        w = rng.standard_normal(layer.weight_shape).astype(dtype)
        expected = in_torch(x, w, layer)
        allowed = 16 * np.finfo(dtype).eps * in_torch(np.abs(x), np.abs(w), layer)  # eps times the sum of |terms|
        for name, method in METHODS.items():
            output = method(x, w, layer)
            assert output.dtype == dtype
            assert (np.abs(output - expected) <= allowed).all(), (name, layer, size)


def test_random_layers_cover_what_matters():
    counts = Counter()
    for layer, (height, width) in random_layers(1000, 0):
        (_, s, p, o, d), (_, s_w, p_w, o_w, d_w) = layer.axes
        counts["groups"] += layer.groups > 1
        counts["several channels in each group"] += 1 < layer.groups < max(layer.in_channels, layer.out_channels)
        counts["dilation"] += d > 1
        counts["rectangle"] += height != width
        counts["axes differ"] += s != s_w and p != p_w and o != o_w and d != d_w
        counts["canvas extended"] += o > p
        counts["output_padding uncovers sums"] += 0 < o <= p
        counts["output_padding allowed by dilation"] += s <= o < d
        counts["gaps between stamps"] += s > d * (layer.kernel_size[0] - 1) + 1
    assert min(counts.values()) >= 20, counts


LAYER = Layer(2, 2, (2, 3), (2, 1), 1, (1, 0), groups=2)


@every_method
@pytest.mark.parametrize(
    "view",
    [
        pytest.param(lambda array: array[..., ::2], id="every second cell"),
        pytest.param(lambda array: array[..., ::-1, ::-1], id="negative strides"),
        pytest.param(lambda array: np.asfortranarray(array), id="Fortran order"),
        pytest.param(lambda array: np.broadcast_to(array[..., :1], array.shape), id="broadcast"),
    ],
)
def test_any_memory_layout(method, view):
    rng = np.random.default_rng(0)
    # Twice as wide as needed, for the view that takes every second cell; the others are cut.
    x, w = view(whole_numbers((2, 4, 10), rng))[..., :5], view(whole_numbers((2, 1, 2, 6), rng))[..., :3]
    assert not x.flags.c_contiguous
    assert method(x, w, LAYER).tolist() == in_torch(np.array(x, order="C"), np.array(w, order="C"), LAYER).tolist()


@every_method
@pytest.mark.parametrize("layer", [LAYER, Layer(2, 2, 1), Layer(2, 2, 1, groups=2)])
def test_arguments_are_read_only_read(method, layer):
    rng = np.random.default_rng(0)
    x, w = (
        whole_numbers((2, 3, 4), rng),
        np.ones(layer.weight_shape),
    )  # a 1×1 kernel of 1: the output could be the input
    before = x.copy()
    for writeable in (True, False):
        x.flags.writeable = w.flags.writeable = writeable
        output = method(x, w, layer)
        assert not np.shares_memory(output, x)
        assert not np.shares_memory(output, w)
        output += 1  # the caller owns it
        assert np.array_equal(x, before)
        assert (w == 1).all()


FORMS = {
    "nested lists": lambda array: array.tolist(),
    "tuples of whole numbers": lambda array: tuple(map(tuple, array.astype(int).tolist())),
    "int64": lambda array: array.astype(np.int64),
    "uint8": lambda array: abs(array).astype(np.uint8),
    "float64": lambda array: array,
    "tensor": lambda array: torch.tensor(array),
    "int32 tensor": lambda array: torch.tensor(array, dtype=torch.int32),
}


@every_method
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_whole_numbers_lists_and_tensors_become_float64(method, form):
    rng = np.random.default_rng(0)
    x, w = abs(whole_numbers((2, 3, 4), rng)), abs(whole_numbers(LAYER.weight_shape, rng))
    given = form(x), form(w)
    output = method(*given, LAYER)
    assert output.dtype == np.float64
    assert np.array_equal(output, in_torch(x, w, LAYER))
    assert np.array_equal(np.asarray(given[0]), x)  # and neither is changed
    assert np.array_equal(np.asarray(given[1]), w)
    assert (conv_matrix(given[1], LAYER, (3, 4)) != conv_matrix(w, LAYER, (3, 4))).nnz == 0


@every_method
def test_float32_stays_float32(method):
    for make in (np.ones, torch.ones):
        x, w = make((2, 3, 4)), make(LAYER.weight_shape)
        x, w = (x.astype(np.float32), w.astype(np.float32)) if make is np.ones else (x, w)
        assert method(x, w, LAYER).dtype == np.float32
        assert conv_matrix(w, LAYER, (3, 4)).dtype == np.float32


@every_method
def test_misfits(method):
    with pytest.raises(LayerError, match=r"^input = \(1, 3, 3\): "):
        method(np.ones((1, 3, 3)), np.ones(LAYER.weight_shape), LAYER)
    with pytest.raises(LayerError, match=r"^weight = \(2, 2, 2, 3\): "):
        method(np.ones((2, 3, 3)), np.ones((2, 2, 2, 3)), LAYER)


def test_names():
    assert list(METHODS) == ["naive", "zero_insertion", "matrix", "torch"]


def test_torch_is_imported_by_its_method_only():
    program = """
import sys, numpy as np, explorer
assert not {"torch", "streamlit", "plotly"} & set(sys.modules)
arguments = np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)), explorer.Layer()
for name, method in explorer.METHODS.items():
    method(*arguments)
    assert ("torch" in sys.modules) == (name == "torch"), name
assert sys.modules["torch"].get_num_threads() == 1
assert not {"streamlit", "plotly"} & set(sys.modules)
"""
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
