"""Undo, fills, blocks pasted and copied, links, channels, and a server that starts anew."""

import numpy as np

from explorer.fills import FILLS
from explorer.settings import Settings

from .driver import GONE, canvas

QUERY = "?x=1,2;3,4&k=1,2;3,4"
KERNEL = [[1, 2], [3, 4]]
CLIP = "navigator.clipboard"
# As a spreadsheet's own paste event brings it.
PASTE = """(text) => { const data = new DataTransfer(); data.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event) }"""
COPY = """() => { const data = new DataTransfer();
  const event = new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
  return data.getData('text/plain') }"""


def button(page, name):
    return page.page.get_by_role("button", name=name, exact=True)


def test_undo_and_redo_by_keys_and_buttons(visit):
    page = visit(QUERY)
    assert button(page, "Undo").is_disabled()
    page.page.mouse.dblclick(*page.point("input", 0, 0))
    page.type("9")
    page.key("Enter")
    page.sees("input", [[9, 2], [3, 4]])
    page.fill("kernel", "ones")
    page.sees("kernel", np.ones((2, 2)))
    page.key("Control+z")
    page.sees("kernel", KERNEL)
    page.key("Control+z")
    page.sees("input", [[1, 2], [3, 4]])
    page.sees("output", canvas(Settings.of([[1, 2], [3, 4]], KERNEL)))
    page.until("document.querySelector('.tconv-stage [aria-label=Redo]').ariaDisabled === 'false'")
    page.key("Control+Shift+z")
    page.sees("input", [[9, 2], [3, 4]])
    button(page, "Redo").click()
    page.sees("kernel", np.ones((2, 2)))
    button(page, "Undo").click()
    page.sees("kernel", KERNEL)
    page.has_address(x="9,2;3,4", k="1,2;3,4")


def test_fills_and_the_seed_in_the_address(visit):
    page = visit(QUERY)
    page.fill("input", "random")
    page.has_address(seed=0)
    first = FILLS["random"]((2, 2), 0)
    page.sees("input", first)
    assert "X: random, seed 0" in page.text(".tconv-stage .facts")
    page.page.locator(".st-key-stride input, .st-key-stride [role=slider]").first.focus()
    page.key("ArrowRight")
    page.has_address(stride=2)
    page.sees("input", first)  # never by itself
    page.fill("input", "random")
    page.has_address(seed=1)
    page.sees("input", FILLS["random"]((2, 2), 1))
    page.page.go_back()
    page.has_address(seed=0, stride=2)
    page.sees("input", first)


def test_a_block_is_pasted_and_copied(visit):
    page = visit(QUERY)
    page.cell("input", 0, 1).focus()
    page.page.evaluate(PASTE, "5\t6,5\r\n7\tx\r\n1/4\t9\r\n")
    page.until("document.querySelector('.cell.bad')")
    assert "Nothing was pasted into X: line 2, entry 2: “x” is not a number" in page.text(".tconv-stage [role=alert]")
    page.sees("input", [[1, 2], [3, 4]])  # nothing of it was taken, and the grid did not grow
    page.page.evaluate(PASTE, "5\t\r\n")
    page.until("document.querySelector('.tconv-stage [role=alert]').textContent.includes('entry 2')")
    page.sees("input", [[1, 2], [3, 4]])  # an empty cell is no number
    page.page.evaluate(PASTE, "5\t6,5\r\n7\t8\r\n1/4\t9\r\n")
    pasted = [[1, 5, 6.5], [3, 7, 8], [0, 0.25, 9]]
    page.sees("input", pasted)
    page.sees("output", canvas(Settings.of(pasted, KERNEL)))
    assert "X is 3×3 now" in page.text(".tconv-stage .message")
    page.cell("input", 2, 2).focus()
    assert page.page.evaluate(COPY) == "1\t5\t6.5\n3\t7\t8\n0\t0.25\t9"
    page.key("Control+z")
    page.sees("input", [[1, 2], [3, 4]])


def test_one_number_pasted_into_a_cell(visit):
    page = visit(QUERY)
    page.cell("kernel", 1, 1).focus()
    page.page.evaluate(PASTE, " -8 ")
    page.sees("kernel", [[1, 2], [3, -8]])


