"""The page's settings as a Python program that runs on its own and checks its result against the page's."""

from math import ceil

import numpy as np

from explorer.afterwards import NO_CROP
from explorer.decimals import format_number
from explorer.operation import run
from explorer.settings import Settings
from explorer.text import say

KINDS = ("pytorch", "numpy", "matrix")
FILE_NAMES = {kind: f"transposed_convolution_{kind}.py" for kind in KINDS}
LINE = 120
BIAS_INDENT = {"pytorch": 12, "numpy": 4, "matrix": 4}
"""Spaces before the bias in each program."""
LONGEST_NUMBER = 24  # the longest repr of a float64


def program(settings: Settings, kind: str, address: str = "") -> str:
    """A program of one of `KINDS` that computes the settings' output, prints it, and asserts every number of it.

    ``pytorch`` needs torch, ``numpy`` (the notebook's loop) and ``matrix`` (Wᵀ·vec(X)) numpy only. ``address`` is the
    page's, quoted in a comment. No line is longer than `LINE`.

    >>> source = program(Settings(), "numpy")
    >>> compile(source, "<numpy>", "exec").co_name
    '<module>'
    """
    layer, output = settings.layer, run(settings).output
    x, k = np.array(settings.input), np.array(settings.weight)
    bias = np.array(settings.bias)
    whole = all((array == np.round(array)).all() for array in (x, k, bias))
    check = f"{'pytorch' if kind == 'pytorch' else 'numpy'}_{'whole' if whole else 'decimal'}"
    sides = {  # k_h, s_h, … d_w, the programs' short names
        f"{letter}_{side}": number
        for side, numbers in zip("hw", layer.axes, strict=True)
        for letter, number in zip("kspod", numbers, strict=True)
    }
    return say(
        f"code.programs.{kind}",
        link=_link(address),
        input=nested(x),
        weight=nested(k),
        output=nested(output),
        check=say(f"code.checks.{check}", more=f" + {ceil(np.abs(bias).max())}" if len(bias) else ""),
        has_bias=bool(settings.bias),
        bias=say(f"code.bias.{kind}", bias=nested(bias, BIAS_INDENT[kind])) if settings.bias else "",
        crop=_crop(settings, kind),
        in_channels=layer.in_channels,
        out_channels=layer.out_channels,
        groups=layer.groups,
        **sides,
    )


def _crop(settings: Settings, kind: str) -> str:
    """The lines that crop each end for itself, where anything is cropped so."""
    if settings.crop == NO_CROP:
        return ""
    (top, bottom), (left, right) = settings.crop
    return say(f"code.crop.{kind}", top=top, bottom=bottom, left=left, right=right)


def nested(array: np.ndarray, indent: int = 4) -> str:
    """An array as nested lists, a row on a line, behind an indent of so many spaces; numbers in columns.

    >>> print(nested(np.array([[0.5, 1.0], [20.0, 3.0]]), 0))
    [[0.5,   1],
     [ 20,   3]]
    """
    texts = np.array([_number(value) for value in array.ravel().tolist()])
    width = max(map(len, texts))
    return _rows(np.char.rjust(texts, width).reshape(array.shape), indent + 1)


def _rows(texts: np.ndarray, indent: int) -> str:
    """Nested lists of texts of one length; a row that is too long for a line goes on in the next."""
    if texts.ndim > 1:
        parts = [_rows(part, indent + 1) for part in texts]
    else:
        count = max(1, (LINE - indent - len("]]]],") + len(", ")) // (len(texts[0]) + len(", ")))
        parts = [", ".join(texts[at : at + count]) for at in range(0, len(texts), count)]
    between = f",\n{' ' * indent}"
    return f"[{between.join(parts)}]"


def _number(value: float) -> str:
    """The shortest exact decimal; 1e-300 and the like, which no line holds written out, with an exponent."""
    text = format_number(value)
    return text if len(text) <= LONGEST_NUMBER else repr(value)


def _link(address: str) -> str:
    """The address as comment lines. Nothing in it can end a line, and with it the comment."""
    plain = "".join(letter for letter in address if letter.isprintable() and not letter.isspace())
    pieces = [plain[at : at + LINE - 2] for at in range(0, len(plain), LINE - 2)]
    return "".join(f"# {line}\n" for line in [say("code.link"), *pieces]) if pieces else ""
