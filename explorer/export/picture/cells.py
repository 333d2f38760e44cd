"""The cells of a grid: their fills and their numbers. Lengths are px from the grid's first cell."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from explorer.decimals import number_text
from explorer.export.picture.boards import LINED, Board
from explorer.export.picture.drawing import escaped, number, scaled, tag
from explorer.export.picture.fonts import DIGIT, NOT_YET, common_font, own_font, shift_of
from explorer.export.picture.inks import ENTRY, Inks
from explorer.export.picture.kinds import bound_of
from explorer.export.picture.scene import Scene
from explorer.export.picture.steps import Values
from explorer.text import say

LEAST = 1.0  # px of a cell of a map, which would fade if it were less
GAP = 1  # px that the line around a cell takes of it on each side
BASELINE = 0.33  # of a font's size: from the middle of its digits down to their foot


class Cells(NamedTuple):
    """What a grid holds: ``values`` now and ``done`` when all steps are, which cells are ``masked`` or ``waiting``.

    ``filled`` are a matrix's entries; None where every cell is one.
    """

    values: Values
    done: Values
    masked: set[int]
    waiting: set[int]
    filled: set[int] | None


def cells_of(board: Board, scene: Scene, finished: Scene) -> Cells:
    """What a grid holds; ``finished`` is the scene when all steps are done."""
    kind, everything = board.kind, range(board.rows * board.columns)
    masked = (
        {cell for cell in everything if scene.is_masked(kind.name_at(scene, cell))} if scene.document["mask"] else set()
    )
    touched = scene.canvas.touched
    waits = kind.is_canvas and kind.grows and touched is not None
    waiting = {cell for cell in everything if cell not in touched} if waits and touched is not None else set()
    filled = set(kind.filled_cells(scene)) if kind.filled_cells else None
    values = kind.values(scene)
    done = kind.values(finished) if kind.grows and board.size.is_readable else values
    return Cells(values, done, masked, waiting, filled)


def fills(board: Board, cells: Cells, scene: Scene, inks: Inks) -> str:
    """The colours: one path for all cells of a colour, in which cells side by side are one where no line parts them."""
    bound = bound_of(scene) if board.kind.has_own_bound else scene.document["grids"][board.name]["bound"]
    by_colour: dict[str, list[int]] = defaultdict(list)
    everything = range(board.rows * board.columns) if cells.filled is None else sorted(cells.filled)
    for cell in everything:
        by_colour[_fill(board, cells, cell, bound, inks)].append(cell)
    empty = by_colour.pop("", [])
    paths = [tag("path", fill=colour, d=_path(board, found)) for colour, found in sorted(by_colour.items())]
    if empty:
        paths.append(tag("path", class_="empty", fill="none", stroke=inks.palette.border, d=_path(board, empty)))
    if cells.filled is None:
        return "".join(paths)
    if board.size.is_readable:
        outline = _path(board, sorted(cells.filled), inset=0.5)
        paths.append(tag("path", fill="none", stroke=inks.palette.muted, stroke_opacity=ENTRY, d=outline or None))
    box = tag("rect", width=board.cells_width, height=board.cells_height, fill="none", stroke=inks.palette.border)
    return "".join([box, *paths])


def _fill(board: Board, cells: Cells, cell: int, bound: float, inks: Inks) -> str:
    """The colour of a cell; empty where it has none."""
    value = cells.values[cell]
    if value is None or cell in cells.masked:
        return ""
    if cells.filled is not None and value == 0 and not board.size.is_readable and not cells.masked:
        return inks.zero_entry
    fill = scaled(value, bound or 1.0, inks.palette.scale)
    return inks.waiting(fill) if cell in cells.waiting else fill


def _path(board: Board, cells: list[int], inset: float | None = None) -> str:
    """The path of cells."""
    width, height, across = board.size
    if inset is None:
        inset = GAP if board.size.cell >= LINED else 0
    is_parted = inset > 0 or across > width
    boxes = []
    for row, column, count in _runs(cells, board.columns, is_parted):
        x, y, wide = column * across + inset, row * height + inset, (count - 1) * across + width - 2 * inset
        wide, high = max(wide, LEAST), max(height - 2 * inset, LEAST)
        boxes.append(f"M{_short(x)},{_short(y)}h{_short(wide)}v{_short(high)}h{_short(-wide)}z")
    return "".join(boxes)


def _runs(cells: list[int], columns: int, is_parted: bool) -> Iterator[tuple[int, int, int]]:
    """Row, first column and count of cells side by side; each alone where lines part them. Cells come in order."""
    start = before = -2
    for cell in [*cells, -2]:
        joins = cell == before + 1 and cell % columns != 0 and not is_parted
        if not joins:
            if start >= 0:
                yield start // columns, start % columns, before - start + 1
            start = cell
        before = cell


def _short(value: float) -> str:
    """A length in a path; the cells of a map are parts of a pixel."""
    return number(round(value, 2))


def numbers(board: Board, cells: Cells, scene: Scene, inks: Inks) -> str:
    """The numbers, as texts in the middles of their cells; at every step as large as in the end."""
    if not board.size.is_readable:
        return ""
    font = common_font([_text(value) for value in cells.done])
    cell_size, size = board.size.cell, board.size
    inserted = scene.links.input_under if board.kind.role == "zero_inserted" else []
    texts = []
    for cell in range(board.rows * board.columns):
        text = _shown(cells, cell)
        if not text:
            continue
        own = own_font(font, text) * cell_size
        row, column = divmod(cell, board.columns)
        x = column * size.across + size.width / 2 + shift_of(font, text) * DIGIT * own
        y = (row + 0.5) * size.height + BASELINE * own
        is_zero = bool(inserted) and inserted[cell] < 0
        texts.append(
            tag(
                "text",
                escaped(text),
                x=x,
                y=y,
                font_size=None if own == font.size * cell_size else own,
                fill=inks.palette.muted if is_zero else None,
            )
        )
    attributes = {"class_": "numbers", "fill": inks.palette.text, "text_anchor": "middle"}
    return tag("g", texts, font_size=font.size * cell_size, **attributes)


def _shown(cells: Cells, cell: int) -> str:
    """What stands in a cell."""
    if cells.filled is not None and cell not in cells.filled:
        return ""
    if cell in cells.masked:
        return say("stage.hidden")
    return NOT_YET if cell in cells.waiting else _text(cells.values[cell])


def _text(value: float | None) -> str:
    return "" if value is None else number_text(value)
