"""A grid with its title and the names of its rows and columns, and how much room it takes, in px."""

from dataclasses import dataclass
from typing import NamedTuple

from explorer.documents.messages import speak
from explorer.documents.schema import Message
from explorer.export.picture.fonts import name_font, text_width
from explorer.export.picture.kinds import Kind
from explorer.export.picture.scene import Scene
from explorer.text import say, texts

READABLE = 22
"""The smallest cell that has a number in it."""
LINED = 8
"""The smallest cell with lines around it."""
TITLE, LINE = 14, 18  # the font of a title, and from one line of it to the next
LEAST_TITLE, NAMES_LEFT, NAMES_RIGHT, NAMES_GAP = 150, 27, 9, 8


class Size(NamedTuple):
    """The width and height of a cell, and from one column to the next."""

    width: float
    height: float
    across: float

    @property
    def cell(self) -> float:
        """The shorter side."""
        return min(self.width, self.height)

    @property
    def is_readable(self) -> bool:
        """Whether it has a number in it."""
        return self.cell >= READABLE


def square(side: float) -> Size:
    """A square cell without a gap to the next."""
    return Size(side, side, side)


class Word(NamedTuple):
    """A word of a title."""

    text: str
    is_bold: bool


@dataclass(frozen=True)
class Board:
    """A grid of a size. ``title`` is lines of words; rows and columns without room for names have none.

    In one dimension the cells begin at ``start``, and all rows have room for ``line_width``; the title stands at the
    left.
    """

    name: str
    kind: Kind
    rows: int
    columns: int
    size: Size
    title: list[list[Word]]
    row_names: list[str]
    column_names: list[str]
    start: float = 0.0
    line_width: float | None = None

    @property
    def has_names(self) -> bool:
        """Whether names stand around the cells."""
        return any(self.row_names) or any(self.column_names)

    @property
    def cells_width(self) -> float:
        """The width of all cells."""
        return self.size.across * (self.columns - 1) + self.size.width

    @property
    def cells_height(self) -> float:
        """The height of all cells."""
        return self.size.height * self.rows

    @property
    def left(self) -> float:
        """What stands at the left of the cells."""
        return NAMES_LEFT if self.has_names else NAMES_RIGHT

    @property
    def head(self) -> float:
        """What stands above the cells."""
        names = name_font(self.size.cell) * 1.1 if self.has_names else 0.0
        return LINE * len(self.title) + names + NAMES_GAP

    @property
    def width(self) -> float:
        """The width of all: the wider of the cells and the title, which stands over the middle of the cells."""
        title = max((title_width(line) for line in self.title), default=0.0)
        if self.line_width is not None:
            return self.left + max(self.line_width + NAMES_RIGHT, title)
        beside = max(title - self.cells_width, 0.0) / 2
        return self.cells_width + max(self.left, beside) + max(NAMES_RIGHT, beside)

    @property
    def height(self) -> float:
        """The height of all."""
        return self.head + self.cells_height + 3

    @property
    def cells_left(self) -> float:
        """Where the cells begin, from the left of all."""
        title = max((title_width(line) for line in self.title), default=0.0)
        return self.left + self.start if self.line_width is not None else max(self.left, (title - self.cells_width) / 2)


def title_width(line: list[Word]) -> float:
    """The width of a line of a title."""
    space = text_width(" ", TITLE)
    return sum(text_width(word.text, TITLE, word.is_bold) for word in line) + space * (len(line) - 1)


def title_of(scene: Scene, name: str, kind: Kind) -> list[Word]:
    """The words of a grid's title: its name, the size of the whole, a note, and which of several channels it shows."""
    grid = scene.document["grids"][name]
    title, (_, shown_out) = grid["title"], scene.document["channels"]["shown"]
    own = _channelled(title["name"], scene.channel if kind.channels == "ins" else shown_out)
    said = speak(own if scene.has_channels and kind.channels else title["name"])
    more = ["×".join(map(str, title["shape"]))] if title["shape"] else []
    more += [speak(title["note"])] if title["note"] else []
    if scene.has_channels and kind.filled_cells is not None:
        size = f"{grid['rows']}×{grid['columns']}"
        more.append(say("stage.block", ci=scene.channel, co=shown_out, size=size))
    notes = [word for one in more for word in f"· {one}".split()]
    if scene.has_channels and kind.role in ("kernel", "flipped"):
        notes += ["·", say("export.kernel", ci=scene.channel, co=shown_out)]  # this one stays whole
    return [*(Word(word, True) for word in said.split()), *_joined(notes)]


def _joined(words: list[str]) -> list[Word]:
    """A point stands before the word that follows it, so that no line ends with it."""
    pairs = zip(["", *words], words, strict=False)
    return [Word(f"· {word}" if before == "·" else word, False) for before, word in pairs if word != "·"]


def _channelled(name: Message, channel: int) -> Message:
    """The name that says which channel is shown, where there is such a name."""
    key = name["key"].partition(".")[2]
    if key not in texts()["channel_grids"]:
        return name
    return {"key": f"channel_grids.{key}", "values": {**name["values"], "channel": channel}}


class Caption(NamedTuple):
    """The texts around a grid, of which those are shown that have room."""

    title: list[Word]
    rows: list[str]
    columns: list[str]


def caption_of(scene: Scene, name: str, kind: Kind) -> Caption:
    """All texts around a grid of the document."""
    grid = scene.document["grids"][name]
    names = kind.row_names(scene, grid["rows"]), kind.column_names(scene, grid["columns"])
    return Caption(title_of(scene, name, kind), *names)


def shaped(name: str, kind: Kind, size: Size, caption: Caption, is_line: bool = False) -> Board:
    """A grid of the document with cells of a size."""
    title, row_names, column_names = caption
    rows, columns = len(row_names), len(column_names)
    room = max(LEAST_TITLE, size.across * columns + 30)
    is_vector = kind.role.startswith("vec_")
    is_map = size.width != size.height or size.cell < 3
    font = name_font(size.cell)
    longest = max(map(len, column_names), default=0)
    return Board(
        name,
        kind,
        rows,
        columns,
        size,
        [title] if is_line else wrapped(title, 1000 if is_vector else room),
        [""] * rows if is_map or is_line else _named(row_names, size.height, font * 1.2),
        [""] * columns if is_map else _named(column_names, size.across, font * (1 + longest) / 2),
    )


def _named(names: list[str], cell: float, room: float) -> list[str]:
    """Every name where there is room for it, else every tenth where there is room for that."""
    first = next((index for index, name in enumerate(names) if name), 0)
    if cell >= room:
        return names
    is_tenth = cell * 10 >= 2 * room
    return [name if is_tenth and (index - first) % 10 == 0 else "" for index, name in enumerate(names)]


def wrapped(words: list[Word], room: float) -> list[list[Word]]:
    """Words in lines of so much room.

    >>> wrapped([Word("Input", True), Word("X", True)], 40)
    [[Word(text='Input', is_bold=True)], [Word(text='X', is_bold=True)]]
    """
    lines: list[list[Word]] = []
    for word in words:
        if lines and title_width([*lines[-1], word]) <= room:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines
