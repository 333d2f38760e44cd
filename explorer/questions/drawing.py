"""Small plain pictures of a grid: numbers in cells, where it matters with the frame that padding crops to.

The colours are the text's own colour and the custom properties of `explorer.stage.style`, so that a picture reads well
in both themes wherever it stands; where there are none of these, everything has the text's colour.
"""

from typing import NamedTuple

import numpy as np

from explorer.decimals import number_text
from explorer.documents.messages import message, speak
from explorer.documents.schema import Message
from explorer.export.picture.cells import BASELINE
from explorer.export.picture.drawing import escaped, hatched, number, tag
from explorer.export.picture.fonts import FAMILY, common_font, own_font
from explorer.layer import Pair

CELL, EDGE, GAP = 30.0, 3.0, 1.0
"""Units of a cell's side, around the grid, and on each side of a cell."""
LEAST, MOST = 0.06, 0.36
"""How opaque the colour of a cell is: of a 0, and of the largest number."""
TEXT, POSITIVE, NEGATIVE, FRAME = (
    "currentColor",
    "var(--tconv-primary, currentColor)",
    "var(--tconv-warning, currentColor)",
    "var(--tconv-frame, currentColor)",
)
FADED = 0.62
"""How opaque a number is that is cropped."""
LARGEST = 7
"""Cells along a side of a picture: at 150 px its numbers are still read."""


class Picture(NamedTuple):
    """A grid: ``values`` (rows, columns), NaN where nothing has come yet; the ``window`` (top, left, height, width)
    that padding crops to, or None."""

    values: np.ndarray
    window: tuple[int, int, int, int] | None = None

    @property
    def shape(self) -> Pair:
        """(rows, columns)."""
        return self.values.shape[0], self.values.shape[1]


def draw(picture: Picture, label: Message, room: Pair | None = None, bound: float | None = None) -> str:
    """The SVG of a picture, called ``label``.

    It lies in the middle of ``room`` (rows, columns), which all pictures of a question have in common, as they have the
    number ``bound`` that has the strongest colour.

    >>> draw(Picture(np.eye(2)), message("questions.picture.name", name="a"))[:83]
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Picture a" viewBox="'
    """
    rows, columns = room or picture.shape
    width, height = columns * CELL + 2 * EDGE, rows * CELL + 2 * EDGE
    left, top = (width - picture.shape[1] * CELL) / 2, (height - picture.shape[0] * CELL) / 2
    largest = bound or bound_of([picture])
    parts = [_cells(picture, largest), _numbers(picture), _frame(picture)]
    return tag(
        "svg",
        tag("g", parts, transform=f"translate({number(left)} {number(top)})"),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_label=speak(label),
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        font_family=FAMILY,
    )


def bound_of(pictures: list[Picture]) -> float:
    """The largest magnitude in any of the pictures; 1 where all are 0.

    >>> bound_of([Picture(np.array([[1.0, -4.0]])), Picture(np.array([[np.nan]]))])
    4.0
    """
    return max((float(np.max(np.abs(np.nan_to_num(one.values)), initial=0.0)) for one in pictures), default=0.0) or 1.0


def room_of(pictures: list[Picture]) -> Pair:
    """Rows and columns that hold each of the pictures.

    >>> room_of([Picture(np.zeros((2, 5))), Picture(np.zeros((3, 1)))])
    (3, 5)
    """
    return max(one.shape[0] for one in pictures), max(one.shape[1] for one in pictures)


def _is_inside(picture: Picture, row: int, column: int) -> bool:
    if picture.window is None:
        return True
    top, left, height, width = picture.window
    return top <= row < top + height and left <= column < left + width


def _cells(picture: Picture, bound: float) -> str:
    """The boxes: a number's has a colour, a cropped one lines, one where nothing has come an outline only."""
    drawn = []
    for row, column in np.ndindex(*picture.shape):
        value = picture.values[row, column]
        x, y, side = column * CELL, row * CELL, CELL - 2 * GAP
        box = {"x": x + GAP, "y": y + GAP, "width": side, "height": side, "rx": 2}
        if np.isnan(value) or not _is_inside(picture, row, column):
            drawn.append(tag("rect", **box, fill="none", stroke=TEXT, stroke_opacity=0.25))
        else:
            opacity = LEAST + (MOST - LEAST) * abs(value) / bound
            drawn.append(tag("rect", **box, fill=NEGATIVE if value < 0 else POSITIVE, fill_opacity=opacity))
        if not _is_inside(picture, row, column):
            lines = hatched(x + GAP, y + GAP, side, side, CELL / 3, rises=True)
            drawn.append(tag("path", d=lines, stroke=TEXT, stroke_opacity=0.25, fill="none"))
    return "".join(drawn)


def _numbers(picture: Picture) -> str:
    """The numbers; cropped ones are fainter."""
    texts = [number_text(float(value)) for value in picture.values.ravel() if not np.isnan(value)]
    font, drawn = common_font(texts or [""]), []
    for row, column in np.ndindex(*picture.shape):
        value = picture.values[row, column]
        if np.isnan(value):
            continue
        text = number_text(float(value))
        size = own_font(font, text) * CELL
        place = {"x": (column + 0.5) * CELL, "y": (row + 0.5) * CELL + BASELINE * size}
        opacity = None if _is_inside(picture, row, column) else FADED
        drawn.append(tag("text", escaped(text), **place, font_size=size, fill_opacity=opacity))
    return tag("g", drawn, fill=TEXT, text_anchor="middle")


def _frame(picture: Picture) -> str:
    """The dashed frame around the output, where the picture is a canvas."""
    if picture.window is None:
        return ""
    top, left, height, width = (n * CELL for n in picture.window)
    box = {"x": left, "y": top, "width": width, "height": height}
    return tag("rect", **box, fill="none", stroke=FRAME, stroke_width=2, stroke_dasharray="5 3")


def spoken(picture: Picture) -> Message:
    """The picture for those who do not see it: its size, then its rows; of a canvas what is inside the frame.

    >>> speak(spoken(Picture(np.array([[0.0, 1.0], [np.nan, -2.0]]))))
    '2×2: 0 1; · −2'
    """
    values = picture.values
    if picture.window is not None:
        top, left, height, width = picture.window
        values = values[top : top + height, left : left + width]
    size, rows = f"{values.shape[0]}×{values.shape[1]}", "; ".join(" ".join(map(_text, row)) for row in values)
    if picture.window is None:
        return message("questions.picture.rows", size=size, rows=rows)
    canvas = f"{picture.shape[0]}×{picture.shape[1]}"
    return message("questions.picture.framed", size=size, rows=rows, canvas=canvas, top=top, left=left)


def _text(value: float) -> str:
    return "·" if np.isnan(value) else number_text(float(value))
