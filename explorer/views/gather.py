"""Gather: the flipped kernel stops over the zero-inserted input, once for each output cell."""

from explorer.settings import Settings, shape_text
from explorer.views.backward import BACKWARD
from explorer.views.kind import Direction, Grid, Shown, ViewKind, phrase
from explorer.views.scatter import scatter_grids


def output_cells(settings: Settings) -> int:
    """How many cells one output channel has.

    >>> output_cells(Settings())
    9
    """
    height, width = settings.output_size
    return height * width


def gather_grids(shown: Shown) -> dict[str, Grid]:
    """X, K, the canvas, the zero-inserted X and the flipped K."""
    layer, size = shown.operation.layer, shown.operation.settings.size
    grids = scatter_grids(shown)
    flipped = grids["kernel"]._replace(name=phrase("grids.flipped"), shape=(), note=phrase("grid_notes.flipped"))
    border = layer.border[:1] if layer.border[0] == layer.border[1] else layer.border
    spread = Grid(
        *layer.zero_inserted_size(size),
        grids["input"].bound,
        phrase("grids.zero_inserted"),
        shown.operation.settings.zero_inserted_window[2:],
        phrase("grid_notes.border", border=shape_text(border)),
    )
    return {**grids, "zero_inserted": spread, "flipped": flipped}


GATHER = ViewKind(
    forward=Direction(steps=output_cells, grids=gather_grids, tables=("products", "zero_inserted", "windows")),
    backward=BACKWARD,
)
