"""Playing and stepping: what has been stamped at each step, and what may happen meanwhile."""

import json

import numpy as np
import pytest

from explorer.settings import Settings

from .driver import CONTROLS_SHOWN, FRAMES, PLOT, STAGE, after, canvas, window

FOUR = "?x=1,2,3;4,-5,6&k=1,2;-3,4&stride=2&padding=1"
PLAIN = Settings.of([[1, 2, 3], [4, -5, 6]], [[1, 2], [-3, 4]], stride=2, padding=1)
CHANNELS = Settings.of(
    [[[1, 2], [3, 4]], [[5, 6], [7, -8]]], np.reshape([1, 0, 2, 1, 2, 3, 0, -1, 1, 1, 4, 2, 0, 5, 1, 3], (2, 2, 2, 2))
)
TWO_BY_TWO = "?x=1,2;3,4|5,6;7,-8&k=1,0;2,1|2,3;0,-1|1,1;4,2|0,5;1,3&out_channels=2"
LONG = "?x=" + ";".join([",".join("12345678")] * 8) + "&k=1,2;3,4"
LONG_SETTINGS = {"input": [[1, 2, 3, 4, 5, 6, 7, 8]] * 8, "weight": [[1, 2], [3, 4]]}


@pytest.mark.parametrize(
    ("query", "settings", "channel"),
    [(FOUR, PLAIN, 0), (TWO_BY_TWO + "&channel=0,1", CHANNELS, 1)],
    ids=["one", "channels"],
)
def test_every_step_shows_the_partial_sums(look, query, settings, channel):
    page = look(query)
    last = int(np.prod(np.shape(settings.input)))
    page.sees("output", canvas(settings, channel))
    page.focus()
    page.key("Home")
    page.shows(step=0)
    page.sees("output", after(settings, 0))
    for step in range(1, last + 1):
        page.key("ArrowRight")
        page.shows(step=step)
        page.sees("output", after(settings, step, channel))
        stamping = (step - 1) // np.prod(settings.size)
        page.sees("input", settings.input[stamping])  # the channel that stamps is the one that shows
        if settings is PLAIN:
            value = settings.input[0][(step - 1) // 3][(step - 1) % 3]
            assert f"X[{(step - 1) // 3},{(step - 1) % 3}] = {value:.0f}".replace("-", "−") in page.sentence
    page.sees("output", canvas(settings, channel))
    page.key("ArrowRight")
    page.shows(step="all")
    page.key("ArrowLeft")
    page.shows(step=last)
    page.key("ArrowLeft")
    page.shows(step=last - 1)
    page.sees("output", after(settings, last - 1, channel))
    page.key("End")
    page.shows(step=last)
    page.has_address(step=last)
    page.key("ArrowRight")
    page.has_address(step=None)


def test_the_buttons_and_the_scrubber(look):
    page = look(FOUR + "&step=2")
    page.shows(step=2)
    page.sees("output", after(PLAIN, 2))
    page.page.get_by_label("Step forward").click()
    page.shows(step=3)
    page.page.get_by_label("Step back").click()
    page.page.get_by_label("Step back").click()
    page.shows(step=1)
    page.sees("output", after(PLAIN, 1))
    scrub = page.page.locator(".tconv-stage .scrub")
    box = scrub.bounding_box()
    scrub.click(position={"x": box["width"] * 0.66, "y": box["height"] / 2})
    page.shows(step=4)
    page.sees("output", after(PLAIN, 4))
    page.has_address(step=4)
    page.drag(scrub, 0.66, 0.34)
    page.shows(step=2)
    page.sees("output", after(PLAIN, 2))
    page.has_address(step=2)


@pytest.mark.parametrize("change", ["view", "size"])
def test_a_change_of_view_or_size_shows_all_of_it_done(look, change):
    page = look("")
    page.focus()
    page.key("Home")
    page.key("ArrowRight")
    page.has_address(step=1)
    if change == "view":
        page.view("Matrix")
        page.has_address(view="matrix")
    else:
        page.slide("input_width", "ArrowRight")
        page.shows(window="0,0,3,4")
    page.shows(step="all")
    page.has_address(step=None)


def test_play_and_pause(look):
    page = look(LONG)
    settings = Settings.of(**LONG_SETTINGS)
    page.speed(4)
    page.play_button()
    page.plays_on(3)
    assert page.playing()
    page.play_button()
    assert not page.playing()
    step = int(page.data()["step"])
    page.sees("output", after(settings, step))
    page.has_address(step=step)
    page.page.reload()
    page.ready().shows(step=step)
    page.sees("output", after(settings, step))
    page.focus()
    page.key("Space")
    assert page.plays_on(2) >= step + 2  # it goes on from there
    page.key("Space")
    assert not page.playing()
    page.has_address(step=page.data()["step"])


def test_it_plays_to_the_end_and_starts_again(look):
    page = look("?x=1,2&k=1,2")
    page.speed(4)
    page.focus()
    page.page.evaluate(
        f"""() => {{ window.steps = [];
        const keep = () => window.steps.push({STAGE}.dataset.step);
        new MutationObserver(keep).observe({STAGE}, {{ attributeFilter: ['data-step'] }}); }}"""
    )
    page.key("Space")
    page.until("document.querySelector('.tconv-stage .primary').getAttribute('aria-label') === 'Play'")
    page.has_address(step=2)
    page.key("Space")
    page.until("window.steps.length > 3")
    assert page.page.evaluate("window.steps.slice(0, 4)") == ["0", "1", "2", "0"]


def test_it_plays_on_while_a_slider_moves_and_the_theme_changes(look):
    page = look(LONG)
    page.speed(2)
    page.play_button()
    page.plays_on()
    moved = Settings.of(**LONG_SETTINGS, stride=2)
    page.slide("stride", "ArrowRight")
    page.shows(window=window(moved))
    page.idle()
    assert page.playing()
    page.plays_on(2)
    background = "getComputedStyle(document.querySelector('.tconv-stage')).getPropertyValue('--st-background-color')"
    colours = f"((name) => JSON.stringify({PLOT}.data[0].colorscale))('output')"
    light = page.page.evaluate(f"[{background}, {colours}]")
    page.page.emulate_media(color_scheme="dark")
    page.until(f"([b, c]) => {background} !== b && {colours} !== c", light)
    assert page.playing()
    step = page.plays_on(2)
    page.page.emulate_media(color_scheme="light")
    page.until(f"([b, c]) => {background} === b && {colours} === c", light)
    assert page.playing()
    assert page.plays_on() > step
    page.play_button()
    page.sees("output", after(moved, int(page.data()["step"])))


def test_with_reduced_motion_it_steps_without_moving_anything(look):
    page = look(LONG, reduced_motion="reduce")
    assert page.page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    page.speed(4)
    page.play_button()
    page.plays_on(2)
    running = f"document.getAnimations().filter((a) => {STAGE}.contains(a.effect.target)).length"
    assert page.page.evaluate(running) == 0
    page.plays_on(1)
    assert page.page.evaluate(running) == 0


@pytest.mark.parametrize("query", [LONG, TWO_BY_TWO + "&view=matrix"], ids=["scatter", "matrix"])
def test_nothing_shifts_while_it_plays(visit, query):
    page = visit(query)
    page.speed(4)
    page.focus()
    page.key("Home")
    page.shows(step=0)
    page.page.evaluate(
        """() => { window.places = new Set();
        const nodes = [...document.querySelectorAll('.tconv-stage, .player, .sentence, .facts, .tconv-stage .board')];
        const visit = () => { window.places.add(JSON.stringify(nodes.map((node) => node.getBoundingClientRect())));
          requestAnimationFrame(visit) };
        visit(); }"""
    )
    page.key("Space")
    page.plays_on(8)
    assert page.page.evaluate("window.places.size") == 1


@pytest.mark.parametrize("view", ["scatter", "gather", "matrix"])
def test_a_step_and_a_trace_style_what_they_change_and_not_the_whole_page(look, browser, view):
    """One rule that asks whether the page contains something has the browser style all of it at each change."""
    page = look(f"?preset=stride-2&view={view}")
    page.until(CONTROLS_SHOWN)  # they come after the picture, and are styled then
    page.focus()
    page.key("Home")
    page.page.evaluate(FRAMES)
    browser.start_tracing(page=page.page, categories=["devtools.timeline"])
    page.key("ArrowRight")
    page.shows(step=1)
    page.point("output", 1, 1)
    page.shows(trace="output:0,1,1")
    page.page.evaluate(FRAMES)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    styled = [event["args"]["elementCount"] for event in events if "elementCount" in event.get("args", {})]
    elements = page.page.evaluate("document.querySelectorAll('*').length")
    assert 1 < max(styled) < elements / 4, (styled, elements)
