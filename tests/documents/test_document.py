import subprocess
import sys

import numpy as np
import pytest

import explorer
from explorer.documents.build import document
from explorer.documents.messages import message
from explorer.fills import Seeds
from explorer.operation import run
from explorer.settings import Settings
from explorer.views import VIEWS, View, nearest_channel
from tests.layers import random_settings
from tests.references import channel_block, zero_inserted_cells

SQUARE = [[0, 1], [2, 3]]
BASIC = Settings.of(SQUARE, SQUARE)


def of(settings, view=None, precision=""):
    return document(run(settings), view or View(), precision)


def part(table, *names):
    return {name: table[name] for name in names}


def test_the_document_of_cell_8():
    found = of(BASIC)
    assert part(found, "version", "view", "direction", "step", "steps", "trace", "present", "mask", "seeds") == {
        "version": 2,
        "view": "scatter",
        "direction": "forward",
        "step": None,
        "steps": 4,
        "trace": "",
        "present": False,
        "mask": [],
        "seeds": [],
    }
    assert found["sizes"] == {
        "input": [2, 2],
        "kernel": [2, 2],
        "full": [3, 3],
        "canvas": [3, 3],
        "window": [0, 0, 3, 3],
    }
    assert found["channels"] == {"ins": 1, "outs": 1, "shown": [0, 0], "inputs": [0], "block": 0}
    assert found["landing"] == {"rows": [[0, 1], [1, 2]], "columns": [[0, 1], [1, 2]]}
    assert (found["input"], found["weight"]) == ([[0, 1, 2, 3]], [[0, 1, 2, 3]])
    assert found["products"] == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 2, 4, 6], [0, 3, 6, 9]]
    assert found["sums"] == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 4, 4, 6], [4, 6, 12, 9]]
    assert found["output"] == [0, 0, 1, 0, 4, 6, 4, 12, 9]
    nothing = ("zero_inserted", "windows", "gradient", "thumbnails")
    assert part(found, *nothing) == dict.fromkeys(nothing)
    assert found["frame"] == []
    assert found["grids"]["input"] == {
        "rows": 2,
        "columns": 2,
        "bound": 3,
        "title": {"name": message("grids.input"), "shape": [1, 2, 2], "note": None},
    }
    assert list(found["grids"]) == ["input", "kernel", "output"]


def test_the_view_is_handed_on():
    view = View(
        view="matrix", step=2, trace="W:0,0", present=True, seeds=Seeds(upstream=7), mask=("output:0,1,1", "vec_output")
    )
    assert part(of(BASIC, view), "view", "step", "trace", "present", "seeds", "mask") == {
        "view": "matrix",
        "step": 2,
        "trace": "W:0,0",
        "present": True,
        "seeds": [],  # dY is not on the page
        "mask": ["output:0,1,1", "vec_output"],
    }


def test_titles_are_messages():
    grids = of(Settings.of(SQUARE, SQUARE, padding=1), View(view="gather"))["grids"]
    assert {name: grid["title"] for name, grid in grids.items()} == {
        "input": {"name": message("grids.input"), "shape": [1, 2, 2], "note": None},
        "kernel": {"name": message("grids.kernel"), "shape": [1, 1, 2, 2], "note": None},
        "output": {"name": message("grids.cropped", canvas="3×3"), "shape": [1, 1, 1], "note": None},
        "zero_inserted": {
            "name": message("grids.zero_inserted"),
            "shape": [2, 2],
            "note": message("grid_notes.border", border="0"),
        },
        "flipped": {"name": message("grids.flipped"), "shape": [], "note": message("grid_notes.flipped")},
    }
    upstream = of(BASIC, View(backward=True, upstream="ones"))["grids"]["upstream"]["title"]
    assert upstream == {
        "name": message("grids.upstream"),
        "shape": [1, 3, 3],
        "note": message("stage.fills.ones"),
    }


def test_padding_and_output_padding_by_hand():
    found = of(Settings.of(SQUARE, SQUARE, stride=(2, 1), padding=(0, 1), output_padding=(1, 0)))
    assert part(found["sizes"], "full", "canvas", "window") == {
        "full": [4, 3],
        "canvas": [5, 3],
        "window": [0, 1, 5, 1],
    }
    assert found["landing"] == {"rows": [[0, 1], [2, 3]], "columns": [[0, 1], [1, 2]]}
    assert found["frame"] == [
        message("frame.padding", value="0x1"),
        message("frame.output_padding", value="1x0"),
    ]


