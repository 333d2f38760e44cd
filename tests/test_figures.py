import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures import (
    DARK,
    LIGHT,
    conv_matrix_figure,
    input_figure,
    kernel_figure,
    method_figure,
    output_figure,
    vector_figure,
)
from explorer.figures.grids import bare_figure, channel_block, number_text, position_colours, shape_text, titles
from explorer.figures.palette import COLOURED_POSITIONS, PALETTES
from explorer.methods import METHODS
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.relation import inputs_of
from explorer.settings import Settings
from tests.layers import random_settings

SQUARE = [[0, 1], [2, 3]]
BASIC = run(Settings.of(SQUARE, SQUARE))
OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"}
every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def drawn(figure):
    """The one trace and the layout, after Plotly has found every name and value in it valid."""
    checked = go.Figure(figure)
    assert len(checked.data) == 1
    return checked.data[0], checked.layout


def z_of(figure):
    return [list(row) for row in drawn(figure)[0].z]


def outlines(figure):
    """(top, left, height, width, colour, dash) of each shape, in cells."""
    shapes = [(s.type, s.x0, s.x1, s.y0, s.y1, s.line.color, s.line.dash) for s in drawn(figure)[1].shapes]
    assert {shape[0] for shape in shapes} <= {"rect"}
    return [(y0 + 0.5, x0 + 0.5, y1 - y0, x1 - x0, colour, dash) for _, x0, x1, y0, y1, colour, dash in shapes]


@pytest.mark.parametrize("settings", [*(preset.settings for preset in PRESETS.values()), *random_settings(25, 31)])
def test_every_figure_shows_the_cores_numbers(settings):
    operation, layer = run(settings), settings.layer
    out = layer.out_channels - 1
    ins = inputs_of(layer, out)[-1]
    block = channel_block(operation, ins, out)
    steps = operation.scatter_steps(out)
    height, width = layer.output_size(settings.size)
    rows, columns = settings.size[0] * settings.size[1], height * width
    assert block.tolist() == (
        operation.conv_matrix.toarray()[ins * rows : (ins + 1) * rows, out * columns : (out + 1) * columns].tolist()
    )
    shown = {
        "input": (input_figure(operation, ins), operation.input[ins]),
        "kernel": (
            kernel_figure(operation, ins, out % layer.weight_shape[1]),
            operation.weight[ins, out % layer.weight_shape[1]],
        ),
        "output": (output_figure(operation, out), steps.canvas),
        "W": (conv_matrix_figure(operation, ins, out), block),
        "WT": (conv_matrix_figure(operation, ins, out, transposed=True), block.T),
        "vec_input": (vector_figure("vec_input", operation.input[ins]), operation.input[ins].reshape(-1, 1)),
        "vec_output": (vector_figure("vec_output", operation.output[out]), operation.output[out].reshape(-1, 1)),
        **{name: (method_figure(operation, name, out), operation.results[name].output[out]) for name in METHODS},
    }
    for name, (figure, values) in shown.items():
        trace, layout = drawn(figure)
        assert (trace.type, trace.name) == ("heatmap", name)
        assert [list(row) for row in trace.z] == values.tolist()
        assert [list(row) for row in trace.text] == [[number_text(v) for v in row] for row in values.tolist()]
        assert (trace.zmid, trace.zmin) == (None, -trace.zmax)  # centred on 0
        assert trace.zmax > 0
        assert trace.zmax >= abs(values).max()
        assert layout.yaxis.range[0] > layout.yaxis.range[1]  # row 0 is on top
        assert (layout.xaxis.range, layout.yaxis.range) == (
            (-0.5, values.shape[1] - 0.5),
            (values.shape[0] - 0.5, -0.5),
        )
        assert layout.title.text


def test_the_matrix_of_cell_15():
    operation = run(PRESETS["conv-matrix"].settings)
    expected = [
        [1, 2, 0, 3, 4, 0, 0, 0, 0],
        [0, 1, 2, 0, 3, 4, 0, 0, 0],
        [0, 0, 0, 1, 2, 0, 3, 4, 0],
        [0, 0, 0, 0, 1, 2, 0, 3, 4],
    ]
    assert z_of(conv_matrix_figure(operation)) == expected
    assert z_of(conv_matrix_figure(operation, transposed=True)) == [
        list(column) for column in zip(*expected, strict=True)
    ]


def test_blocks_of_channels():
    operation = run(Settings.of([[[1]], [[1]]], [[[[2, 3]], [[4, 5]]], [[[6, 7]], [[8, 9]]]]))
    blocks = {(i, o): channel_block(operation, i, o).tolist() for i in (0, 1) for o in (0, 1)}
    assert blocks == {(0, 0): [[2, 3]], (0, 1): [[4, 5]], (1, 0): [[6, 7]], (1, 1): [[8, 9]]}
    grouped = run(Settings.of([[[1]], [[1]]], [[[[2]]], [[[3]]]], groups=2))
    assert [channel_block(grouped, i, o).item() for i in (0, 1) for o in (0, 1)] == [2, 0, 0, 3]
    assert z_of(input_figure(run(Settings.of([[[1]], [[5]]], [[[[2]]], [[[3]]]])), 1)) == [[5]]


@pytest.mark.parametrize(
    ("layer", "frame"),
    [
        ({}, []),  # the frame would be the canvas
        ({"padding": 1}, [(1, 1, 1, 1)]),
        ({"padding": (1, 0)}, [(1, 0, 1, 3)]),
        ({"stride": 2, "padding": 1, "output_padding": 1}, [(1, 1, 3, 3)]),  # the canvas is 4×4
        ({"stride": 2, "output_padding": 1}, []),  # the drawn canvas grows to 5×5 with the output
        ({"stride": 3, "padding": (0, 1), "output_padding": (0, 2)}, [(0, 1, 5, 5)]),
    ],
)
def test_crop_frame(layer, frame):
    operation = run(Settings.of(SQUARE, SQUARE, **layer))
    assert outlines(output_figure(operation)) == [(*cells, LIGHT.frame, "dash") for cells in frame]


def test_a_step_is_outlined_in_the_kernels_colours():
    orange, sky, green, red = LIGHT.kernel[:4]
    assert outlines(output_figure(BASIC, step=3)) == [
        (1, 0, 1, 1, orange, "solid"),
        (1, 1, 1, 1, sky, "solid"),
        (2, 0, 1, 1, green, "solid"),
        (2, 1, 1, 1, red, "solid"),
    ]
    assert z_of(output_figure(BASIC, step=3)) == [[0, 0, 1], [0, 4, 3], [4, 6, 0]]
    assert z_of(output_figure(BASIC, step=2)) == [[0, 0, 1], [0, 2, 3], [0, 0, 0]]
    assert (outlines(output_figure(BASIC, step=0)), outlines(output_figure(BASIC))) == ([], [])
    assert z_of(output_figure(BASIC, step=0)) == [[0] * 3] * 3
    assert z_of(output_figure(BASIC, step=4)) == z_of(output_figure(BASIC)) == [[0, 0, 1], [0, 4, 6], [4, 12, 9]]


def test_steps_with_stride_channels_and_a_frame():
    operation = run(Settings.of([[[1, 2]], [[3, 4]]], [[[[1, 10]]], [[[1, 100]]]], stride=2, padding=(0, 1)))
    figure = output_figure(operation, step=3, palette=DARK)  # the second channel's first cell, on columns 0 and 1
    assert outlines(figure) == [
        (0, 1, 1, 2, DARK.frame, "dash"),
        (0, 0, 1, 1, DARK.kernel[0], "solid"),
        (0, 1, 1, 1, DARK.kernel[1], "solid"),
    ]
    assert z_of(figure) == [[1 + 3, 10 + 300, 2, 20]]


