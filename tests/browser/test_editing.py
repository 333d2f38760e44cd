"""Changing the numbers of X and K in the picture."""

import numpy as np
import pytest

from explorer.settings import Settings

from .driver import STAGE, canvas

QUERY = "?x=1,2;3,4&k=1,2;3,4"
KERNEL = [[1, 2], [3, 4]]
TWO = "?x=1,2;3,4|5,6;7,8&k=1,0;0,1|0,2;2,0&channel=1,0"
BUBBLE = ".tconv-stage [role=alert]"


def open_cell(page, grid, row, column):
    """Double-click a cell."""
    page.page.mouse.dblclick(*page.point(grid, row, column))
    page.until("document.activeElement.matches('input.cell.editing')")


def test_a_number_is_typed_and_used(look):
    page = look(QUERY)
    open_cell(page, "input", 0, 1)
    page.type("1e3")
    page.key("Enter")
    page.sees("input", [[1, 1000], [3, 4]])
    page.sees("output", canvas(Settings.of([[1, 1000], [3, 4]], KERNEL)))
    page.has_address(x="1,1000;3,4")
    open_cell(page, "kernel", 1, 0)
    page.type("1/3")
    page.key("Enter")
    page.sees("kernel", [[1, 2], [1 / 3, 4]])
    page.sees("output", canvas(Settings.of([[1, 1000], [3, 4]], [[1, 2], [1 / 3, 4]])), within=1e-12)
    page.has_address(k="1,2;0.3333333333333333,4")
    open_cell(page, "kernel", 1, 0)
    assert page.cell("kernel", 1, 0).input_value() == "0.3333333333333333"  # all of it, while it is edited
    page.key("Escape")
    page.page.reload()
    page.ready().sees("kernel", [[1, 2], [1 / 3, 4]])
    page.sees("input", [[1, 1000], [3, 4]])


def test_what_is_no_number_is_refused(look):
    page = look(QUERY)
    open_cell(page, "input", 1, 0)
    page.type("abc")
    page.key("Enter")
    page.until("document.querySelector('.cell.bad')")
    assert "bad" in page.cell("input", 1, 0).get_attribute("class")
    bubble = page.page.locator(BUBBLE)
    bubble.wait_for(state="visible")
    assert "X[1,0]" in bubble.inner_text()
    assert "3" in bubble.inner_text()
    assert "abc" in bubble.inner_text()
    beside, cell = bubble.bounding_box(), page.cell("input", 1, 0).bounding_box()
    assert 0 <= beside["y"] - (cell["y"] + cell["height"]) < 40
    assert beside["x"] - cell["x"] < 40
    assert page.cell("input", 1, 0).input_value() == "3"
    page.sees("input", [[1, 2], [3, 4]])
    page.has_address(x="1,2;3,4")
    open_cell(page, "input", 1, 0)  # the next edit takes the message away
    bubble.wait_for(state="hidden")
    page.type("1/0")
    page.key("Enter")
    page.until("document.querySelector('.cell.bad')")
    assert "zero" in bubble.inner_text()
    open_cell(page, "input", 1, 0)
    page.type("5")
    page.key("Enter")
    page.sees("input", [[1, 2], [5, 4]])
    bubble.wait_for(state="hidden")
    assert page.page.locator(".cell.bad").count() == 0


def test_another_channel(look):
    page = look(TWO)
    page.sees("input", [[5, 6], [7, 8]])
    open_cell(page, "input", 0, 0)
    page.type("oops")
    page.key("Enter")
    page.until("document.querySelector('.cell.bad')")
    assert "bad" in page.cell("input", 0, 0).get_attribute("class")
    assert "5" in page.text(BUBBLE)
    page.sees("input", [[5, 6], [7, 8]])
    open_cell(page, "input", 1, 1)
    page.type("-2")
    page.key("Enter")
    page.sees("input", [[5, 6], [7, -2]])
    open_cell(page, "kernel", 0, 1)
    page.type("9")
    page.key("Enter")
    page.sees("kernel", [[0, 9], [2, 0]])
    page.sees(
        "output", canvas(Settings.of([[[1, 2], [3, 4]], [[5, 6], [7, -2]]], [[[[1, 0], [0, 1]]], [[[0, 9], [2, 0]]]]))
    )
    page.has_address(x="1,2;3,4|5,6;7,-2", k="1,0;0,1|0,9;2,0")


def test_typing_tab_enter_and_arrows(look):
    page = look(QUERY)
    page.click("input", 0, 0)
    page.type("7")  # a click alone never makes a digit an edit
    assert not page.editing()
    page.key("Enter")
    page.type("7")
    assert page.editing()
    page.key("Tab")
    page.type("8")
    page.key("Enter")  # down
    page.type("9")
    page.key("Shift+Tab")
    page.type("-6")
    page.key("ArrowUp")
    page.sees("input", [[7, 8], [-6, 9]])
    page.type("5")
    page.key("Escape")
    assert page.cell("input", 0, 0).input_value() == "7"
    assert not page.editing()
    page.key("Enter")  # opens the cell with its number, ready to be replaced
    assert page.editing()
    page.type("4,5")  # a decimal comma
    page.key("Enter")
    page.sees("input", [[4.5, 8], [-6, 9]])
    page.sees("output", canvas(Settings.of([[4.5, 8], [-6, 9]], KERNEL)))


