"""In front of a class: hide and reveal, the clicker, the playlist, the blank screen."""

import json
from functools import partial

import numpy as np
import pytest

from explorer.presets import GROUPS, PRESETS, lecture_address
from explorer.text import say, texts

from .driver import CONTROLS_SHOWN, STAGE, canvas

PRESENTING = f"{STAGE}.classList.contains('presenting')"
STAGE_DOCUMENT = "document.querySelector('.tconv-host').page.data.document"
BASIC = PRESETS["basic"].settings
BLACK = "rgb(0, 0, 0)"
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


# ---- the clicker
def presenting(visit, query):
    """A page that presents, the keyboard nowhere in particular."""
    page = visit(f"{query}&present=1")
    page.until(PRESENTING)
    page.until(CONTROLS_SHOWN)
    page.away()
    return page


def place(page):
    """What the foot says of the playlist."""
    return page.text(".tconv-stage .lecture-bar .place")


def test_a_lecture_through_the_notebook_by_page_down_alone(visit):
    """Every example from its start to its end, all of Y asked first, without a page load."""
    page = presenting(visit, "?preset=basic&step=0")
    page.page.evaluate("window.isSamePage = true")
    page.key("h")
    names = list(GROUPS["notebook"])
    for at, name in enumerate(names):
        page.until(f"(name) => {STAGE_DOCUMENT}.about.preset === name", name)
        assert place(page) == f"{at + 1} / {len(names)} · {say(f'presets.{name}')}"
        assert set(numbers(page)) <= {HIDDEN, ""}, name
        settings = PRESETS[name].settings
        steps = settings.size[0] * settings.size[1]
        shown = range(steps + 1) if "step" in lecture_address(name) else ()
        for step in shown:
            page.shows(step=step)
            page.key("PageDown")
        page.shows(step="all")
        page.key("h")
        page.sees("output", canvas(settings))
        page.key("h")
        page.key("PageDown")
    page.shows(step="all")  # at the end of the last nothing follows
    assert page.page.evaluate("window.isSamePage") is True
    page.has_address(preset=names[-1], present=1)
    page.key("Shift+PageUp")  # past the steps
    page.has_address(preset=names[-2], step=0, present=1)


def test_page_up_and_the_arrows_at_the_ends(visit):
    page = presenting(visit, "?preset=padding-1&step=0")
    page.key("PageUp")
    page.has_address(preset="random-weight", step=None, present=1)
    page.idle()
    page.key("PageUp")
    page.shows(step=4)
    page.key("End")
    page.key("ArrowRight")
    page.shows(step="all")
    page.key("ArrowRight")
    page.has_address(preset="padding-1", step=0)
    page.idle()
    page.key("ArrowLeft")
    page.has_address(preset="random-weight", step=None)
    page.idle()
    page.key("Enter")
    page.has_address(preset="padding-1", step=0)
    page.idle()
    page.key("p")
    page.until(f"!{PRESENTING}")
    page.key("End")
    page.key("ArrowRight")
    page.key("ArrowRight")
    page.key("PageDown")
    page.idle()
    page.has_address(preset="padding-1")  # only who presents goes on


def test_the_screen_is_blanked_and_lit(visit):
    page = presenting(visit, "?preset=basic&step=0")
    blank = page.page.locator(".tconv-stage .blank-screen")
    assert blank.is_hidden()
    for dark, light in (("b", "b"), (".", "."), ("b", "PageDown"), (".", "Escape")):
        page.key(dark)
        blank.wait_for(state="visible")
        assert not page.screen().pixels.any(), "it is black"
        page.key("s")  # nothing is changed unseen
        page.key(light)
        blank.wait_for(state="hidden")
    page.idle()
    page.shows(step=0)
    page.has_address(present=1, stride=None, backward=None)
    page.key("Shift+b")
    page.has_address(backward=1)
    page.key("b")
    blank.click()
    blank.wait_for(state="hidden")
    page.key("p")
    page.key("b")  # elsewhere the key is Backward's as ever
    page.has_address(backward=None, present=None)
    assert blank.is_hidden()


