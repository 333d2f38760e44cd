"""The document: all that a stage draws for one page, as JSON-ready data. This file is its description.

A document has no language: what is said in it is a `Message`, the key of a sentence in ``explorer/text`` with what
fills its places. It repeats nothing that a reader can look up: which canvas cell an input cell reaches under a kernel
cell is two tables (``landing``), one for rows and one for columns.

Cells are flat, row by row: cell (i, j) of an (H, W) grid is i·W + j; a kernel cell (a, b) is a·kW + b. Canvas
coordinates are those of `explorer.layer.Layer.canvas_size`. The stage's side of it: ``explorer/stage/links.js``.
"""

from typing import TypedDict

VERSION = 2
"""Raised whenever a key's meaning changes or a key goes away."""

FORWARD, BACKWARD = "forward", "backward"
"""The directions: the transposed convolution, and the gradient with respect to its input over the same links."""


class Message(TypedDict):
    """A sentence of ``explorer/text``, by its dotted ``key``, and what fills its places.

    A number is spoken as a cell shows it (`explorer.decimals.number_text`), a message as its own sentence.
    """

    key: str
    values: "dict[str, str | int | float | Message]"


class Title(TypedDict):
    """What a grid is: its ``name``, the ``shape`` of the whole array (empty: not said), and a ``note`` or None."""

    name: Message
    shape: list[int]
    note: Message | None


class Grid(TypedDict):
    """One grid that the view shows: its rows, columns and title; colours run from −``bound`` to ``bound``."""

    rows: int
    columns: int
    bound: float
    title: Title


class Sizes(TypedDict):
    """(height, width) of what is drawn; ``window`` is the output within the canvas: top, left, height, width.

    The output is what padding, output_padding and the crop after the layer leave.

    ``canvas`` is ``full``, the canvas that holds every stamp, extended where output_padding reaches beyond it.
    """

    input: list[int]
    kernel: list[int]
    full: list[int]
    canvas: list[int]
    window: list[int]


class Range(TypedDict):
    """A hyper-parameter, (height, width): its ``value``, and how far it can go on each side with all else as it is."""

    value: list[int]
    least: int
    most: list[int]


class Afterwards(TypedDict):
    """What comes after the layer, whose own output has the ``size`` (height, width).

    ``crop`` is what is cut from it, [[top, bottom], [left, right]] in cells, each at most ``most``; ``bias`` the number
    that is then added to each output channel.
    """

    size: list[int]
    crop: list[list[int]]
    most: int
    bias: list[float]


class Channels(TypedDict):
    """How many channels come in and go out, and the shown (in, out) pair.

    ``inputs`` are the input channels of the shown output channel's group; ``block`` is that output channel's index
    within its group, the weight's second index.
    """

    ins: int
    outs: int
    shown: list[int]
    inputs: list[int]
    block: int


class Table(TypedDict):
    """A table of rows and one of columns: their product is a table of cells."""

    rows: list[list[int]]
    columns: list[list[int]]


class ZeroInserted(TypedDict):
    """The zero-inserted input as it is drawn; ``window`` (top, left, height, width) is what a negative border leaves.

    ``rows`` and ``columns`` say where the input's rows and columns are; all other cells are zeros that were put in.
    """

    size: list[int]
    window: list[int]
    rows: list[int]
    columns: list[int]


class Gradient(TypedDict):
    """The backward pass: dY of the shown output channel on its canvas (0 where cropped), dX of every input channel.

    ``others``: how many more output channels dX sums over.
    """

    upstream: list[float]
    result: list[list[float]]
    agrees: bool
    messages: list[Message]
    others: int


class Method(TypedDict):
    """One method's own output: the shown channel as rows of ``values``, or the ``error`` that stopped it.

    ``cell``: the flat output cell of the largest difference, where this method is one of the two that differ there.
    """

    name: str
    error: str
    shape: list[int]
    values: list[list[float | None]]
    bound: float
    outlier: bool
    cell: int | None


