"""The picture: its numbers are the core's, its marks are where the relation says, and it is one clean SVG."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

import explorer
from explorer import conv_matrix, relation
from explorer.decimals import number_text
from explorer.documents.build import document
from explorer.export.picture.fonts import text_width
from explorer.export.picture.svg import svg, title_of
from explorer.figures.palette import DARK, LIGHT
from explorer.methods import METHODS
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.settings import Settings
from explorer.text import say, speaking
from explorer.views import View, upstream_of

from .pictures import NS, Picture, read

EVERY = [(view, backward) for view in ("scatter", "gather", "matrix") for backward in (False, True)]


def texts(array):
    """The texts of an array's cells by row and column."""
    return {at: number_text(float(value)) for at, value in np.ndenumerate(np.asarray(array))}


def canvas(settings, values):
    """Values of the output on the canvas, what is cropped is 0."""
    top, left, height, width = settings.layer.window(settings.size)
    drawn = np.zeros(settings.layer.canvas_size(settings.size))
    drawn[top : top + height, left : left + width] = values
    return drawn


def full_canvas(settings):
    """The whole canvas of channel 0, by the notebook's own loop without padding."""
    from dataclasses import replace

    layer = replace(settings.layer, padding=0, output_padding=0)
    full = METHODS["naive"](np.array(settings.input), np.array(settings.weight), layer)[0]
    drawn = np.zeros(settings.layer.canvas_size(settings.size))
    drawn[: full.shape[0], : full.shape[1]] = full
    return drawn


def entries(settings):
    """The rows and columns of W's block between the first channels that K fills."""
    ones = Settings.of(np.array(settings.input)[:1], np.ones_like(np.array(settings.weight)[:1, :1]))
    layer = ones.layer.__class__(
        1,
        1,
        settings.layer.kernel_size,
        settings.layer.stride,
        settings.layer.padding,
        settings.layer.output_padding,
        dilation=settings.layer.dilation,
    )
    return conv_matrix(np.array(ones.weight), layer, settings.size).toarray() != 0


def expected(settings, view, backward):
    """What each grid must hold, by the core."""
    x, k = np.array(settings.input), np.array(settings.weight)
    output = METHODS["naive"](x, k, settings.layer)[0]
    inputs, outputs = settings.size[0] * settings.size[1], output.size
    found = {"kernel": texts(k[0, 0])}
    w = conv_matrix(k, settings.layer, settings.size).toarray()[:inputs, :outputs]
    filled = entries(settings)
    in_w = {at: text for at, text in texts(w).items() if filled[at]}
    if backward:
        operation = run(settings)
        gradient = operation.gradient(upstream_of(settings, View(view=view, backward=True)))
        upstream = gradient.upstream[0]
        found |= {"gradient": texts(gradient.result[0]), "upstream": texts(canvas(settings, upstream))}
        vectors = {"vec_gradient": gradient.result[0], "vec_upstream": upstream}
    else:
        found |= {"input": texts(x[0]), "output": texts(full_canvas(settings))}
        vectors = {"vec_input": x[0], "vec_output": output}
    if view == "gather" and not backward:
        rows, columns = relation.zero_inserted_lines(settings.layer, settings.size)
        spread = np.zeros(settings.layer.zero_inserted_size(settings.size))
        spread[np.ix_(rows, columns)] = x[0]
        found |= {"zero_inserted": texts(spread), "flipped": texts(k[0, 0, ::-1, ::-1])}
    if view == "matrix":
        found |= {name: texts(values.reshape(-1, 1)) for name, values in vectors.items()}
        found |= {"W": in_w, "WT": {(column, row): text for (row, column), text in in_w.items()}}
    return found


@pytest.mark.parametrize(("view", "backward"), EVERY)
@pytest.mark.parametrize("preset", PRESETS)
def test_the_numbers_are_the_cores_for_every_example(preset, view, backward):
    settings = PRESETS[preset].settings
    made = document(run(settings), View(view=view, backward=backward))
    grids, wanted = read(made).grids, expected(settings, view, backward)
    assert list(grids) and set(grids) == set(made["grids"])
    for name, grid in grids.items():
        is_readable = min(grid.across, grid.down) >= 22
        one_dimension = settings.size[0] == 1
        assert grid.numbers == (wanted[name] if is_readable or (one_dimension and grid.numbers) else {}), name


def test_at_least_the_small_examples_are_readable_in_every_view():
    for view, backward in EVERY:
        made = document(run(PRESETS["stride-2"].settings), View(view=view, backward=backward))
        assert all(grid.numbers for grid in read(made).grids.values()), (view, backward)