def test_every_step_shows_the_sums_so_far():
    """Against a loop over stamps, not against the table of steps."""
    for settings in random_settings(12, 32):
        operation, layer = run(settings), settings.layer
        (kh, sh, _, _, dh), (kw, sw, _, _, dw) = layer.axes
        canvas = np.zeros(layer.canvas_size(settings.size))
        step = 0
        assert z_of(output_figure(operation, 0, step)) == canvas.tolist()
        for c, i, j in np.ndindex(operation.input.shape):
            step += 1
            if c in inputs_of(layer, 0):
                for a, b in np.ndindex(kh, kw):
                    canvas[i * sh + a * dh, j * sw + b * dw] += operation.input[c, i, j] * operation.weight[c, 0, a, b]
            assert z_of(output_figure(operation, 0, step)) == canvas.tolist()


def test_kernel_colours():
    assert position_colours(BASIC) == list(LIGHT.kernel[:4])
    six = run(Settings.of([[1]], [[1, 2, 3], [4, 5, 6]]))
    assert position_colours(six, DARK) == list(DARK.kernel)
    seven = run(Settings.of([[1] * 7], [[1] * 5] * 2))
    assert position_colours(seven) == [LIGHT.traced] * 10


def test_empty_cells_have_no_number():
    figure = vector_figure("vec_output", BASIC.scatter_steps(0).sums[:1] * float("nan"))
    assert (z_of(figure), drawn(figure)[0].text[0][0]) == ([[None]] * 4, "")


def test_a_grid_of_zeros_has_colours():
    trace, _ = drawn(input_figure(run(Settings.of([[0, 0]], [[0]]))))
    assert (trace.zmin, trace.zmax) == (-1, 1)


def test_a_bare_figure_waits_for_its_values():
    trace, layout = drawn(bare_figure("W", 4, 9, 3.0))
    assert (trace.name, trace.z, trace.zmin, trace.zmax, trace.showscale) == ("W", (), -3, 3, False)
    assert (layout.xaxis.range, layout.yaxis.range) == ((-0.5, 8.5), (3.5, -0.5))
    assert (layout.margin.l, layout.margin.t, layout.margin.r, layout.margin.b) == (0, 0, 0, 0)


def test_a_method_that_failed_has_no_figure(monkeypatch):
    def fail(x, k, layer):
        raise RuntimeError("out of order")

    monkeypatch.setitem(METHODS, "torch", fail)
    run.cache_clear()
    operation = run(BASIC.settings)
    run.cache_clear()
    with pytest.raises(ValueError, match="RuntimeError: out of order"):
        method_figure(operation, "torch")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2.0, "2"),
        (-3.0, "−3"),
        (0.5, "0.5"),
        (-0.36708, "−0.3671"),
        (1 / 3, "0.3333"),
        (1234.5, "1234"),
        (1234.56, "1235"),
        (9999.0, "9999"),
        (12345.6, "12346"),
        (-99999.4, "−99999"),
        (1e6, "1000000"),
        (1e7, "1e+7"),
        (-1e12, "−1e+12"),
        (1234567890.0, "1.235e+9"),
        (0.0001, "0.0001"),
        (0.00001, "1e-5"),
        (-1.2344e-11, "−1.234e-11"),
    ],
)
def test_numbers_in_cells(value, text):
    assert number_text(value) == text


def test_numbers_fit_a_cell():
    for exponent in range(-320, 13):
        for digits in (1, 1.23456789, 9.87654321):
            assert len(number_text(-digits * 10.0**exponent)) <= 11


@pytest.mark.parametrize(
    ("layer", "output"),
    [
        ({}, "Output Y · 1×3×3"),
        ({"padding": 1}, "Full canvas 3×3, cropped to output Y · 1×1×1"),
        ({"stride": 2, "padding": 1, "output_padding": 1}, "Full canvas 4×4, cropped to output Y · 1×3×3"),
        ({"stride": 2, "output_padding": 1}, "Full canvas 4×4, extended to output Y · 1×5×5"),
        ({"stride": 2}, "Output Y · 1×4×4"),
    ],
)
def test_titles_of_the_output(layer, output):
    operation = run(Settings.of(SQUARE, SQUARE, **layer))
    assert titles(operation)["output"] == drawn(output_figure(operation))[1].title.text == output


