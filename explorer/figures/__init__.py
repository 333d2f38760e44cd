"""Pure functions from an operation to Plotly figures."""

from explorer.figures.grids import (
    conv_matrix_figure,
    input_figure,
    kernel_figure,
    method_figure,
    output_figure,
    vector_figure,
)
from explorer.figures.palette import DARK, LIGHT, Palette

__all__ = [
    "DARK",
    "LIGHT",
    "Palette",
    "conv_matrix_figure",
    "input_figure",
    "kernel_figure",
    "method_figure",
    "output_figure",
    "vector_figure",
]
