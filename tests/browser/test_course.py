"""The stage on a page like a course's: what it offers, whose keys are whose, its room, two linked ones."""

import json
import shutil
from urllib.parse import urlencode

import pytest

from .conftest import ROOT, free_port, serving
from .driver import IDLE, PHONE, STAGE

APP = f"""import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from explorer.pages.server import SERVER
app = st.App(**{{**SERVER, "script_path": {str(ROOT / "tests" / "browser" / "course_page.py")!r}}})
"""
BOXES = """[...document.querySelectorAll('.tconv-stage')].map((stage) =>
  Object.fromEntries([...stage.querySelectorAll('.layer')].map((layer) => {
    const { left, width } = layer.getBoundingClientRect();
    return [layer.dataset.grid, [Math.round(left), Math.round(width)]] })))"""
TRACES = "[...document.querySelectorAll('.tconv-stage')].map(({ dataset }) => dataset.trace).join(' ')"
ASKED = {"asking": True, "mask": ["output"], "picking": {"grid": "input", "chosen": []}}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The address of a server of that page."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    log = folder / "log.txt"
    with serving(free_port(), log, folder) as address:
        yield address
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture
def learn(course, visit):
    """Opens the page: what it says of its stage, and an address."""

    def learn(address="preset=stride-2", own=None, two=False, **options):
        more = {"own": json.dumps(own or {}), **({"two": 1} if two else {})}
        page = visit(f"?{address}&{urlencode(more)}", server_address=course, ready=False, **options)
        page.until(f"{IDLE} && document.querySelectorAll('.tconv-stage .heatmaplayer').length > 1")
        page.steady()
        return page

    return learn


def height(page):
    return page.page.evaluate(
        "Math.max(...['stMain', 'stApp'].map((id) => document.querySelector(`[data-testid=${id}]`).scrollHeight))"
    )


@pytest.mark.parametrize("view", ["scatter", "gather", "matrix"])
def test_a_course_offers_its_own_tools_in_one_row_and_nothing_scrolls(learn, view):
    page = learn(f"preset=stride-2&view={view}")
    shown = page.page.locator(".tconv-stage .bar :is(button, a):visible")
    assert [text.split("\n")[0].strip() for text in shown.all_inner_texts()][1:] == ["?", "Present P"]
    assert page.page.locator(".tconv-stage .bar").bounding_box()["height"] <= 44
    assert page.page.locator(".tconv-stage :is(.facts, .example, .hide, .undo, .views):visible").count() == 0
    assert height(page) <= 720
    below = page.page.locator("[data-testid=stSlider]").bounding_box()
    stage = page.page.locator(".tconv-stage").bounding_box()
    assert stage["y"] + stage["height"] <= below["y"]
    assert below["y"] + below["height"] <= 720


def test_on_a_phone_the_stage_takes_the_width(learn):
    page = learn(size=PHONE)
    assert page.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.page.locator(".tconv-stage").bounding_box()["width"] >= 340


def test_keys_are_the_stages_only_where_it_was_used_last(learn):
    page = learn()
    page.key("Home")  # nobody has used it
    field = page.page.locator("input[aria-label='How many rows?']")
    field.click()
    for key in ("1", "2", "3", "Space", "b", "p"):
        page.key(key)
    assert field.input_value() == "123 bp"
    check = page.page.locator(".st-key-check button")
    check.click()
    page.idle()
    for key in ("Home", "Space", "ArrowLeft"):
        page.key(key)
    page.page.evaluate("document.activeElement.blur()")
    page.key("Home")  # nowhere, and what was used last is the button
    page.page.wait_for_timeout(200)
    assert (page.data()["step"], page.playing()) == ("all", False)
    page.page.locator(".tconv-stage .count").click()
    page.key("Home")
    page.shows(step=0)
    check.focus()
    page.key("ArrowRight")
    page.page.wait_for_timeout(200)
    assert page.data()["step"] == "0"
    page.focus()
    page.key("ArrowRight")
    page.shows(step=1)


def test_numbers_can_be_changed_and_the_old_question_is_gone_on_the_next_page(learn):
    page = learn(own=ASKED)
    page.click("input", 0, 1)
    page.until(f"{STAGE}.querySelectorAll('.pick.chosen').length === 1")
    page.page.locator(".st-key-check button").click()  # a run of the page, which says again that nothing is chosen
    page.idle()
    assert page.page.locator(".pick.chosen").count() == 1
    page.go("?preset=padding-1")
    assert page.page.locator(".pick, .masked, .tconv-stage.asking").count() == 0
    page.cell("input", 0, 0).dblclick()
    page.type("7")
    page.key("Enter")
    page.until("document.querySelector('[data-grid=input] input').value === '7'")
    page.sees("output", [[0, 7, 1], [14, 25, 6], [4, 12, 9]])


@pytest.mark.parametrize("view", ["scatter", "matrix"])
def test_two_linked_stages_show_the_same_cells(learn, view):
    page = learn(f"preset=basic&view={view}", two=True)
    assert height(page) <= 720
    first, second = page.page.evaluate(BOXES)
    if view == "scatter":  # of one size, one above the other
        pairs = [("input", "gradient"), ("kernel", "kernel"), ("output", "upstream")]
        assert [first[one] for one, _ in pairs] == [second[other] for _, other in pairs]
        cell = page.point("output", 1, 1)
        assert cell
        page.until(f"{TRACES} === 'output:0,1,1 output:0,1,1'")
        page.until("document.querySelectorAll('.grid-gradient .mark').length === 4")
        page.away()
        page.until(f"{TRACES} === ' '")
    page.click("kernel" if view == "scatter" else "WT", 0, 0)
    pinned = "kernel:0,0,0,0" if view == "scatter" else "W:0,0"
    page.away()
    page.until(f"{TRACES} === '{pinned} {pinned}'")
    page.key("Escape")
    page.until(f"{TRACES} === ' '")
    page.point("gradient" if view == "scatter" else "vec_gradient", 1, 0)
    name = "input:0,1,0" if view == "scatter" else "input:0,0,1"
    page.until(f"{TRACES} === '{name} {name}'")