def test_titles_name_the_grid_and_its_size():
    operation = run(Settings.of([[[0, 1, 2]], [[3, 4, 5]]], [[[[1, 2]]] * 3] * 2))
    assert titles(operation) == {
        "input": "Input X · 2×1×3",
        "kernel": "Kernel K · 2×3×1×2",
        "output": "Output Y · 3×1×4",
        "W": "W · 6×12",
        "WT": "Wᵀ · 12×6",
        "vec_input": "vec(X)",
        "vec_output": "vec(Y)",
        "zero_inserted": "Zero-inserted X · 1×5 · border d(k−1)−p = 0x1",
        "flipped": "K flipped · by 180°",
        "gradient": "Gradient dX · 2×1×3",
        "upstream": "Upstream gradient dY · arange: 0, 1, 2, … · 3×1×4",
        "vec_gradient": "vec(dX)",
        "vec_upstream": "vec(dY)",
    }
    assert shape_text((3,)) == "3"


def test_a_figure_takes_its_palette():
    trace, layout = drawn(input_figure(BASIC, palette=DARK))
    assert [list(stop) for stop in trace.colorscale] == [[n / 2, colour] for n, colour in enumerate(DARK.scale)]
    assert (trace.textfont.color, layout.paper_bgcolor, layout.font.color) == (DARK.text, DARK.background, DARK.text)


def rgb(colour):
    return [int(colour[n : n + 2], 16) for n in (1, 3, 5)]


def luminance(channels):
    """Relative luminance, WCAG 2.2."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in channels)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_by_hand():
    assert contrast([255] * 3, [0] * 3) == pytest.approx(21)
    assert contrast(rgb("#777777"), rgb("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@every_palette
def test_text_is_readable_on_every_value(palette):
    stops = palette.colorscale
    assert [stop[0] for stop in stops] == [0, 0.5, 1]
    for n in range(41):
        (low, one), (high, other) = stops[:2] if n <= 20 else stops[1:]
        share = (n / 40 - low) / (high - low)
        behind = [a + (b - a) * share for a, b in zip(rgb(one), rgb(other), strict=True)]
        assert contrast(rgb(palette.text), behind) >= 4.5, (n, behind)


@every_palette
def test_text_is_readable_on_the_background(palette):
    for colour in (palette.text, palette.muted):
        assert contrast(rgb(colour), rgb(palette.background)) >= 4.5
    for colour in (palette.frame, palette.traced):  # what is no text needs 3:1
        assert contrast(rgb(colour), rgb(palette.background)) >= 3


@every_palette
def test_roles_and_positions_are_colour_blind_safe(palette):
    assert len(set(palette.kernel)) == len(palette.kernel) == COLOURED_POSITIONS == 6
    assert {*palette.kernel, palette.input} <= OKABE_ITO


def test_the_themes_are_light_and_dark():
    assert PALETTES == {"light": LIGHT, "dark": DARK}
    assert luminance(rgb(LIGHT.background)) > 0.9
    assert luminance(rgb(DARK.background)) < 0.02


def test_a_step_of_another_group_outlines_nothing():
    settings = Settings.of([[[1]], [[2]]], [[[[1]]], [[[1]]]], groups=2)
    assert output_figure(run(settings), 0, 2)["layout"]["shapes"] == []
    assert len(output_figure(run(settings), 1, 2)["layout"]["shapes"]) == 1


def test_number_text_just_below_ten_thousand():
    assert [number_text(v) for v in (9999.4, 9999.5, 9999.6, -9999.6)] == ["9999", "10000", "10000", "−10000"]
    assert [number_text(v) for v in (np.inf, -np.inf, np.nan)] == ["∞", "−∞", "?"]
