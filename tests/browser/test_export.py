"""The Export dialog in a real browser: its files are made when they are asked for."""

import json
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image

from explorer import document
from explorer.text import texts

from .driver import LAPTOP

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
    page.keyboard.press("Escape")
    page.locator("[role=dialog]").wait_for(state="detached")