def test_a_hand_worked_example():
    # Y = 0·K at (0,0), 1·K at (0,2), 2·K at (2,0), 3·K at (2,2), K = [[0, 1], [2, 3]], stride 2.
    grid = read(explorer.document("?preset=stride-2")).grids["output"]
    rows = [[grid.numbers[row, column] for column in range(4)] for row in range(4)]
    assert rows == [["0", "0", "0", "1"], ["0", "0", "2", "3"], ["0", "2", "0", "3"], ["4", "6", "6", "9"]]
    assert grid.title == "Output Y · 1×4×4"
    assert grid.names == ["0", "1", "2", "3"] * 2


def test_numbers_of_a_grid_have_one_size():
    grid = read(explorer.document("?x=1,20;-300,4&k=1,1;1,1")).grids["input"]
    assert grid.sizes[0] > 10 and set(grid.sizes[1:]) == {0}


def test_the_crop_frame_and_the_hatching():
    # 3×3 by 3×3, stride 2, padding 1, output_padding 1: a canvas of 7×7, of which rows and columns 1 to 6 are kept.
    grid = read(explorer.document("?preset=dv-padding-strides-odd")).grids["output"]
    (frame,) = grid.boxes("window")
    assert frame.place == (1, 1, 6, 6) and (frame.colour, frame.kind) == (LIGHT.frame, "dashed")
    assert [box.place for box in grid.boxes("cropped")] == [(0, 0, 1, 7), (1, 0, 6, 1)]
    assert not grid.boxes("added")
    lines = [node for node in grid.cells.iter(f"{NS}path") if node.get("class") == "hatching"]
    assert len(lines) == 1 and len(drawn := segments(lines[0])) > 20
    assert all(right > left and end < start for left, start, right, end in drawn)  # they rise
    assert all(0 <= x <= 7 * grid.across for left, _, right, _ in drawn for x in (left, right))


def segments(path):
    """The lines of a path: x and y of both ends."""
    return [tuple(map(float, line.replace("L", ",").split(","))) for line in path.get("d").split("M")[1:]]


def test_what_output_padding_adds_is_dotted():
    grid = read(explorer.document("?preset=output-padding-zeros")).grids["output"]
    assert [box.place for box in grid.boxes("added")] == [(4, 0, 1, 5), (0, 4, 4, 1)]
    assert [box.place for box in grid.boxes("window")] == [(0, 0, 5, 5)]


def test_the_zeros_put_in_are_hatched_and_grey():
    grid = read(explorer.document("?preset=stride-2&view=gather")).grids["zero_inserted"]
    assert {box.place for box in grid.boxes("inserted")} >= {(0, 0, 1, 5), (1, 0, 1, 1), (1, 2, 1, 1), (1, 4, 1, 1)}
    (hatching,) = [node for node in grid.cells.iter(f"{NS}path") if node.get("class") == "hatching"]
    assert all(right > left and end > start for left, start, right, end in segments(hatching))  # the other way
    fills = [node.get("fill") for group in grid.cells if group.get("class") == "numbers" for node in group]
    assert fills.count(LIGHT.muted) == 21 and fills.count(None) == 4


def test_cells_not_reached_yet_have_a_point_and_a_paler_fill():
    grid = read(explorer.document("?preset=stride-2&step=1")).grids["output"]
    assert sorted(at for at, text in grid.numbers.items() if text != "·") == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert len({node.get("fill") for node in grid.cells if node.tag == f"{NS}path"}) >= 2


def test_cells_not_gathered_yet_are_empty():
    grid = read(explorer.document("?preset=stride-2&view=gather&step=3")).grids["output"]
    assert sorted(grid.numbers) == [(0, 0), (0, 1), (0, 2)]


def test_a_gradient_not_collected_yet_is_empty():
    grids = read(explorer.document("?preset=stride-2&backward=1&step=3")).grids
    assert sorted(grids["gradient"].numbers) == [(0, 0), (0, 1), (1, 0)] and len(grids["upstream"].numbers) == 16


K0, K1, K2, K3 = LIGHT.kernel[:4]


@pytest.mark.parametrize("view", ["scatter", "gather", "matrix"])
def test_a_traced_input_cell_marks_its_stamp_in_every_view(view):
    grids = read(explorer.document(f"?preset=stride-2&view={view}&trace=input:0,1,0")).grids
    assert [(mark.at, mark.colour) for mark in grids["input"].marks] == [((1, 0), LIGHT.traced)]
    stamp = [(mark.at, mark.colour, mark.corner) for mark in grids["output"].marks]
    corners = ["+0", "+2", "+4", "+6"] if view != "gather" else [mark.corner for mark in grids["output"].marks]
    places = [(2, 0), (2, 1), (3, 0), (3, 1)]
    assert stamp == list(zip(places, [K0, K1, K2, K3], corners, strict=True))
    assert [mark.colour for mark in grids["kernel"].marks] == [K0, K1, K2, K3]


