"""Pointing at a cell: what it is called, what it is linked to, what is said of it, and pinning it."""

import re

import numpy as np
import pytest

from explorer import conv_matrix, relation
from explorer.decimals import number_text
from explorer.settings import Settings

from .driver import STAGE, canvas, factor

QUERY = "?x=1,2,3;4,5,6&k=1,-2;3,4&stride=2&padding=1"
SETTINGS = Settings.of([[1, 2, 3], [4, 5, 6]], [[1, -2], [3, 4]], stride=2, padding=1)
INPUT, KERNEL = np.array(SETTINGS.input[0]), np.array(SETTINGS.weight[0][0])
# Every product: input cell (i, j) under kernel cell (a, b) lands on canvas cell (r, c).
PAIRS = [
    (i, j, a, b, *divmod(int(canvas_cell), SETTINGS.layer.canvas_size(SETTINGS.size)[1]))
    for (i, j, a, b), canvas_cell in np.ndenumerate(relation.stamps(SETTINGS.layer, SETTINGS.size))
]
TOP, LEFT, HEIGHT, WIDTH = SETTINGS.layer.window(SETTINGS.size)


def column(r, c):
    """W's column of a canvas cell, None where it is cropped."""
    inside = TOP <= r < TOP + HEIGHT and LEFT <= c < LEFT + WIDTH
    return (r - TOP) * WIDTH + c - LEFT if inside else None


def linked(grid, pairs):
    """The cells of a grid that these products touch."""
    found = set()
    for i, j, a, b, r, c in pairs:
        row, col = i * INPUT.shape[1] + j, column(r, c)
        if grid in ("input", "kernel", "output", "vec_input"):
            found.add({"input": (i, j), "kernel": (a, b), "output": (r, c), "vec_input": (row, 0)}[grid])
        elif col is not None:
            found.add({"W": (row, col), "WT": (col, row), "vec_output": (col, 0)}[grid])
    return found


