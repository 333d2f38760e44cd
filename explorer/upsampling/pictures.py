"""Pictures that are drawn here, 256×256 and grey: what shows an upsampling's faults."""

from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIDE = 256
DARK, LIGHT = 0.12, 0.88
LETTERS = "RS 238"
"""Straight, slanted and round strokes."""


def picture(name: str) -> np.ndarray:
    """The picture of that name, (1, 256, 256); see `PICTURES`. Raises KeyError for another name.

    >>> picture("scene").shape
    (1, 256, 256)
    """
    return PICTURES[name]()[None]


def _scene() -> np.ndarray:
    """A disc, a fine grid, letters and a slanted line on dark, and a gradient below."""
    drawn = np.full((SIDE, SIDE), DARK)
    rows, columns = np.indices(drawn.shape)
    distance = np.hypot(rows - 60, columns - 66)
    drawn += (LIGHT - DARK) * np.clip(46.5 - distance, 0, 1)  # one cell of soft edge
    grid = drawn[20:100, 146:236]
    grid[:] = LIGHT
    grid[::10] = grid[:, ::6] = DARK
    grid[:, 1::6] = DARK
    drawn[192:] = np.linspace(DARK, 0.95, SIDE)
    return np.maximum(drawn, _strokes())


def _strokes() -> np.ndarray:
    """The letters and the line, grey on black, smoothed: drawn four times as large."""
    scale = 4
    sheet = Image.new("L", (SIDE * scale, SIDE * scale))
    draw = ImageDraw.Draw(sheet)
    draw.text((22 * scale, 116 * scale), LETTERS, fill=230, font=ImageFont.load_default(44 * scale))
    draw.line([(172 * scale, 178 * scale), (240 * scale, 122 * scale)], fill=230, width=2 * scale)
    return np.asarray(sheet.resize((SIDE, SIDE), Image.Resampling.BOX), float) / 255


def _rings() -> np.ndarray:
    """Rings that become finer outwards, up to a wave of four cells at the edges: each place is one frequency."""
    along = np.arange(SIDE) - SIDE / 2
    squares = np.add.outer(along**2, along**2)
    return 0.5 + 0.45 * np.cos(np.pi * squares / (2 * SIDE))


def _flat() -> np.ndarray:
    """One grey: what differs in the result is the kernel's."""
    return np.full((SIDE, SIDE), 0.5)


PICTURES: Mapping[str, Callable[[], np.ndarray]] = {"scene": _scene, "rings": _rings, "flat": _flat}
"""Name -> its drawing, (256, 256), each time anew."""
