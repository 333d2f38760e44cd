"""What a layer and a method may be given: `LayerError`, and the checks of single values and of arrays."""

import operator
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import NoReturn

import numpy as np

from explorer.text import say

Pair = tuple[int, int]
FLOATS = (np.dtype(np.float32), np.dtype(np.float64))
EXACT = 2**53
"""Beyond it a float64 does not hold every whole number."""

ELSEWHERE = {
    "bias": "is no part of a layer here: leave it out and add it to the output, output + bias[:, None, None]",
    "padding_mode": "is no choice here: a transposed convolution has zeros only, in torch too; leave it out",
    "output_size": "depends on the input's size too: give output_padding, which is output_size minus "
    "Layer(…).output_size((H, W)) of the layer without it, along the height and the width",
    "device": "is no part of a layer here: it has no weight; leave it out",
    "dtype": "is no part of a layer here: the output has the input's dtype; leave it out",
}
"""What torch's constructor and its layer's call take, and a layer here does not: what to do instead."""


class LayerError(ValueError):
    """A value that no transposed convolution can have, or an array that does not fit a layer.

    Attributes: ``field`` (torch's name of the value), ``value``, and ``rule`` (what it breaks).

    >>> raise LayerError("stride", 0, "must be at least 1")
    Traceback (most recent call last):
    explorer.arguments.LayerError: stride = 0: must be at least 1
    """

    def __init__(self, field: str, value: object, rule: str) -> None:
        super().__init__(say("rules.refused", field=field, value=value, rule=rule))
        self.field, self.value, self.rule = field, value, rule


def refuse(more: Sequence[object], others: Mapping[str, object], names: Sequence[str]) -> None:
    """Refuse what a layer does not take: positional arguments after output_padding, and names that are not its own.

    ``names`` are its own. Raises `LayerError`, TypeError for a name that torch does not know either.

    >>> refuse((), {"bias": True}, ())
    Traceback (most recent call last):
    explorer.arguments.LayerError: bias = True: is no part of a layer here: leave it out and add it to the output, ...
    """
    if more:
        rule = (
            "is not taken by position, where torch has groups: "
            f"name it, groups={more[0]} or dilation={more[0]}; the last one by position is output_padding"
        )
        raise LayerError("argument 7", more[0], rule)
    for name, value in others.items():
        if name in ELSEWHERE:
            raise LayerError(name, value, ELSEWHERE[name])
        _refuse_name(name, names)


def _refuse_name(name: str, names: Sequence[str]) -> NoReturn:
    """Python's own error of a name that nobody knows, and the nearest name."""
    near = get_close_matches(name, names, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise TypeError(f"Layer() got an unexpected keyword argument {name!r}{hint}")


def whole(field: str, value: object) -> int:
    """The value as an int; torch takes no bool and no float here."""
    if not isinstance(value, (bool, np.bool_)):
        try:
            return operator.index(value)  # type: ignore[arg-type]
        except TypeError:
            pass
    raise LayerError(field, value, say("rules.whole")) from None


def pair(field: str, value: object) -> Pair:
    """A whole number twice, or a (height, width) pair."""
    # A tuple is asked for first: whether something is a sequence takes longer, and sizes are read all the time.
    if isinstance(value, (tuple, Sequence)) and not isinstance(value, (str, bytes)):
        if len(value) != 2:
            raise LayerError(field, value, say("rules.pair"))
        return whole(field, value[0]), whole(field, value[1])
    number = whole(field, value)
    return number, number


def floats(name: str, values: object) -> np.ndarray:
    """The values as an array of float32 or float64: an array of these as it is, and whole numbers as float64.

    Takes whatever numpy makes an array of: nested lists, torch's tensors, … Raises `LayerError` for values that are not
    numbers (booleans are none), for complex numbers and other floats, for rows of different lengths, and for whole
    numbers that a float64 does not hold exactly.

    >>> floats("input", [[1, 2], [3, 4]]).dtype, floats("input", np.float32([1, 2])).dtype
    (dtype('float64'), dtype('float32'))
    """
    try:
        array = np.asarray(values)
    except (TypeError, ValueError, RuntimeError) as error:  # rows of different lengths; a tensor that needs a gradient
        raise LayerError(name, type(values).__name__, f"numpy makes no array of it ({error})") from None
    if array.dtype in FLOATS:
        return array
    if array.dtype.kind not in "iu":
        raise LayerError(name, array.dtype, "must hold whole numbers, or be float32 or float64")
    for value in (array.min(initial=0), array.max(initial=0)):
        if abs(int(value)) > EXACT:
            raise LayerError(name, value, "whole numbers become float64, which holds them exactly up to 2**53 only")
    return array.astype(np.float64)
