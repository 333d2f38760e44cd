"""The programs are run, as a student would run them."""

import ast
import contextlib
import io
import re
from dataclasses import fields

import numpy as np
import pytest

from explorer import Layer
from explorer.breaking import columns, is_wide
from explorer.code_text import FILE_NAMES, KINDS, LINE, nested, program
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.settings import LIMITS, Settings, frozen
from explorer.text import speaking, texts
from tests.layers import random_settings, with_afterwards

every_kind = pytest.mark.parametrize("kind", KINDS)


def largest():
    """The largest settings that the sliders allow, with decimals."""
    generator = np.random.default_rng(0)
    layer = Layer(4, 4, 5, 4, output_padding=3, dilation=3)
    assert {LIMITS[name][1] for name in ("kernel_height", "stride", "dilation", "in_channels")} == {5, 4, 3}
    shapes = (4, 8, 8), layer.weight_shape
    return Settings(layer, *(frozen(generator.standard_normal(shape)) for shape in shapes))


def executed(source):
    """The names of the program after it ran, and what it printed."""
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "<program>", "exec"), names)
    return names, printed.getvalue()


def checked(settings, kind):
    source = program(settings, kind, "http://localhost:8501/?stride=2")
    assert max(map(len, source.splitlines())) <= LINE
    names, printed = executed(source)
    output = run(settings).output
    assert np.asarray(names["expected"]).tolist() == output.tolist()  # every number, and to the last digit
    assert np.allclose(np.asarray(names["Y"]), output, rtol=1e-12, atol=1e-10)
    assert printed.strip() == str(names["Y"])
    return source


@every_kind
@pytest.mark.parametrize("whole", [True, False])
def test_what_comes_after_the_layer_is_in_every_program(kind, whole):
    rng = np.random.default_rng(7)
    for plain in random_settings(6, 3, whole):
        checked(with_afterwards(plain, rng, whole), kind)
    bias = checked(Settings.of([[1, 2]], [[1, 2]], bias=[1e6 - 0.1], crop=((0, 0), (0, 1))), kind)
    assert ("bias=True" in bias) == (kind == "pytorch")
    assert "bias=True" not in program(Settings(), kind)


@every_kind
def test_the_notebooks_example(kind):
    source = checked(Settings(), kind)
    assert "[[[ 0,  0,  1],\n      [ 0,  4,  6],\n      [ 4, 12,  9]]]," in source
    assert "[[[0, 1],\n      [2, 3]]]," in source
    assert "allclose" not in source
    assert re.findall(r"^import (\w+)", source, re.MULTILINE) == [{"pytorch": "torch"}.get(kind, "numpy")]


@every_kind
def test_every_preset(kind):
    for preset in PRESETS.values():
        checked(preset.settings, kind)


@every_kind
@pytest.mark.parametrize("whole", [True, False])
def test_random_settings(kind, whole):
    for settings in random_settings(40, 73, whole):
        assert ("allclose" in checked(settings, kind)) == (not whole)


@every_kind
def test_the_largest_settings(kind):
    checked(largest(), kind)


@every_kind
@pytest.mark.parametrize(
    "numbers", [[[1e6, -1e6], [5e-324, 1e-300]], [[0.1, -0.1], [0.3, -0.3]], [[-1e6 + 0.1, 1e6], [1e-7, 2 / 3]]]
)
def test_numbers_of_every_size_and_sums_that_cancel(kind, numbers):
    checked(Settings.of(numbers, [[0.1, 1e6], [0.1, -1 / 3]]), kind)


@every_kind
@pytest.mark.parametrize("settings", [Settings(), *random_settings(3, 74, whole=False)])
def test_one_wrong_number_fails(kind, settings):
    source = program(settings, kind)
    before, equals, after = source.partition("expected = ")
    values, dtype, rest = after.partition("dtype")
    numbers = list(re.finditer(r"-?\d+(\.\d+)?(?=[],])", values))
    assert len(numbers) == run(settings).output.size
    for number in numbers[:10]:
        wrong = f"{values[: number.start()]}{float(number[0]) + 1}{values[number.end() :]}"
        with pytest.raises(AssertionError):
            executed(before + equals + wrong + dtype + rest)


@every_kind
def test_an_output_of_another_shape_fails(kind):
    before, number, after = program(Settings.of([[1.5]], [[1]]), kind).rpartition("1.5")
    with pytest.raises(AssertionError):  # allclose alone would broadcast
        executed(f"{before}{number}, {number}{after}")


def test_pytorch_names_every_hyper_parameter():
    layer = Layer(2, 4, (2, 3), (3, 2), (1, 0), (2, 1), dilation=(1, 2), groups=2)
    source = program(Settings(layer, frozen(np.ones((2, 3, 3))), frozen(np.ones(layer.weight_shape))), "pytorch")
    for field in fields(Layer):
        assert f"\n    {field.name}={getattr(layer, field.name)},\n" in source
    assert "bias=False" in source


@every_kind
def test_a_program_in_another_language_differs_in_its_comments_alone(kind):
    rng = np.random.default_rng(8)
    plain = [*random_settings(4, 75, whole=True), *random_settings(4, 76, whole=False)]
    for settings in (Settings(), *plain, *(with_afterwards(one, rng, whole=False) for one in plain)):
        english = program(settings, kind, "?stride=2")
        with speaking("zh"):
            own = program(settings, kind, "?stride=2")
        assert ast.dump(ast.parse(own)) == ast.dump(ast.parse(english))
        assert not any(map(is_wide, english))
        pairs = list(zip(re.findall("# (.*)", own), re.findall("# (.*)", english), strict=True))
        assert all(any(map(is_wide, comment)) or comment == theirs for comment, theirs in pairs)
        assert sum(comment != theirs for comment, theirs in pairs) > 4
        assert max(map(columns, own.splitlines())) <= LINE
    with speaking("zh"):
        checked(Settings(), kind)


@every_kind
def test_the_address_stands_in_a_comment(kind):
    address = "https://explorer.example/?x=1%2C2%3B3&stride=2"
    assert f"\n# {address}\n" in program(Settings(), kind, address)
    assert texts()["code"]["link"] not in program(Settings(), kind)
    long = "https://explorer.example/?x=" + "1,2;" * 500
    lines = program(Settings(), kind, long).splitlines()
    assert long in "".join(line.removeprefix("# ") for line in lines)
    assert max(map(len, lines)) <= LINE


@every_kind
@pytest.mark.parametrize("end", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\0", "\u202e", "{", "'''"])
def test_no_address_leaves_its_comment(kind, end):
    names, _ = executed(program(Settings(), kind, f"http://x/?{end}stolen = 1"))
    assert "stolen" not in names


@every_kind
def test_what_a_program_is_called(kind):
    assert FILE_NAMES[kind].endswith(".py")
    assert FILE_NAMES[kind].removesuffix(".py").isidentifier()
    assert texts()["code"]["programs"].keys() == texts()["code"]["kinds"].keys() == set(KINDS)


def test_rows_go_on_in_the_next_line():
    text = nested(np.arange(100.0).reshape(2, 50))
    assert np.array_equal(np.array(eval(text)), np.arange(100.0).reshape(2, 50))
    assert max(len(line) for line in text.splitlines()) <= LINE
    assert len(text.splitlines()) == 4