def test_a_traced_output_cell_marks_its_terms():
    # Y[1,1] of the notebook's first example is X[0,0]·K[1,1] + X[0,1]·K[1,0] + X[1,0]·K[0,1] + X[1,1]·K[0,0].
    grids = read(explorer.document("?trace=output:0,1,1")).grids
    assert {mark.at: mark.colour for mark in grids["input"].marks} == {(0, 0): K3, (0, 1): K2, (1, 0): K1, (1, 1): K0}
    assert [(mark.at, mark.colour) for mark in grids["output"].marks] == [((1, 1), LIGHT.traced)]


def test_a_gathered_cell_has_its_window_framed_and_its_vain_products_dashed():
    grids = read(explorer.document("?preset=stride-2&view=gather&trace=output:0,3,1")).grids
    (frame,) = grids["zero_inserted"].boxes("frame")
    assert frame.place == (3, 1, 2, 2) and frame.kind == "solid"
    flipped = {mark.at: mark.colour for mark in grids["flipped"].marks}
    assert flipped == {(0, 0): K3, (0, 1): K2, (1, 0): K1, (1, 1): K0}
    kinds = {mark.at: (mark.kind, mark.colour) for mark in grids["zero_inserted"].marks}
    # The window meets X[1,0] = 2 under K[1,1] (flipped: its first cell), and three zeros.
    assert kinds == {(3, 1): ("solid", K3), (3, 2): ("dashed", K2), (4, 1): ("dashed", K1), (4, 2): ("dashed", K0)}


def test_the_matrix_marks_column_row_and_entries():
    grids = read(explorer.document("?preset=stride-2&view=matrix&trace=input:0,1,0")).grids
    assert [(box.place, box.kind) for box in grids["W"].boxes("frame")] == [((2, 0, 1, 16), "dashed")]
    assert [(box.place, box.kind) for box in grids["WT"].boxes("frame")] == [((0, 2, 16, 1), "dashed")]
    assert [mark.at for mark in grids["W"].marks] == [(2, 8), (2, 9), (2, 12), (2, 13)]
    assert [mark.at for mark in grids["vec_output"].marks] == [(8, 0), (9, 0), (12, 0), (13, 0)]


def test_backward_marks_what_is_collected():
    grids = read(explorer.document("?preset=stride-2&backward=1&trace=input:0,0,1")).grids
    assert [mark.at for mark in grids["upstream"].marks] == [(0, 2), (0, 3), (1, 2), (1, 3)]
    assert [mark.at for mark in grids["gradient"].marks] == [(0, 1)]


def test_a_large_kernels_positions_are_labelled():
    grids = read(explorer.document("?preset=dv-no-padding&trace=output:0,1,1")).grids
    labels = {mark.at: mark.label for mark in grids["kernel"].marks}
    assert labels == {(1, 1): "1,1", (1, 0): "1,0", (0, 1): "0,1", (0, 0): "0,0"}


def test_one_dimension_stands_over_its_columns():
    def starts(address):
        root = read(explorer.document(address)).root
        grids = [node for node in root.iter(f"{NS}g") if node.get("data-grid") == "kernel"]
        cells = next(node for node in grids[0] if node.get("class") == "cells")
        return float(cells.get("transform").split("(")[1].split()[0]), float(cells.get("data-cell").split()[0])

    (first, cell), (second, _) = starts("?preset=1d-overlap&step=1"), starts("?preset=1d-overlap&step=2")
    assert second - first == pytest.approx(2 * cell)  # stride 2: K stands two columns further


def test_several_channels_are_named_and_the_rest_of_the_sum_is_said():
    picture = read(explorer.document("?preset=two-channels-add&view=matrix"))
    assert "vec(X[0])" in picture.grids["vec_input"].title and "X 0 → Y 0" in picture.grids["kernel"].title
    assert "channels (1)" in " ".join(picture.texts())


# ---- texts
def test_the_sentence_has_its_chips():
    picture = read(explorer.document("?preset=stride-2&trace=output:0,3,1"))
    assert picture.sentence == "Y[3,1] = X[1,0]·K[1,1] = 2·3 = 6"
    assert picture.chips == [("Y[3,1]", LIGHT.traced), ("X[1,0]·K[1,1]", K3), ("2·3", K3)]


def test_the_sentence_of_a_step_of_a_start_and_of_a_result():
    assert read(explorer.document("?step=0")).sentence.startswith("Nothing is stamped yet. X has 4 cells")
    assert read(explorer.document("?step=2")).sentence.startswith("Stamp 2: X[0,1] = 1 stamps 1·K onto")
    for view, backward in EVERY:
        done = read(explorer.document(f"?view={view}{'&backward=1' * backward}")).sentence
        assert done and "Play" not in done and "point at" not in done, (view, done)


