import json
from dataclasses import replace

import numpy as np
import pytest

from explorer import operation
from explorer.figures.document import document, static
from explorer.figures.grids import channel_block
from explorer.methods import METHODS
from explorer.notebook import computed
from explorer.notices import notice_text
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.settings import LIMITS, Memory, Notice, Settings, changed
from explorer.text import texts
from explorer.views import VIEWS, View, nearest_channel
from tests.layers import random_settings

SQUARE = [[0, 1], [2, 3]]
BASIC = Settings.of(SQUARE, SQUARE)


def of(settings, view=None, precision=""):
    return document(run(settings), view or View(), precision)


def worst():
    """The largest numbers of everything, each of seventeen digits."""
    rng = np.random.default_rng(0)
    x, k = rng.normal(size=(4, 8, 8)) * 1e5, rng.normal(size=(4, 4, 5, 5)) * 1e5
    return Settings.of(x, k, stride=4, dilation=3, output_padding=3)


def sent(found):
    """As the browser gets it; NaN and Infinity are no JSON."""
    return json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_in_every_view(name, view):
    for precision in ("", "float64", "float32"):
        found = of(PRESETS[name].settings, View(view=view, preset=name), precision)
        assert json.loads(sent(found)) == found
        assert found["about"]["look"] == PRESETS[name].look
        assert (found["about"]["cell"] is None) == (PRESETS[name].cell is None)
        assert (found["about"]["cell"] or {"verdict": "same"})["verdict"] == "same"
        assert found["agreement"]["agrees"] is True


@pytest.mark.parametrize("name", LIMITS)
def test_every_end_of_every_control(name):
    largest = worst()
    smallest = Settings.of([[0.5]], [[-0.5]])
    for start in (BASIC, largest, smallest):
        for value in LIMITS[name]:
            settings, notices = changed(start, name, value, Memory.empty())
            for view in VIEWS:
                found = of(settings, View(view=view, channel=nearest_channel(settings, (3, 3))), "float32")
                assert len(sent(found)) < 500_000
                assert len(found["result"]) == np.prod(found["canvas"])
            assert all(map(notice_text, notices))


@pytest.mark.parametrize("view", VIEWS)
def test_the_largest_document_is_small(view):
    found = {"doc": of(worst(), View(view=view, channel=(3, 3)), "float32"), "static": static()}
    assert len(sent(found).encode()) < 500_000


def test_the_document_of_cell_8():
    found = of(BASIC)
    shown = {name: found[name] for name in ("view", "step", "trace", "present", "size", "kernel", "canvas", "full")}
    assert shown == {
        "view": "scatter",
        "step": None,
        "trace": "",
        "present": False,
        "size": [2, 2],
        "kernel": [2, 2],
        "canvas": [3, 3],
        "full": [3, 3],
    }
    assert found["window"] == [0, 0, 3, 3]
    assert found["channels"] == {"ins": 1, "outs": 1, "shown": [0, 0], "inputs": [0], "block": 0}
    assert (found["input"], found["weight"]) == ([[0, 1, 2, 3]], [[0, 1, 2, 3]])
    assert found["cells"] == [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]
    assert found["products"] == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 2, 4, 6], [0, 3, 6, 9]]
    assert found["sums"] == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 4, 4, 6], [4, 6, 12, 9]]
    assert found["result"] == [0, 0, 1, 0, 4, 6, 4, 12, 9]
    assert found["columns"] == list(range(9))
    assert (found["block"], found["W"]) == ([4, 9], [4, 9])
    assert found["entries"][:5] == [[0, 0, 0], [0, 1, 1], [0, 3, 2], [0, 4, 3], [1, 1, 0]]
    assert found["output_names"] == [[0, 1, 2], [0, 1, 2]]
    assert found["reach"] == {"rows": ["rows 0–1", "rows 1–2"], "columns": ["columns 0–1", "columns 1–2"]}
    assert (found["coloured"], found["frame"]) == (True, "")


def test_the_view_is_handed_on():
    view = View(view="matrix", step=2, trace="W:0,0", present=True)
    found = of(BASIC, view)
    assert [found[name] for name in ("view", "step", "trace", "present")] == ["matrix", 2, "W:0,0", True]
    assert list(found["grids"]) == ["input", "kernel", "output", "WT", "W", "vec_input", "vec_output"]
    assert list(of(BASIC)["grids"]) == ["input", "kernel", "output"]


