"""The one reader of numbers: texts by hand, the prints of numpy and torch themselves, and texts that are broken."""

import random

import numpy as np
import pytest
import torch

from explorer import parse_numbers
from explorer.reading import LONGEST_TEXT, NumbersError
from explorer.text import texts

SQUARE = [[1, 2], [3, 4]]
BLOCKS = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]

READ = [
    ("5", [[5]]),
    ("[1, 2, 3]", [[1, 2, 3]]),
    ("[[1, 2], [3, 4]]", SQUARE),
    ("[[1, 2], [3, 4],]", SQUARE),
    ("((1, 2), (3, 4))", SQUARE),
    ("{{1, 2}, {3, 4}}", SQUARE),
    ("K = [[1, 2], [3, 4]]", SQUARE),
    ("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", BLOCKS),
    ("[[[[1, 2], [3, 4]]], [[[5, 6], [7, 8]]]]", [[SQUARE], [BLOCKS[1]]]),
    ("[[ 1.  2.]\n [ 3.  4.]]", SQUARE),
    ("[[1. 2.]]", [[1, 2]]),
    ("[[1.0e+00 2.5e-01]\n [3.0e+00 4.0e+02]]", [[1, 0.25], [3, 400]]),
    ("[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]", BLOCKS),
    ("[[1 2]\n [3 4]]\n\n[[5 6]\n [7 8]]", BLOCKS),
    ("[1, 2]\n[3, 4]", SQUARE),
    ("array([[1, 2],\n       [3, 4]])", SQUARE),
    ("array([[1., 2.],\n       [3., 4.]], dtype=float32)", SQUARE),
    ("np.array([[1, 2], [3, 4]], np.float32)", SQUARE),
    ("numpy.array([[1, 2], [3, 4]])", SQUARE),
    ("jnp.array([[1, 2], [3, 4]])", SQUARE),
    ("Array([[1., 2.],\n       [3., 4.]], dtype=float32)", SQUARE),
    ("tensor([[1., 2.],\n        [3., 4.]])", SQUARE),
    ("tensor([[1., 2.],\n        [3., 4.]], device='cuda:0', dtype=torch.float64,\n       requires_grad=True)", SQUARE),
    ("tensor([[1., 2.],\n        [3., 4.]], grad_fn=<ViewBackward0>)", SQUARE),
    ("torch.tensor([[1, 2], [3, 4]], dtype=torch.float64)", SQUARE),
    ("torch.Tensor([[1, 2], [3, 4]])", SQUARE),
    ("Parameter containing:\ntensor([[1., 2.],\n        [3., 4.]], requires_grad=True)", SQUARE),
    ("[np.float64(1.0), np.float64(2.0)]", [[1, 2]]),
    ("[1 2; 3 4]", SQUARE),
    ("A = [1, 2;\n     3, 4];", SQUARE),
    ("[1 2\n 3 4]", SQUARE),
    ("[1, 2\n 3, 4]", SQUARE),
    ("[1, 2,\n 3, 4]", [[1, 2, 3, 4]]),
    ("<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[1., 2.],\n       [3., 4.]], dtype=float32)>", SQUARE),
    ("tf.Tensor(\n[[1. 2.]\n [3. 4.]], shape=(2, 2), dtype=float32)", SQUARE),
    ("A =\n\n     1     2\n     3     4\n", SQUARE),
    ("ans(:,:,1) =\n\n     1     2\n     3     4\n\nans(:,:,2) =\n\n     5     6\n     7     8\n", BLOCKS),
    ("1 2; 3 4", SQUARE),
    (r"1 & 2 \\ 3 & 4", SQUARE),
    (r"1 & 2 \\" + "\n" + r"3 & 4 \\", SQUARE),
    ("1 & 2\n3 & 4", SQUARE),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", SQUARE),
    (r"$$K = \begin{pmatrix} 1 & 2 \\[2pt] 3 & 4 \end{pmatrix}$$".replace("K = ", ""), SQUARE),
    (r"K = \begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix}", SQUARE),
    (r"$\left[\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \\ \end{array}\right]$", SQUARE),
    (r"\[ \left[ 1 & 2 \\ 3 & 4 \right] \]", SQUARE),
    (r"\frac{1}{4} & -\tfrac{1}{2} \\ 0{,}5 & \, 2", [[0.25, -0.5], [0.5, 2]]),
    (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}5&6\\7&8\end{pmatrix}", BLOCKS),
    ("1,2\n3,4", SQUARE),
    ("1, 2\r\n3, 4\r\n", SQUARE),
    ("1;2\n3;4", SQUARE),
    ("0,5;1\n2;-3,25", [[0.5, 1], [2, -3.25]]),
    ("0,5\t1\n2\t−3,25", [[0.5, 1], [2, -3.25]]),
    ("1\t2\r\n3\t4\r\n", SQUARE),
    ("  1  2\n  3  4  ", SQUARE),
    ("\ufeff1\u00a02\n3 4", SQUARE),
    ("1 2\n3 4\n\n5 6\n7 8", BLOCKS),
    ("\n1\t2\n3\t4\n\n\n5\t6\n7\t8\n\n", BLOCKS),
    ("−1 –2 1e3 1/4 +2 -1 / 2 .5 5.", [[-1, -2, 1000, 0.25, 2, -0.5, 0.5, 5]]),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[repr(text) for text, _ in READ])
