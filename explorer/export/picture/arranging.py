"""What stands beside what: a tree of grids and signs is measured and placed. Lengths are px."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from explorer.breaking import pieces
from explorer.export.picture.boards import Board
from explorer.export.picture.fonts import text_width

SIGN, SIGN_FONT, SIGN_HEIGHT = 34, 30, 34
REST, REST_FONT, REST_LINE = 76, 12, 14.5
GAP, TIGHT_GAP, AXIS_GAP = 10, 4, 4
BELOW_TITLES = 15
"""A sign beside grids stands so much lower than their middle: at the middle of their cells."""


@dataclass(frozen=True)
class Gridded:
    """The grid of a name."""

    name: str


@dataclass(frozen=True)
class Sign:
    """A sign between grids: × → ★ · =."""

    text: str


@dataclass(frozen=True)
class Rest:
    """What stands for the rest of a sum."""

    text: str


class Row:
    """Nodes beside one another, on one middle; the grids of ``low`` have one foot: their rows lie side by side."""

    def __init__(self, *parts: "Node", low: tuple[str, ...] = ()) -> None:
        self.parts, self.low = parts, low


class Column:
    """Nodes below one another, at one left side, or where it ``is_centred`` on one middle."""

    def __init__(self, *parts: "Node", is_centred: bool = False) -> None:
        self.parts, self.is_centred = parts, is_centred


class Axis:
    """Grids of one row below one another, each at its own start; a sign stands before the grid that follows it."""

    def __init__(self, *parts: "Node") -> None:
        self.parts = parts


Node = Gridded | Sign | Rest | Row | Column | Axis


class Placed(NamedTuple):
    """What stands at a place: a grid, a sign or the lines of a rest; ``x`` and ``y`` are its upper left corner."""

    what: Board | Sign | list[str]
    x: float
    y: float
    width: float
    height: float


class Layout(NamedTuple):
    """Everything placed, and the size of all."""

    placed: list[Placed]
    width: float
    height: float


@dataclass(frozen=True)
class Arranger:
    """Measures and places nodes; ``boards`` are the grids by name, ``is_tight``: gaps are small."""

    boards: Mapping[str, Board]
    is_tight: bool = False

    def layout(self, node: Node) -> Layout:
        """Everything of a tree, placed from 0, 0 on."""
        return Layout(list(self._place(node, 0.0, 0.0)), *self.size(node))

    def size(self, node: Node) -> tuple[float, float]:
        """Width and height of a node."""
        match node:
            case Gridded():
                board = self.boards[node.name]
                return board.width, board.height
            case Sign():
                return SIGN, SIGN_HEIGHT
            case Rest():
                return REST, REST_LINE * len(rest_lines(node.text))
            case Axis():
                return self._axis_size(node)
        gap = TIGHT_GAP if self.is_tight else GAP
        sizes = [self.size(part) for part in node.parts]
        widths, heights = [width for width, _ in sizes], [height for _, height in sizes]
        if isinstance(node, Row):
            return sum(widths) + gap * (len(sizes) - 1), max(heights)
        return max(widths), sum(heights) + gap * (len(sizes) - 1)

    def _place(self, node: Node, x: float, y: float) -> Iterator[Placed]:
        gap = TIGHT_GAP if self.is_tight else GAP
        match node:
            case Row():
                yield from self._place_row(node, x, y, gap)
            case Column():
                width = self.size(node)[0]
                for part in node.parts:
                    own, height = self.size(part)
                    is_centred = node.is_centred or not isinstance(part, (Row, Gridded))
                    yield from self._place(part, x + (width - own) / 2 if is_centred else x, y)
                    y += height + gap
            case Axis():
                yield from self._place_axis(node, x, y)
            case Gridded():
                yield Placed(self.boards[node.name], x, y, *self.size(node))
            case Sign():
                yield Placed(node, x, y, *self.size(node))
            case Rest():
                yield Placed(rest_lines(node.text), x, y, *self.size(node))

    def _place_row(self, node: Row, x: float, y: float, gap: float) -> Iterator[Placed]:
        all_of_it = self.size(node)[1]
        lowest = max((self.boards[name].height for name in node.low), default=0.0)
        for part in node.parts:
            width, height = self.size(part)
            above = (all_of_it - height) / 2
            if isinstance(part, (Sign, Rest)):
                above += BELOW_TITLES
            elif isinstance(part, Gridded) and part.name in node.low:
                above += (lowest - height) / 2
            yield from self._place(part, x, y + above)
            x += width + gap

    # ---- one dimension
    def _axis_size(self, node: Axis) -> tuple[float, float]:
        placed = list(self._place_axis(node, 0.0, 0.0))
        return max(one.x + one.width for one in placed), max(one.y + one.height for one in placed)

    def _place_axis(self, node: Axis, x: float, y: float) -> Iterator[Placed]:
        """Signs in a column of their own; grids keep room for the farthest that their rows can slide."""
        for part in node.parts:
            width, height = self.size(part)
            if isinstance(part, Sign):
                yield Placed(part, x, y - 6, width, height)
                continue
            yield from self._place(part, x + SIGN + GAP, y)
            y += height + AXIS_GAP


def rest_lines(text: str) -> list[str]:
    """The lines of a rest's text.

    >>> rest_lines("+ other channels (2)"), rest_lines("+ 其他的输入通道 (2)")
    (['+ other', 'channels (2)'], ['+ 其他的输入', '通道 (2)'])
    """
    lines: list[str] = []
    for piece in pieces(text):
        if lines and text_width((lines[-1] + piece).rstrip(), REST_FONT) <= REST:
            lines[-1] += piece
        elif piece.strip():
            lines.append(piece)
    return [line.rstrip() for line in lines]