def test_grids_have_names_titles_and_sizes():
    settings = Settings.of([[-7, 1, 2]], [[0, 1], [2, 3]], padding=(0, 1))
    grids = of(settings, View(view="matrix"))["grids"]
    assert {name: (grid["rows"], grid["columns"]) for name, grid in grids.items()} == {
        "input": (1, 3),
        "kernel": (2, 2),
        "output": (2, 4),
        "WT": (4, 3),
        "W": (3, 4),
        "vec_input": (3, 1),
        "vec_output": (4, 1),
    }
    for name, grid in grids.items():
        assert grid["figure"]["data"][0]["name"] == name
        assert grid["title"]
    assert grids["output"]["title"] == "Full canvas 2×4, cropped to output Y · 1×2×2"
    # Products are −7·3 at most, sums too: colours that no step leaves.
    bounds = {name: grid["figure"]["data"][0]["zmax"] for name, grid in grids.items()}
    assert bounds == {"input": 7, "vec_input": 7, "kernel": 3, "W": 3, "WT": 3, "output": 21, "vec_output": 21}


def test_the_tables_are_the_cores():
    hidden = 0
    for settings in random_settings(150, 41):
        layer, operation = settings.layer, run(settings)
        for shown_out in {0, layer.out_channels - 1}:
            shown_in, _ = channel = nearest_channel(settings, (0, shown_out))
            found = of(settings, View(channel=channel))
            steps = operation.scatter_steps(shown_out)
            count = settings.size[0] * settings.size[1]
            assert found["cells"] == steps.cells.reshape(count, -1).tolist()
            for name in ("products", "sums"):
                table = getattr(steps, name)
                gone = [row is None for row in found[name]]
                assert gone == np.isnan(table[:, 0]).tolist()
                assert [row for row in found[name] if row] == table[~np.isnan(table[:, 0])].tolist()
                hidden += sum(gone)
            assert found["result"] == steps.canvas.ravel().tolist()
            block = shown_out % layer.weight_shape[1]
            assert found["input"] == [[v for row in grid for v in row] for grid in settings.input]
            for ci in range(layer.in_channels):
                inside = ci in found["channels"]["inputs"]
                assert found["weight"][ci] == (operation.weight[ci, block].ravel().tolist() if inside else None)

            # W's block of the shown channels, put together from its entries.
            rebuilt = np.zeros(found["block"])
            for row, column, q in found["entries"]:
                assert rebuilt[row, column] == 0
                rebuilt[row, column] = found["weight"][shown_in][q]
            assert np.array_equal(rebuilt, channel_block(operation, shown_in, shown_out))
            assert found["W"] == list(operation.conv_matrix.shape)

            top, left, height, width = layer.window(settings.size)
            assert found["window"] == [top, left, height, width]
            columns = np.array(found["columns"]).reshape(found["canvas"])
            inside = columns[top : top + height, left : left + width]
            assert inside.ravel().tolist() == list(range(height * width))
            assert (columns >= 0).sum() == height * width
            rows_named, columns_named = found["output_names"]
            for r, row in enumerate(rows_named):
                for c, column in enumerate(columns_named):
                    named = row * width + column if row >= 0 and column >= 0 else -1
                    assert columns[r, c] == named
            assert found["full"] == list(layer.full_size(settings.size))
    assert hidden > 100


def test_padding_and_output_padding_by_hand():
    found = of(Settings.of(SQUARE, SQUARE, stride=(2, 1), padding=(0, 1), output_padding=(1, 0)))
    assert (found["full"], found["canvas"], found["window"]) == ([4, 3], [5, 3], [0, 1, 5, 1])
    assert found["output_names"] == [[0, 1, 2, 3, 4], [-1, 0, -1]]
    assert found["columns"] == [-1, 0, -1, -1, 1, -1, -1, 2, -1, -1, 3, -1, -1, 4, -1]
    assert found["frame"] == (
        "Padding 0x1 keeps only what is inside the dashed frame. "
        "output_padding 1x0 moves the frame's bottom and right edge."
    )
    assert found["formula"] == [
        "H′ = (2−1)·2 − 2·0 + 1·(2−1) + 1 + 1 = 5",
        "W′ = (2−1)·1 − 2·1 + 1·(2−1) + 0 + 1 = 1",
    ]


