"""Which cells are outlined in which colour for a traced cell, as in ``explorer/stage/marks.js``.

Marks go to roles: each grid shows those of its own role. A colour is one of a palette's.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from explorer.documents.schema import Document
from explorer.export.picture.links import Pair, Trace
from explorer.export.picture.scene import Scene
from explorer.figures.palette import Palette


class Mark(NamedTuple):
    """An outline of a flat ``cell``: its colour, what a stamp adds, the kernel position, and "vain" for dashed."""

    cell: int
    colour: str
    corner: float | None = None
    label: str = ""
    kind: str = ""


class Frame(NamedTuple):
    """A frame around a block of cells, "solid" or "dashed"; None spans the whole grid."""

    kind: str
    row: int | None = None
    column: int | None = None
    height: int | None = None
    width: int | None = None


Colours = Callable[[int], str]
"""A colour for each kernel position."""


def is_coloured(document: Document, palette: Palette) -> bool:
    """Whether each kernel position has a colour of its own; otherwise positions are labelled a,b."""
    rows, columns = document["sizes"]["kernel"]
    return rows * columns <= len(palette.kernel)


def colour_of(document: Document, palette: Palette, positions: list[int]) -> Colours:
    """A colour for each position; beyond the palette's, only traced positions have one, if they are few."""
    if is_coloured(document, palette):
        return lambda q: palette.kernel[q]
    distinct = list(dict.fromkeys(positions))
    if len(distinct) > len(palette.kernel):
        return lambda q: palette.traced
    return lambda q: palette.kernel[distinct.index(q)] if q in distinct else palette.traced


def colours_of(scene: Scene, palette: Palette) -> Colours:
    """The colours of a scene: from the positions of the products that it traces."""
    positions = [pair.q for pair in scene.trace.pairs] if scene.trace else []
    return colour_of(scene.document, palette, positions)


@dataclass
class Marks:
    """What a view's marks are put into: ``marks`` on cells and ``frames`` around blocks of cells, by role."""

    scene: Scene
    palette: Palette
    colour: Colours
    marks: dict[str, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    frames: dict[str, list[Frame]] = field(default_factory=lambda: defaultdict(list))

    @property
    def labelled(self) -> bool:
        """Whether kernel positions are labelled."""
        return not is_coloured(self.scene.document, self.palette)

    def label(self, q: int) -> str:
        """The label of a kernel position; empty where it has a colour of its own."""
        return self.scene.labelled(q) if self.labelled else ""

    def kernel(self, q: int, shade: str | None = None) -> None:
        """Mark a kernel cell, in K and in K flipped."""
        rows, columns = self.scene.document["sizes"]["kernel"]
        mark = Mark(q, shade or self.colour(q), label=self.label(q))
        self.marks["kernel"].append(mark)
        self.marks["flipped"].append(mark._replace(cell=rows * columns - 1 - q))

    def input(self, cell: int, shade: str) -> None:
        """Mark an input cell, wherever it stands."""
        self.marks["input"].append(Mark(cell, shade))
        self.marks["vec_input"].append(Mark(cell, shade))
        if self.scene.links.spread_of:
            self.marks["zero_inserted"].append(Mark(self.scene.links.spread_of[cell], shade))

    def output(self, canvas: int, shade: str, corner: float | None = None, label: str = "") -> None:
        """Mark a canvas cell, and the same cell of the vector."""
        self.marks["output"].append(Mark(canvas, shade, corner, label))
        column = self.scene.links.column_of[canvas]
        if column >= 0:
            self.marks["vec_output"].append(Mark(column, shade))

    def entry(self, cell: int, canvas: int, shade: str) -> None:
        """Mark an entry of W and of its transpose."""
        links = self.scene.links
        column = links.column_of[canvas]
        if column >= 0:
            self.marks["W"].append(Mark(cell * links.output_cells + column, shade))
            self.marks["WT"].append(Mark(column * links.input_cells + cell, shade))


def shown(scene: Scene, trace: Trace) -> list[Pair]:
    """The products of the shown input channel: only these are drawn."""
    return [pair for pair in trace.pairs if pair.channel == scene.channel]


# ---- the marks of each kind of traced cell, as scatter and matrix show them
def mark_input(own: Marks, trace: Trace) -> None:
    """An input cell and its stamp."""
    for _, cell, q, canvas in shown(own.scene, trace):
        own.kernel(q)
        own.output(canvas, own.colour(q), _product_of(own.scene, cell, q), own.label(q))
        own.entry(cell, canvas, own.colour(q))
    if trace.channel != own.scene.channel:
        return
    own.input(trace.cell, own.palette.traced)
    own.frames["W"].append(Frame("dashed", row=trace.cell, height=1))
    own.frames["WT"].append(Frame("dashed", column=trace.cell, width=1))


def mark_kernel(own: Marks, trace: Trace) -> None:
    """A kernel cell, and where each input cell lands under it."""
    for _, cell, q, canvas in shown(own.scene, trace):
        own.input(cell, own.palette.muted)
        own.output(canvas, own.colour(q))
        own.entry(cell, canvas, own.colour(q))
    own.kernel(trace.q or 0)


def mark_output(own: Marks, trace: Trace) -> None:
    """An output cell, and what lands there."""
    for _, cell, q, canvas in shown(own.scene, trace):
        own.input(cell, own.colour(q))
        own.kernel(q)
        own.entry(cell, canvas, own.colour(q))
    mark_traced_output(own, trace)


def mark_entry(own: Marks, trace: Trace) -> None:
    """An entry of the matrix, and what it joins."""
    for _, cell, q, canvas in shown(own.scene, trace):
        own.input(cell, own.colour(q))
        own.kernel(q)
        own.output(canvas, own.colour(q))
    own.entry(trace.cell, trace.canvas, own.palette.traced)
    if trace.q is None:
        own.input(trace.cell, own.palette.traced)
        own.output(trace.canvas, own.palette.traced)


def mark_traced_output(own: Marks, trace: Trace) -> None:
    """The traced output cell, and its column of W."""
    own.output(trace.canvas, own.palette.traced)
    column = own.scene.links.column_of[trace.canvas]
    if column >= 0:
        own.frames["W"].append(Frame("solid", column=column, width=1))
        own.frames["WT"].append(Frame("solid", row=column, height=1))


Marking = dict[str, Callable[[Marks, Trace], None]]
STAMP_MARKS: Marking = {"input": mark_input, "kernel": mark_kernel, "output": mark_output, "W": mark_entry}


def _product_of(scene: Scene, cell: int, q: int) -> float | None:
    """What a stamp adds to a cell; None where no stamp is shown, or this one has not been stamped yet."""
    index, products = scene.channel * scene.links.input_cells + cell, scene.document["products"]
    if products is None or products[index] is None or (scene.step is not None and index >= scene.step):
        return None
    row = products[index]
    return None if row is None else row[q]
