"""The Export dialog in a real browser: its files are made when they are asked for."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from explorer import document
from explorer.export.qr import qr_svg
from explorer.text import texts

from .driver import FRAMES, LAPTOP

WORDS = texts()["export"]


def test_a_file_is_made_when_its_button_is_pressed(visit):
    page = visit("?preset=stride-2&view=gather").page
    box = page.locator(".tconv-stage .present").bounding_box()
    assert box["x"] + box["width"] <= LAPTOP[0]  # the bar has room for all its buttons
    page.locator(".tconv-stage .export").click()
    dialog = page.locator("[role=dialog]")
    with page.expect_download() as made:
        dialog.get_by_role("button", name=WORDS["files"]["json"]).click()
    assert made.value.suggested_filename.endswith(".json")
    found = json.loads(Path(made.value.path()).read_text(encoding="utf-8"))
    assert found == document("?preset=stride-2&view=gather")
    dialog.get_by_text(WORDS["quotes"]["iframe"], exact=True).click()
    dialog.get_by_text("embed=true").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


def test_an_animation_shows_its_progress_and_another_visitor_is_served(visit):
    other = visit("?preset=stride-2", fresh=True)
    page = visit("?preset=dv-padding-strides-odd&view=gather").page
    page.locator(".tconv-stage .export").click()
    page.locator(".st-key-export_make_gif button").click()
    drawing = page.locator("[role=dialog] [data-testid=stProgress]")
    drawing.get_by_text(re.compile(r"\d+ of 38 frames")).wait_for()
    page.locator(".st-key-export_make_gif").wait_for(state="hidden")
    assert drawing.is_visible()
    other.view("Gather")
    other.has_address(view="gather")
    other.idle()
    assert drawing.is_visible()
    with page.expect_download(timeout=120_000) as made:
        page.locator(".st-key-export_gif button").click(timeout=120_000)
    with Image.open(made.value.path()) as image:
        assert (image.format, image.n_frames) == ("GIF", 38)


@pytest.fixture
def asked_for(visit, line):
    """The explorer, where a file was asked for in a dialog over a line that stalls; its button is disabled."""
    explorer = visit("?preset=stride-2", server_address=line.address)
    explorer.page.locator(".tconv-stage .bar button", has_text="Code").click()
    explorer.page.locator(".st-key-code_download").wait_for()
    explorer.idle()
    line.stall()
    explorer.page.locator(".st-key-code_download button").click()
    explorer.until("document.querySelector('.st-key-code_download button').disabled")
    explorer.page.evaluate(FRAMES)
    return explorer


def closes_with_escape(page):
    page.keyboard.press("Escape")
    page.locator("[role=dialog]").wait_for(state="detached")


def test_escape_closes_a_dialog_whose_file_is_on_its_way(asked_for, line):
    closes_with_escape(asked_for.page)
    asked_for.page.goto("about:blank")
    line.cut()  # the server is not asked after all: it forgets the file where the dialog is closed


def test_escape_closes_a_dialog_whose_file_was_given(asked_for, line):
    with asked_for.page.expect_download():
        line.mend()
    asked_for.until("document.activeElement === document.querySelector('.st-key-code_download button')")
    closes_with_escape(asked_for.page)


def test_escape_closes_the_dialog_in_which_an_animation_is_made(visit):
    page = visit("?preset=dv-padding-strides-odd&view=gather").page
    page.locator(".tconv-stage .export").click()
    page.locator(".st-key-export_make_gif button").click()
    page.locator("[role=dialog] [data-testid=stProgress]").wait_for()
    page.keyboard.press("Escape")
    page.locator("[role=dialog]").wait_for(state="detached")


def link_in(page):
    """The link that a camera before the screen reads, and the side of its code in px."""
    page.locator("[role=dialog] img").wait_for()
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())).convert("L"))
    return found.text, page.locator("[role=dialog] img").bounding_box()["width"]


def test_while_presenting_a_key_shows_the_link_to_the_class(visit):
    explorer = visit("?preset=stride-2&embed=true&present=1", color_scheme="dark")
    explorer.key("q")
    text, side = link_in(explorer.page)
    assert text == explorer.page.evaluate("location.href")
    assert side >= LAPTOP[1] / 2
    explorer.page.keyboard.press("Escape")
    explorer.page.locator("[role=dialog]").wait_for(state="detached")
    explorer.page.locator(".tconv-stage.presenting").wait_for()  # Escape closed the dialog and nothing else


def test_the_export_dialog_leads_to_the_qr_code(visit):
    page = visit("?preset=stride-2").page
    page.locator(".tconv-stage .export").click()
    page.locator(".st-key-export_qr button").click()
    assert link_in(page)[0] == page.evaluate("location.href")
    with page.expect_download() as made:
        page.locator(".st-key-qr_download button").click()
    assert made.value.path().read_text(encoding="utf-8") == qr_svg(page.evaluate("location.href"))
    page.keyboard.press("Escape")
    page.locator("[role=dialog]").wait_for(state="detached")


@pytest.mark.parametrize("size", [(800, 500), (640, 480)], ids=["800", "640"])
def test_in_a_frame_the_picture_has_the_width_and_parameters_stay(visit, size):
    explorer = visit("?preset=stride-2&embed=true&utm_source=course", size=size, fresh=True)
    explorer.page.locator("nav[hidden]").wait_for(state="attached")  # with it the styles come
    explorer.steady()
    picture = explorer.page.locator(".tconv-stage .picture").bounding_box()
    assert picture["x"] < 60 and picture["width"] > size[0] * 0.85
    bar = explorer.page.locator(".tconv-stage .bar").bounding_box()
    assert bar["y"] + bar["height"] < picture["y"] < 100  # one row, beside the views
    assert bar["x"] + bar["width"] <= size[0]
    assert explorer.page.locator(".tconv-pages").count() == 0
    assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    explorer.key("Home")
    explorer.has_address(preset="stride-2", step="0", embed="true", utm_source="course")
