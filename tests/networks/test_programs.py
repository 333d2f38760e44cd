"""Each translation is run in its framework. Keras, flax, lax and ONNX in a process of their own, torch in this one."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import explorer
from explorer import Layer, LayerError
from explorer.breaking import CLOSING, OPENING, columns, is_wide
from explorer.code_text import LINE
from explorer.networks import AxisCall, LayerCall
from explorer.networks.example import example
from explorer.networks.programs import FRAMEWORKS, program, translate
from explorer.text import speaking
from tests.networks.calls import NAMED, call, random_calls, square
from tests.networks.run_programs import ran

CASES = [*NAMED.values(), *random_calls(9, 14)]
NAMES = [*NAMED, *(f"random {at}" for at in range(9))]
IMPORTS = {
    "torch": {"torch"},
    "conv2d": {"torch"},
    "keras": {"keras"},
    "jax": {"flax.linen"},
    "lax": {"jax"},
    "onnx": {"onnx", "onnxruntime"},
}
ALIKE = call(AxisCall(3, 2, crop_after=1), AxisCall(4, 2, 1, 1, 1), channels=(2, 2)), (4, 4)
GROUPS = call(AxisCall(3, 2, 2, crop_after=1), channels=(4, 4), groups=2), (4,)
MISTAKES = [  # (framework, layer and size, what stands in its program, what stands there by mistake)
    ("torch", ALIKE, "Y = Y[:, :-1, :]", "Y = Y[:, 1:, :]"),
    ("torch", ALIKE, "copy_(torch.tensor(K))", "copy_(torch.tensor(K).transpose(0, 1))"),
    ("torch", ALIKE, "layer.bias.copy_(torch.tensor(B))", "layer.bias.zero_()"),
    ("torch", NAMED["mirrored"], "np.flip(K, (2, 3))", "np.flip(K, (2,))"),
    ("torch", NAMED["zeros at both ends"], "[(0, 0), (1, 3), (0, 2)]", "[(0, 0), (3, 1), (2, 0)]"),
    ("conv2d", ALIKE, "np.flip(weight, (2, 3))", "weight"),
    ("conv2d", ALIKE, "(2, 2, 2, 1)", "(2, 2, 1, 2)"),
    ("conv2d", GROUPS, ".swapaxes(1, 2)", ""),
    ("onnx", ALIKE, "pads=[0, 1, 1, 1]", "pads=[1, 1, 0, 1]"),
    ("onnx", ALIKE, '{"K": K}', '{"K": K.swapaxes(0, 1)}'),
    ("onnx", ALIKE, '{"K": K}', '{"K": K[:, :, ::-1]}'),
    ("jax", ALIKE, "K.transpose(2, 3, 1, 0)", "K.transpose(2, 3, 0, 1)"),
    ("jax", ALIKE, ", transpose_kernel=True", ""),
    ("jax", GROUPS, "padding=((4, 3),)", "padding=((3, 4),)"),
    ("jax", NAMED["mirrored"], "padding=((1, 2), (1, 2))", 'padding="SAME"'),
    ("lax", ALIKE, ", transpose_kernel=True", ""),
    ("lax", GROUPS, "np.flip(kernel, (0,))", "kernel"),
    ("lax", GROUPS, "kernel.transpose(3, 1, 0, 2)", "kernel.transpose(3, 2, 0, 1)"),
    ("keras", ALIKE, "K.transpose(2, 3, 1, 0)", "K.transpose(2, 3, 0, 1)"),
    ("keras", ALIKE, "kernel, B]", "kernel[::-1], B]"),
    ("keras", GROUPS, "spread[::2]", "spread[:3]"),
    ("keras", GROUPS, "Y = Y[:, :-1]", "Y = Y[:, 1:]"),
]
every_framework = pytest.mark.parametrize("framework", FRAMEWORKS)


def in_a_process(programs, home):
    """What each program did, in one process; nothing is downloaded, and settings files go to ``home``."""
    environment = os.environ | {
        "KERAS_BACKEND": "jax",
        "KERAS_HOME": str(home),
        "JAX_PLATFORMS": "cpu",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("run_programs.py")],
        input=json.dumps(programs),
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def wrong(source):
    """The program with one number of what it expects changed."""
    before, expected, after = source.partition("expected = ")
    return before + expected + re.sub(r"-?\d+(?=[],])", lambda found: str(int(found[0]) + 1), after, count=1)


def spoilt(framework, case, right, mistake):
    source = program(*case, framework)
    code = source.partition("import ")[2]  # not in the comments above it
    assert code.count(right) == 1, (right, source)
    return "import " + code.replace(right, mistake)


def prints(shown):
    return f"{shown.output.shape}\n"


@pytest.mark.parametrize("frameworks", [("torch", "conv2d"), ("onnx",), ("jax", "lax"), ("keras",)], ids="-".join)
def test_every_translation_runs_in_its_framework(frameworks, tmp_path):
    assert len(CASES) >= 40
    pairs = [(framework, *case) for framework in frameworks for case in CASES]
    programs = [program(layer, size, framework) for framework, layer, size in pairs]
    broken = [wrong(program(*NAMED["U-Net"], framework)) for framework in frameworks]
    broken += [spoilt(*mistake) for mistake in MISTAKES if mistake[0] in frameworks]
    results = [*map(ran, programs + broken)] if "torch" in frameworks else in_a_process(programs + broken, tmp_path)
    names = [f"{framework}: {name}" for framework in frameworks for name in NAMES]
    failed = {name: result["error"] for name, result in zip(names, results[: len(programs)], strict=True)}
    assert {name: error for name, error in failed.items() if error} == {}
    expected = [prints(example(layer, size)) for _, layer, size in pairs]
    assert [result["printed"] for result in results[: len(programs)]] == expected
    assert all(result["error"].startswith("AssertionError") for result in results[len(programs) :])
    assert len(broken) > 3


@every_framework
@pytest.mark.parametrize(("layer", "size"), CASES, ids=NAMES)
def test_a_program_stands_on_its_own(framework, layer, size):
    source = program(layer, size, framework)
    assert max(map(len, source.splitlines())) <= LINE
    tree = ast.parse(source)
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"numpy", *IMPORTS[framework]}


@every_framework
@pytest.mark.parametrize(("layer", "size"), CASES, ids=NAMES)
def test_a_program_in_another_language_differs_in_its_comments_alone(framework, layer, size):
    english = program(layer, size, framework)
    with speaking("zh"):
        own = program(layer, size, framework)
    assert ast.dump(ast.parse(own)) == ast.dump(ast.parse(english))
    assert not any(map(is_wide, english))
    assert max(map(columns, own.splitlines())) <= LINE
    sentences = [line[2:] for line in own.splitlines() if line.startswith("# ") and any(map(is_wide, line))]
    assert len(sentences) > 2
    assert not [line for line in sentences if line[0] in CLOSING or line[-1] in OPENING or line != line.strip()]
    if framework == "torch":
        assert ran(own)["error"] == ""


@every_framework
def test_the_real_layer_stands_in_a_comment(framework):
    source = program(*NAMED["DCGAN"], framework)
    comments = "".join(line.removeprefix("# ") for line in source.splitlines() if line.startswith("#"))
    for said in ("512", "256", "4×4"):
        assert said in comments
    said = {
        "torch": "torch.nn.ConvTranspose2d(512, 256, kernel_size=4, stride=2, padding=1, bias=False)",
        "keras": 'keras.layers.Conv2DTranspose(256, 4, strides=2, padding="same", use_bias=False)',
        "conv2d": "torch.nn.Conv2d(512, 256, kernel_size=4, padding=2, bias=False)",
        "lax": 'lax.conv_transpose(x, kernel, strides=(2, 2), padding="SAME", transpose_kernel=True)',
        "jax": 'padding="SAME"',
        "onnx": "pads=[1, 1, 1, 1]",
    }
    assert said[framework] in comments


@pytest.mark.parametrize("spatial", [1, 2, 3])
def test_the_example_is_torchs(spatial):
    import torch

    layer = LayerCall((AxisCall.of(3, 2, 1, 1, 2),) * spatial, 64, 32, 4)
    shown = example(layer, (50,) * spatial)
    module = getattr(torch.nn, f"ConvTranspose{spatial}d")(4, 4, 3, 2, 1, 1, 2, dilation=2).double()
    with torch.no_grad():
        module.weight.copy_(torch.tensor(shown.weight))
        module.bias.copy_(torch.tensor(shown.bias))
        expected = module(torch.tensor(shown.input, dtype=torch.float64)).numpy()
    assert np.array_equal(shown.output, expected)


def test_what_is_cut():
    source = program(square(4, 2, 1, channels=(512, 256)), (97, 50), "torch")
    assert "# Here: 3 channels in, 2 out, groups=1, an input of 3×3. The layer itself: 512 in, 256 out" in source
    assert "# Here" not in program(square(3, channels=(1, 2)), (2, 3), "torch")
    shown = example(square(3, 1, 4), (9, 9))  # an input of 3 would leave nothing
    assert shown.size == (9, 9)
    assert example(call(AxisCall(3, 1, 1, 10, 0)), (1_000_000,)).size == (11,)


def test_the_bias_reaches_zeros_that_are_added():
    for layer, size in (NAMED["zeros at both ends"], NAMED["output_padding beyond padding"]):
        shown = example(layer, size)
        assert shown.bias.any()
        assert np.array_equal(shown.output[:, -1, -1], shown.bias)


def test_many_numbers_are_asserted_by_their_sums():
    layer, size = NAMED["FCN, 32s"]
    source = program(layer, size, "torch")
    assert len(source) < 20_000
    assert ran(source)["error"] == ""
    for one_more in re.finditer(r"-?\d+(?=[],])", source.partition("expected = ")[2].partition("print")[0]):
        at = source.index("expected = ") + len("expected = ") + one_more.start()
        if at % 29 == 0:
            spoilt = source[:at] + str(int(one_more[0]) + 1) + source[at + len(one_more[0]) :]
            assert ran(spoilt)["error"].startswith("AssertionError")


@every_framework
def test_a_layer_of_two_axes_is_translated(framework):
    layer = Layer(2, 4, (2, 3), (3, 2), (1, 0), (2, 1), dilation=(1, 2), groups=2)
    axes = AxisCall.of(2, 3, 1, 2, 1), AxisCall.of(3, 2, 0, 1, 2)
    expected = program(call(*axes, channels=(2, 4), groups=2, bias=False), (5, 6), framework)
    assert translate(layer, (5, 6), framework) == explorer.translate(layer, (5, 6), framework) == expected


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((square(3), (2, 2), "tensorflow"), "tensorflow: must be one of: torch, keras, jax, lax, onnx, conv2d"),
        ((square(3), (2,), "torch"), "a number for each of the 2 axes"),
        ((square(2, 1, 2), (2, 2), "torch"), "leaves no output"),
        ((square(2, kind="pooling", name="MaxPool2d"), (4, 4), "jax"), "MaxPool2d: is no transposed"),
        ((square(2, channels=(3, 4), groups=2), (4, 4), "jax"), "in_channels = 3: must be divisible by groups"),
        ((square(10_000), (4, 4), "torch"), "too many cells"),
        ((call(AxisCall(2, 1, 1, 0, -1_000_000)), (4,), "keras"), "too many cells"),
        ((call(AxisCall(2, 1, 1, 999_999, 0)), (1_000_000,), "keras"), "too many cells"),
    ],
)
def test_what_cannot_be_translated_says_why(given, said):
    with pytest.raises(LayerError, match=said):
        program(*given)


def test_a_long_stride_leaves_one_cell_of_the_input():
    assert example(square(2, 1_000_000), (4, 4)).size == (1, 1)


def test_a_layer_that_leaves_nothing_is_not_translated():
    with pytest.raises(LayerError, match="leaves an output of"):
        translate(Layer(padding=2), (2, 2), "torch")
