"""The picture of a document as SVG: its grids, what is marked in them, the sentence and the formula below."""

from dataclasses import replace
from math import ceil

from explorer.documents.messages import message, speak
from explorer.documents.schema import Document
from explorer.export.picture.arranging import REST_FONT, REST_LINE, SIGN_FONT, Layout, Placed, Sign
from explorer.export.picture.boards import LINE, TITLE, Board, Word
from explorer.export.picture.cells import cells_of, fills, numbers
from explorer.export.picture.drawing import escaped, number, tag
from explorer.export.picture.fonts import FAMILY, SEMIBOLD, name_font
from explorer.export.picture.inks import Inks
from explorer.export.picture.lettering import (
    FORMULA_LINE,
    PADDING,
    draw_formulas,
    draw_sentence,
    lines_of,
    sentence_height,
)
from explorer.export.picture.marks import Marks, colours_of
from explorer.export.picture.overlays import over, under
from explorer.export.picture.scene import Scene, scene_of
from explorer.export.picture.sizing import arrange
from explorer.export.picture.spoken import lack, sentence
from explorer.export.picture.views import Direction, direction_of
from explorer.export.picture.words import Part, Speech
from explorer.figures.palette import PALETTES
from explorer.text import in_a_row, say, spoken

MARGIN, BELOW_GRIDS, LEAST_WIDTH = 24.0, 20.0, 760.0
STAR = "M0,-10L2.4,-3.3 9.5,-3.1 3.9,1.3 5.9,8.1 0,4.1 -5.9,8.1 -3.9,1.3 -9.5,-3.1 -2.4,-3.3z"  # few fonts have ★
TRANSPARENT = "transparent"


def svg(document: Document, theme: str = "light", background: str = "", lines: int = 0) -> str:
    """The picture of a document at its step, with its trace.

    ``theme`` is one of `explorer.figures.palette.PALETTES`. ``background`` is a colour, ``"transparent"``, or empty:
    the theme's own. The sentence has room for so many ``lines`` at least, so that the pictures of several steps are of
    one size. Raises KeyError for another theme.

    >>> import explorer
    >>> svg(explorer.document("?preset=stride-2"))[:49]
    '<svg xmlns="http://www.w3.org/2000/svg" lang="en"'
    """
    direction, inks = direction_of(document), Inks(PALETTES[theme])
    scene = scene_of(document, direction.steps)
    marks = Marks(scene, inks.palette, colours_of(scene, inks.palette))
    if scene.trace is not None:
        direction.marks[scene.trace.grid](marks, scene.trace)
    parts = spoken_parts(scene, direction, inks)
    layout = arrange(scene, direction)
    width = max(layout.width, LEAST_WIDTH)
    written = lines_of(parts, width - 2 * PADDING)
    formulas, formulas_width = draw_formulas(document["formula"], inks)
    below = layout.height + BELOW_GRIDS
    foot = below + sentence_height(max(len(written), lines)) + 22
    height = foot + FORMULA_LINE + 6
    drawn = [
        tag("title", escaped(title_of(document))),
        tag("desc", escaped("".join(part.text for part in parts))),
        _ground(*_whole(width, height), background or inks.palette.background),
        _moved(_grids(layout, scene, direction, marks, inks), (width - layout.width) / 2, 0),
        _moved(draw_sentence(written, width, lines, inks), 0, below),
        _moved(formulas, (width - formulas_width) / 2, foot),
    ]
    return _root(drawn, *_whole(width, height), inks)


def spoken_parts(scene: Scene, direction: Direction, inks: Inks) -> list[Part]:
    """The sentence of a scene, and what its traced cell still lacks."""
    colour = colours_of(scene, inks.palette)
    speech = Speech(scene, inks.palette, colour, direction.modes, direction.letters)
    missing = lack(speech, direction)
    more = [Part(in_a_row(["", missing]), "missing", inks.palette.muted)] if missing else []
    return [*sentence(speech, direction), *more]


def line_count(document: Document) -> int:
    """How many lines a document's sentence takes in its picture."""
    direction, inks = direction_of(document), Inks(PALETTES["light"])
    scene = scene_of(document, direction.steps)
    width = max(arrange(scene, direction).width, LEAST_WIDTH)
    return len(lines_of(spoken_parts(scene, direction, inks), width - 2 * PADDING))


def title_of(document: Document) -> str:
    """What the picture shows, for those who do not see it."""
    sizes = document["sizes"]
    shown = {
        "input": "×".join(map(str, sizes["input"])),
        "kernel": "×".join(map(str, sizes["kernel"])),
        "output": "×".join(map(str, sizes["window"][2:])),
        "view": say(f"views.{document['view']}"),
    }
    return speak(message("export.picture", **shown))


def _whole(width: float, height: float) -> tuple[int, int]:
    """The size with the margin, in whole px: so a background covers the last of them too."""
    return ceil(width + 2 * MARGIN), ceil(height + 2 * MARGIN)