@pytest.mark.parametrize(
    ("input", "kernel", "layer", "rows", "columns"),
    [
        ([[1, 2]], [[5]], {"stride": 3}, [[0]], [[0], [3]]),
        ([[1], [2]], SQUARE, {"stride": 2}, [[0, 1], [2, 3]], [[0, 1]]),
        ([[1], [2]], SQUARE, {"dilation": 2}, [[0, 2], [1, 3]], [[0, 2]]),
        ([[1, 2]], [[1, 1, 1]], {"dilation": (1, 3), "stride": 2}, [[0]], [[0, 3, 6], [2, 5, 8]]),
        ([[1]], [[1, 1, 1, 1]], {"padding": (0, 1)}, [[0]], [[0, 1, 2, 3]]),  # of the canvas, not of Y
    ],
)
def test_landing_by_hand(input, kernel, layer, rows, columns):
    assert of(Settings.of(input, kernel, **layer))["landing"] == {"rows": rows, "columns": columns}


def test_channels_of_other_groups_are_empty():
    settings = Settings.of([[[1]], [[2]]], [[[[3]]], [[[4]]]], groups=2)
    found = of(settings, View(channel=(1, 1)))
    assert found["channels"] == {"ins": 2, "outs": 2, "shown": [1, 1], "inputs": [1], "block": 0}
    assert part(found, "input", "weight", "products", "sums", "output") == {
        "input": [[1], [2]],
        "weight": [None, [4]],
        "products": [None, [8]],
        "sums": [None, [8]],
        "output": [8],
    }


def test_the_gather_view_of_cell_12():
    found = of(Settings.of(SQUARE, SQUARE, stride=2), View(view="gather"))
    assert (found["steps"], found["sums"], found["gradient"]) == (16, None, None)
    assert found["zero_inserted"] == {"size": [5, 5], "window": [0, 0, 5, 5], "rows": [1, 3], "columns": [1, 3]}
    lines = [[1, 0], [2, 1], [3, 2], [4, 3]]
    assert found["windows"] == {"rows": lines, "columns": lines}
    assert found["products"][3] == [0, 3, 6, 9]


def test_a_gather_of_a_cropped_input_has_its_frame_inside():
    found = of(Settings.of([[1, 2, 3]] * 3, [[2]], padding=1), View(view="gather"))
    assert found["zero_inserted"] == {
        "size": [3, 3],
        "window": [1, 1, 1, 1],
        "rows": [0, 1, 2],
        "columns": [0, 1, 2],
    }
    assert found["windows"]["rows"] == [[0], [1], [2]]
    border = of(Settings.of([[1, 2, 3]] * 3, [[1, 2, 3]] * 2, padding=1), View(view="gather"))["windows"]
    assert border["rows"] == [[0, -1], [1, 0], [2, 1], [-1, 2]]  # −1: beyond what is drawn


def test_backward_shows_the_convolution_of_arange():
    settings = Settings.of([[27, 37], [57, 67]], [[1, 2], [3, 4]])
    found = of(settings, View(view="matrix", backward=True))
    assert list(found["grids"]) == ["gradient", "kernel", "upstream", "W", "vec_upstream", "vec_gradient"]
    assert found["gradient"] == {
        "upstream": list(range(9)),
        "result": [[27, 37, 57, 67]],
        "agrees": True,
        "messages": [message("gradient.agrees", difference=0.0)],
        "others": 0,
    }
    assert (found["steps"], found["direction"]) == (4, "backward")


@pytest.mark.parametrize("view", VIEWS)
def test_backward_needs_no_table_of_steps(view):
    found = of(BASIC, View(view=view, backward=True))
    names = ("products", "sums", "zero_inserted", "windows")
    assert part(found, *names) == dict.fromkeys(names)
    assert found["output"] == [0, 0, 1, 0, 4, 6, 4, 12, 9]


def test_backward_gives_nothing_where_padding_crops():
    found = of(Settings.of(SQUARE, np.ones((1, 2, 2, 2)), padding=1), View(channel=(0, 1), backward=True))
    assert found["gradient"]["upstream"] == [0] * 4 + [1] + [0] * 4
    assert found["gradient"]["others"] == 1
    assert found["frame"] == [message("frame.padding_backward", value="1")]


def test_a_method_that_fails_leaves_the_picture(monkeypatch):
    def fail(x, k, layer):
        raise RuntimeError("out of order")

    monkeypatch.setitem(explorer.METHODS, "naive", fail)
    run.cache_clear()
    assert of(BASIC)["output"] == [0, 0, 1, 0, 4, 6, 4, 12, 9]
    run.cache_clear()