class Agreement(TypedDict):
    """How far the methods agree; ``methods`` only with a ``precision``, one of ``precisions``."""

    agrees: bool
    message: Message
    details: list[Message]
    precision: str
    precisions: list[str]
    methods: list[Method] | None


class NotebookCell(TypedDict):
    """What a cell of the notebook printed, and the ``verdict`` whether it is computed here: same or differs."""

    message: Message
    verdict: str
    verdict_message: Message


class About(TypedDict):
    """The page's example: the name of its ``preset``, its title, and whether its settings have ``changed`` since.

    Until then what it is about, a cell worth a ``look`` (or empty), and what the notebook's ``cell`` printed.
    """

    preset: str
    title: Message
    changed: bool
    message: Message | None
    look: str
    cell: NotebookCell | None


class Compared(TypedDict):
    """The shown channel of a result, the ``shape`` of all of it; None where there is no such cell."""

    shape: list[int]
    rows: list[list[float | None]]
    bound: float
    title: Message


class WhatIf(TypedDict):
    """What people believe: the ``name`` of a mistake, why it is one and how far it goes (``messages``), the ``thread``
    where it happened (owner/repository#number, or empty), the ``right`` result, the ``wrong`` one and ``difference``,
    wrong − right at the same index; both None where it changes nothing. ``offered``: whether each one changes anything.
    """

    name: str
    thread: str
    offered: dict[str, bool]
    right: Compared
    wrong: Compared | None
    difference: Compared | None
    messages: list[Message]


class Formula(TypedDict):
    """How a size is computed, in ``letters`` and with the page's ``numbers``.

    Both sentences have the same places in the same order, one for each letter: n, s, p, d, k and forward o. The numbers
    have more where the layer's output is cropped: the start and the end.
    """

    letters: Message
    numbers: Message


class Thumbnails(TypedDict):
    """All channels in small: a letter a cell, "a" the lowest colour. ``weight``: a row an input channel, a column an
    output channel; None is a block that groups leave out."""

    input: list[str]
    weight: list[list[str | None]]
    output: list[str]


class Document(TypedDict):
    """All that a stage draws for one page.

    ``layer`` holds stride, padding, output_padding and dilation by their names. ``told_as``: "convolution" where
    the gradient is told as that, else empty.

    ``steps`` counts the view's steps; ``step`` is the one shown at first (None: all are done), ``trace`` the cell
    traced at first (or empty). ``hidden``: the result is hidden at first. ``mask`` names the cells hidden until they
    are revealed; a grid's name alone hides all of it.

    ``input`` holds every channel, ``weight`` the kernel from each input channel to the shown output channel (None: of
    another group), ``output`` the finished canvas of the shown output channel; the cells of Y have its bias in them.
    ``products`` and ``sums`` hold, for each step of a stamp, what it adds under each kernel cell, and the sum there
    after it, bias included (None: of another group). Products are only read, never computed with, and have the digits
    that a cell shows (`explorer.decimals.shortened`). A view that does not need products, sums, ``zero_inserted`` or
    ``windows`` (the zero-inserted row, or column, under each kernel cell at each canvas cell; −1: beyond what is drawn)
    has None there. ``what_if`` is None unless asked for.
    """

    version: int
    view: str
    direction: str
    step: int | None
    steps: int
    trace: str
    present: bool
    hidden: bool
    mask: list[str]
    sizes: Sizes
    layer: dict[str, Range]
    afterwards: Afterwards
    channels: Channels
    landing: Table
    zero_inserted: ZeroInserted | None
    windows: Table | None
    input: list[list[float]]
    weight: list[list[float] | None]
    output: list[float]
    products: list[list[float] | None] | None
    sums: list[list[float] | None] | None
    gradient: Gradient | None
    thumbnails: Thumbnails | None
    grids: dict[str, Grid]
    formula: list[Formula]
    frame: list[Message]
    seeds: list[Message]
    agreement: Agreement
    about: About
    told_as: str
    what_if: WhatIf | None
