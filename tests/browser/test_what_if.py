"""What people believe, on the stage; and a grid from elsewhere, compared."""

import numpy as np
import pytest

from explorer.export import content
from explorer.figures.palette import LIGHT
from explorer.mistakes import MISTAKES, right_output, wrong_output
from explorer.presets import PRESETS
from explorer.settings import Settings
from explorer.text import texts

from .driver import LAPTOP, PHONE, PLOT, STAGE

WORDS, MISTAKE = texts()["what_if"], texts()["mistakes"]
PADDED = PRESETS["padding-1"].settings
PANEL = ".tconv-stage .what-if"
CHOICE = f"{PANEL} select"


def results(page):
    """The values that are painted in the three grids, by their names."""
    names = ("wrong", "right", "difference")
    for name in names:
        page.until(f"(name) => {PLOT}?.data[0].z?.length", f"what-if-{name}")
    return {name: page.z(f"what-if-{name}") for name in names}


def test_the_bar_opens_it_and_has_room_for_it(look):
    page = look("?preset=padding-1")
    present = page.page.locator(".tconv-stage .present").bounding_box()
    assert present["x"] + present["width"] <= LAPTOP[0]
    badge = page.page.locator(".tconv-stage .badge")
    assert badge.evaluate("(node) => node.scrollWidth <= node.clientWidth")  # none of it is cut off
    page.page.locator(".tconv-stage .bar .what_if").click()
    shown = results(page)
    wrong, right = wrong_output("pads_input", PADDED)[0], right_output(PADDED)[0]
    assert (shown["wrong"] == wrong).all() and (shown["right"] == right).all()
    assert shown["difference"][0, 0] == wrong[0, 0] - right[0, 0]
    assert np.isnan(shown["difference"].ravel()[1:].astype(float)).all()
    page.has_address(what_if="pads_input", preset="padding-1")
    assert MISTAKE["pads_input"]["why"] in page.text(PANEL)
    assert page.text(f"{PANEL} .how-far b") == MISTAKES["pads_input"].thread
    page.page.locator(f"{PANEL} .close").click()
    page.page.locator(PANEL).wait_for(state="hidden")
    page.has_address(what_if=None)
    assert page.page.evaluate("document.activeElement.classList.contains('what_if')")


def test_what_is_wrong_says_so_and_has_no_colour_of_y(look):
    page = look("?what_if=no_flip")
    results(page)
    titles = page.page.locator(f"{PANEL} .title").all_inner_texts()
    assert [title.startswith("Not Y: ") for title in titles] == [True, False, True]
    for name, scale in (("wrong", LIGHT.believed), ("right", LIGHT.scale), ("difference", LIGHT.believed)):
        drawn = page.page.evaluate(f"(name) => {PLOT}.data[0].colorscale.map(([, one]) => one)", f"what-if-{name}")
        assert drawn == list(scale)
    framed = f"[...document.querySelectorAll('{PANEL} figure')].map((one) => getComputedStyle(one).borderStyle)"
    assert page.page.evaluate(framed) == ["dashed", "none", "dashed"]
    assert page.faint(PANEL) == []


def test_only_what_changes_something_can_be_chosen(look):
    page = look("?what_if=no_flip")
    options = page.page.locator(f"{CHOICE} option")
    possible = dict(zip(options.evaluate_all("(all) => all.map((one) => one.value)"), MISTAKES, strict=True))
    assert list(possible) == list(MISTAKES)
    disabled = options.evaluate_all("(all) => all.filter((one) => one.disabled).map((one) => one.value)")
    assert disabled == [name for name in MISTAKES if wrong_output(name, Settings()) is None]
    assert WORDS["nothing_here"] in options.first.inner_text()
    page.page.locator(CHOICE).select_option("overlap_not_added")
    page.has_address(what_if="overlap_not_added")
    page.until(f"{STAGE}.querySelector('.what-if select').value === 'overlap_not_added'")
    assert (results(page)["wrong"] == wrong_output("overlap_not_added", Settings())[0]).all()


