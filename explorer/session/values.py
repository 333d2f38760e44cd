"""Single values of an address, read and written. Nothing is allocated before it is known to be small enough."""

import re
from typing import Any

import numpy as np

from explorer.afterwards import MOST_CROP, Ends
from explorer.decimals import LONGEST_NUMBER, Unreadable, format_number, parse_number
from explorer.fills import UPSTREAM, Seeds
from explorer.layer import Pair
from explorer.limits import LIMITS, LONGEST
from explorer.memory import Memory
from explorer.settings import Settings, frozen
from explorer.views import View, cell_ranges

LARGEST_SEED = 2**32 - 1


def write_grid(array: Any) -> str:
    """The blocks of an array (..., rows, columns): , between cells, ; between rows, | between blocks.

    >>> write_grid([[[1, 2], [3, 4.5]]])
    '1,2;3,4.5'
    """
    array = np.array(array)
    blocks = array.reshape(-1, *array.shape[-2:])
    return "|".join(";".join(",".join(map(format_number, row)) for row in block) for block in blocks)


def read_grid(text: str, field: str, most_blocks: int) -> np.ndarray:
    """The blocks (n, rows, columns) that `write_grid` wrote, within `LIMITS`; one row may be `LONGEST` long.

    >>> read_grid("1,2|3,4", "input", 4).tolist()
    [[[1.0, 2.0]], [[3.0, 4.0]]]
    """
    rows, columns = (LIMITS[f"{field}_{side}"][1] for side in ("height", "width"))
    is_one_row = ";" not in text
    return _read_blocks(text, most_blocks, rows, LONGEST if is_one_row else columns)


def _read_blocks(text: str, most_blocks: int, rows: int, columns: int) -> np.ndarray:
    """The blocks that `write_grid` wrote, at most so many of so many rows and columns; bounded before it is read."""
    if text.count("|") >= most_blocks or len(text) > most_blocks * rows * columns * LONGEST_NUMBER:
        raise Unreadable("too_many_blocks")
    blocks = [[row.split(",") for row in block.split(";")] for block in text.split("|")]
    if len({(len(block), len(row)) for block in blocks for row in block}) != 1:
        raise Unreadable("ragged")
    if len(blocks[0]) > rows or len(blocks[0][0]) > columns:
        raise Unreadable("too_large_grid")
    return np.array([[[parse_number(cell) for cell in row] for row in block] for block in blocks])


def read_upstream(text: str, shape: tuple[int, ...]) -> tuple[str, tuple]:
    """What dY holds: the name of a fill, or its own numbers in Y's shape, as nested tuples.

    >>> read_upstream("ones", (1, 1, 2)), read_upstream("1,2", (1, 1, 2))
    (('ones', ()), ('arange', (((1.0, 2.0),),)))
    """
    if re.fullmatch(r"[a-z]*", text):
        return read_one_of(text, UPSTREAM), ()
    try:
        values = _read_blocks(text, *shape)
    except Unreadable as error:
        raise Unreadable("other_shape" if error.key in _OTHER_SHAPE else error.key) from None
    if values.shape != shape:
        raise Unreadable("other_shape")
    return UPSTREAM[0], frozen(values)


_OTHER_SHAPE = ("too_many_blocks", "ragged", "too_large_grid")
"""Why blocks cannot be read that have not the shape of Y."""


def write_upstream(view: View) -> str | None:
    """What an address says of dY; None where it is the first of `UPSTREAM`.

    >>> write_upstream(View(upstream="ones")), write_upstream(View())
    ('ones', None)
    """
    if view.upstream_values:
        return write_grid(view.upstream_values)
    return view.upstream if view.upstream != UPSTREAM[0] else None


