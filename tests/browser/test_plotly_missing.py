"""plotly.js that hangs, or that is something else: the page says so, its numbers remain, and it steps."""

from importlib.resources import files

import pytest

from explorer.decimals import number_text
from explorer.settings import Settings
from explorer.text import say

from .driver import STAGE, canvas

QUERY = "?x=1,2;3,4"
SETTINGS = Settings.of([[1, 2], [3, 4]], [[0, 1], [2, 3]])
SCRIPT = files("plotly").joinpath("package_data", "plotly.min.js").read_text(encoding="utf-8")
LOGIN = "<!doctype html><html><title>Log in</title><p>Log in to the network</p></html>"
IS_BARE = f"{STAGE}?.dataset.drawn > 0 && {STAGE}.classList.contains('bare')"


def has_numbers(page):
    texts = page.page.locator("[data-grid=output] .cell").all_inner_texts()
    assert texts == [number_text(value) for value in canvas(SETTINGS).ravel()]
    inputs = page.page.evaluate("[...document.querySelectorAll('[data-grid=input] input')].map((cell) => cell.value)")
    assert inputs == ["1", "2", "3", "4"]


def steps(page):
    page.focus()
    page.key("Home")
    page.shows(step=0)
    page.key("End")


@pytest.mark.parametrize(
    ("media_type", "body"),
    [("text/html", LOGIN), ("text/javascript", LOGIN), ("text/javascript", SCRIPT[: len(SCRIPT) // 2])],
    ids=["a-page", "a-page-called-a-script", "half"],
)
def test_what_is_no_plotly_is_said_and_the_numbers_remain(visit, media_type, body):
    page = visit(
        QUERY,
        fresh=True,
        ready=False,
        before=lambda page: page.route(
            "**/assets/plotly*", lambda route: route.fulfill(content_type=media_type, body=body)
        ),
    )
    page.provoked = ["SyntaxError", "Unexpected", "Invalid", "assets/plotly"]
    page.until(IS_BARE)
    assert say("stage.no_plotly") in page.messages
    has_numbers(page)
    steps(page)


def test_a_plotly_that_hangs_is_said_and_the_picture_is_drawn_when_it_comes(visit):
    held = []
    page = visit(
        QUERY,
        fresh=True,
        ready=False,
        before=lambda page: page.route("**/assets/plotly*", lambda route: held.append(route)),
    )
    page.until(IS_BARE)
    assert say("stage.late_plotly") in page.messages
    assert say("stage.no_plotly") not in page.messages
    has_numbers(page)
    steps(page)
    for route in held:
        route.continue_()
    page.until(f"!{STAGE}.classList.contains('bare')")
    page.ready()
    page.sees("output", canvas(SETTINGS))
    assert say("stage.late_plotly") not in page.messages
    assert page.page.locator(".js-plotly-plot").count() >= 3
