"""An SVG picture as data: the numbers, marks and boxes of its grids, by cell."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import NamedTuple

from explorer.export.picture.svg import svg

NS = "{http://www.w3.org/2000/svg}"


class Box(NamedTuple):
    """A box over a grid, in cells: where it is, the colour and kind ("dashed") of its line, the texts in it."""

    row: float
    column: float
    height: float
    width: float
    colour: str
    kind: str
    corner: str = ""
    label: str = ""

    @property
    def at(self) -> tuple[float, float]:
        """Row and column."""
        return self.row, self.column

    @property
    def place(self) -> tuple[float, float, float, float]:
        """Row, column, height and width."""
        return self[:4]


@dataclass
class Picture:
    """A picture that was parsed."""

    root: ET.Element

    @property
    def sentence(self):
        """The sentence; where texts meet there is a space, whether the sentence has one or not."""
        return " ".join(text.text for text in self.inside("sentence").iter(f"{NS}text"))

    @property
    def chips(self):
        """Text and colour of each chip."""
        chips = [node for node in self.root.iter(f"{NS}g") if node.get("class") == "chip"]
        return [(node.find(f"{NS}text").text, node.get("data-colour")) for node in chips]

    def inside(self, name):
        """The first group of a class."""
        return next(node for node in self.root.iter(f"{NS}g") if node.get("class") == name)

    @property
    def grids(self):
        """Every grid by its name."""
        return {node.get("data-grid"): Grid(node) for node in self.root.iter(f"{NS}g") if node.get("data-grid")}

    def texts(self):
        """Every text that is shown."""
        return ["".join(node.itertext()) for node in self.root.iter(f"{NS}text")]


@dataclass
class Grid:
    """A grid of a picture."""

    node: ET.Element

    def __post_init__(self):
        self.cells = next(node for node in self.node if node.get("class") == "cells")
        self.rows, self.columns = int(self.cells.get("data-rows")), int(self.cells.get("data-columns"))
        self.across, self.down = map(float, self.cells.get("data-cell").split())

    @property
    def title(self):
        return " ".join("".join(node.itertext()).strip() for node in self.node if node.get("class") == "title")

    @property
    def names(self):
        """The names around the cells."""
        return [node.text for one in self.node if one.get("class") == "names" for node in one]

    @property
    def numbers(self):
        """The text of each cell that has one."""
        found = {}
        for group in self.cells:
            for node in group if group.get("class") == "numbers" else ():
                x, y = float(node.get("x")), float(node.get("y"))
                place = int(y // self.down), int(x // self.across)
                assert place not in found
                found[place] = node.text
        return found

    @property
    def sizes(self):
        """The sizes of the numbers' fonts, and the common one first."""
        group = next(node for node in self.cells if node.get("class") == "numbers")
        return [float(group.get("font-size")), *(float(node.get("font-size", 0)) for node in group)]

    def boxes(self, kind):
        """The boxes of a class, in cells."""
        found = []
        for node, others in self._rects():
            if (node.get("class") or "").split()[:1] == [kind]:
                line = float(node.get("stroke-width", 0)) if node.get("fill") == "none" and kind != "window" else 0
                x, y, width, height = (float(node.get(name)) for name in ("x", "y", "width", "height"))
                edges = y - line / 2, x - line / 2, height + line, width + line
                place = [round(px / size, 1) for px, size in zip(edges, [self.down, self.across] * 2, strict=True)]
                texts = {one.get("class"): one.text for one in others if one.tag == f"{NS}text"}
                style = "dashed" if node.get("stroke-dasharray") else "solid"
                found.append(Box(*place, node.get("stroke"), style, texts.get("corner", ""), texts.get("label", "")))
        return found

    def _rects(self):
        for node in self.cells:
            yield from ((one, node) for one in node if one.tag == f"{NS}rect")
            if node.tag == f"{NS}rect":
                yield node, ()

    @property
    def marks(self):
        """The outlines of cells."""
        return self.boxes("mark")


def read(document, *args, **kwargs):
    """The picture of a document, parsed."""
    return Picture(ET.fromstring(svg(document, *args, **kwargs)))
