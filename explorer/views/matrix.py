"""Matrix: the output is Wᵀ·vec(X), the gradient W·vec(dY)."""

from explorer.settings import Settings
from explorer.views.backward import backward_grids
from explorer.views.gather import output_cells
from explorer.views.grids import input_cells
from explorer.views.kind import Direction, Grid, Shown, ViewKind, phrase
from explorer.views.scatter import scatter_grids

LARGEST_SECOND = 20_000
"""Forward, W stands beside Wᵀ as long as its shown block has at most so many numbers."""


def whole_shape(settings: Settings) -> tuple[int, int]:
    """The shape of the whole matrix W: a row an input cell, a column an output cell.

    >>> whole_shape(Settings())
    (4, 9)
    """
    return input_cells(settings), settings.layer.out_channels * output_cells(settings)


def forward_grids(shown: Shown) -> dict[str, Grid]:
    """X, K, the canvas, Wᵀ, W unless it is large, vec(X) and vec(Y)."""
    settings = shown.operation.settings
    grids = scatter_grids(shown)
    inputs, outputs = settings.size[0] * settings.size[1], output_cells(settings)
    rows, columns = whole_shape(settings)
    grids["WT"] = Grid(outputs, inputs, grids["kernel"].bound, phrase("grids.WT"), (columns, rows))
    if inputs * outputs <= LARGEST_SECOND:
        grids["W"] = _matrix_grid(settings, grids["kernel"].bound)
    grids["vec_input"] = Grid(inputs, 1, grids["input"].bound, phrase("grids.vec_input"))
    grids["vec_output"] = Grid(outputs, 1, grids["output"].bound, phrase("grids.vec_output"))
    return grids


def collecting_grids(shown: Shown) -> dict[str, Grid]:
    """dX, K, dY, W, vec(dY) and vec(dX)."""
    settings = shown.operation.settings
    grids = backward_grids(shown)
    inputs, outputs = settings.size[0] * settings.size[1], output_cells(settings)
    grids["W"] = _matrix_grid(settings, grids["kernel"].bound)
    grids["vec_upstream"] = Grid(outputs, 1, grids["upstream"].bound, phrase("grids.vec_upstream"))
    grids["vec_gradient"] = Grid(inputs, 1, grids["gradient"].bound, phrase("grids.vec_gradient"))
    return grids


def _matrix_grid(settings: Settings, bound: float) -> Grid:
    """W's block between the shown channels; its title has the shape of the whole matrix."""
    rows = settings.size[0] * settings.size[1]
    return Grid(rows, output_cells(settings), bound, phrase("grids.W"), whole_shape(settings))


MATRIX = ViewKind(
    forward=Direction(steps=input_cells, grids=forward_grids, tables=("products", "sums")),
    backward=Direction(steps=input_cells, grids=collecting_grids),
)
