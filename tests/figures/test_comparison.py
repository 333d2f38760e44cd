"""The figure of a comparison."""

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.documents.comparison import comparison
from explorer.figures.comparison import MOST_HEIGHT, comparison_figure
from explorer.figures.palette import PALETTES
from explorer.settings import Settings


def grids(settings, given):
    return comparison(settings, np.array(given, float), 0).grids


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_only_y_has_the_colours_of_y(palette):
    figure = go.Figure(comparison_figure(grids(Settings(), [[0, 0, 1], [0, 4, 6], [4, 12, 7]]), palette))
    scales = [tuple(colour for _, colour in trace.colorscale) for trace in figure.data]
    assert scales == [palette.believed, palette.scale, palette.believed]
    assert [trace.z[2][2] for trace in figure.data] == [7, 9, -2]
    assert [trace.text[2][2] for trace in figure.data] == ["7", "9", "−2"]
    assert [one.text for one in figure.layout.annotations] == ["<b>Your grid</b>", "<b>Y</b>", "<b>Your grid − Y</b>"]


def test_grids_stand_beside_one_another():
    figure = comparison_figure(grids(Settings(), [[0, 0, 1], [0, 4, 6], [4, 12, 7]]))
    places = [figure["layout"][name]["domain"] for name in ("xaxis", "xaxis2", "xaxis3")]
    assert places[0][0] == 0 and places[2][1] == pytest.approx(1)
    assert places[0][1] < places[1][0] and places[1][1] < places[2][0]


def test_two_sizes_and_many_cells():
    settings = Settings.of(np.ones((8, 8)), np.ones((5, 5)), stride=4)
    figure = go.Figure(comparison_figure(grids(settings, np.ones((3, 2)))))
    assert [np.shape(trace.z) for trace in figure.data] == [(3, 2), (33, 33)]
    assert [trace.texttemplate for trace in figure.data] == ["%{text}", ""]
    assert figure.layout.height == MOST_HEIGHT
