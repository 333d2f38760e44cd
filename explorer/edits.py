"""What a person types or pastes into X and K, as numbers in the settings."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from explorer.decimals import Unreadable, parse_number
from explorer.settings import LIMITS, Notice, Settings, changed, with_number


class Refusal(NamedTuple):
    """A cell whose text is no number: its index, the text, why (a key of ``refusals`` in the texts), what it keeps."""

    at: tuple[int, ...]
    text: str
    reason: str
    kept: float


def edited(settings: Settings, grid: str, at: Sequence[int], text: str) -> tuple[Settings, list[Refusal], list[Notice]]:
    """The settings after ``text`` was put into ``grid`` at an index, (c, i, j) or (ci, co, a, b).

    A block of cells, tabs between them and a line a row as spreadsheets copy it, goes down and right from there. It
    enlarges the grid as far as `LIMITS` go, and a notice says so. A cell that is no number is refused, others count.

    >>> edited(Settings(), "input", (0, 0, 1), "1/2\\t7")[0].input
    (((0.0, 0.5, 7.0), (2.0, 3.0, 0.0)),)
    >>> edited(Settings(), "kernel", (0, 0, 1, 1), "abc")[1]
    [Refusal(at=(0, 0, 1, 1), text='abc', reason='not_a_number', kept=3.0)]
    """
    rows = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
    *channel, top, left = at
    settings, notices = _enlarged(settings, grid, top + len(rows), left + max(map(len, rows)))
    values = np.array(settings.input if grid == "input" else settings.weight)
    refusals = []
    for i, row in enumerate(rows[: values.shape[-2] - top], top):
        for j, cell in enumerate(row[: values.shape[-1] - left], left):
            index = (*channel, i, j)
            try:
                settings = with_number(settings, grid, index, parse_number(cell))
            except Unreadable as error:
                refusals.append(Refusal(index, cell[:20], error.key, float(values[index])))
    return settings, refusals, notices


def _enlarged(settings: Settings, grid: str, rows: int, columns: int) -> tuple[Settings, list[Notice]]:
    """The settings with room for a block that reaches that far, and what is said of it."""
    notices: list[Notice] = []
    size = settings.size if grid == "input" else settings.layer.weight_shape[2:]
    wanted = []
    for side, needed, now in (("height", rows, size[0]), ("width", columns, size[1])):
        field = f"{grid}_{side}"
        wanted.append(min(max(needed, now), LIMITS[field][1]))
        if wanted[-1] > now:
            settings, moved = changed(settings, field, wanted[-1])
            notices += moved
    if tuple(wanted) != tuple(size):
        notices.append(Notice.of("enlarged", grid="X" if grid == "input" else "K", rows=wanted[0], columns=wanted[1]))
    if rows > wanted[0] or columns > wanted[1]:
        notices.append(Notice.of("cut", rows=wanted[0], columns=wanted[1]))
    return settings, notices