def numbers(sentence):
    """The numbers of a sentence, in their order."""
    return [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?", sentence.replace("−", "-"))]


def products(pairs):
    """Each product as the sentence writes it."""
    return [f"{factor(INPUT[i, j])}·{factor(KERNEL[a, b])}" for i, j, a, b, _, _ in pairs]


def pointed(page, grids, at, name, pairs):
    """Point at a cell and check its name and what is marked; returns the sentence."""
    page.point(*at)
    page.shows(trace=name)
    for grid in grids:
        assert page.marks(grid) == linked(grid, pairs), (name, grid)
    return page.sentence


@pytest.mark.parametrize("view", ["scatter", "matrix"])
def test_pointing_at_any_grid_marks_what_is_linked(look, view):
    page = look(f"{QUERY}&view={view}")
    grids = ["input", "kernel", "output"] + ["W", "WT", "vec_input", "vec_output"] * (view == "matrix")
    untraced = page.sentence
    for i, j in [(0, 0), (1, 2)]:
        pairs = [pair for pair in PAIRS if pair[:2] == (i, j)]
        ways = [("input", i, j), ("vec_input", i * INPUT.shape[1] + j, 0)]
        for way in ways[: 1 + (view == "matrix")]:
            sentence = pointed(page, grids, way, f"input:0,{i},{j}", pairs)
            assert sentence.startswith(f"X[{i},{j}] = {number_text(INPUT[i, j])} ")
            assert [text for text in products(pairs) if text not in sentence] == []
    for a, b in [(0, 1), (1, 0)]:
        pairs = [pair for pair in PAIRS if pair[2:4] == (a, b)]
        sentence = pointed(page, grids, ("kernel", a, b), f"kernel:0,0,{a},{b}", pairs)
        assert sentence.startswith(f"K[{a},{b}] = {number_text(KERNEL[a, b])} ")
        assert len(pairs) in numbers(sentence)
    drawn = canvas(SETTINGS)
    for r, c in [(1, 1), (2, 3)]:
        pairs = [pair for pair in PAIRS if pair[4:] == (r, c)]
        ways = [("output", r, c), ("vec_output", column(r, c), 0)]
        for way in ways[: 1 + (view == "matrix")]:
            sentence = pointed(page, grids, way, f"output:0,{r},{c}", pairs)
            assert sentence.startswith(f"Y[{r - TOP},{c - LEFT}] = ")
            assert sentence.count("·") == 2 * len(pairs)
            assert " + ".join(products(pairs)) in sentence
            assert numbers(sentence)[-1] == drawn[r, c]
    page.away()
    page.shows(trace="")
    assert page.sentence == untraced
    assert all(page.marks(grid) == set() for grid in grids)


def test_pointing_at_the_matrix(look):
    page = look(f"{QUERY}&view=matrix")
    matrix = conv_matrix(np.array(SETTINGS.weight), SETTINGS.layer, SETTINGS.size).toarray()
    entries = {(i * INPUT.shape[1] + j, column(r, c)): (i, j, a, b, r, c) for i, j, a, b, r, c in PAIRS}
    grids = ["input", "kernel", "output", "W", "WT", "vec_input", "vec_output"]
    for row, col in [(0, 0), (4, 6)]:
        pair = entries[row, col]
        for way in (("W", row, col), ("WT", col, row)):
            sentence = pointed(page, grids, way, f"W:{row},{col}", [pair])
            i, j, a, b, r, c = pair
            assert sentence.startswith(f"Wᵀ[{col},{row}] = W[{row},{col}] = K[{a},{b}] = ")
            for part in (f"X[{i},{j}]", f"Y[{r - TOP},{c - LEFT}]"):
                assert part in sentence
            assert number_text(matrix[row, col]) in sentence.split(":")[0].split(" = ")[3]
    assert (0, 7) not in entries  # a zero of W's own: nothing joins these two cells
    page.point("W", 0, 7)
    page.shows(trace="W:0,7")
    assert page.sentence.startswith("Wᵀ[7,0] = W[0,7] = 0")
    assert "X[0,0]" in page.sentence
    assert "Y[1,3]" in page.sentence
    assert page.marks("kernel") == set()


def test_two_cells_that_share_an_output_cell_add_up(look):
    page = look("?x=1,2,3;4,5,6;7,8,-9|2,0,1;1,1,1;0,5,5&k=1,2,3;4,5,6;7,8,9|1,0,1;0,1,0;2,0,0.5&step=3")
    settings = Settings.of(
        [[[1, 2, 3], [4, 5, 6], [7, 8, -9]], [[2, 0, 1], [1, 1, 1], [0, 5, 5]]],
        [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]], [[[1, 0, 1], [0, 1, 0], [2, 0, 0.5]]]],
    )
    page.point("output", 2, 2)
    page.shows(trace="output:0,2,2", step=3)
    assert numbers(page.sentence)[-1] == canvas(settings)[2, 2]  # 18 terms, of which the sentence shows the first
    assert "… 14 more" in page.sentence
    opener = page.page.locator(".tconv-stage .sentence .more")
    opener.last.focus()  # of names and of numbers the second; the pointer stays where it is
    page.key("Enter")
    page.until(f"!{STAGE}.querySelector('.said').innerText.includes('more')")
    assert page.sentence.count("·") == 2 * 18  # every product, in names and in numbers
    assert "from channel 1: " in page.sentence
    assert opener.evaluate("(node) => [node.getAttribute('aria-expanded'), node === document.activeElement]") == [
        "true",
        True,
    ]
    page.key("Escape")  # closes the sum, nothing else
    page.shows(trace="output:0,2,2")
    assert "… 14 more" in page.sentence
    assert page.marks("input") == {(i, j) for i in range(3) for j in range(3)}
    page.point("output", 0, 4)  # one term of each channel
    page.shows(trace="output:0,0,4")
    assert "3·3 + from channel 1: 1·1 = 10" in page.sentence
    page.away()
    page.shows(trace="", step=3)