def test_by_keys_alone(look):
    page = look("?preset=padding-1")
    page.key("w")
    page.page.locator(PANEL).wait_for()
    page.key("w")
    page.page.locator(PANEL).wait_for(state="hidden")
    page.key("w")
    page.page.locator(PANEL).wait_for()
    page.key("Escape")
    page.page.locator(PANEL).wait_for(state="hidden")
    page.key("?")
    assert texts()["stage"]["shortcuts"]["what_if"]["does"] in page.text(".tconv-stage .help")
    page.key("Escape")


def test_it_goes_along_with_the_page(look):
    page = look("?what_if=one_side")
    page.page.locator(PANEL).wait_for()
    assert MISTAKE["one_side"]["title"] in page.text(f"{PANEL} .how-far")  # it changes nothing here
    assert page.page.locator(f"{PANEL} figure").count() == 1
    page.go("?preset=1d-paddings&what_if=one_side")
    assert (results(page)["wrong"] == [[1, 2, 3, 4, 5, 6]]).all()
    page.go("?preset=1d-paddings")
    page.page.locator(PANEL).wait_for(state="hidden")


def test_it_does_not_tell_what_is_hidden(look):
    page = look("?what_if=no_flip")
    results(page)
    page.key("h")
    page.until(f"[...{STAGE}.querySelectorAll('.what-if .cell')].every((cell) => cell.textContent === '?')")
    assert page.page.locator(".tconv-stage .bar .what_if").get_attribute("aria-disabled") == "true"
    page.key("h")
    page.until(f"{STAGE}.querySelector('.what-if .cell').textContent !== '?'")


@pytest.mark.parametrize("query", ["?preset=padding-1&what_if=pads_input", "?preset=16-or-17&what_if=pseudo_inverse"])
def test_nothing_is_cut_off_on_a_phone(look, query):
    page = look(query, PHONE)
    results(page)
    wide = f"(({STAGE}).querySelector('.what-if'))"
    assert page.page.evaluate(f"{wide}.scrollWidth <= {wide}.clientWidth")
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_where_nobody_can_close_it_it_covers_nothing(browser, tmp_path):
    file = tmp_path / "page.html"
    made = content(".html", "https://explorer.example/?preset=padding-1&what_if=pads_input")
    file.write_bytes(made if isinstance(made, bytes) else made.encode())
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(file.as_uri())
    page.locator(f"{PANEL} figure").nth(2).wait_for()
    facts, panel = (page.locator(f".tconv-stage .{name}").bounding_box() for name in ("facts", "what-if"))
    assert panel["y"] >= facts["y"] + facts["height"]
    assert MISTAKE["pads_input"]["title"] in page.locator(f"{PANEL} .head").inner_text()
    assert page.locator(f"{PANEL} :is(select, button)").count() == 0
    page.close()


def test_a_grid_from_elsewhere_is_compared(look):
    page = look("").page
    page.locator(".tconv-stage .grid-output .menu-button").click()
    page.get_by_role("menuitem", name=texts()["stage"]["compare"]).click()
    dialog = page.locator("[role=dialog]")
    field = dialog.locator("textarea")
    field.fill("0 3 2\n6 14 x")
    dialog.get_by_role("button", name=texts()["compare"]["button"], exact=True).click()
    dialog.get_by_text("line 2, entry 3").wait_for()
    assert field.input_value() == "0 3 2\n6 14 x"
    field.fill("array([[0., 3., 2.], [6., 14., 6.], [2., 3., 0.]])")
    dialog.get_by_role("button", name=texts()["compare"]["button"], exact=True).click()
    dialog.get_by_text(MISTAKE["no_flip"]["title"]).wait_for()
    dialog.locator(".js-plotly-plot").wait_for()
    field.fill("[[0, 0, 1], [0, 4, 6], [4, 12, 9]]")
    dialog.get_by_role("button", name=texts()["compare"]["button"], exact=True).click()
    dialog.get_by_text(texts()["compare"]["same"]).wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