@pytest.mark.parametrize(
    ("input", "kernel", "layer", "formula"),
    [
        (SQUARE, SQUARE, {}, "H′ = (2−1)·1 − 2·0 + 1·(2−1) + 0 + 1 = 3"),
        (SQUARE, SQUARE, {"padding": 1}, "H′ = (2−1)·1 − 2·1 + 1·(2−1) + 0 + 1 = 1"),
        ([[1]] * 6, [[1]] * 5, {"stride": 3, "padding": (2, 0)}, "H′ = (6−1)·3 − 2·2 + 1·(5−1) + 0 + 1 = 16"),
        ([[1]], [[1]] * 3, {"dilation": 3, "output_padding": 2}, "H′ = (1−1)·1 − 2·0 + 3·(3−1) + 2 + 1 = 9"),
    ],
)
def test_formula(input, kernel, layer, formula):
    assert of(Settings.of(input, kernel, **layer))["formula"][0] == formula


@pytest.mark.parametrize(
    ("input", "kernel", "layer", "rows", "columns"),
    [
        ([[1, 2]], [[5]], {"stride": 3}, ["row 0"], ["column 0", "column 3"]),
        ([[1], [2]], SQUARE, {"stride": 2}, ["rows 0–1", "rows 2–3"], ["columns 0–1"]),
        ([[1], [2]], SQUARE, {"dilation": 2}, ["rows 0, 2", "rows 1, 3"], ["columns 0, 2"]),
        ([[1, 2]], [[1, 1, 1]], {"dilation": (1, 3), "stride": 2}, ["row 0"], ["columns 0, 3, 6", "columns 2, 5, 8"]),
        ([[1]], [[1, 1, 1, 1]], {"padding": (0, 1)}, ["row 0"], ["columns 0–3"]),  # of the canvas, not of Y
    ],
)
def test_reach_in_words(input, kernel, layer, rows, columns):
    assert of(Settings.of(input, kernel, **layer))["reach"] == {"rows": rows, "columns": columns}


def test_channels_of_other_groups_are_empty():
    settings = Settings.of([[[1]], [[2]]], [[[[3]]], [[[4]]]], groups=2)
    found = of(settings, View(channel=(1, 1)))
    assert found["channels"] == {"ins": 2, "outs": 2, "shown": [1, 1], "inputs": [1], "block": 0}
    assert (found["weight"], found["products"], found["sums"]) == ([None, [4]], [None, [8]], [None, [8]])
    assert (found["result"], found["W"], found["block"]) == ([8], [2, 2], [1, 1])


def test_colours_up_to_six_positions():
    assert of(Settings.of([[1]], [[1, 2, 3], [4, 5, 6]]))["coloured"] is True
    assert of(Settings.of([[1]], [[1, 2, 3, 4]] * 2))["coloured"] is False


def test_all_methods_agree():
    agreement = of(BASIC)["agreement"]
    assert agreement == {
        "agrees": True,
        "text": "5 methods agree · max |Δ| 0",
        "detail": "All are the same to the last digit.",
        "precision": "",
        "precisions": ["float64", "float32"],
        "methods": None,
    }


def test_methods_opened_show_each_methods_own_array():
    settings = Settings.of([[1]], [[[[2, 3]], [[4, 5]]]])
    methods = of(settings, View(channel=(0, 1)), "float64")["agreement"]["methods"]
    assert [method["name"] for method in methods] == [*METHODS, "autograd"]
    for method in methods:
        assert (method["values"], method["rows"], method["columns"]) == ([[4, 5]], 1, 2)
        assert (method["outlier"], method["figure"]["data"][0]["name"]) == (False, method["name"])
        assert method["title"] == f"{texts()['methods'][method['name']]} · 2×1×2"


@pytest.fixture
def broken(monkeypatch):
    def replace_torch(wrong):
        right = METHODS["torch"]
        monkeypatch.setitem(METHODS, "torch", lambda x, k, layer: wrong(right(x, k, layer)))
        run.cache_clear()

    yield replace_torch
    run.cache_clear()


def test_a_method_that_differs_is_named(broken):
    def wrong(output):
        output[0, 2, 1] += 0.25
        return output

    broken(wrong)
    agreement = of(BASIC, precision="float64")["agreement"]
    assert (agreement["agrees"], agreement["text"]) == (False, "torch differs · max |Δ| 0.25")
    assert agreement["detail"] == "Largest difference of any two: 0.25, between naive and torch, at Y[0,2,1]."
    assert [method["outlier"] for method in agreement["methods"]] == [False, False, False, True, False]
    assert agreement["methods"][3]["values"][2] == [4, 12.25, 9]
    assert [method["cell"] for method in agreement["methods"]] == [7, None, None, 7, None]  # the pair that differs