def test_a_click_pins_until_it_is_freed(look):
    page = look(QUERY)
    page.click("output", 2, 2)
    page.shows(trace="output:0,2,2")
    page.has_address(trace="output:0,2,2")
    pinned = page.sentence
    page.point("input", 1, 1)
    page.point("kernel", 0, 1)
    page.away()
    page.shows(trace="output:0,2,2")
    assert page.sentence == pinned
    page.slide("dilation", "ArrowRight")
    page.shows(trace="output:0,2,2", window=f"1,1,{HEIGHT + 1},{WIDTH + 1}")
    page.has_address(trace="output:0,2,2", dilation=2)
    page.page.reload()
    page.ready().shows(trace="output:0,2,2")
    assert page.marks("output") >= {(2, 2)}
    page.click("output", 2, 2)  # freed, though the pointer is still over it
    page.shows(trace="")
    page.has_address(trace=None)
    page.click("input", 0, 1)
    page.has_address(trace="input:0,0,1")
    page.click("kernel", 1, 1)
    page.has_address(trace="kernel:0,0,1,1")
    page.away()
    page.key("Escape")
    page.shows(trace="")
    page.has_address(trace=None)


def test_a_pin_is_seen_and_stepping_frees_it(visit):
    page = visit("?preset=stride-2&step=2&trace=input:0,1,1")
    page.shows(step=2, trace="input:0,1,1")
    pin, lacks = page.page.locator(".tconv-stage .unpin"), page.page.locator(".tconv-stage .lacks")
    # The count and the numbers are the step's, the sentence and the marks are the cell's, and what it lacks is said.
    assert page.text(".tconv-stage .count") == "stamp 2 of 4"
    assert page.sentence.startswith("X[1,1] = 3 stamps")
    assert lacks.inner_text() == "not stamped yet at stamp 2 of 4"
    assert {mark.corner for mark in page.marks_as_data("output")} == {""}
    assert [box.at for box in page.boxes("input", ".pinned")] == [(1, 1)]
    assert "Esc" in pin.inner_text()
    page.key("ArrowRight")
    page.shows(step=3, trace="")
    page.has_address(step=3, trace=None)
    assert not pin.is_visible()
    assert not lacks.is_visible()
    page.click("output", 3, 3)
    page.away()
    assert lacks.inner_text() == "0 so far: 0 of 1 terms at stamp 3 of 4"
    page.key("Home")
    page.click("output", 3, 3)
    page.key("Space")
    page.shows(trace="")
    assert page.playing()
    page.click("output", 3, 3)
    assert not page.playing()
    pin.click()
    page.shows(trace="")
    page = visit("?trace=W:0,4")
    page.key("Shift+ArrowRight")  # that grid is not there to move in: the canvas is
    page.shows(trace="output:0,0,1")
    page = visit("?x=1&k=1|2&out_channels=2&trace=output:1,0,0")
    page.shows(trace="output:1,0,0")
    page.sees("output", [[2]])


def test_cropped_and_added_cells_say_what_they_are(look):
    page = look(QUERY)
    page.point("output", 0, 0)
    page.shows(trace="output:0,0,0")
    assert "cropped" in page.sentence
    assert numbers(page.sentence)[-1] == canvas(SETTINGS)[0, 0]
    page = look("?x=1,2;3,4&k=1,2;3,4&stride=2&output_padding=1")
    page.sees("output", np.pad([[1, 2, 2, 4], [3, 4, 6, 8], [3, 6, 4, 8], [9, 12, 12, 16]], ((0, 1), (0, 1))))
    page.point("output", 4, 2)
    page.shows(trace="output:0,4,2")
    assert page.sentence.startswith("Y[4,2] = 0")
    assert "output_padding" in page.sentence
    page.point("output", 3, 3)
    page.shows(trace="output:0,3,3")
    assert "4·4 = 16" in page.sentence
    page = look("?x=1,2;3,4&k=1,2;3,4&stride=3")  # a hole between the stamps: part of Y, but nothing reaches it
    page.point("output", 2, 2)
    page.shows(trace="output:0,2,2")
    assert page.sentence.startswith("Y[2,2] = 0")
    assert "cropped" not in page.sentence
