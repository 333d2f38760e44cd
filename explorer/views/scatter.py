"""Scatter: each input cell stamps its multiple of the kernel onto the canvas."""

from explorer.views.backward import BACKWARD
from explorer.views.grids import input_cells, input_grid, kernel_grid, output_grid
from explorer.views.kind import Direction, Grid, Shown, ViewKind


def scatter_grids(shown: Shown) -> dict[str, Grid]:
    """X, K and the canvas."""
    return {"input": input_grid(shown), "kernel": kernel_grid(shown), "output": output_grid(shown)}


SCATTER = ViewKind(
    forward=Direction(steps=input_cells, grids=scatter_grids, tables=("products", "sums")),
    backward=BACKWARD,
)