def test_texts_by_hand(text, expected):
    found = parse_numbers(text)
    assert found.tolist() == expected
    assert found.dtype == np.float64
    assert 2 <= found.ndim <= 4


REFUSED = [
    ("", "no_numbers", 1, 1, ""),
    (" \n\n", "no_numbers", 1, 1, ""),
    ("\f", "no_numbers", 1, 1, ""),
    ("[]", "empty", 1, 1, ""),
    ("tensor([])", "empty", 1, 1, ""),
    ("1\t2\n3\t", "empty", 2, 2, ""),
    ("1\t2\n\t\n3\t4", "empty", 2, 1, ""),
    ("\t1\n2\t3", "empty", 1, 1, ""),
    ("1,2,\n3,4,", "empty", 1, 3, ""),
    ("1;;2", "empty", 1, 2, ""),
    ("[1,,2]", "empty", 1, 2, ""),
    ("[1;;2]", "empty", 1, 2, ""),
    ("[,1]", "empty", 1, 1, ""),
    (r"1 & \\ 3 & 4", "empty", 1, 2, ""),
    (r"1 & 2 \\ \\ 3 & 4", "empty", 1, 3, ""),
    ("1 2\n3 x", "not_a_number", 2, 2, "x"),
    ("1\t2\n\n5\tsix", "not_a_number", 3, 2, "six"),
    ("[[1, 2],\n [3, four]]", "not_a_number", 2, 2, "four"),
    ("1 & 2 \\\\\n3 & y", "not_a_number", 2, 2, "y"),
    ("1|2", "not_a_number", 1, 1, "1|2"),
    ("0,5 1,5", "not_a_number", 1, 2, "5 1"),
    ("9" * 500, "not_a_number", 1, 1, "9" * 20 + "…"),
    ("[True]", "not_a_number", 1, 1, "True"),
    ("[1 - 2]", "not_a_number", 1, 2, "-"),
    ("1/0", "division_by_zero", 1, 1, "1/0"),
    ("3 1000001", "too_large", 1, 2, "1000001"),
    ("1 nan", "not_finite", 1, 2, "nan"),
    ("[[1, -inf]]", "not_finite", 1, 2, "-inf"),
    ("tensor([inf])", "not_finite", 1, 1, "inf"),
    ("[0. 1. ... 8. 9.]", "elided", 1, 3, "..."),
    (r"1 & \cdots & 3", "elided", 1, 2, r"\cdots"),
    ("np.zeros((2, 2))", "call", 1, 1, "np.zeros("),
    ("__import__('os').system('ls')", "call", 1, 1, "__import__("),
    ("np.array([1, 2], [3, 4])", "call", 1, 1, "np.array("),
    ("np.array([1]; [2])", "call", 1, 1, "np.array("),
    ("[1, 2", "not_closed", 1, 1, "["),
    ("[[1, 2]\n[3, 4]", "not_closed", 1, 1, "["),
    ("tensor([[1., 2.]]", "not_closed", 1, 1, "tensor("),
    ("tensor([1.], dtype=torch.float64", "not_closed", 1, 1, "tensor("),
    ("1]", "not_opened", 1, 2, "]"),
    ("[1, 2)", "not_opened", 1, 3, ")"),
    ("[[[[[1]]]]]", "too_deep", 1, 1, "["),
    ("[[[[1]]]]\n\n[[[[2]]]]", "too_deep", 1, 1, ""),
    ("[" * 20_000, "too_deep", 1, 1, "["),
    ("array(" * 3_000, "too_deep", 1, 1, "array("),
    ("1 " * 10_001, "too_long", 1, 1, ""),
    ("1 2\n3", "uneven_rows", 2, 1, ""),
    ("[[1, 2], [3]]", "uneven_rows", 1, 3, ""),
    ("1 2\n3 4\n\n5 6", "uneven_blocks", 4, 1, ""),
    ("[[1, 2], 3]", "uneven_levels", 1, 3, ""),
    ("[1, [2, 3]]", "uneven_levels", 1, 2, ""),
]