def read_whole(text: str, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``."""
    if not re.fullmatch(r"[0-9]{1,10}", text) or not low <= int(text) <= high:
        raise Unreadable("outside")
    return int(text)


def read_pair(text: str, low: int, high: int) -> Pair:
    """One number for height and width, or two with an x between them.

    >>> read_pair("2", 0, 4), read_pair("2x1", 0, 4)
    ((2, 2), (2, 1))
    """
    parts = text.split("x")
    try:
        if len(parts) > 2:
            raise Unreadable("outside")
        return read_whole(parts[0], low, high), read_whole(parts[-1], low, high)
    except Unreadable:
        raise Unreadable("outside_pair") from None


def read_crop(text: str, is_line: bool) -> Ends:
    """What is cropped at the start and the end of both axes, or of the height and of the width; of one row its width.

    >>> read_crop("0,1", False), read_crop("0,1;2,0", False), read_crop("0,1", True)
    (((0, 1), (0, 1)), ((0, 1), (2, 0)), ((0, 0), (0, 1)))
    """
    axes = [axis.split(",") for axis in text.split(";")]
    try:
        if len(axes) > 2 or any(len(ends) != 2 for ends in axes):
            raise Unreadable("outside")
        found = [(read_whole(start, 0, MOST_CROP), read_whole(end, 0, MOST_CROP)) for start, end in axes]
    except Unreadable:
        raise Unreadable("outside_crop") from None
    if is_line and len(found) == 1:
        return (0, 0), found[0]
    return found[0], found[-1]


def read_bias(text: str, channels: int) -> tuple[float, ...]:
    """A number for all output channels, or one for each of so many.

    >>> read_bias("0.5", 2), read_bias("0.5,1", 2)
    ((0.5, 0.5), (0.5, 1.0))
    """
    if len(text) > channels * (LONGEST_NUMBER + 1):
        raise Unreadable("other_count")
    found = tuple(map(parse_number, text.split(",")))
    if len(found) not in (1, channels):
        raise Unreadable("other_count")
    return found * channels if len(found) == 1 else found


def read_channels(text: str, most: int) -> Pair:
    """The shown channels of X and Y, with a comma between them."""
    try:
        return read_pair(text.replace(",", "x"), 0, most)
    except Unreadable:
        raise Unreadable("outside") from None


def read_one_of(text: str, names: Any) -> str:
    """One of the names."""
    if text not in names:
        raise Unreadable("unknown")
    return text


def read_cell(text: str, settings: Settings) -> str:
    """A cell's name that the settings have.

    >>> read_cell("input:0,01,1", Settings())
    'input:0,1,1'
    """
    grid, _, indices = text.partition(":")
    ranges = cell_ranges(settings).get(grid, ())
    numbers = indices.split(",")
    if not ranges or len(numbers) != len(ranges):
        raise Unreadable("no_cell")
    for number, count in zip(numbers, ranges, strict=True):
        if not re.fullmatch(r"[0-9]{1,6}", number) or int(number) >= count:
            raise Unreadable("no_cell")
    return f"{grid}:{','.join(str(int(number)) for number in numbers)}"


def read_seeds(text: str) -> Seeds:
    """One seed for every random grid, or those of X, K and dY with commas between them, empty for none.

    >>> read_seeds("3"), read_seeds("1,,3")
    (Seeds(input=3, kernel=3, upstream=3), Seeds(input=1, kernel=None, upstream=3))
    """
    parts = text.split(",")
    try:
        if len(parts) not in (1, 3):
            raise Unreadable("outside")
        found = [read_whole(part, 0, LARGEST_SEED) if part or len(parts) == 1 else None for part in parts]
    except Unreadable:
        raise Unreadable("outside_seeds") from None
    return Seeds(*(found * 3)[:3])


def seeds_in_use(given: Seeds, settings: Settings, upstream: str) -> Seeds:
    """The seeds of those grids that are what the random fill makes of them; dY's where its fill is random.

    >>> seeds_in_use(Seeds(3, 3, 3), Settings(), "random")
    Seeds(input=None, kernel=None, upstream=3)
    """
    memory = Memory.of(settings.input, settings.weight, given[:2])
    return Seeds(*memory.seeds(settings.input, settings.weight), (given[2] or 0) if upstream == "random" else None)


def write_seeds(seeds: Seeds, settings: Settings, upstream: str) -> str:
    """The seeds as an address says them: one number where it is read as the same; empty where nothing is random.

    >>> write_seeds(Seeds(upstream=3), Settings(), "random"), write_seeds(Seeds(), Settings(), "ones")
    ('3', '')
    """
    used = sorted({seed for seed in seeds if seed is not None})
    if len(used) == 1 and seeds_in_use(Seeds(*used * 3), settings, upstream) == seeds:
        return str(used[0])
    return ",".join("" if seed is None else str(seed) for seed in seeds) if used else ""