def _root(drawn: list[str], width: int, height: int, inks: Inks) -> str:
    size = {"width": width, "height": height}
    box = f"{number(-MARGIN)} {number(-MARGIN)} {number(width)} {number(height)}"
    texts = {"font_family": FAMILY, "fill": inks.palette.text}
    return tag(
        "svg", drawn, xmlns="http://www.w3.org/2000/svg", lang=spoken(), role="img", viewBox=box, **size, **texts
    )


def _ground(width: int, height: int, colour: str) -> str:
    if colour == TRANSPARENT:
        return ""
    place = {"x": -MARGIN, "y": -MARGIN, "width": width, "height": height}
    return tag("rect", class_="background", fill=colour, **place)


def _moved(content: str, x: float, y: float, **attributes: object) -> str:
    return tag("g", content, transform=f"translate({number(x)} {number(y)})", **attributes)


def _grids(layout: Layout, scene: Scene, direction: Direction, marks: Marks, inks: Inks) -> str:
    """Everything of the layout at its place."""
    finished = replace(scene, step=None, canvas=direction.steps.canvas_at(scene.links, None))
    return "".join(_placed(one, scene, finished, marks, inks) for one in layout.placed)


def _placed(placed: Placed, scene: Scene, finished: Scene, marks: Marks, inks: Inks) -> str:
    if isinstance(placed.what, Sign):
        return _sign(placed, placed.what.text, inks)
    if isinstance(placed.what, Board):
        return _moved(_board(placed.what, scene, finished, marks, inks), placed.x, placed.y)
    middle = {"text_anchor": "middle", "font_size": REST_FONT, "fill": inks.palette.muted, "class_": "rest"}
    x, lines = placed.x + placed.width / 2, enumerate(placed.what)
    return "".join(tag("text", escaped(line), x=x, y=placed.y + (n + 0.8) * REST_LINE, **middle) for n, line in lines)


def _sign(placed: Placed, text: str, inks: Inks) -> str:
    x, y = placed.x + placed.width / 2, placed.y + placed.height / 2
    if text == "★":
        path = tag("path", d=STAR, transform=f"translate({number(x)} {number(y)})", fill=inks.palette.muted)
        return tag("g", tag("title", "★") + path, class_="sign", aria_label="★")
    style = {"font_size": SIGN_FONT, "fill": inks.palette.muted, "text_anchor": "middle"}
    return tag("text", escaped(text), class_="sign", x=x, y=y + SIGN_FONT * 0.33, **style)


def _board(board: Board, scene: Scene, finished: Scene, marks: Marks, inks: Inks) -> str:
    """A grid: title and names, colours, what lies under the numbers, the numbers, and what lies over them."""
    cells = cells_of(board, scene, finished)
    inside = [
        fills(board, cells, scene, inks),
        under(board, scene, inks),
        numbers(board, cells, scene, inks),
        over(board, marks, cells.masked, inks),
    ]
    size = board.size
    data = {"data_rows": board.rows, "data_columns": board.columns, "data_cell": f"{size.across:g} {size.height:g}"}
    grid = _moved("".join(inside), board.cells_left, board.head, class_="cells", **data)
    return tag("g", _title(board, inks) + _names(board, inks) + grid, class_="grid", data_grid=board.name)


def _title(board: Board, inks: Inks) -> str:
    """The lines of a title, over the middle of the cells; over a row of one dimension at its left."""
    is_line = board.line_width is not None
    x = board.left if is_line else board.cells_left + board.cells_width / 2
    place = {"x": x, "text_anchor": "start" if is_line else "middle", "font_size": TITLE, "class_": "title"}
    return "".join(
        tag("text", _title_line(line, inks), y=n * LINE + TITLE, **place) for n, line in enumerate(board.title)
    )


def _title_line(line: list[Word], inks: Inks) -> str:
    name = " ".join(word.text for word in line if word.is_bold)
    more = " ".join(word.text for word in line if not word.is_bold)
    bold = tag("tspan", escaped(name), font_weight=SEMIBOLD) if name else ""
    return bold + (tag("tspan", escaped(f" {more}" if name else more), fill=inks.palette.muted) if more else "")


def _names(board: Board, inks: Inks) -> str:
    """What rows and columns are called."""
    if not board.has_names:
        return ""
    size, font, left, top = board.size, name_font(board.size.cell), board.cells_left, board.head
    columns = [
        tag("text", escaped(name), x=left + n * size.across + size.width / 2, y=top - 6, text_anchor="middle")
        for n, name in enumerate(board.column_names)
        if name
    ]
    rows = [
        tag("text", escaped(name), x=left - 7, y=top + (n + 0.5) * size.height + font * 0.33, text_anchor="end")
        for n, name in enumerate(board.row_names)
        if name
    ]
    return tag("g", [*columns, *rows], class_="names", font_size=font, fill=inks.palette.muted)
