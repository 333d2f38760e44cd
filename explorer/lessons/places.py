"""Places: the numbers of a text. Each is computed by the core from the page that stands beside the text.

A place is ``{name}`` or ``{name[1,2]}``. The names are looked up in tables; nothing is evaluated.
"""

import re
from collections.abc import Sequence

import numpy as np

from explorer.decimals import number_text as decimal_text
from explorer.lessons.counts import NUMBERS, TEXTS, sizes, sources
from explorer.lessons.scene import GRIDS, Scene
from explorer.lessons.sums import GRID_OF, TERMS, written
from explorer.session.page import Page
from explorer.settings import shape_text

PLACE = re.compile(r"\{([A-Za-z_]+)(?:\[([0-9]+(?:,[0-9]+)*)\])?\}")
ROW, SIZE, HEIGHT, WIDTH = "_row", "_size", "_h", "_w"
"""What follows a grid's name for one of its rows, {W_row[0]}, and a size's name: {out_size}, {out_h}, {out_w}."""

SIZE_NAMES = frozenset(("in", "k", "out", "full", "canvas", "stamp", "inserted", "padded", "plain_out", "W", "WT"))
LISTS = ("cells", "sources")


class PlaceError(ValueError):
    """A place that does not exist."""


def is_place(name: str) -> bool:
    """Whether a text can name this; which indices it may have, only the page can say.

    >>> is_place("out_size"), is_place("Y_row"), is_place("answer")
    (True, True, False)
    """
    return (
        name in {*NUMBERS, *TEXTS, *GRIDS, *TERMS, *LISTS, "stamp"}
        or name.removesuffix(ROW) in GRIDS
        or any(name.endswith(end) and name.removesuffix(end) in SIZE_NAMES for end in (SIZE, HEIGHT, WIDTH))
    )


class Places:
    """The places of one page. ``cells`` are the notebook's cells of its lesson.

    >>> from explorer.session.page import page_at
    >>> places = Places(page_at("?preset=padding-1").page)
    >>> places.fill("of {full_size} sums one is left: {sum[0,0]} = {Y[0,0]}")
    'of 3×3 sums one is left: 0·3 + 1·2 + 2·1 + 3·0 = 4'
    """

    def __init__(self, page: Page, cells: Sequence[int] = ()) -> None:
        self.scene = Scene(page)
        self.cells = tuple(cells)

    def fill(self, text: str) -> str:
        """The text with its places filled. Raises `PlaceError` where one does not exist, or a brace is left over."""
        rest = PLACE.sub("", text)
        if "{" in rest or "}" in rest:
            raise PlaceError(f"a brace that is no place: “{text.strip()}”")
        return PLACE.sub(lambda found: self.text_of(found[1], indices_of(found[2])), text)

    def text_of(self, name: str, at: tuple[int, ...] = ()) -> str:
        """What stands in a place. Raises `PlaceError` where the page has no such place.

        >>> Places(Page()).text_of("Y", (1, 1)), Places(Page()).text_of("out_size")
        ('4', '3×3')
        """
        try:
            found = self._text_of(name, at)
        except IndexError:
            found = None
        if found is None:
            raise PlaceError(f"no such place: {name}{list(at) or ''}")
        return found

    def _text_of(self, name: str, at: tuple[int, ...]) -> str | None:
        scene = self.scene
        if name in LISTS:
            return number_text((self.cells if name == "cells" else sources(scene))[at[0]]) if len(at) == 1 else None
        if name == "stamp":
            return self._product(at)
        if name in GRIDS:
            return self._cell(GRIDS[name](scene), at)
        if name.removesuffix(ROW) in GRIDS:
            return ", ".join(map(number_text, self._block(name.removesuffix(ROW), at[:-1])[at[-1]]))
        if name in TERMS:
            where = _whole_index(GRIDS[GRID_OF[name]](scene), at)
            return written(TERMS[name](scene, *where))
        if at or not is_place(name):
            return None
        return self._plain(name)

    def _plain(self, name: str) -> str:
        """What has no index."""
        if name in NUMBERS:
            return number_text(NUMBERS[name](self.scene))
        if name in TEXTS:
            return TEXTS[name](self.scene)
        size, _, part = name.rpartition("_")
        found = sizes(self.scene)[size]
        return {"size": shape_text(found), "h": str(found[0]), "w": str(found[1])}[part]

    def _product(self, at: tuple[int, ...]) -> str | None:
        """X[i,j]·K[a,b], of the first channels."""
        if len(at) != 4:
            return None
        i, j, a, b = at
        return number_text(self.scene.operation.input[0, i, j] * self.scene.operation.weight[0, 0, a, b])

    def _cell(self, grid: np.ndarray, at: tuple[int, ...]) -> str:
        """A cell's number; without indices the whole grid as nested lists."""
        if at:
            return number_text(grid[_whole_index(grid, at)])
        rows = grid.reshape(-1, grid.shape[-1])
        return f"[{', '.join('[' + ', '.join(map(number_text, row)) + ']' for row in rows)}]"

    def _block(self, name: str, at: tuple[int, ...]) -> np.ndarray:
        grid = GRIDS[name](self.scene)
        return grid[(0,) * (grid.ndim - 2 - len(at)) + at]


def indices_of(text: str | None) -> tuple[int, ...]:
    """The indices of a place as it is written.

    >>> indices_of("1,2"), indices_of(None)
    ((1, 2), ())
    """
    return tuple(map(int, text.split(","))) if text else ()


def _whole_index(grid: np.ndarray, at: tuple[int, ...]) -> tuple[int, ...]:
    """An index with the leading zeros that a text leaves out. Raises IndexError where the grid has no such cell."""
    where = (0,) * (grid.ndim - len(at)) + at
    if (
        len(at) < 2
        or len(where) != grid.ndim
        or any(index >= length for index, length in zip(where, grid.shape, strict=True))
    ):
        raise IndexError(at)
    return where


def number_text(value: float) -> str:
    """A number, also one of NumPy's, as cells show it."""
    return decimal_text(float(value))
