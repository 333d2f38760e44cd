"""The backward direction as most views show it: each input cell collects dY over the links of its stamp."""

from explorer.views.grids import gradient_grid, input_cells, kernel_grid, upstream_grid
from explorer.views.kind import Direction, Grid, Shown


def backward_grids(shown: Shown) -> dict[str, Grid]:
    """dX, K and dY."""
    return {"gradient": gradient_grid(shown), "kernel": kernel_grid(shown), "upstream": upstream_grid(shown)}


BACKWARD = Direction(steps=input_cells, grids=backward_grids)