def test_the_cell_that_differs_is_in_its_own_channel(broken):
    def wrong(output):
        output[1, 1, 2] += 0.25
        return output

    broken(wrong)
    settings = Settings.of([[1, 2], [3, 4]], np.ones((1, 2, 1, 3)))  # Y is 2×2×4
    cells = [
        [method["cell"] for method in of(settings, View(channel=(0, shown)), "float64")["agreement"]["methods"]]
        for shown in (0, 1)
    ]
    assert cells == [[None] * 5, [6, None, None, 6, None]]


def test_a_method_that_fails_is_named(broken):
    def fail(output):
        raise RuntimeError("out of {order}")

    broken(fail)
    found = of(BASIC, precision="float64")
    agreement = found["agreement"]
    assert (agreement["agrees"], agreement["text"]) == (False, "torch failed")
    assert agreement["methods"][3] == {
        "name": "torch",
        "title": "torch",
        "error": "failed: RuntimeError: out of {order}",
    }
    assert found["result"] == [0, 0, 1, 0, 4, 6, 4, 12, 9]
    sent(found)


def test_small_differences_are_told():
    for settings in random_settings(40, 42, whole=False):
        difference = run(settings).agreement.difference
        if difference:
            one, other = run(settings).agreement.pair
            assert f"between {one} and {other}, at Y[" in of(settings)["agreement"]["detail"]
            return
    pytest.fail("all agree to the last digit")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("basic", "Notebook cell 8: tconv(X) = [[0, 0, 1], [0, 4, 6], [4, 12, 9]]"),
        ("padding-1", "Notebook cell 11: tconv(X) = [[4]]"),
        (
            "shape-round-trip",
            "Notebook cell 13: tconv(conv(X)).shape == X.shape → True; "
            "torch here: 10×16×16 → 20×6×6 → 10×16×16. Shown: one of its 200 channel pairs.",
        ),
        ("matrix-equals-convolution", "Notebook cell 16: Y == W·vec(V), V = arange(9) → [[True, True], [True, True]]"),
    ],
)
def test_the_notebooks_sentence(name, text):
    found = of(PRESETS[name].settings, View(preset=name))["about"]["cell"]
    assert found == {"text": text, "verdict": "same", "verdict_text": "same here"}


def test_the_notebook_is_silent_on_other_settings():
    settings, _ = changed(BASIC, "stride", 2)
    found = of(settings)["about"]
    assert (found["look"], found["cell"]["verdict"]) == ("", "changed")
    assert found["cell"]["verdict_text"] == "for its own settings; yours have changed"
    assert of(settings, View(preset="stride-2"))["about"]["cell"]["verdict"] == "same"


def test_a_printed_number_that_differs_is_told(monkeypatch):
    preset = PRESETS["padding-1"]
    monkeypatch.setitem(PRESETS, "padding-1", replace(preset, cell=replace(preset.cell, printed=[[5]])))
    computed.cache_clear()
    found = of(PRESETS["padding-1"].settings, View(preset="padding-1"))["about"]["cell"]
    computed.cache_clear()
    assert found == {
        "text": "Notebook cell 11: tconv(X) = [[5]]",
        "verdict": "differs",
        "verdict_text": "differs here: [[4]]",
    }


def test_what_no_setting_changes():
    assert static().keys() == {"texts", "palettes", "upstream", "views"}
    assert static()["texts"].keys() == {"stage", "sentences", "views"}
    for name in ("light", "dark"):
        assert len(static()["palettes"][name]["kernel"]) == 6
        assert static()["palettes"][name]["colorscale"][1][0] == 0.5
    sent(static())


def test_a_notices_sentence():
    assert notice_text(Notice.of("step_moved", value=9, last=4)) == "step 9 is beyond the last; it is 4 now."
    assert "“{value}”" in notice_text(Notice.of("unknown", field="view", value="{value}"))  # not filled twice


def test_thumbnails_are_the_levels_of_every_channel():
    assert of(BASIC)["thumbnails"] is None
    settings = Settings.of([[[0, 2], [-2, 1]], [[1, 1], [1, 1]]], np.arange(16).reshape(2, 2, 2, 2), groups=1)
    found = of(settings)["thumbnails"]
    assert found["input"] == ["kuap", "pppp"]  # a is the lowest, k zero, u the highest
    assert found["weight"][0] == ["kllm", "nnop"]
    assert found["weight"][1] == ["pqrr", "sttu"]
    assert [len(channel) for channel in found["output"]] == [9, 9]
    grouped = of(Settings.of([[[1]], [[2]]], [[[[3]]], [[[4]]]], groups=2))["thumbnails"]["weight"]
    assert [[block is None for block in row] for row in grouped] == [[False, True], [True, False]]


