"""Which cells belong together, looked up in a document's tables; the same as ``explorer/stage/links.js``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from explorer.documents.schema import FORWARD, Document, Table


class Pair(NamedTuple):
    """A product: an input cell of a channel under a kernel cell ``q``, and the canvas cell where it lands."""

    channel: int
    cell: int
    q: int
    canvas: int


@dataclass(frozen=True)
class Links:
    """A document's tables, and what follows from reading them the other way round. All cells are flat."""

    document: Document
    stamps: list[list[int]]
    """[input cell][kernel cell] → canvas cell"""
    landed: list[list[tuple[int, int]]]
    """[canvas cell] → the (input cell, kernel cell) that land there"""
    column_of: list[int]
    """[canvas cell] → output cell, −1 where it is cropped"""
    canvas_of: list[int]
    """[output cell] → canvas cell"""
    spread_of: list[int]
    """[input cell] → zero-inserted cell; empty where the document has none"""
    input_under: list[int]
    """[zero-inserted cell] → input cell, −1 where a zero was put in"""

    @property
    def input_cells(self) -> int:
        """How many cells a channel of the input has."""
        return len(self.stamps)

    @property
    def output_cells(self) -> int:
        """How many cells a channel of the output has."""
        return len(self.canvas_of)

    def input_at(self, cell: int) -> tuple[int, int]:
        """Row and column of an input cell."""
        return divmod(cell, self.document["sizes"]["input"][1])

    def kernel_at(self, q: int) -> tuple[int, int]:
        """Row and column of a kernel cell."""
        return divmod(q, self.document["sizes"]["kernel"][1])

    def canvas_at(self, canvas: int) -> tuple[int, int]:
        """Row and column of a canvas cell."""
        return divmod(canvas, self.document["sizes"]["canvas"][1])


def read_links(document: Document) -> Links:
    """What follows from a document's tables.

    >>> import explorer
    >>> links = read_links(explorer.document())
    >>> links.stamps[3], links.landed[4]
    ([4, 5, 7, 8], [(0, 3), (1, 2), (2, 1), (3, 0)])
    """
    canvas_height, canvas_width = document["sizes"]["canvas"]
    top, left, height, width = document["sizes"]["window"]
    stamps = _table_of_cells(document["landing"], canvas_width)
    canvas_of = [
        row * canvas_width + column for row in range(top, top + height) for column in range(left, left + width)
    ]
    column_of = [-1] * (canvas_height * canvas_width)
    for cell, canvas in enumerate(canvas_of):
        column_of[canvas] = cell
    landed: list[list[tuple[int, int]]] = [[] for _ in column_of]
    for cell, cells in enumerate(stamps):
        for q, canvas in enumerate(cells):
            landed[canvas].append((cell, q))
    return Links(document, stamps, landed, column_of, canvas_of, *_zero_inserted(document))


def bias_of(document: Document) -> float:
    """What is added to each cell of Y, in the shown channel; the gradient knows nothing of it."""
    is_forward = document["direction"] == FORWARD
    return document["afterwards"]["bias"][document["channels"]["shown"][1]] if is_forward else 0.0


def _table_of_cells(table: Table, width: int) -> list[list[int]]:
    """[cell][kernel cell] of a table of rows and one of columns; −1 in either is −1."""
    return [
        [-1 if min(r, c) < 0 else r * width + c for r in row for c in column]
        for row in table["rows"]
        for column in table["columns"]
    ]


def _zero_inserted(document: Document) -> tuple[list[int], list[int]]:
    """[input cell] → zero-inserted cell, and back."""
    inserted = document["zero_inserted"]
    if inserted is None:
        return [], []
    height, width = inserted["size"]
    spread_of = [row * width + column for row in inserted["rows"] for column in inserted["columns"]]
    input_under = [-1] * (height * width)
    for cell, spread in enumerate(spread_of):
        input_under[spread] = cell
    return spread_of, input_under


def window_at(links: Links, canvas: int) -> list[int]:
    """The zero-inserted cell under each kernel cell when a canvas cell is gathered; −1 beyond what is drawn."""
    row, column = links.canvas_at(canvas)
    windows, inserted = links.document["windows"], links.document["zero_inserted"]
    assert windows is not None and inserted is not None
    one: Table = {"rows": [windows["rows"][row]], "columns": [windows["columns"][column]]}
    return _table_of_cells(one, inserted["size"][1])[0]


def entries_of(links: Links) -> list[Pair]:
    """The entries of W's shown block: an input cell, a kernel cell, and as ``canvas`` an output cell, not cropped."""
    return [
        Pair(0, cell, q, links.column_of[canvas])
        for cell, cells in enumerate(links.stamps)
        for q, canvas in enumerate(cells)
        if links.column_of[canvas] >= 0
    ]


