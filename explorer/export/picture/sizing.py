"""How large the cells of a picture are: as large as its room allows, as ``explorer/stage/arranging.js`` has it."""

from collections.abc import Callable
from dataclasses import replace

from explorer.export.picture.arranging import Arranger, Layout, Node
from explorer.export.picture.boards import READABLE, Board, Size, caption_of, shaped, square
from explorer.export.picture.lines import is_line, line_of
from explorer.export.picture.scene import Scene
from explorer.export.picture.views import Direction

ROOM, TIGHT_ROOM = (1232.0, 500.0), (1500.0, 800.0)  # width and height of the grids at most
LARGEST, LARGEST_READABLE, LARGEST_IN_A_LINE = 86, 30, 60
LONGEST_MAP, WIDEST_MAP, MAP_CELL, MAP_VECTOR = 560.0, 170.0, 12.0, 12.0
OWN = ("input", "kernel", "flipped")

Sizes = Callable[[str], Size]
"""The size of a role's cells."""


def arrange(scene: Scene, direction: Direction) -> Layout:
    """Every grid and sign of a scene at its place."""
    if direction.line is not None and is_line(scene.document):
        return _arranged_line(scene, direction, direction.line(scene.document))
    node = direction.form(scene.document)
    captions = {name: caption_of(scene, name, direction.grids[name]) for name in scene.document["grids"]}

    def arranger(sizes: Sizes) -> Arranger:
        boards = {
            name: shaped(name, direction.grids[name], sizes(direction.grids[name].role), caption)
            for name, caption in captions.items()
        }
        return Arranger(boards, direction.is_tight)

    room = TIGHT_ROOM if direction.is_tight else ROOM

    def fits(sizes: Sizes) -> bool:
        width, height = arranger(sizes).size(node)
        return width <= room[0] and height <= room[1]

    found = sizes_that(fits, LARGEST)
    matrix = next((kind.role for kind in direction.grids.values() if kind.filled_cells), "")
    if not matrix or found(matrix).is_readable:
        return arranger(found).layout(node)
    maps = _maps(scene)
    beside = sizes_that(lambda sizes: fits(_with(maps, sizes)), LARGEST_READABLE)
    return arranger(_with(maps, beside)).layout(node)


def _with(maps: dict[str, Size], sizes: Sizes) -> Sizes:
    return lambda role: maps.get(role) or sizes(role)


def sizes_that(fits: Callable[[Sizes], bool], largest: float) -> Sizes:
    """One size for all cells. Where numbers do not fit at it, X and K keep theirs, and the other cells are smaller."""
    same = _largest_that(largest, lambda cell: fits(_sized(cell, cell)))
    if same >= READABLE:
        return _sized(same, same)
    beside = _largest_that(READABLE, lambda cell: fits(_sized(READABLE, cell)))
    others = beside if beside >= same / 2 and fits(_sized(READABLE, beside)) else same
    own = _largest_that(LARGEST_READABLE, lambda cell: fits(_sized(cell, others)))
    return _sized(max(others, own), others)


def _sized(own: float, others: float) -> Sizes:
    return lambda role: square(own if role in OWN else others)


def _largest_that(largest: float, fits: Callable[[int], bool]) -> int:
    """The largest whole number up to ``largest`` that fits, at least 1."""
    low, high = 1, max(int(largest), 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _maps(scene: Scene) -> dict[str, Size]:
    """The cells of a matrix and its vectors where all of them are a map."""
    inputs, outputs = scene.links.input_cells, scene.links.output_cells
    cell = min(LONGEST_MAP / max(inputs, outputs), MAP_CELL)
    if cell >= 3:
        into = out = float(int(cell))
    else:
        longer, shorter = LONGEST_MAP / max(inputs, outputs), min(WIDEST_MAP / min(inputs, outputs), MAP_CELL)
        into, out = (longer, shorter) if inputs > outputs else (shorter, longer)
    return {
        "WT": Size(into, out, into),
        "W": Size(out, into, out),
        "vec_input": Size(MAP_VECTOR, into, MAP_VECTOR),
        "vec_output": Size(MAP_VECTOR, out, MAP_VECTOR),
    }


# ---- one dimension
def _arranged_line(scene: Scene, direction: Direction, node: Node) -> Layout:
    kinds = {name: direction.grids[name] for name in scene.document["grids"]}
    roles = {kind.role: scene.document["grids"][name]["columns"] for name, kind in kinds.items()}
    sizes, start_of, width = line_of(scene, roles, ROOM, LARGEST_IN_A_LINE)

    def board(name: str) -> Board:
        kind = kinds[name]
        found = shaped(name, kind, sizes[kind.role], caption_of(scene, name, kind), is_line=True)
        return replace(found, start=start_of(kind.role), line_width=width)

    return Arranger({name: board(name) for name in kinds}).layout(node)
