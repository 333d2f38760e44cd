"""The one reader of numbers: it chooses the notation of a text and returns an array."""

import re

import numpy as np

from explorer.reading.brackets import read_brackets
from explorer.reading.latex import read_latex
from explorer.reading.tables import read_table
from explorer.reading.tree import MOST_LEVELS, Level, Number, NumbersError, flat, shape_of

LONGEST_TEXT = 20_000
"""Characters of a text that is read."""

_NAME = re.compile(r"(\A\s*|\n[ \t]*\n[ \t]*)(?:Parameter containing:|[A-Za-z_]\w*(?:\([\w:., ]{0,40}\))?[ \t]*=(?!=))")
"""What names the numbers behind it, first or after an empty line: ``K =``, ``ans(:,:,1) =``."""
_TENSOR = re.compile(r"\A\s*<tf\.\w+:?[^\n]{0,200}?numpy=([^>]*)>?\s*\Z")
"""What TensorFlow prints around an array."""
_SAME = str.maketrans(dict.fromkeys("−–‑‒", "-") | dict.fromkeys("\ufeff\u00a0\u2007\u2009\u202f", " "))


def parse_numbers(text: str) -> np.ndarray:
    r"""The numbers of a text as a float64 array of 2 to 4 dimensions. Nothing in the text is evaluated.

    Read are nested lists to four levels, what numpy, torch and jax print (``array(…)``, ``tensor(…, dtype=…)``), LaTeX
    matrices, MATLAB matrices, and tables whose entries are apart by tabs, semicolons, commas or blanks; where tabs or
    semicolons separate, a comma is a decimal comma. One row gives the shape (1, n). Several matrices, apart by an empty
    line, give three dimensions. Numbers are what a cell of the page takes: ``2``, ``−0.5``, ``1e3``, ``1/3``, up to
    ±1e6.

    Raises `NumbersError`, a ValueError which names line and entry, where something is no number, is left out by the
    print (``...``), is not finite, or where rows or blocks are not of one size.

    >>> parse_numbers("[[1, 2], [3, 4]]").tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    >>> parse_numbers("tensor([[[[1., 2.]]]], dtype=torch.float64)").shape
    (1, 1, 1, 2)
    >>> parse_numbers(r"1 & 1/2 \\ 3 & 4").tolist(), parse_numbers("0,5;1,5").tolist()
    ([[1.0, 0.5], [3.0, 4.0]], [[0.5, 1.5]])
    >>> parse_numbers("1 2\n3 x")
    Traceback (most recent call last):
    explorer.reading.tree.NumbersError: line 2, entry 2: “x” is not a number; numbers are 2, −0.5, 1e3 or 1/3.
    """
    if len(text) > LONGEST_TEXT:
        raise NumbersError("too_long", 1, 1, longest=LONGEST_TEXT)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SAME)
    plain = re.sub(r"(?<! ) */ *", "/", _NAME.sub(r"\1", _TENSOR.sub(r"\1", plain)))
    if not plain.strip():
        raise NumbersError("no_numbers", 1, 1)
    tree = _tree_of(plain)
    shape = shape_of(tree)
    if len(shape) > MOST_LEVELS:
        raise NumbersError("too_deep", tree.line, tree.entry, most=MOST_LEVELS)
    return np.array(flat(tree), float).reshape((1,) * (2 - len(shape)) + shape)


def _tree_of(text: str) -> Number | Level:
    """The text's numbers on their levels, read in the notation that the text has."""
    if "\\" in text or "&" in text:
        return read_latex(text)
    return read_brackets(text) if re.search(r"[][(){}]", text) else read_table(text)
