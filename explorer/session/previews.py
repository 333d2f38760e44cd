"""What a pasted text would do to a grid, said before it is taken. Nothing changes here."""

from typing import Any

import numpy as np

from explorer.notices import error_text, notice_text
from explorer.placing import NAMES, Misfit, Place, Placed, grid_shape, placed
from explorer.reading import NumbersError, parse_numbers
from explorer.session.page import Page
from explorer.session.writing import index_of_channel
from explorer.settings import shape_text
from explorer.text import in_a_row, say
from explorer.views import upstream_of

MOST_BLOCKS = 4
"""Blocks of the numbers read that a preview shows."""
MOST_ROWS = 12
"""Rows, and columns, of a block that a preview shows."""


def preview_of(page: Page, grid: str, text: str) -> dict[str, Any]:
    """What the ``paste`` of a text into the shown channels of ``grid`` would do.

    ``shape`` and ``rows``, the first blocks, are what was read, or None; ``text`` is a sentence: what will happen, or
    why nothing can; ``ok`` says which of the two.

    >>> preview_of(Page(), "input", "[[1, 2, 3]]")
    {'grid': 'input', 'shape': [1, 3], 'rows': [[[1.0, 2.0, 3.0]]], 'text': 'X becomes 1×3.', 'ok': True}
    """
    shape, rows = None, None
    try:
        numbers = parse_numbers(text)
        shape, rows = list(numbers.shape), _rows(numbers)
        place = Place(grid, index_of_channel(page.settings, grid, page.view.channel))
        done = placed(page.settings, numbers, place, upstream_of(page.settings, page.view))
    except (NumbersError, Misfit) as error:
        said, ok = say("preview.refused", reason=error_text(error)), False
    else:
        said, ok = in_a_row([_sentence(done, place, numbers), *map(notice_text, done.notices)]), True
    return {"grid": grid, "shape": shape, "rows": rows, "text": said, "ok": ok}


def _rows(numbers: np.ndarray) -> list[list[list[float]]]:
    """The first blocks of the numbers as nested lists."""
    blocks = numbers.reshape(-1, *numbers.shape[-2:])
    return blocks[:MOST_BLOCKS, :MOST_ROWS, :MOST_ROWS].tolist()


def _sentence(done: Placed, place: Place, numbers: np.ndarray) -> str:
    """What becomes of the grid."""
    grid = place.grid
    shape = grid_shape(done.settings, grid)
    *channels, rows, columns = shape
    size = {"grid": NAMES[grid], "rows": rows, "columns": columns}
    if grid == "upstream":
        read = {"rows": numbers.shape[-2], "columns": numbers.shape[-1]}
        return say("preview.upstream", **{**size, **read}, shape=shape_text(shape))
    if not done.is_whole:
        return say("preview.shown", **size, channel=",".join(map(str, place.channel)))
    count = int(np.prod(channels))
    if count == 1:
        return say("preview.one", **size)
    if grid == "input":
        return say("preview.many", **size, count=count)
    layer = done.settings.layer
    return say("preview.kernels", **size, count=count, ins=layer.in_channels, outs=layer.out_channels)
