"""What lies under and over a grid's numbers, as in ``explorer/stage/parts/overlays.js``: crop, zeros, outlines."""

from collections.abc import Iterator
from typing import NamedTuple

from explorer.decimals import number_text
from explorer.export.picture import inks as shares
from explorer.export.picture.boards import Board
from explorer.export.picture.drawing import dotted, escaped, hatched, tag
from explorer.export.picture.fonts import CORNERED, corner_font, hatch_of, text_width
from explorer.export.picture.inks import Inks, line_width
from explorer.export.picture.marks import Frame, Mark, Marks
from explorer.export.picture.scene import Scene

DOT_GAP, DOT, ROUND = 8.0, 2.4, 4
LINE, WINDOW, CORNER_WEIGHT = 3, 3, 700


class Block(NamedTuple):
    """A block of cells."""

    row: int
    column: int
    height: int
    width: int

    @property
    def is_there(self) -> bool:
        """Whether it has a cell."""
        return self.height > 0 and self.width > 0


Box = tuple[float, float, float, float]
"""Left, top, width and height in px."""


def box_of(board: Board, block: Block) -> Box:
    """Where a block of a grid's cells is."""
    size = board.size
    width = (block.width - 1) * size.across + size.width
    return block.column * size.across, block.row * size.height, width, block.height * size.height


def cropped_blocks(window: list[int], rows: int, columns: int) -> list[Block]:
    """What lies around a window (top, left, height, width)."""
    top, left, height, width = window
    bottom, right = top + height, left + width
    blocks = [
        Block(0, 0, top, columns),
        Block(bottom, 0, rows - bottom, columns),
        Block(top, 0, height, left),
        Block(top, right, height, columns - right),
    ]
    return [block for block in blocks if block.is_there]


def under(board: Board, scene: Scene, inks: Inks) -> str:
    """What is cropped, what output_padding adds, and the zeros that were put in; with the frame around what is kept."""
    if board.kind.is_canvas:
        return _crop(board, scene, inks)
    return _zeros(board, scene, inks) if board.kind.role == "zero_inserted" else ""


def _crop(board: Board, scene: Scene, inks: Inks) -> str:
    """Hatch what is cropped, dot what output_padding adds, and draw the crop frame."""
    sizes = scene.document["sizes"]
    window, full, (rows, columns) = sizes["window"], sizes["full"], sizes["canvas"]
    top, left, height, width = window
    bottom, right = top + height, left + width
    cropped = cropped_blocks(window, rows, columns)
    beyond = [
        Block(full[0], left, bottom - full[0], width),
        Block(top, full[1], min(bottom, full[0]) - top, right - full[1]),
    ]
    added = [block for block in beyond if block.is_there]
    drawn = [_hatch(board, cropped, inks, "cropped"), *(_dots(board, block, inks) for block in added)]
    return "".join([*drawn, _window(board, Block(*window), inks)] if cropped or added else drawn)


def _zeros(board: Board, scene: Scene, inks: Inks) -> str:
    """Hatch the zeros that were put in, in strips, and what a negative border crops."""
    inserted = scene.document["zero_inserted"]
    assert inserted is not None
    (rows, columns), window = inserted["size"], inserted["window"]
    strips = list(_strips(scene.links.input_under, rows, columns))
    cropped = cropped_blocks(window, rows, columns)
    frame = _window(board, Block(*window), inks) if cropped else ""
    return _hatch(board, strips, inks, "inserted") + _hatch(board, cropped, inks, "cropped") + frame


def _strips(input_under: list[int], rows: int, columns: int) -> Iterator[Block]:
    """Zeros side by side."""
    for row in range(rows):
        first = 0
        for column in range(columns + 1):
            if column == columns or input_under[row * columns + column] >= 0:
                if column > first:
                    yield Block(row, first, 1, column - first)
                first = column + 1


def _hatch(board: Board, blocks: list[Block], inks: Inks, name: str) -> str:
    """Blocks under a veil, hatched where the cells are large enough for lines."""
    if not blocks:
        return ""
    is_cropped, gap = name == "cropped", hatch_of(board.size.cell)
    boxes = [box_of(board, block) for block in blocks]
    veil, share = inks.palette.muted, shares.CROPPED if is_cropped else shares.INSERTED
    if is_cropped and not gap:
        veil, share = inks.palette.background, shares.FLAT_CROPPED
    drawn = [
        tag("rect", class_=name, x=x, y=y, width=width, height=height, fill=veil, fill_opacity=share)
        for x, y, width, height in boxes
    ]
    if gap:
        lines = "".join(hatched(*box, gap, rises=is_cropped) for box in boxes)
        opacity = shares.CROP_LINES if is_cropped else shares.INSERT_LINES
        drawn.append(tag("path", class_="hatching", d=lines, stroke=inks.palette.muted, stroke_opacity=opacity))
    return "".join(drawn)