@pytest.mark.parametrize(("text", "key", "line", "entry", "shown"), REFUSED, ids=[repr(one[0][:30]) for one in REFUSED])
def test_what_cannot_be_read_is_refused_by_line_and_entry(text, key, line, entry, shown):
    with pytest.raises(NumbersError) as error:
        parse_numbers(text)
    found = error.value
    assert (found.key, found.line, found.entry, found.text) == (key, line, entry, shown)
    assert isinstance(found, ValueError)
    assert str(found).startswith(f"line {line}, entry {entry}: ")
    assert len(str(found)) < 200


def test_reasons_in_words():
    def reason(text):
        with pytest.raises(NumbersError) as error:
            parse_numbers(text)
        return str(error.value)

    assert reason("1\n2 x") == "line 2, entry 2: “x” is not a number; numbers are 2, −0.5, 1e3 or 1/3."
    assert reason("1 2\n3").endswith("numbers in this row: 1, in the first: 2; all rows must be of one length.")
    assert reason("1\n2\n\n3").endswith("the block is 1×1 where the first one is 2×1; all blocks must be of one size.")


def test_every_reason_is_used():
    used = {key for _, key, *_ in REFUSED}
    assert texts()["reading"].keys() == used | {"where"}


def arrays(dtype):
    """Arrays of one to four dimensions with negative numbers, and with both small and large ones."""
    rng = np.random.default_rng(5)
    for shape in [
        (1,),
        (3,),
        (40,),
        (1, 1),
        (2, 2),
        (3, 5),
        (30, 2),
        (2, 3, 4),
        (1, 1, 2),
        (2, 1, 3, 3),
        (2, 2, 2, 30),
    ]:
        yield rng.integers(-9, 10, shape).astype(dtype)
        if np.issubdtype(dtype, np.floating):
            yield rng.normal(size=shape).astype(dtype)
            yield (rng.normal(size=shape) * 10.0 ** rng.integers(-5, 5, shape)).astype(dtype)


PRINTS = [
    {},
    {"suppress": True},
    {"precision": 2},
    {"precision": 17},
    {"floatmode": "fixed", "sign": "+"},
    {"floatmode": "unique"},
    {"linewidth": 120},
    {"sign": " "},
]


def by_numpy(printed):
    """The numbers that a print holds, read by numpy: all between brackets, commas and blanks."""
    inside = printed[printed.index("[") : printed.rindex("]") + 1]
    return np.array([float(one) for one in inside.replace("[", " ").replace("]", " ").replace(",", " ").split()])


@pytest.mark.parametrize("options", PRINTS, ids=str)
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, np.int64, np.int8])
def test_what_numpy_prints(options, dtype):
    with np.printoptions(threshold=10**6, **options):
        printed = [(array, text) for array in arrays(dtype) for text in (str(array), repr(array))]
    for array, text in printed:
        found = parse_numbers(text)
        assert found.shape == (1,) * (2 - array.ndim) + array.shape
        assert np.array_equal(found.ravel(), by_numpy(text))
        if options.get("floatmode") == "unique":
            assert np.array_equal(found.reshape(array.shape).astype(dtype), array)