def test_the_gather_view_of_cell_12():
    found = of(Settings.of(SQUARE, SQUARE, stride=2), View(view="gather"))
    assert list(found["grids"]) == ["input", "kernel", "output", "zero_inserted", "flipped"]
    assert (found["steps"], found["modes"], found["gradient"]) == (16, ["gather"], None)
    gather = found["gather"]
    assert (gather["size"], gather["window"]) == ([5, 5], [0, 0, 5, 5])
    assert [n for n, cell in enumerate(gather["cells"]) if cell >= 0] == [6, 8, 16, 18]
    assert gather["rows"] == gather["columns"] == [[1, 0], [2, 1], [3, 2], [4, 3]]
    assert of(BASIC)["gather"] is None


def test_a_gather_of_a_cropped_input_has_its_frame_inside():
    found = of(Settings.of([[1, 2, 3]] * 3, [[2]], padding=1), View(view="gather"))
    assert (found["gather"]["size"], found["gather"]["window"]) == ([3, 3], [1, 1, 1, 1])
    assert found["gather"]["rows"] == [[0], [1], [2]]


def test_backward_shows_the_convolution_of_arange():
    settings = Settings.of([[27, 37], [57, 67]], [[1, 2], [3, 4]])
    found = of(settings, View(view="matrix", backward=True))
    assert list(found["grids"]) == ["gradient", "kernel", "upstream", "W", "vec_upstream", "vec_gradient"]
    assert found["gradient"] == {
        "upstream": list(range(9)),
        "result": [[27, 37, 57, 67]],
        "agrees": True,
        "text": "dX = W·vec(dY) is the ordinary convolution of dY · autograd agrees, max |Δ| 0",
        "others": 0,
    }
    assert (found["steps"], found["modes"]) == (4, ["matrix_backward", "backward"])
    assert of(settings, View(view="gather", backward=True))["gather"] is None


def test_backward_gives_nothing_where_padding_crops():
    found = of(Settings.of(SQUARE, np.ones((1, 2, 2, 2)), padding=1), View(channel=(0, 1), backward=True))
    assert found["gradient"]["upstream"] == [0] * 4 + [1] + [0] * 4
    assert found["gradient"]["others"] == 1
    assert found["frame"] == "Padding 1 is the zero padding of this convolution: outside the dashed frame dY is 0."


def test_a_gradient_without_autograd_still_shows(monkeypatch):
    def fail(*arguments):
        raise ImportError("no {torch}")

    monkeypatch.setattr(operation, "input_gradient", fail)
    found = of(BASIC, View(backward=True))["gradient"]
    assert (found["result"], found["agrees"]) == ([[19, 25, 37, 43]], False)
    assert found["text"] == "dX = W·vec(dY) · autograd failed: ImportError: no {torch}"
    monkeypatch.setattr(operation, "input_gradient", lambda *arguments: np.zeros((1, 2, 2)))
    assert of(BASIC, View(backward=True))["gradient"]["text"].startswith("dX = W·vec(dY) differs from autograd · max")


def test_w_stands_beside_its_transpose_unless_it_is_large():
    assert "W" in of(BASIC, View(view="matrix"))["grids"]
    large = of(worst(), View(view="matrix"))["grids"]
    assert "WT" in large
    assert "W" not in large
    assert "W" in of(worst(), View(view="matrix", backward=True))["grids"]


def test_float32_is_shown_with_its_distance_to_float64():
    settings = Settings.of([[0.1, 0.7]], [[0.3, 0.37]])
    agreement = of(settings, precision="float32")["agreement"]
    assert agreement["agrees"] is True
    assert "Largest difference to float64: " in agreement["detail"]
    assert agreement["methods"][0]["values"] == run(settings, "float32").results["naive"].output[0].tolist()
    assert "float64" not in of(settings, precision="float64")["agreement"]["detail"]


def test_what_of_conv2d_is_differentiated_is_said():
    said = "its first 1×2 are meant"
    assert said in of(Settings.of([[1, 2]], [[1]], dilation=2, output_padding=1))["agreement"]["detail"]
    assert said not in of(Settings.of([[1, 2]], [[1]], stride=2, output_padding=1))["agreement"]["detail"]
