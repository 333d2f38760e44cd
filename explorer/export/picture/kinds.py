"""The kinds of grids, as in ``explorer/stage/kinds.js``: which cells a grid has, how they are named, what they hold."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from explorer.export.picture.links import (
    entries_of,
    entry_name,
    input_name,
    kernel_name,
    output_name,
    spread_name,
)
from explorer.export.picture.scene import Scene
from explorer.export.picture.steps import Values

Names = Callable[[Scene, int], list[str]]
"""The names of so many rows or columns."""


def _plain(scene: Scene, count: int) -> list[str]:
    return [str(n) for n in range(count)]


def _reversed(scene: Scene, count: int) -> list[str]:
    return _plain(scene, count)[::-1]


def _none(scene: Scene, count: int) -> list[str]:
    return [""] * count


def _pairs(width_of: Callable[[Scene], int]) -> Names:
    """Cells of a grid in one column, each by its row and its column there."""
    return lambda scene, count: ["{},{}".format(*divmod(n, width_of(scene))) for n in range(count)]


def _within(axis: int) -> Names:
    """Y's own indices beside its window; a row or column that is cropped has no name."""

    def names(scene: Scene, count: int) -> list[str]:
        window = scene.document["sizes"]["window"]
        first, length = window[axis], window[axis + 2]
        return [str(n - first) if first <= n < first + length else "" for n in range(count)]

    return names


_input_pairs = _pairs(lambda scene: scene.document["sizes"]["input"][1])
_output_pairs = _pairs(lambda scene: scene.document["sizes"]["window"][3])


@dataclass(frozen=True)
class Kind:
    """A kind of grid.

    ``role`` says which cells it has: a grid that holds another's cells with other numbers, as dX holds X's, has that
    one's role. ``values`` are its numbers, flat; ``name_at`` is the name of its flat cell. ``channels`` says whose
    channel it shows, "ins" or "outs". ``filled_cells`` are those of a matrix that come from K; all others are empty.
    """

    role: str
    values: Callable[[Scene], Values]
    name_at: Callable[[Scene, int], str]
    row_names: Names = _plain
    column_names: Names = _plain
    channels: str = ""
    is_canvas: bool = False
    grows: bool = False
    has_own_bound: bool = False
    filled_cells: Callable[[Scene], list[int]] | None = None


def weight_of(scene: Scene) -> Values:
    """The kernel between the shown channels; empty where they are of different groups."""
    rows, columns = scene.document["sizes"]["kernel"]
    return scene.document["weight"][scene.channel] or [None] * (rows * columns)


def bound_of(scene: Scene) -> float:
    """The largest number of that kernel: its colours, and its entries' in the matrix, are scaled by it alone."""
    return max(abs(value or 0.0) for value in weight_of(scene)) or 1.0


INPUT = Kind(
    "input",
    lambda scene: scene.document["input"][scene.channel],
    lambda scene, cell: input_name(scene.links, scene.channel, cell),
    channels="ins",
)
KERNEL = Kind("kernel", weight_of, lambda scene, q: kernel_name(scene.links, scene.channel, q), has_own_bound=True)
FLIPPED = Kind(
    "flipped",
    lambda scene: weight_of(scene)[::-1],
    lambda scene, cell: kernel_name(scene.links, scene.channel, len(weight_of(scene)) - 1 - cell),
    row_names=_reversed,
    column_names=_reversed,
    has_own_bound=True,
)
OUTPUT = Kind(
    "output",
    lambda scene: scene.canvas.values,
    lambda scene, canvas: output_name(scene.links, canvas),
    row_names=_within(0),
    column_names=_within(1),
    channels="outs",
    is_canvas=True,
    grows=True,
)
ZERO_INSERTED = Kind(
    "zero_inserted",
    lambda scene: [
        0.0 if cell < 0 else scene.document["input"][scene.channel][cell] for cell in scene.links.input_under
    ],
    lambda scene, spread: spread_name(scene.links, scene.channel, spread),
)
VEC_INPUT = replace(INPUT, role="vec_input", row_names=_input_pairs, column_names=_none)
VEC_OUTPUT = Kind(
    "vec_output",
    lambda scene: [scene.canvas.values[canvas] for canvas in scene.links.canvas_of],
    lambda scene, row: output_name(scene.links, scene.links.canvas_of[row]),
    row_names=_output_pairs,
    column_names=_none,
    channels="outs",
    grows=True,
)


def _w_cells(scene: Scene) -> list[int]:
    return [cell * scene.links.output_cells + column for _, cell, _, column in _entries(scene)]


def _wt_cells(scene: Scene) -> list[int]:
    return [column * scene.links.input_cells + cell for _, cell, _, column in _entries(scene)]


def _entries(scene: Scene) -> list:
    return entries_of(scene.links) if scene.document["weight"][scene.channel] else []


def _dense(filled_cells: Callable[[Scene], list[int]]) -> Callable[[Scene], Values]:
    """The block of the matrix that joins the shown channels."""

    def values(scene: Scene) -> Values:
        dense: list[float | None] = [0.0] * (scene.links.input_cells * scene.links.output_cells)
        weight = weight_of(scene)
        for cell, entry in zip(filled_cells(scene), _entries(scene), strict=True):
            dense[cell] = weight[entry.q]
        return dense

    return values


def _w_name(scene: Scene, cell: int) -> str:
    return entry_name(scene.links, scene.channel, *divmod(cell, scene.links.output_cells))


def _wt_name(scene: Scene, cell: int) -> str:
    column, row = divmod(cell, scene.links.input_cells)
    return entry_name(scene.links, scene.channel, row, column)


W = Kind("W", _dense(_w_cells), _w_name, _input_pairs, _output_pairs, has_own_bound=True, filled_cells=_w_cells)
WT = Kind("WT", _dense(_wt_cells), _wt_name, _output_pairs, _input_pairs, has_own_bound=True, filled_cells=_wt_cells)


# ---- backward: the same cells hold gradients
def _collected(scene: Scene) -> Values:
    """dX as far as it is collected: step n collects input cell n."""
    gradient, links = scene.document["gradient"], scene.links
    assert gradient is not None
    result, first = gradient["result"][scene.channel], scene.channel * links.input_cells + 1
    if scene.step is None:
        return result
    return [value if first + cell <= scene.step else None for cell, value in enumerate(result)]


GRADIENT = replace(INPUT, values=_collected, grows=True)
UPSTREAM = replace(OUTPUT, grows=False)
VEC_GRADIENT = replace(VEC_INPUT, values=_collected, grows=True)
VEC_UPSTREAM = replace(VEC_OUTPUT, grows=False)
