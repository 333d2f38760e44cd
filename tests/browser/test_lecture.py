"""In front of a class: hide and reveal, the clicker, the playlist, the blank screen."""

import numpy as np

from explorer.presets import PRESETS
from explorer.text import say, texts

from .driver import STAGE, canvas

PRESENTING = f"{STAGE}.classList.contains('presenting')"
BASIC = PRESETS["basic"].settings
HIDDEN = texts()["stage"]["hidden"]


def numbers(page, grid="output"):
    """The texts of a grid's cells."""
    return page.page.locator(f"[data-grid={grid}] .cell").all_inner_texts()


# ---- hide and reveal
def test_the_result_is_hidden_and_shown_by_the_key_and_the_button(visit):
    page = visit("?preset=basic")
    shown = numbers(page)
    page.key("h")
    assert numbers(page) == [HIDDEN] * 9
    assert np.isnan(page.z("output")).all()  # no colour tells either
    assert "notebook" not in page.text(".tconv-stage .facts").lower()
    assert say("about.basic") not in page.text(".tconv-stage .example")
    page.key("Home")
    page.key("ArrowRight")
    assert numbers(page) == [HIDDEN] * 9
    page.key("2")
    page.has_address(view="gather")
    assert numbers(page) == [HIDDEN] * 9
    page.key("1")
    page.has_address(view=None)
    page.key("End")
    button = page.page.locator(".tconv-stage .hide")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert numbers(page) == shown
    assert "notebook" in page.text(".tconv-stage .facts").lower()
    assert button.get_attribute("aria-pressed") == "false"


def test_a_click_or_enter_reveals_one_cell_and_pins_it(visit):
    page = visit("?preset=basic")
    page.key("h")
    page.point("output", 1, 2)
    page.shows(trace="output:0,1,2")
    assert page.sentence.endswith(f"= {HIDDEN}")
    page.click("output", 1, 1)
    page.shows(trace="output:0,1,1")
    assert page.sentence.endswith("= 4")
    assert numbers(page) == [HIDDEN] * 4 + ["4"] + [HIDDEN] * 4
    page.key("Shift+ArrowRight")
    page.shows(trace="output:0,1,2")
    page.page.locator("[data-grid=output]").focus()
    page.key("Enter")
    assert numbers(page) == [HIDDEN] * 4 + ["4", "6"] + [HIDDEN] * 3
    page.page.locator("[data-testid=agreement]").click()  # each method's own Y
    panel = page.page.locator(".tconv-stage .panel .methods figure").first
    panel.wait_for()
    assert panel.locator(".cell").all_inner_texts() == numbers(page)


def test_the_marks_of_a_stamp_and_the_small_pictures_do_not_tell(visit):
    page = visit("?preset=two-channels-add&out_channels=2&step=2")
    tabs = page.page.locator(".grid-output .tab canvas")
    assert [mark.corner for mark in page.marks_as_data("output") if mark.corner]
    assert tabs.count() == 2
    page.key("h")
    assert [mark.corner for mark in page.marks_as_data("output") if mark.corner] == []
    assert tabs.count() == 0
    assert page.page.locator(".grid-input .tab canvas").count() == 2  # X is no secret


def test_an_edit_and_another_example_stay_hidden(visit):
    page = visit("?preset=basic")
    page.key("h")
    page.click("output", 1, 1)
    page.page.mouse.dblclick(*page.point("input", 1, 1))
    page.type("9")
    page.key("Enter")
    page.sees("input", [[0, 1], [2, 9]])
    page.idle()
    assert numbers(page) == [HIDDEN] * 9  # another question
    page.away()
    page.focus()
    page.key("h")
    page.sees("output", canvas(BASIC) + 6 * np.array([[0, 0, 0], [0, 0, 1], [0, 2, 3]]))
    page.key("h")
    page.choose("Stride 2")
    page.has_address(preset="stride-2")
    assert numbers(page) == [HIDDEN] * 16