def _dots(board: Board, block: Block, inks: Inks) -> str:
    x, y, width, height = box_of(board, block)
    colour = {"stroke": inks.palette.frame, "stroke_opacity": shares.ADDED}
    path = dotted(x, y, width, height, DOT_GAP)
    box = tag("rect", class_="added", x=x, y=y, width=width, height=height, fill="none")
    return box + tag("path", d=path, stroke_width=DOT, stroke_linecap="round", **colour)


def _window(board: Board, block: Block, inks: Inks) -> str:
    """The frame around what is kept: its line lies half a pixel outside."""
    x, y, width, height = box_of(board, block)
    place = {"x": x - 0.5, "y": y - 0.5, "width": width + 1, "height": height + 1}
    line = {"stroke": inks.palette.frame, "stroke_width": WINDOW, "stroke_dasharray": "8 5"}
    return tag("rect", class_="window", fill="none", **place, **line)


# ---- over the numbers
def over(board: Board, marks: Marks, masked: set[int], inks: Inks) -> str:
    """Frames around blocks of cells, then outlines of cells. A masked cell's corner would tell."""
    frames = [_frame(board, frame, inks) for frame in marks.frames[board.kind.role]]
    hidden = [mark._replace(corner=None) if mark.cell in masked else mark for mark in marks.marks[board.kind.role]]
    return "".join([*frames, *(_mark(board, mark, inks) for mark in hidden)])


def _frame(board: Board, frame: Frame, inks: Inks) -> str:
    rows = board.rows if frame.height is None else frame.height
    columns = board.columns if frame.width is None else frame.width
    block = Block(frame.row or 0, frame.column or 0, rows, columns)
    is_dashed, width = frame.kind == "dashed", LINE if board.size.is_readable else 1
    colour = inks.palette.primary if is_dashed else inks.palette.traced
    dashes = f"{3 * width} {2 * width}" if is_dashed else None
    return _outline(box_of(board, block), f"frame {frame.kind}", colour, width, ROUND, dashes)


def _outline(box: Box, name: str, colour: str, line: float, radius: float, dashes: str | None = None) -> str:
    """A line on the inside of a box; one of a map is at least as large as the line."""
    x, y, width, height = box
    inside = {
        "x": x + line / 2,
        "y": y + line / 2,
        "width": max(width - line, 0.5),
        "height": max(height - line, 0.5),
        "rx": min(radius, width / 4, height / 4) if radius else None,
    }
    return tag("rect", class_=name, fill="none", stroke=colour, stroke_width=line, stroke_dasharray=dashes, **inside)


def _mark(board: Board, mark: Mark, inks: Inks) -> str:
    row, column = divmod(mark.cell, board.columns)
    box, cell = box_of(board, Block(row, column, 1, 1)), board.size.cell
    if not board.size.is_readable:
        return _outline(_at_least(box, 3.0), f"mark {mark.kind}".strip(), mark.colour, min(2.0, max(cell / 3, 1.0)), 0)
    x, y, width, height = box
    line = 2.5 if mark.kind else line_width(cell)
    halo = tag(
        "rect",
        x=x - 0.5,
        y=y - 0.5,
        width=width + 1,
        height=height + 1,
        rx=ROUND,
        fill="none",
        stroke=inks.palette.background,
        stroke_opacity=shares.HALO,
    )
    outline = _outline(box, f"mark {mark.kind}".strip(), mark.colour, line, ROUND, "6 4" if mark.kind else None)
    texts = _corner(box, mark, cell, line, inks) + _label(box, mark, cell, line, inks) if cell >= CORNERED else ""
    return tag("g", halo + outline + texts)


def _at_least(box: Box, least: float) -> Box:
    """A box on the same middle that is at least so large."""
    x, y, width, height = box
    wide, high = max(width, least), max(height, least)
    return x - (wide - width) / 2, y - (high - height) / 2, wide, high


def _corner(box: Box, mark: Mark, cell: float, line: float, inks: Inks) -> str:
    """What a stamp adds, in the upper right corner."""
    if mark.corner is None:
        return ""
    text = f"{'' if mark.corner < 0 else '+'}{number_text(mark.corner)}"
    font = corner_font(cell)
    x, y, width, _ = box
    right, top = x + width - line, y + line
    wide = text_width(text, font, True) + 0.4 * font
    ground = tag("rect", x=right - wide, y=top, width=wide, height=font, rx=2, fill=inks.corner(mark.colour))
    place = {"x": right - wide / 2, "y": top + 0.82 * font, "text_anchor": "middle"}
    style = {"font_size": font, "font_weight": CORNER_WEIGHT, "fill": inks.palette.text}
    return ground + tag("text", escaped(text), class_="corner", **place, **style)


def _label(box: Box, mark: Mark, cell: float, line: float, inks: Inks) -> str:
    """The kernel position, in the lower left corner."""
    if not mark.label:
        return ""
    font = corner_font(cell)
    x, y, _, height = box
    place = {"x": x + line + 0.25 * font, "y": y + height - line - 0.18 * font}
    return tag("text", escaped(mark.label), class_="label", font_size=font, fill=inks.palette.text, **place)
