"""Grids beside one another with their numbers: one from elsewhere, Y, and the map of the difference."""

from collections.abc import Sequence
from typing import Any

from explorer.decimals import number_text
from explorer.documents.messages import speak
from explorer.documents.schema import Compared
from explorer.figures.growth import FONT, Figure
from explorer.figures.palette import LIGHT, Palette

MOST_NUMBERS = 256
"""Cells of the largest grid whose numbers are written into it."""
CELL, LEAST_HEIGHT, MOST_HEIGHT = 40, 150, 330  # px
MARGINS = 76  # px above and below a grid: its title and the names of its columns
_STANDOFF = {"ticks": "outside", "ticklen": 5, "tickcolor": "rgba(0,0,0,0)"}
GAP = 0.06  # of the width, between two grids


def comparison_figure(grids: Sequence[Compared], palette: Palette = LIGHT) -> Figure:
    """The grids from left to right on one scale of cells; what is no Y has the colours of what is believed.

    Y is the second one.
    """
    width = (1 - GAP * (len(grids) - 1)) / max(len(grids), 1)
    layout = _layout(max((len(grid["rows"]) for grid in grids), default=1), palette)
    traces = []
    for at, grid in enumerate(grids):
        axes = f"{at + 1}" if at else ""
        left = at * (width + GAP)
        scale = palette.scale if at == 1 else palette.believed
        traces.append(
            _heatmap(grid, scale) | {"textfont": {"color": palette.text}} | {"xaxis": f"x{axes}", "yaxis": f"y{axes}"}
        )
        rows, columns = len(grid["rows"]), len(grid["rows"][0])
        plain = {"showgrid": False, "zeroline": False, "fixedrange": True, "tickformat": "d", **_STANDOFF}
        layout[f"xaxis{axes}"] = plain | {
            "domain": [left, left + width],
            "side": "top",
            "range": [-0.5, columns - 0.5],
            "dtick": _step(columns),
            "anchor": f"y{axes}",
            "constrain": "domain",
        }
        layout[f"yaxis{axes}"] = plain | {
            "range": [rows - 0.5, -0.5],
            "dtick": _step(rows),
            "anchor": f"x{axes}",
            "scaleanchor": f"x{axes}",
            "constrain": "domain",
            "constraintoward": "top",
        }
        layout["annotations"].append(_title(grid, left + width / 2))
    return {"data": traces, "layout": layout}


def _heatmap(grid: Compared, scale: tuple[str, str, str]) -> dict[str, Any]:
    rows = grid["rows"]
    isnt_crowded = len(rows) * len(rows[0]) <= MOST_NUMBERS
    texts = [["–" if value is None else number_text(value) for value in row] for row in rows]
    return {
        "type": "heatmap",
        "z": rows,
        "zmin": -grid["bound"],
        "zmax": grid["bound"],
        "colorscale": [[at / 2, colour] for at, colour in enumerate(scale)],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "text": texts,
        "texttemplate": "%{text}" if isnt_crowded else "",
        "hovertemplate": "[%{y},%{x}] %{text}<extra></extra>",
    }


def _title(grid: Compared, middle: float) -> dict[str, Any]:
    place = {"x": middle, "xref": "paper", "xanchor": "center", "y": 1, "yref": "paper", "yanchor": "bottom"}
    return {"text": f"<b>{speak(grid['title'])}</b>", "yshift": 24, "showarrow": False, **place}


def _step(count: int) -> int:
    """Every cell is named, of many every fifth."""
    return 1 if count <= 12 else 5


def _layout(rows: int, palette: Palette) -> dict[str, Any]:
    clear = "rgba(0,0,0,0)"
    return {
        "height": min(max(rows * CELL + MARGINS, LEAST_HEIGHT), MOST_HEIGHT),
        "margin": {"l": 24, "t": 56, "r": 8, "b": 8},
        "paper_bgcolor": clear,
        "plot_bgcolor": clear,
        "font": {"color": palette.text, "size": 14, "family": FONT},
        "annotations": [],
    }