def rebuilt(found, settings):
    """W's block of the shown channels, put together from the document alone."""
    top, left, height, width = found["sizes"]["window"]
    block = np.zeros((settings.size[0] * settings.size[1], height * width))
    rows, columns = found["landing"]["rows"], found["landing"]["columns"]
    kernel = np.reshape(found["weight"][found["channels"]["shown"][0]], found["sizes"]["kernel"])
    for i, j, a, b in np.ndindex(*settings.size, *kernel.shape):
        r, c = rows[i][a] - top, columns[j][b] - left
        if 0 <= r < height and 0 <= c < width:
            block[i * settings.size[1] + j, r * width + c] = kernel[a, b]
    return block


def test_the_tables_are_the_cores():
    hidden = 0
    for settings in random_settings(100, 41):
        layer, operation = settings.layer, run(settings)
        for shown_out in {0, layer.out_channels - 1}:
            shown_in, _ = channel = nearest_channel(settings, (0, shown_out))
            found = of(settings, View(channel=channel))
            steps = operation.scatter_steps(shown_out)
            for name in ("products", "sums"):
                table = getattr(steps, name)
                gone = [row is None for row in found[name]]
                assert gone == np.isnan(table[:, 0]).tolist()
                assert [row for row in found[name] if row] == table[~np.isnan(table[:, 0])].tolist()
                hidden += sum(gone)
            assert found["output"] == steps.canvas.ravel().tolist()
            block = shown_out % layer.weight_shape[1]
            assert found["input"] == [[v for row in grid for v in row] for grid in settings.input]
            for ci in range(layer.in_channels):
                inside = ci in found["channels"]["inputs"]
                assert found["weight"][ci] == (operation.weight[ci, block].ravel().tolist() if inside else None)
            assert np.array_equal(rebuilt(found, settings), channel_block(operation, shown_in, shown_out))
            assert tuple(found["sizes"]["window"]) == layer.window(settings.size)
            assert tuple(found["sizes"]["full"]) == layer.full_size(settings.size)
    assert hidden > 50


def test_the_steps_put_one_by_one_make_the_output():
    for settings in random_settings(60, 43):
        found = of(settings, View(channel=nearest_channel(settings, (0, 0))))
        width = found["sizes"]["canvas"][1]
        canvas = [0.0] * len(found["output"])
        cells = len(found["input"][0])
        for step, sums in enumerate(found["sums"]):
            if sums is None:
                continue
            i, j = divmod(step % cells, settings.size[1])
            rows, columns = found["landing"]["rows"][i], found["landing"]["columns"][j]
            landed = [r * width + c for r in rows for c in columns]
            for cell, product, total in zip(landed, found["products"][step], sums, strict=True):
                assert total == canvas[cell] + product
                canvas[cell] = total
        assert canvas == found["output"]


def test_the_windows_gather_the_output():
    for settings in random_settings(60, 44):
        channel = nearest_channel(settings, (0, 0))
        found = of(settings, View(view="gather", channel=channel))
        spread, windows = found["zero_inserted"], found["windows"]
        cells = zero_inserted_cells(settings.layer, settings.size)
        assert (tuple(spread["size"]), spread["rows"]) == (cells.shape, np.flatnonzero((cells >= 0).any(1)).tolist())
        assert spread["columns"] == np.flatnonzero((cells >= 0).any(0)).tolist()
        top, left, height, width = found["sizes"]["window"]
        for r in (top, top + height - 1):
            for c in (left, left + width - 1):
                total = 0.0
                for ci in found["channels"]["inputs"]:
                    kernel = np.reshape(found["weight"][ci], found["sizes"]["kernel"])
                    for a, b in np.ndindex(kernel.shape):
                        cell = cells[windows["rows"][r][a], windows["columns"][c][b]]
                        total += kernel[a, b] * found["input"][ci][cell] if cell >= 0 else 0
                assert total == found["output"][r * found["sizes"]["canvas"][1] + c]


def test_the_public_document_is_that_of_an_address():
    view = View(view="gather", preset="stride-2")
    expected = of(Settings.of(SQUARE, SQUARE, stride=2), view)
    assert explorer.document("?preset=stride-2&view=gather") == expected
    assert explorer.document("https://example.org/path/?preset=stride-2&view=gather&utm_source=x#top") == expected
    assert explorer.document() == explorer.document("https://example.org/") == of(BASIC)
    assert explorer.document("?stride=99&x=a") == of(BASIC)  # what is bad in an address is ignored
    with pytest.raises(ValueError, match="stride=2"):
        explorer.document("stride=2")


def test_importing_the_package_is_light_and_a_document_needs_no_streamlit():
    program = (
        "import sys, explorer\n"
        "heavy = {'torch', 'streamlit', 'plotly', 'explorer.documents.build', 'explorer.session'}\n"
        "assert not heavy & sys.modules.keys()\n"
        "explorer.document()\n"
        "assert not {'streamlit', 'plotly'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
