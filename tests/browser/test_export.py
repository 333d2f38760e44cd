"""The Export dialog in a real browser: its files are made when they are asked for."""

import json
from pathlib import Path

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