# ---- the bar below the picture
def test_the_hyper_parameters_by_their_letters_and_buttons(visit):
    page = presenting(visit, "?preset=basic")
    for key, expected in {
        "s": {"stride": 2},
        "o": {"output_padding": 1},
        "c": {"padding": 1},
        "d": {"dilation": 2},
        "Shift+d": {"dilation": None},
        "Shift+s": {"stride": None},
    }.items():
        page.key(key)
        page.has_address(**expected, present=1)
        page.idle()
    assert page.messages  # what had to move with the stride is said
    page.page.locator(".lecture-bar").get_by_label(say("lecture.more", name="stride")).click()
    page.has_address(stride=2)
    page.page.locator(".lecture-bar").get_by_label(say("lecture.less", name="stride")).click()
    page.has_address(stride=None)
    bar = page.page.locator(".tconv-stage .lecture-bar")
    high = page.board("output").down
    page.key("t")
    bar.wait_for(state="hidden")
    page.key("t")
    bar.wait_for(state="visible")
    assert page.board("output").down == high
    page.key("p")
    bar.wait_for(state="hidden")


def test_an_example_chosen_while_presenting_is_presented(visit):
    page = presenting(visit, "?preset=basic")
    page.key("e")
    page.page.locator(".gallery .listed[data-name=stride-2]").click()
    page.has_address(preset="stride-2", present=1)
    assert page.page.evaluate(PRESENTING)
    assert place(page).startswith("4 / 9")


def test_full_screen(visit):
    page = presenting(visit, "?preset=basic")
    page.key("f")
    page.until("document.fullscreenElement !== null")
    page.key("f")
    page.until("document.fullscreenElement === null")


# ---- one's own playlist
@pytest.fixture
def desk(visit):
    """desk(query): a page of a visitor whose playlists nobody else sees."""
    return partial(visit, fresh=True)


def entries(page):
    """The titles in the panel, of a list of one's own."""
    return page.page.locator(".playlist .states input.title").evaluate_all("(all) => all.map(({ value }) => value)")


def panel_button(page, name):
    return page.page.locator(".playlist").get_by_role("button", name=texts()["lecture"][name], exact=True)


def test_a_list_of_ones_own_is_kept(desk):
    page = desk("?preset=basic&stride=2")
    page.focus()
    page.key("l")
    assert page.page.locator(".playlist .state").count() == len(GROUPS["notebook"])
    panel_button(page, "add").click()
    changed = say("facts.changed", title=say("presets.basic"))
    assert entries(page) == [changed]
    page.key("Escape")
    page.view("Gather")
    page.has_address(view="gather")
    page.key("l")
    panel_button(page, "add").click()
    page.page.locator(".playlist .states input.title").nth(1).fill("By gathering")
    page.key("Tab")
    page.page.get_by_label(say("lecture.up", title="By gathering")).click()
    assert entries(page) == ["By gathering", changed]
    page.page.get_by_label(say("lecture.begins_hidden")).first.check()
    page.page.get_by_label(say("lecture.from_start")).first.check()
    page.page.reload()
    page.ready()
    page.key("l")
    page.page.locator(".playlist select").select_option(label=say("lecture.own"))
    assert entries(page) == ["By gathering", changed]
    panel_button(page, "start").click()
    page.has_address(view="gather", stride=2, step=0)
    page.idle()
    assert set(numbers(page)) == {HIDDEN}
    page.key("p")
    page.until(PRESENTING)
    assert place(page) == "1 / 2 · By gathering"
    page.key("Shift+PageDown")
    page.has_address(view=None, stride=2, step=None, present=1)
    page.sees("output", canvas(PRESETS["stride-2"].settings))  # what the first hid is shown by the second
    assert place(page) == f"2 / 2 · {changed}"
    page.key("l")
    page.page.get_by_label(say("lecture.remove", title="By gathering")).click()
    assert entries(page) == [changed]
    panel_button(page, "remove_list").click()
    page.page.reload()
    page.ready()
    page.key("l")
    assert say("lecture.own") not in page.page.locator(".playlist select").inner_text()


def test_a_list_as_a_file_and_as_a_link(desk, tmp_path):
    page = desk("?preset=stride-2")
    page.page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text }")
    page.key("l")
    panel_button(page, "add").click()
    with page.page.expect_download() as download:
        panel_button(page, "download").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["states"][0]["address"] == "?preset=stride-2"
    panel_button(page, "link").click()
    link = page.until("window.copied")
    panel_button(page, "remove_list").click()
    page.page.locator(".playlist input[type=file]").set_input_files(path)
    page.until("document.querySelectorAll('.playlist .states input.title').length === 1")
    assert entries(page) == [say("presets.stride-2")]
    bad = tmp_path / "bad.json"
    bad.write_text('{"states": 7}')
    page.page.locator(".playlist input[type=file]").set_input_files(bad)
    page.page.locator(".done", has_text=say("lecture.no_file")).wait_for()
    assert entries(page) == [say("presets.stride-2")]
    panel_button(page, "remove_list").click()
    page.page.goto("about:blank")
    page.page.goto(link)
    page.ready()
    page.page.locator(".playlist").wait_for(state="visible")
    assert entries(page) == [say("presets.stride-2")]
    assert page.page.evaluate("location.hash") == ""
    page.has_address(preset="stride-2")


