"""What comes after the layer, on the page: the crop frame moved at one end, and a constant on every cell of it."""

import numpy as np
import pytest

from explorer.operation import run
from explorer.session.address import from_query, query_of

from .driver import LAPTOP, PHONE

GAPS = "?x=1,2;3,4&k=1,2;3,4&stride=3&crop=0,1;1,0&bias=0.5"
BOX = ".tconv-stage .afterwards"


def settings_of(address):
    return from_query(query_of(address))[0]


def opened(page):
    """The box, opened from the menu beside Y."""
    page.page.locator(".grid-output .menu-button").click()
    page.page.locator(".grid-output [data-name=afterwards]").click()
    box = page.page.locator(BOX)
    box.wait_for(state="visible")
    return box


def test_the_frame_is_moved_at_one_end_and_a_gap_holds_the_bias(look):
    page = look(GAPS)
    page.shows(window="0,1,4,4")
    (frame,) = page.boxes("output", ".window")
    assert (frame.row, frame.column, frame.height, frame.width) == pytest.approx((0, 1, 4, 4), abs=0.1)
    cropped = sorted((box.row, box.column, box.height, box.width) for box in page.boxes("output", ".cropped"))
    assert cropped == [(0, 0, 4, 1), (4, 0, 1, 5)]
    canvas = page.z("output").astype(float)
    assert np.array_equal(canvas[:4, 1:], run(settings_of(GAPS)).output[0])
    assert canvas[2].tolist() == [0, 0.5, 0.5, 0.5, 0.5]  # no stamp reaches this row, and its first cell is cropped
    assert "then crop 0,1;1,0 · then add 0.5" in page.text(".grid-output .title")
    assert "− (1+0) = 4" in page.text(".facts")


def test_the_bias_is_there_before_the_first_stamp(look):
    page = look(f"{GAPS}&step=0")
    assert page.z("output").astype(float)[:4, 1:].tolist() == [[0.5] * 4] * 4
    assert "the bias 0.5 is in every cell of Y from the start" in page.sentence


def test_the_box_beside_y_sets_both_and_undo_takes_them_back(look):
    page = look("?stride=2")
    box = opened(page)
    box.locator("[name=bottom]").fill("1")
    box.locator("[name=bottom]").press("Tab")
    page.has_address(crop="0,1;0,0")
    page.shows(window="0,0,3,4")
    box.locator("[name=bias-0]").fill("1/2")
    box.locator("[name=bias-0]").press("Enter")
    page.has_address(bias="0.5")
    assert box.locator("[name=bias-0]").input_value() == "0.5"
    box.press("Escape")
    box.wait_for(state="hidden")
    page.page.locator(".tconv-stage .undo").click()
    page.has_address(bias=None, crop="0,1;0,0")
    page.page.locator(".tconv-stage .undo").click()
    page.has_address(crop=None)


def test_an_end_goes_no_further_than_one_cell(look):
    page = look("?stride=2")
    box = opened(page)
    box.locator("[name=left]").fill("9")
    box.locator("[name=left]").press("Tab")
    page.has_address(crop="0,0;3,0")
    assert box.locator("[name=right]").get_attribute("max") == "0"
    box.get_by_text("Reset").click()
    page.has_address(crop=None)


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_box_covers_no_cell_of_y_and_nothing_overflows(look, size):
    page = look(GAPS, size=size)
    box = opened(page).bounding_box()
    board = page.page.locator(".grid-output .board").bounding_box()
    is_left = box["x"] + box["width"] <= board["x"]
    is_above = box["y"] + box["height"] <= board["y"]
    assert is_left or is_above
    assert min(box["x"], box["y"]) >= 0
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size == LAPTOP:
        assert page.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_backward_has_no_box(look):
    page = look("?stride=2&backward=1")
    assert page.page.locator("[data-name=afterwards]").count() == 0