def test_a_traced_cell_that_lacks_terms_says_so():
    picture = read(explorer.document("?step=2&trace=output:0,1,1"))
    assert picture.sentence.endswith("so far: 2 of 4 terms at stamp 2 of 4")


def test_a_long_sentence_wraps_within_its_box():
    picture = read(explorer.document("?preset=1d-paddings&view=gather&trace=output:0,0,3"))
    lines = list(picture.inside("sentence"))
    width = float(picture.root.get("width")) - 48 - 28
    assert len(lines) == 2
    for line in lines:
        last = list(line.iter(f"{NS}text"))[-1]
        assert float(last.get("x")) + float(last.get("textLength")) <= width + 7


def test_the_formula_stands_below():
    texts_of = [node.text for node in read(explorer.document()).inside("formula").iter(f"{NS}text")]
    assert "".join(texts_of).replace(" ", "") == "H′=W′=(H−1)·s−2p+d(k−1)+o+1=(2−1)·1−2·0+1·(2−1)+0+1=3"


def test_title_and_description():
    made = explorer.document("?preset=stride-2&trace=output:0,3,1")
    root = read(made).root
    assert root.get("role") == "img" and root.find(f"{NS}title").text == title_of(made)
    assert title_of(made) == "Transposed convolution, Scatter: X 2×2, K 2×2, Y 4×4"
    assert root.find(f"{NS}desc").text == "Y[3,1] = X[1,0]·K[1,1] = 2·3 = 6"


def test_texts_are_escaped():
    made = explorer.document()
    made["frame"] = [{"key": "frame.padding", "values": {"value": "<b>&\"'\x07]]>"}}]
    picture = read(made)
    assert "<b>&\"']]>" in picture.sentence


def test_a_masked_cell_tells_nothing():
    made = explorer.document("?preset=stride-2&trace=input:0,1,1") | {"mask": ["output"]}
    picture = read(made)
    assert set(picture.grids["output"].numbers.values()) == {"?"}
    assert {mark.corner for mark in picture.grids["output"].marks} == {""}
    assert "9" not in "".join(picture.grids["output"].numbers.values())


# ---- colours and size
def test_themes_and_backgrounds():
    made = explorer.document("?preset=stride-2&trace=input:0,1,1")

    def ground(*args):
        found = [node for node in read(made, *args).root if node.get("class") == "background"]
        return [node.get("fill") for node in found]

    assert ground() == [LIGHT.background] and ground("dark") == [DARK.background]
    assert ground("light", "#123456") == ["#123456"] and ground("dark", "transparent") == []
    marks = read(made, "dark").grids["kernel"].marks
    assert [mark.colour for mark in marks] == list(DARK.kernel[:4])
    with pytest.raises(KeyError):
        svg(made, "sepia")


def largest():
    rng = np.random.default_rng(0)
    x, k = rng.normal(size=(4, 8, 8)) * 1e5, rng.normal(size=(4, 4, 5, 5)) * 1e5
    return Settings.of(x, k, stride=4, dilation=3, output_padding=3)


@pytest.mark.parametrize(("view", "backward"), EVERY)
def test_the_largest_page_gives_a_bounded_picture(view, backward):
    made = document(run(largest()), View(view=view, backward=backward, trace="input:0,3,3"))
    text = svg(made)
    assert len(text) < 300_000
    picture = Picture(ET.fromstring(text))
    assert float(picture.root.get("width")) <= 1700 and float(picture.root.get("height")) <= 1000
    assert picture.grids["kernel"].numbers
    if view == "matrix":
        name = "W" if backward else "WT"
        assert not picture.grids[name].numbers and picture.grids[name].marks


def test_a_map_merges_cells_of_a_row_and_shows_each_entry():
    made = document(run(Settings.of(np.ones((1, 8, 8)), np.ones((1, 1, 5, 5)), stride=4)), View(view="matrix"))
    grid = read(made).grids["WT"]
    runs = sum(node.get("d").count("M") for node in grid.cells if node.tag == f"{NS}path")
    assert 0 < runs <= 64 * 25


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_traced_cell_lacks_is_muted_text_and_no_chips(language):
    with speaking(language):
        picture = svg(explorer.document("?preset=dv-same-padding&view=gather&trace=output:0,2,2&step=2"))
        said = re.escape(say("stage.not_gathered", step=2, last=25))
    (written,) = re.findall(rf"<text[^>]*>{said}</text>", picture)
    assert f'fill="{LIGHT.muted}"' in written and f'lang="{language}"' in picture[:60]
    assert picture.count('class="chip"') == 7  # the cell and six products


def test_a_width_is_counted_by_characters():
    assert text_width("i", 10) < text_width("W", 10) < text_width("W", 10, True) + 1