def test_the_spotlight_follows_the_traced_cell(visit):
    page = presenting(visit, "?preset=basic")
    light = page.page.locator(".tconv-stage .spotlight")

    def lit():
        """Where the light's middle is."""
        return page.page.evaluate(
            """() => { const { style } = document.querySelector('.spotlight');
            return ['--x', '--y'].map((name) => parseFloat(style.getPropertyValue(name))) }"""
        )

    page.key("g")
    assert light.is_hidden()  # nothing is traced
    for row, column in ((1, 1), (2, 0)):
        at = page.point("output", row, column)
        page.shows(trace=f"output:0,{row},{column}")
        light.wait_for(state="visible")
        np.testing.assert_allclose(lit(), at, atol=1)
    page.away()
    page.key("Home")
    assert light.is_hidden()
    page.key("ArrowRight")
    assert light.is_visible()  # on the cell of the step
    page.key("g")
    assert light.is_hidden()


def test_a_click_while_a_page_is_on_its_way_passes_over_none(desk):
    page = desk("?preset=basic")
    page.key("l")
    for _ in range(3):
        panel_button(page, "add").click()
    with page.arriving():
        panel_button(page, "start").click()
    page.key("p")
    page.until(PRESENTING)
    with page.arriving():
        page.page.evaluate(
            """() => { for (const _ of [1, 2]) document.body.dispatchEvent(
              new KeyboardEvent('keydown', { key: 'PageDown', shiftKey: true, bubbles: true })) }"""
        )
    page.idle()
    assert place(page) == f"2 / 3 · {say('presets.basic')}"


# ---- read from the last row
@pytest.mark.parametrize(("size", "least"), [((1280, 720), 24), ((1920, 1080), 32)], ids=["720", "1080"])
@pytest.mark.parametrize("preset", ["basic", "shape-round-trip", "conv-matrix"])
def test_the_sizes_are_read_from_the_last_row(visit, size, least, preset):
    page = visit(f"?preset={preset}&present=1", size=size).page
    for part in (".formula", ".result-shape"):
        node = page.locator(f".tconv-stage .facts {part}").first
        assert float(node.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= least
    settings = PRESETS[preset].settings
    shape = (settings.layer.out_channels, *settings.layer.output_size(settings.size))
    assert page.locator(".result-shape").inner_text() == say("lecture.shape", shape="×".join(map(str, shape)))
    for part in (".picture", ".facts", ".lecture-bar"):
        box = page.locator(f".tconv-stage {part}").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= size[1], part
    assert page.evaluate(f"{STAGE}.scrollHeight <= {STAGE}.clientHeight")


def test_more_contrast_by_a_key_and_for_the_session(visit):
    explorer = visit("?preset=basic&present=1", fresh=True)
    page, theme = explorer.page, f"{STAGE}.dataset.theme"
    assert page.evaluate(theme) == "light"
    explorer.key("k")
    assert page.evaluate(theme) == "contrast"
    assert page.locator(".lecture-bar .contrast").get_attribute("aria-pressed") == "true"
    page.reload()
    explorer.ready()
    assert page.evaluate(theme) == "contrast"
    explorer.key("p")
    assert page.locator("[data-testid=stMain]").evaluate("node => getComputedStyle(node).backgroundColor") == BLACK
    explorer.key("p")
    page.locator(".lecture-bar .contrast").click()
    assert page.evaluate(theme) == "light"


def test_who_asks_the_system_for_more_contrast_has_it(visit):
    explorer = visit("?preset=basic", fresh=True, contrast="more")
    assert explorer.page.evaluate(f"{STAGE}.dataset.theme") == "contrast"
    explorer.page.emulate_media(contrast="no-preference")
    explorer.page.locator(".tconv-stage[data-theme=light]").wait_for()


def test_a_link_hides_the_result(visit):
    page = visit("?preset=basic&hide=result")
    assert numbers(page) == [HIDDEN] * 9
    page.click("output", 1, 1)
    page.shows(trace="output:0,1,1")
    page.has_address(hide="result")  # the others are hidden still
    page.key("h")
    page.has_address(hide=None)
    assert HIDDEN not in numbers(page)
    page.key("h")
    page.has_address(hide="result")
    page.page.reload()
    page.ready()
    assert numbers(page) == [HIDDEN] * 9
