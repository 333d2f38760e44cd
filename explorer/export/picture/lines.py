"""One dimension: rows under one another over a common axis of columns, as in ``explorer/stage/lines.js``."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from explorer.documents.schema import Document
from explorer.export.picture.boards import READABLE, Size
from explorer.export.picture.scene import Scene

SIGN, NAMES, HEAD = 44, 36, 64  # px beside the rows, and above the cells of one
LEAST, LARGEST_READABLE = 9, 30


class Track(NamedTuple):
    """The columns of a role's row on the axis: where it begins and may end, and how many its cells are apart.

    ``now`` is where it stands: K slides.
    """

    start: float
    across: int
    now: float


def is_line(document: Document) -> bool:
    """Whether X and K are of one row, and not a single cell."""
    (rows, columns), (height, width) = document["sizes"]["input"], document["sizes"]["kernel"]
    return rows == 1 and height == 1 and columns * width > 1


def line_of(
    scene: Scene, roles: Mapping[str, int], room: tuple[float, float], largest: float
) -> tuple[dict[str, Size], Callable[[str], float], float]:
    """The size of each role's cells, where its row starts, and the width of all rows; ``roles`` counts their cells."""
    tracks, end = _gather_tracks(scene) if scene.document["zero_inserted"] else _stamp_tracks(scene)
    left = min(tracks[role].start for role in roles)
    ends = [tracks[role].start + (count - 1) * tracks[role].across + 1 for role, count in roles.items()]
    across = max(*ends, end) - left
    by_height = (room[1] - HEAD * len(roles)) / len(roles)
    cell = int(max(LEAST, min((room[0] - SIGN - NAMES) / across, by_height, largest)))
    sizes = {role: _size(cell, tracks[role].across) for role in roles}

    def start_of(role: str) -> float:
        return (tracks[role].now - left) * cell - (sizes[role].width - cell) / 2

    return sizes, start_of, across * cell


def _size(cell: float, across: int) -> Size:
    """A cell that has no number where all are of one size is as wide as its distance to the next allows."""
    own = cell if cell >= READABLE else max(cell, min(across * cell - 2, LARGEST_READABLE))
    return Size(own, own, across * cell)


def _step(line: list[int]) -> int:
    """From one column to the next."""
    return line[1] - line[0] if len(line) > 1 else 1


def _stamp_tracks(scene: Scene) -> tuple[dict[str, Track], float]:
    """Each input cell stands over the column where its stamp begins, and K over the columns where it lands."""
    columns = scene.document["landing"]["columns"]
    first = [reached[0] for reached in columns]
    trace = scene.trace
    cell = 0
    if trace:
        cell = trace.cell if trace.cell >= 0 else trace.pairs[0].cell if trace.pairs else 0
    tracks = {
        "input": Track(first[0], _step(first), first[0]),
        "kernel": Track(first[0], _step(columns[0]), first[cell]),
        "output": Track(0, 1, 0),
    }
    return tracks, scene.document["sizes"]["canvas"][1]


def _gather_tracks(scene: Scene) -> tuple[dict[str, Track], float]:
    """Y stands under the middle of its window over the zero-inserted X, under which K flipped slides."""
    document, trace = scene.document, scene.trace
    inserted, columns = document["zero_inserted"], document["landing"]["columns"]
    assert inserted is not None
    dilation, (_, first_kept, _, width) = _step(columns[0]), document["sizes"]["window"]
    count = document["sizes"]["kernel"][1]
    reach = dilation * (count - 1)
    origin = _origin(document, count, dilation)
    canvas = trace.canvas if trace and trace.grid == "output" else first_kept
    begin = inserted["columns"][0]
    tracks = {
        "input": Track(begin, _step([reached[0] for reached in columns]), begin),
        "kernel": Track(0, 1, 0),
        "zero_inserted": Track(0, 1, 0),
        "flipped": Track(origin + first_kept, dilation, origin + canvas),
        "output": Track(origin + reach / 2, 1, origin + reach / 2),
    }
    return tracks, origin + first_kept + width + reach


def _origin(document: Document, count: int, dilation: int) -> int:
    """The zero-inserted column, perhaps left of the first, where the window of canvas column 0 begins."""
    windows = document["windows"]
    assert windows is not None
    for canvas, columns in enumerate(windows["columns"]):
        for q, column in enumerate(columns):
            if column >= 0:
                return column - (count - 1 - q) * dilation - canvas
    return 0