def test_a_whole_grid_typed_without_a_pause(look):
    page = look("?x=" + ";".join(["0,0,0,0,0,0"] * 6) + "&k=1,2;3,4")
    page.click("input", 0, 0)
    page.key("F2")
    values = [[(7 * i + 13 * j) % 41 - 9 for j in range(6)] for i in range(6)]
    flat = [value for row in values for value in row]
    for n, value in enumerate(flat):
        page.type(str(value))
        page.key("Tab" if n < 35 else "Enter")
    page.sees("input", values)
    page.sees("output", canvas(Settings.of(values, KERNEL)))
    page.has_address(x=";".join(",".join(map(str, row)) for row in values))
    page.idle()
    page.sees("input", values)
    shown = page.page.evaluate("[...document.querySelectorAll('[data-grid=input] input')].map((cell) => cell.value)")
    assert [float(text.replace("−", "-")) for text in shown] == flat


@pytest.mark.parametrize(("key", "expected"), [("Tab", [[5, 7], [3, 4]]), ("Enter", [[5, 2], [7, 4]])])
def test_the_next_cell_has_the_focus_where_the_picture_is_laid_out_anew(look, key, expected):
    page = look("?x=1,2;3,4&k=1,2;3,4")
    page.click("input", 0, 0)
    page.key("F2")
    page.type("5")
    page.resize((1280, 500))  # while a cell is edited it stays where it is; then the cells are made anew
    page.key(key)
    page.type("7")
    page.key("Enter")
    page.sees("input", expected)


def test_the_stages_keys_rest_while_a_cell_is_edited(look):
    page = look(QUERY + "&step=2")
    open_cell(page, "kernel", 0, 0)
    page.key("End")
    for key in (" ", "ArrowLeft", "Home", "p", "?", "ArrowRight", "Shift+ArrowRight"):
        page.key(key)
        assert page.editing(), key
    assert "p" in page.cell("kernel", 0, 0).input_value()
    page.shows(step=2)
    assert not page.playing()
    assert not page.page.evaluate(
        f"{STAGE}.classList.contains('presenting') || !!document.querySelector('dialog[open]')"
    )
    page.key("Escape")
    assert page.cell("kernel", 0, 0).input_value() == "1"
    page.sees("kernel", KERNEL)


def test_an_edit_while_it_plays_and_in_the_matrix_view(look):
    page = look(QUERY + "&view=matrix")
    page.focus()
    page.key("Space")
    page.plays_on()
    open_cell(page, "input", 1, 1)  # the player waits for the person who types
    assert not page.playing()
    page.type("10")
    page.key("Enter")
    page.sees("vec_input", np.reshape([1, 2, 3, 10], (4, 1)))
    page.focus()
    page.key("End")
    page.sees("output", canvas(Settings.of([[1, 2], [3, 10]], KERNEL)))


def test_a_refusal_names_the_channel(look):
    page = look("?x=1,2;3,4|5,6;7,8&k=1,0;0,1|0,2;2,0&channel=1,0")
    page.page.mouse.dblclick(*page.point("input", 0, 1))
    page.type("oops")
    page.key("Enter")
    page.until("document.querySelector('.cell.bad')")
    assert "X[1,0,1]" in page.text(".tconv-stage [role=alert]")


def test_numbers_are_pasted_in_a_box_and_dy_is_typed(look):
    page = look(QUERY)
    page.fill("input", "paste")
    text, preview = page.page.locator(".paste-box textarea"), page.page.locator("[data-testid=preview]")
    text.fill("[[1, 2], [3, x]]")
    page.until("document.querySelector('[data-testid=preview]').classList.contains('refused')")
    page.key("Control+Enter")  # what is refused stays in the box
    assert text.input_value() == "[[1, 2], [3, x]]"
    text.fill("[[1, 2, 3], [4, 5, 6]]")
    page.until("document.querySelectorAll('[data-testid=preview] td').length === 6")
    assert "2×3" in preview.inner_text()
    page.key("Control+Enter")
    page.sees("input", [[1, 2, 3], [4, 5, 6]])
    page.has_address(x="1,2,3;4,5,6")
    assert not text.is_visible()
    page = look(f"{QUERY}&padding=1&backward=1")
    page.page.mouse.dblclick(*page.point("upstream", 0, 0))  # cropped: no cell of dY
    assert not page.editing()
    open_cell(page, "upstream", 1, 1)
    page.type("7")
    page.key("Enter")
    page.sees("upstream", [[0, 0, 0], [0, 7, 0], [0, 0, 0]])
    page.sees("gradient", [[28, 21], [14, 7]])
    page.has_address(upstream="7")
