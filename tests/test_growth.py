import plotly.graph_objects as go
import pytest

from explorer import Layer
from explorer.cost import WAYS, growth
from explorer.figures.growth import growth_figure
from explorer.figures.palette import PALETTES
from explorer.text import texts

SIDES = (2, 4, 8)
GROWTH = growth(Layer(kernel_size=2), SIDES)
TIMES = {"scatter": {2: 1e-4, 4: 2e-4, 8: None}, "torch": {2: 1e-5, 4: 1e-5, 8: 3e-5}}
NAMES = texts()["cost"]["ways"]
every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@every_palette
def test_a_line_for_each_way(palette):
    figure = go.Figure(growth_figure(GROWTH, palette=palette))
    assert [trace.name for trace in figure.data] == [NAMES[way] for way in WAYS]
    for way, trace in zip(WAYS, figure.data, strict=True):
        assert trace.x == SIDES
        assert trace.y == tuple(GROWTH[side][way].multiply_adds for side in SIDES)
        assert contrast(trace.line.color, palette.background) >= 3  # WCAG 2.2, 1.4.11
        assert trace.line.color == trace.marker.color
        assert trace.line.color in palette.kernel
    assert [trace.y for trace in figure.data][:2] == [(16, 64, 256), (36, 100, 324)]
    for style in ("line.dash", "marker.symbol", "line.color"):
        assert len({trace[style] for trace in figure.data}) == len(WAYS)
    layout = figure.layout
    assert {layout.xaxis.type, layout.yaxis.type} == {"log"}
    assert (layout.xaxis.tickvals, layout.font.color) == (SIDES, palette.text)
    assert layout.xaxis.title.text
    assert layout.yaxis.title.text
    assert "yaxis2" not in layout.to_plotly_json()


@every_palette
def test_measured_times_stand_on_a_second_axis(palette):
    figure = go.Figure(growth_figure(GROWTH, TIMES, palette))
    assert [trace.name for trace in figure.data] == [NAMES[way] for way in (*WAYS, *TIMES)]
    for (way, seconds), trace in zip(TIMES.items(), figure.data[len(WAYS) :], strict=True):
        assert (trace.yaxis, trace.mode) == ("y2", "markers")
        assert (trace.x, trace.y) == (SIDES, tuple(seconds.values()))
        assert trace.legendgroup == way
        assert contrast(trace.marker.color, palette.background) >= 3
    lines = {trace.legendgroup: trace for trace in figure.data[: len(WAYS)]}
    scatter, torch = figure.data[len(WAYS) :]
    # A way's times look like its line, and the legend names them once; torch has times only.
    assert (scatter.marker, scatter.showlegend) == (lines["scatter"].marker, False)
    assert torch.showlegend
    assert torch.marker.symbol not in {line.marker.symbol for line in lines.values()}
    axis = figure.layout.yaxis2
    assert (axis.type, axis.ticksuffix) == ("log", "s")
    assert axis.title.text
    assert axis.domain[1] < figure.layout.yaxis.domain[0]