@pytest.mark.parametrize("profile", ["default", "full", "short"])
@pytest.mark.parametrize(
    "dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int8]
)
def test_what_torch_prints(profile, dtype):
    torch.set_printoptions(profile=profile)
    try:
        for array in arrays(np.float64 if dtype.is_floating_point else np.int64):
            tensor = torch.tensor(array).to(dtype)
            gradient = tensor.clone().requires_grad_() if dtype.is_floating_point else tensor
            for text in (str(tensor), repr(gradient), str(gradient * 1)):
                found = parse_numbers(text)
                assert found.shape == (1,) * (2 - array.ndim) + array.shape
                assert np.array_equal(found.ravel(), by_numpy(text[: text.rindex("]") + 1]))
                if not dtype.is_floating_point:
                    assert np.array_equal(found.reshape(array.shape), array)
    finally:
        torch.set_printoptions(profile="default")


def test_a_layers_weight_as_torch_prints_it():
    weight = torch.nn.ConvTranspose2d(2, 3, 2, bias=False).weight
    assert np.allclose(parse_numbers(str(weight)), weight.detach().numpy(), atol=5e-5)


def test_a_scalar_is_one_cell():
    assert parse_numbers(repr(torch.tensor(2.5))).tolist() == [[2.5]]
    assert parse_numbers(repr(np.array(2.5))).tolist() == [[2.5]]
    assert parse_numbers(repr([np.float64(0.5), np.float64(2)])).tolist() == [[0.5, 2]]


def test_a_print_that_leaves_numbers_out_is_refused():
    for text in (str(np.arange(5000.0)), repr(np.ones((2000, 2))), str(torch.ones(5000)), repr(torch.ones(50, 50, 2))):
        with pytest.raises(NumbersError) as error:
            parse_numbers(text)
        assert error.value.key == "elided"


def test_lists_of_python_come_back_exactly():
    for array in arrays(np.float64):
        assert np.array_equal(parse_numbers(str(array.tolist())).reshape(array.shape), array)


PIECES = [
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ",",
    ";",
    "&",
    "\\\\",
    "\\",
    "\n",
    "\n\n",
    "\t",
    " ",
    "...",
    "nan",
    "-",
    "−",
    "e",
    "/",
]
PIECES += [
    "array(",
    "np.",
    "tensor(",
    "\\begin{array}{cc}",
    "\\end{",
    "\\frac{",
    "\\left",
    "dtype=",
    "'",
    "K = ",
    "\0",
    "é",
]
PIECES += ["1", "2.5", "1e999", "1/0", "\x85", "\u2028", "\f", "\ufeff", "١", "=", ":"]


def broken(rng):
    """A good text in which something was taken out, put in, doubled or turned around."""
    text = rng.choice(READ)[0]
    for _ in range(rng.randint(1, 6)):
        i, j = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        text = rng.choice(
            [
                text[:i] + text[j:],
                text[:i] + rng.choice(PIECES) + text[i:],
                text[:j] + text[i:],
                text[:i] + text[i:j][::-1] + text[j:],
            ]
        )
    return text


def test_ten_thousand_broken_texts_raise_nothing_else():
    rng = random.Random(11)
    read = 0
    for _ in range(10_000):
        text = broken(rng)
        try:
            found = parse_numbers(text)
        except NumbersError as error:
            assert 1 <= error.line <= text.count("\n") + text.count("\r") + 1
            assert error.entry >= 1
            assert str(error).startswith("line ")
        else:
            read += 1
            assert 2 <= found.ndim <= 4
            assert found.size > 0
            assert np.isfinite(found).all()
    assert 1_000 < read < 9_000  # both kinds are met


@pytest.mark.parametrize("piece", [*PIECES, "\n1", "1\t", "a.", "A", "[1,", "\\frac{1}", "[1 2];", "\n \n", "= "])
def test_the_longest_texts_take_no_time(piece):
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    try:
        parse_numbers(text)
    except NumbersError as error:
        assert len(str(error)) < 200
