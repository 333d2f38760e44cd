"""Colours, and pure functions that give Plotly figures."""

from explorer.figures.palette import DARK, LIGHT, Palette

__all__ = ["DARK", "LIGHT", "Palette"]