# ---- the names of cells: input:c,i,j  kernel:ci,co,a,b  output:co,r,c  W:row,column  zero_inserted:r,c
def input_name(links: Links, channel: int, cell: int) -> str:
    """The name of an input cell."""
    return "input:{},{},{}".format(channel, *links.input_at(cell))


def kernel_name(links: Links, channel: int, q: int) -> str:
    """The name of a kernel cell of the shown output channel."""
    return "kernel:{},{},{},{}".format(channel, links.document["channels"]["block"], *links.kernel_at(q))


def output_name(links: Links, canvas: int) -> str:
    """The name of a canvas cell of the shown output channel."""
    return "output:{},{},{}".format(links.document["channels"]["shown"][1], *links.canvas_at(canvas))


def entry_name(links: Links, channel: int, row: int, column: int) -> str:
    """The name of an entry of W's shown block."""
    column += links.document["channels"]["shown"][1] * links.output_cells
    return f"W:{channel * links.input_cells + row},{column}"


def spread_name(links: Links, channel: int, spread: int) -> str:
    """The name of a zero-inserted cell: the input's where it holds one of the input's cells."""
    cell, inserted = links.input_under[spread], links.document["zero_inserted"]
    assert inserted is not None
    if cell >= 0:
        return input_name(links, channel, cell)
    return "zero_inserted:{},{}".format(*divmod(spread, inserted["size"][1]))


# ---- what a cell touches
@dataclass(frozen=True)
class Trace:
    """All that a traced cell touches. ``channel`` is the input channel to show (None: any).

    By ``grid``: ``cell`` of the input, ``q`` of the kernel, ``canvas`` of the output, ``spread`` and ``met`` (the
    windows that meet it, canvas cell and kernel cell) of a zero that was put in. ``at`` are the numbers of its name.
    """

    grid: str
    at: list[int]
    channel: int | None = None
    pairs: list[Pair] = field(default_factory=list)
    cell: int = -1
    q: int | None = None
    canvas: int = -1
    spread: int = -1
    met: list[tuple[int, int]] = field(default_factory=list)


def trace_of(links: Links, name: str) -> Trace:
    """What the cell of a name touches; it must be a cell of what the document shows.

    >>> import explorer
    >>> [pair.canvas for pair in trace_of(read_links(explorer.document()), "input:0,1,1").pairs]
    [4, 5, 7, 8]
    """
    grid, _, numbers = name.partition(":")
    return _TRACES[grid](links, [int(number) for number in numbers.split(",")])


def _input(links: Links, at: list[int]) -> Trace:
    channel, row, column = at
    cell = row * links.document["sizes"]["input"][1] + column
    reached = enumerate(links.stamps[cell]) if links.document["weight"][channel] else []
    return Trace("input", at, channel, [Pair(channel, cell, q, canvas) for q, canvas in reached], cell=cell)


def _kernel(links: Links, at: list[int]) -> Trace:
    channel, _, row, column = at
    q = row * links.document["sizes"]["kernel"][1] + column
    pairs = [Pair(channel, cell, q, cells[q]) for cell, cells in enumerate(links.stamps)]
    return Trace("kernel", at, channel, pairs, q=q)


def _output(links: Links, at: list[int]) -> Trace:
    _, row, column = at
    canvas = row * links.document["sizes"]["canvas"][1] + column
    channels = links.document["channels"]["inputs"]
    pairs = [Pair(channel, cell, q, canvas) for channel in channels for cell, q in links.landed[canvas]]
    return Trace("output", at, None, pairs, canvas=canvas)


def _zero(links: Links, at: list[int]) -> Trace:
    inserted = links.document["zero_inserted"]
    assert inserted is not None
    spread = at[0] * inserted["size"][1] + at[1]
    if links.input_under[spread] >= 0:  # a zero-inserted cell that holds one of the input's is that cell
        return trace_of(links, spread_name(links, links.document["channels"]["shown"][0], spread))
    under = ((canvas, window_at(links, canvas)) for canvas in links.canvas_of)
    met = [(canvas, window.index(spread)) for canvas, window in under if spread in window]
    return Trace("zero_inserted", at, spread=spread, met=met)


def _entry(links: Links, at: list[int]) -> Trace:
    channel, cell = divmod(at[0], links.input_cells)
    canvas = links.canvas_of[at[1] % links.output_cells]
    q = links.stamps[cell].index(canvas) if canvas in links.stamps[cell] else None
    pairs = [] if q is None else [Pair(channel, cell, q, canvas)]
    return Trace("W", at, channel, pairs, cell=cell, q=q, canvas=canvas)


_TRACES: dict[str, Callable[[Links, list[int]], Trace]] = {
    "input": _input,
    "kernel": _kernel,
    "output": _output,
    "zero_inserted": _zero,
    "W": _entry,
}
