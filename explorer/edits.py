"""What a person types or pastes into X, K and dY. A text is read whole first; what cannot be read changes nothing."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from explorer.decimals import Unreadable, parse_number
from explorer.notice import Notice
from explorer.placing import Misfit, Place, placed
from explorer.reading import NumbersError, parse_numbers
from explorer.settings import Settings


class Refusal(NamedTuple):
    """A text that was not taken, and the cell where it was meant to go: its index, and the number that it keeps.

    ``at`` is empty where a whole grid was to be replaced. ``reason`` is a key of ``refusals`` in the texts where the
    text is one number; else ``error`` says why.
    """

    at: tuple[int, ...]
    text: str
    reason: str
    kept: float
    error: NumbersError | Misfit | None = None


class Edited(NamedTuple):
    """What a text made of the settings, or of dY (C_out, H', W'); with a refusal both are what they were."""

    settings: Settings
    refusals: list[Refusal]
    notices: list[Notice]
    upstream: np.ndarray | None = None


ONE_NUMBER = ("not_a_number", "division_by_zero", "too_large", "not_finite", "no_numbers")
"""The reasons for which a text of one entry is refused as a number is."""


def edited(settings: Settings, grid: str, at: Sequence[int], text: str, upstream: np.ndarray | None = None) -> Edited:
    """What comes of ``text`` in the cell ``at`` of a grid: (c, i, j) of ``input``, (ci, co, a, b) of ``kernel``, or
    (co, r, c) of ``upstream``, which is dY and has to be given.

    Numbers in any notation of `parse_numbers` go down and right from that cell, as `placed` says.

    >>> edited(Settings(), "input", (0, 0, 1), "1/2\\t7")[0].input
    (((0.0, 0.5, 7.0), (2.0, 3.0, 0.0)),)
    >>> edited(Settings(), "kernel", (0, 0, 1, 1), "abc")[1]
    [Refusal(at=(0, 0, 1, 1), text='abc', reason='not_a_number', kept=3.0, error=None)]
    """
    grids = {"input": settings.input, "kernel": settings.weight, "upstream": upstream}
    kept = float(np.array(grids[grid])[tuple(at)])
    try:
        numbers = _numbers(text)
    except Unreadable as error:
        return Edited(settings, [Refusal(tuple(at), text[:20], error.key, kept)], [], upstream)
    except NumbersError as error:
        return Edited(settings, [Refusal(tuple(at), text[:20], error.key, kept, error)], [], upstream)
    *channel, top, left = at
    try:
        done = placed(settings, numbers, Place(grid, tuple(channel), (top, left)), upstream)
    except Misfit as error:
        return Edited(settings, [Refusal(tuple(at), text[:20], error.key, kept, error)], [], upstream)
    return Edited(done.settings, [], done.notices, done.upstream)


def pasted(
    settings: Settings, grid: str, channel: tuple[int, ...], text: str, upstream: np.ndarray | None = None
) -> Edited:
    """What comes of a grid that ``text`` replaces; where it is one block, only the channel, (c,) or (ci, co), is.

    >>> pasted(Settings(), "input", (0,), "[1 2 3; 4 5 6]").settings.size
    (2, 3)
    """
    try:
        done = placed(settings, parse_numbers(text), Place(grid, channel), upstream)
    except (NumbersError, Misfit) as error:
        return Edited(settings, [Refusal((), text[:20], error.key, 0.0, error)], [], upstream)
    return Edited(done.settings, [], done.notices, done.upstream)


def _numbers(text: str) -> np.ndarray:
    """A cell's text as numbers. Raises `Unreadable` where it is no number, `NumbersError` where it is no block."""
    is_line = not any(mark in text.strip(" \r\n") for mark in "\t\r\n")
    if not is_line:
        return parse_numbers(text)
    try:
        return np.array([[parse_number(text)]])
    except Unreadable as one:
        try:
            return parse_numbers(text)
        except NumbersError as error:
            if error.key in ONE_NUMBER and (error.line, error.entry) == (1, 1) and not text.lstrip().startswith("["):
                raise one from None
            raise