def test_copy_link_copies_the_address(visit):
    page = visit(QUERY)
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.key("Home")
    button(page, "Copy link").click()
    page.until("[...document.querySelectorAll('.tconv-stage .tool')].some((node) => node.textContent === 'Copied')")
    assert page.page.evaluate(f"{CLIP}.readText()") == page.page.evaluate("location.href")
    assert page.page.evaluate("location.search").endswith("&step=0")


def test_the_weights_blocks_choose_both_channels(visit):
    x = np.arange(8).reshape(2, 2, 2)
    k = np.arange(16).reshape(2, 2, 2, 2)
    text = "|".join(";".join(",".join(map(str, row)) for row in block) for block in k.reshape(4, 2, 2))
    page = visit(f"?x=0,1;2,3|4,5;6,7&k={text}&out_channels=2")
    page.page.get_by_role("button", name="Kernel from X channel 1 to Y channel 0", exact=True).click()
    page.has_address(channel="1,0")
    page.sees("kernel", k[1, 0])
    page.sees("input", x[1])
    page.page.get_by_role("button", name="Kernel from X channel 0 to Y channel 1", exact=True).click()
    page.has_address(channel="0,1")
    page.sees("kernel", k[0, 1])
    page.sees("output", canvas(Settings.of(x, k), 1))


def test_groups_leave_blocks_out(visit):
    page = visit("?preset=groups")
    assert page.page.locator(".grid-kernel .block").count() == 4
    assert page.page.locator(".grid-kernel .block.none").count() == 2
    assert page.page.locator(".grid-kernel button.block").count() == 2


def test_an_examples_cell_to_look_at(visit):
    page = visit("?preset=checkerboard")
    button(page, "Look at Y[2,2]").click()
    page.shows(trace="output:0,2,2")
    page.has_address(trace="output:0,2,2")


def test_a_second_browser_shows_what_the_first_one_typed(visit):
    page = visit(QUERY)
    page.page.mouse.dblclick(*page.point("input", 1, 1))
    page.type("-7.25")
    page.key("Enter")
    page.has_address(x="1,2;3,-7.25")
    other = visit(page.page.evaluate("location.search"), fresh=True)
    other.sees("input", [[1, 2], [3, -7.25]])


def test_a_server_that_starts_anew_gives_the_same_page_back(visit, line, forgetful_server):
    page = visit(f"{QUERY}&stride=2", fresh=True, server_address=line.address)
    page.provoked = GONE
    page.page.mouse.dblclick(*page.point("kernel", 0, 1))
    page.type("6")
    page.key("Enter")
    page.has_address(k="1,6;3,4")
    page.page.mouse.dblclick(*page.point("kernel", 0, 0))  # the next cell is still being edited
    line.lay_to(forgetful_server)
    line.cut()
    line.mend()
    page.page.reload()
    page.ready()
    page.sees("kernel", [[1, 6], [3, 4]])
    page.sees("output", canvas(Settings.of([[1, 2], [3, 4]], [[1, 6], [3, 4]], stride=2)))


def test_a_grids_menu_has_its_own_keys_and_copies(visit):
    page = visit(QUERY)
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opener = page.page.locator(".grid-input .fill")
    opener.focus()
    for key in ("ArrowDown", "ArrowDown", "b", "3"):
        page.key(key)
    page.has_address(x="1,2;3,4", backward=None, view=None)
    assert page.page.evaluate("document.activeElement.dataset.name") == "bilinear"  # a letter only moves
    page.key("Escape")
    assert page.page.evaluate("document.activeElement.className") == "menu-button fill"
    page.key("b")  # nor is the closed menu's key the stage's
    page.key("Space")
    page.key("ArrowDown")
    page.key("Enter")
    page.sees("input", np.ones((2, 2)))
    page.has_address(backward=None)
    assert not page.playing()
    assert page.page.evaluate("document.activeElement.className") == "menu-button fill"
    page.fill("output", "copy-numpy")
    page.until("document.querySelector('.tconv-stage .done').textContent === 'Copied'")
    text = page.page.evaluate(f"{CLIP}.readText()")
    assert text.startswith("np.array([[1, 3, 2],\n          [")
    page.click("output", 0, 0)
    page.key("Control+c")
    page.until(f"{CLIP}.readText().then((text) => text.startsWith('1\\t3\\t2\\n'))")
    page.page.evaluate("navigator.clipboard.writeText = undefined")
    page.fill("kernel", "copy-list")
    assert page.page.locator(".copy-box textarea").input_value() == "[[1, 2],\n [3, 4]]"
