"""Which cells "same" and "valid" crop: against the functions of Keras and JAX themselves, cut out of their sources.

Their packages are not imported, which takes seconds: the functions are arithmetic.
"""

import ast
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from explorer.networks import AxisCall
from explorer.networks.reading import read_calls
from explorer.networks.reading.jax_calls import pads_of
from explorer.networks.reading.keras_calls import cropped

SETTINGS = list(product(range(1, 10), range(1, 8), (1, 2, 3), ("same", "valid")))


def functions(package, path, *names):
    """Functions of a module of a package that is installed."""
    found = find_spec(package)
    assert found, package
    tree = ast.parse((Path(found.submodule_search_locations[0]) / path).read_text(encoding="utf-8"))
    parts = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in names]
    assert len(parts) == len(names)
    namespace = {"np": np}
    exec(compile(ast.Module(parts, []), path, "exec"), namespace)
    return [namespace[name] for name in names]


def test_keras_crops_as_its_source():
    _, crops, sizes = functions(
        "keras",
        "src/backend/common/backend_utils.py",
        "_convert_conv_transpose_padding_args_from_keras_to_jax",
        "compute_conv_transpose_output_crops_for_torch",
        "_get_output_shape_given_tf_padding",
    )
    for k, s, d, padding in SETTINGS:
        for added in [None, *range(s)]:
            found = cropped(k, s, d, padding, added)
            assert found == crops((1, 5, 1), (k, 1, 1), s, padding, added, d)[0]
            for n in (1, 2, 7):
                assert AxisCall(k, s, d, *found).transposed_size(n) == sizes(n, k, s, padding, added, d)


def test_jax_pads_as_its_source():
    (pads,) = functions("jax", "_src/lax/convolution.py", "_conv_transpose_padding")
    for k, s, d, padding in SETTINGS:
        assert pads_of(k, s, d, padding) == pads(d * (k - 1) + 1, s, padding.upper())
        text = f"lax.conv_transpose(x, jnp.zeros(({k}, 1, 1)), ({s},), '{padding.upper()}', rhs_dilation=({d},))"
        assert read_calls(text).calls[0].axes == (AxisCall(k, s, d, *cropped(k, s, d, padding, None)),)


def test_jax_reads_consistent_padding_as_the_convolutions():
    (pads,) = functions("jax", "_src/lax/convolution.py", "_conv_transpose_padding")
    before, after = pads(5, 2, (1, 2))
    text = "lax.conv_transpose(x, jnp.zeros((5, 1, 1)), (2,), [({}, {})], use_consistent_padding={})"
    (one,), (other,) = (read_calls(text.format(*values)).calls for values in ((1, 2, True), (before, after, False)))
    assert one.axes == other.axes == (AxisCall(5, 2, 1, 1, 2),)


def full(n, k, s, d):
    """The full canvas of an input 1, 2, …, n and a kernel 1, 10, 100, …"""
    canvas = np.zeros(s * (n - 1) + d * (k - 1) + 1)
    for i, a in product(range(n), range(k)):
        canvas[i * s + a * d] += (i + 1) * 10**a
    return canvas


def cut(canvas, before, after):
    canvas = np.concatenate([np.zeros(max(-before, 0)), canvas[max(before, 0) :]])
    return np.concatenate([canvas, np.zeros(-after)]) if after < 0 else canvas[: len(canvas) - after]


def onnx_cases(k, s, d, n):
    reach = s * (n - 1) + d * (k - 1) + 1
    words = [{}, {"auto_pad": "SAME_UPPER"}, {"auto_pad": "SAME_LOWER"}]
    yield from words
    yield from ({"pads": pads} for pads in ([0, 1], [1, 0]) if reach > 1)
    yield from ({**word, "output_shape": [m]} for word in words for m in (reach - 3, reach, reach + 2) if m > 0)


@pytest.mark.parametrize("size", list(product(range(1, 5), range(1, 5), (1, 2))), ids=str)
def test_onnx_runtime_crops_so(size):
    runtime = import_module("onnxruntime")
    helper = import_module("onnx").helper
    k, s, d = size
    n = 3
    for case, added in product(onnx_cases(*size, n), range(min(s, 2))):
        attributes = {"kernel_shape": [k], "strides": [s], "dilations": [d], "output_padding": [added], **case}
        if "output_shape" in case and case["output_shape"][0] > s * (n - 1) + d * (k - 1) + 1 + added + s - 1:
            continue  # refused by it
        node = helper.make_node("ConvTranspose", ["X", "W"], ["Y"], **attributes)
        into, out = (helper.make_tensor_value_info(name, 1, shape) for name, shape in (("X", [1, 1, n]), ("Y", None)))
        weight = helper.make_tensor("W", 1, [1, 1, k], [10.0**a for a in range(k)])
        graph = helper.make_graph([node], "graph", [into], [out], [weight])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=9)
        options = runtime.SessionOptions()
        options.log_severity_level = 4
        session = runtime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        given = np.arange(1, n + 1, dtype=np.float32).reshape(1, 1, n)
        try:
            result = session.run(None, {"X": given})[0].ravel()
        except Exception as error:
            assert "output_size" in str(error)
            continue
        text = ", ".join(f"{name}={value!r}" for name, value in attributes.items())
        (call,) = read_calls(f"make_node('ConvTranspose', ['X', 'W'], ['Y'], {text})").calls
        axis = call.at((n,)).axes[0]
        assert result.tolist() == cut(full(n, k, s, d), axis.crop_before, axis.crop_after).tolist(), attributes
