"""How the cost grows with the input: multiply-adds of each way, and measured times below them, both on log scales."""

from collections.abc import Mapping
from typing import Any

from explorer.cost import WAYS, Cost
from explorer.figures.palette import LIGHT, Palette
from explorer.figures.typefaces import CHINESE, LATIN, PAGE
from explorer.text import say

# No two ways share a colour (a kernel position's, which keeps 3:1 on the background), a dash or a symbol. Scatter and
# sparse often cost the same: the thin line lies on the thick one.
_STYLES = {
    "scatter": {"position": 3, "dash": "solid", "symbol": "circle", "width": 5, "size": 13},
    "gather": {"position": 2, "dash": "dash", "symbol": "square", "width": 2, "size": 9},
    "matrix": {"position": 4, "dash": "dot", "symbol": "diamond", "width": 2, "size": 10},
    "sparse": {"position": 5, "dash": "dashdot", "symbol": "triangle-up", "width": 2, "size": 8},
}
_OTHER = {"position": None, "dash": "solid", "symbol": "x", "width": 2, "size": 8}
FONT = ",".join((LATIN, *PAGE, *CHINESE, "sans-serif"))
Figure = dict[str, Any]
"""A Plotly figure as its own JSON: https://plotly.com/python/figure-structure/"""
Times = Mapping[str, Mapping[int, float | None]]


def growth_figure(
    growth: Mapping[int, Mapping[str, Cost]], times: Times | None = None, palette: Palette = LIGHT
) -> Figure:
    """Multiply-adds by the input's side, one line for each way, from `explorer.cost.growth`.

    ``times`` are seconds by way and side, None where not measured: markers on a panel of their own below. A name that
    is no way (``torch``) has times only.

    >>> from explorer.cost import growth
    >>> from explorer.layer import Layer
    >>> figure = growth_figure(growth(Layer(kernel_size=2), [2, 4]))
    >>> [len(trace["x"]) for trace in figure["data"]] == [2] * len(WAYS)
    True
    """
    sides = list(growth)
    traces = []
    for way in WAYS:
        counts = [growth[side][way].multiply_adds for side in sides]
        traces.append(_trace(way, sides, counts, palette) | {"hovertemplate": "%{x}×%{x}: %{y:,}"})
    for way, seconds in (times or {}).items():
        values = [seconds.get(side) for side in sides]
        measured = {"yaxis": "y2", "mode": "markers", "showlegend": way not in WAYS, "connectgaps": False}
        traces.append(_trace(way, sides, values, palette) | measured | {"hovertemplate": "%{x}×%{x}: %{y:.3s}s"})
    return {"data": traces, "layout": _layout(sides, bool(times), palette)}


def _trace(way: str, sides: list[int], values: list[Any], palette: Palette) -> dict[str, Any]:
    style: dict[str, Any] = _STYLES.get(way, _OTHER)
    colour = palette.text if style["position"] is None else palette.kernel[style["position"]]
    return {
        "type": "scatter",
        "name": say(f"cost.ways.{way}"),
        "legendgroup": way,
        "x": sides,
        "y": values,
        "mode": "lines+markers",
        "line": {"color": colour, "dash": style["dash"], "width": style["width"]},
        "marker": {"color": colour, "symbol": style["symbol"], "size": style["size"]},
    }


def _layout(sides: list[int], timed: bool, palette: Palette) -> dict[str, Any]:
    clear = "rgba(0,0,0,0)"
    lines = {"gridcolor": palette.scale[1], "zeroline": False, "fixedrange": True}
    counts = {"type": "log", "tickformat": "~s", **lines}
    layout = {
        "height": 450 if timed else 400,
        "margin": {"l": 72, "t": 8, "r": 8, "b": 48},
        "paper_bgcolor": clear,
        "plot_bgcolor": clear,
        "font": {"color": palette.text, "size": 14, "family": FONT},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "hoverlabel": {"namelength": -1},
        "xaxis": {
            "type": "log",
            "tickvals": sides,
            "title": {"text": say("cost.side")},
            "anchor": "y2" if timed else "y",
        }
        | lines,
        "yaxis": counts | {"title": {"text": say("cost.multiply_adds")}, "domain": [0.46 if timed else 0, 1]},
    }
    if timed:
        layout["yaxis2"] = counts | {"title": {"text": say("cost.seconds")}, "domain": [0, 0.4], "ticksuffix": "s"}
    return layout
