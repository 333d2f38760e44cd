"""The address is the state: a server that is killed, a line that is cut, and a key pressed too early lose nothing."""

import shutil
import time
from urllib.parse import urljoin

import numpy as np
import pytest

from explorer.learning.course import Course
from explorer.presets import PRESETS
from explorer.settings import Settings

from .conftest import ROOT, free_port, serving
from .driver import CONTROLS_SHOWN, FRAMES, GONE, HOST, LAPTOP, STAGE, Explorer, canvas

WITHIN = 60_000  # ms: a page is back long before, but a busy machine takes its time
UP = "document.querySelector('[data-testid=connection]')?.dataset.state"


class Visitor(Explorer):
    """A page that will see its server go away: what the browser says of that is no fault of ours."""

    def __init__(self, page, address):
        super().__init__(page)
        self.provoked = GONE
        page.goto(address)
        self.ready()
        self.until(CONTROLS_SHOWN)  # whatever the page needs of its server is there
        page.evaluate("window.never = 'reloaded'")

    def is_down(self):
        self.until(f"{UP} === 'down'")
        return self

    def is_back(self, within=WITHIN):
        """Within that time it is there again, by itself, and was never loaded anew."""
        self.until(f"{UP} === 'up'", within=within)
        assert self.page.evaluate("window.never") == "reloaded"
        self.until(CONTROLS_SHOWN)
        self.idle()
        return self

    def type_into(self, grid, row, column, text):
        self.page.mouse.dblclick(*self.point(grid, row, column))
        self.type(text)
        self.key("Enter")

    @property
    def badge(self):
        return self.text("[data-testid=agreement]")

    @property
    def search(self):
        return self.page.evaluate("location.search")


@pytest.fixture
def visitors(newcomer):
    """Opens pages that end with the test; then: none of them complained of anything but its server."""
    opened = []

    def visit(address):
        page = opened[0].page.context.new_page() if opened else newcomer(urljoin(address, "/"))
        page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
        opened.append(Visitor(page, address))
        return opened[-1]

    yield visit
    for one in opened:
        one.forget()
    assert not [line for one in opened for line in one.complaints()]


@pytest.fixture
def restart(line, forgetful_server):
    """Does to pages on the line what a server does that starts anew: it is gone, and comes back knowing nobody."""

    def restart(*pages):
        line.cut()
        for one in pages:
            one.is_down()
        line.lay_to(forgetful_server)
        line.mend()
        for one in pages:
            one.is_back()

    return restart


def test_every_open_page_comes_back_by_itself(visitors, line, restart):
    pages = {
        name: visitors(line.address + query)
        for name, query in {
            "link": "?preset=stride-2",
            "bare": "",
            "step": "?x=1,2;3,4&k=1,2;3,4&step=2",
            "pin": "?preset=stride-2&view=gather&trace=output:0,1,1",
            "W": "?x=1,2;3,4&view=matrix&trace=W:0,0&padding=1",
            "backward": "?preset=overlap&backward=1&upstream=ones&step=3",
            "present": "?preset=groups&present=1&channel=1,1&step=1",
        }.items()
    }
    for name in ("link", "bare"):
        pages[name].type_into("input", 0, 0, "9")
        pages[name].has_address(x="9,1;2,3")
        pages[name].away()
    pages["step"].focus()
    pages["step"].key("ArrowRight")
    pages["step"].has_address(step=3)
    pages["step"].shows(step=3)
    pages["pin"].key("Escape")
    pages["pin"].click("kernel", 1, 0)
    pages["pin"].has_address(trace="kernel:0,0,1,0")
    pages["pin"].shows(trace="kernel:0,0,1,0")
    before = {name: (page.search, page.data()["step"], page.data()["trace"]) for name, page in pages.items()}
    restart(*pages.values())
    for name, page in pages.items():
        assert (page.search, page.data()["step"], page.data()["trace"]) == before[name], name
    assert pages["present"].page.evaluate(f"{STAGE}.classList.contains('presenting')")
    # The first move afterwards counts, on top of everything.
    for name, settings in (
        ("link", Settings.of([[9, 1], [2, 3]], [[0, 1], [2, 3]], stride=3)),
        ("bare", Settings.of([[9, 1], [2, 3]], [[0, 1], [2, 3]], stride=2)),
    ):
        pages[name].slide("stride", "ArrowRight")
        pages[name].has_address(x="9,1;2,3", stride=settings.layer.stride[0])
        pages[name].sees("output", canvas(settings))
        assert pages[name].page.locator(".tconv-stage [aria-label=Undo]").is_enabled()
    pages["pin"].page.locator("[data-testid=agreement]").click()
    pages["pin"].until("document.querySelectorAll('.tconv-stage .panel .grid').length === 5")
    pages["step"].page.locator(".tconv-stage .backward").click()
    pages["step"].has_address(backward=1)
    pages["W"].view("Scatter")
    pages["W"].has_address(view=None, padding=1)


def test_undo_that_is_gone_is_not_shown_as_there(visitors, line, restart):
    page = visitors(line.address)
    page.slide("stride", "ArrowRight")
    page.until("document.querySelector('.tconv-stage [aria-label=Undo]').ariaDisabled === 'false'")
    restart(page)
    assert page.page.locator(".tconv-stage [aria-label=Undo]").is_disabled()
    page.has_address(stride=2)


def test_while_the_server_is_away_it_plays_and_nothing_looks_computed(visitors, tmp_path):
    port = free_port()
    with serving(port, tmp_path / "one.txt") as address:
        page = visitors(address + "?preset=arange-9")
        assert page.page.locator(".tconv-stage .facts .same").is_visible()
        page.focus()
        page.key("Space")
        page.plays_on()
    page.is_down()
    page.shows(step=9)  # it goes on
    page.key("Space")
    assert page.playing()
    page.key("Space")
    assert not page.playing()
    page.key("Home")
    page.shows(step=0)
    page.key("ArrowRight")
    page.shows(step=1)
    page.point("output", 1, 1)
    page.shows(trace="output:0,1,1")
    # What is typed is kept, and looks like it; Y steps back, and nobody says that the methods agree on it.
    page.type_into("input", 0, 1, "7")
    cell = page.cell("input", 0, 1)
    assert (cell.input_value(), "pending" in cell.get_attribute("class")) == ("7", True)
    assert page.badge == "not computed yet"
    opacity = "(node) => getComputedStyle(node).opacity"
    assert page.page.locator(".grid-output .board").evaluate(opacity) == "0.4"
    assert cell.evaluate("(node) => getComputedStyle(node).outlineStyle") == "dashed"
    assert not page.page.locator(".tconv-stage .facts .same").is_visible()
    assert "(1)" in page.text("[data-testid=connection]")
    # A view needs the server: it is refused where everybody sees it, and the controls cannot be moved.
    page.focus()
    page.key("3")
    page.until("document.querySelector('[data-testid=connection].refused')")
    page.has_address(view=None)
    assert page.page.evaluate("document.querySelector('[data-testid=stSidebar]').inert")
    assert page.page.locator(".tconv-stage [aria-label=Undo]").is_disabled()
    assert page.page.locator("[role=dialog]:visible").count() == 0
    with serving(port, tmp_path / "two.txt"):
        page.is_back()
        page.has_address(preset="arange-9", x="0,7,2;3,4,5;6,7,8", step=1)
        page.key("End")
        page.sees("output", canvas(Settings.of([[0, 7, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])))
        assert page.badge.startswith("5 methods agree")
        assert not page.page.locator("[data-testid=connection]").is_visible()
        assert not page.page.evaluate("document.querySelector('[data-testid=stSidebar]').inert")
        page.key("3")
        page.has_address(view="matrix")


def test_it_plays_on_through_a_restart(visitors, line, restart):
    page = visitors(line.address + "?preset=dv-strides&x=" + ";".join(["1,2,3,4,5,6"] * 6))
    page.focus()
    page.key("Space")
    page.plays_on()
    restart(page)
    assert page.playing()
    page.plays_on(2)


def slowly(route):
    """Pass a request on late: a page waits 5 s at most for its controls, and 4 s for an answer."""
    time.sleep(6)
    route.continue_()


def test_another_version_of_the_stage_takes_the_page_over(visitors, line, tmp_path):
    """Over a slow line, too: what was typed meanwhile waits until its script has come."""
    other = tmp_path / "other"
    shutil.copytree(ROOT / "explorer", other / "explorer")
    shutil.copytree(ROOT / ".streamlit", other / ".streamlit")
    shutil.copy(ROOT / "app.py", other)
    script = other / "explorer" / "stage" / "mount.js"
    script.write_text(script.read_text() + "\n// another version\n")
    page = visitors(line.address + "?preset=stride-2&step=2&present=1")
    page.key("ArrowRight")
    page.has_address(step=3)
    with serving(free_port(), tmp_path / "log.txt", root=other) as address:
        line.cut()
        page.is_down()
        page.type_into("input", 1, 1, "8")
        page.page.route("**/assets/stage-*.js", slowly)
        line.lay_to(address)
        line.mend()
        page.is_back()
        page.has_address(preset="stride-2", step=3, present=1, x="0,1;2,8")
        page.key("End")
        page.sees("output", canvas(Settings.of([[0, 1], [2, 8]], [[0, 1], [2, 3]], stride=2)))


def test_a_run_that_is_drawn_after_a_later_one_changes_nothing(visitors, server):
    page = visitors(server)
    page.page.evaluate(f"window.first = {HOST}.page.data")
    page.type_into("input", 1, 1, "8")
    page.has_address(x="0,1;2,8")
    page.page.evaluate(f"{HOST}.page.update(window.first, () => {{ throw new Error('sent by a run that is over') }})")
    page.page.evaluate(FRAMES)
    assert page.query()["x"] == "0,1;2,8"
    assert page.cell("input", 1, 1).input_value() == "8"
    page.type_into("input", 0, 0, "9")
    page.has_address(x="9,1;2,8")


@pytest.mark.parametrize("forgets", [False, True], ids=["same session", "the session is gone"])
def test_a_line_that_is_cut_for_a_while(visitors, line, forgetful_server, forgets):
    """A short cut, and a laptop that slept for longer than the server remembers a session."""
    if forgets:
        line.lay_to(forgetful_server)
    page = visitors(f"{line.address}?x=1,2;3,4&k=1,2;3,4")
    page.slide("stride", "ArrowRight")
    page.has_address(stride=2)
    page.type_into("input", 0, 0, "9")
    page.has_address(x="9,2;3,4")
    line.cut()
    page.is_down()
    page.type_into("kernel", 1, 1, "-5")
    time.sleep(3)
    line.mend()
    page.is_back()
    page.has_address(x="9,2;3,4", k="1,2;3,-5", stride=2)
    page.sees("output", canvas(Settings.of([[9, 2], [3, 4]], [[1, 2], [3, -5]], stride=2)))
    page.slide("padding", "ArrowRight")
    page.has_address(padding=1, stride=2, k="1,2;3,-5")
    undo = page.page.locator(".tconv-stage [aria-label=Undo]")
    for expected in ({"padding": None}, {"k": "1,2;3,4"}, *([] if forgets else [{"x": "1,2;3,4"}])):
        undo.click()
        page.has_address(**expected)
    assert undo.is_enabled() != forgets


def test_a_line_that_stalls_without_an_end(visitors, line):
    page = visitors(line.address)
    line.stall()
    badge = "document.querySelector('[data-testid=agreement]').textContent"
    page.page.evaluate(
        f"""() => {{ const keep = () => {{ window.firstBadge ??= {badge}; }};
        const afterNextFrame = ({{ key }}) => key === 'Enter' && requestAnimationFrame(() => setTimeout(keep));
        addEventListener('keydown', afterNextFrame, {{ capture: true }}); }}"""
    )
    page.type_into("input", 0, 0, "9")
    first = page.until("window.firstBadge")
    assert first.startswith("5 methods agree")  # a short wait is not worth a word
    page.until(f"{badge} === 'not computed yet'")
    page.is_down()
    page.type_into("input", 0, 1, "8")
    line.mend()
    page.is_back()
    page.has_address(x="9,8;2,3")
    page.sees("output", canvas(Settings.of([[9, 8], [2, 3]], [[0, 1], [2, 3]])))


def test_a_key_pressed_just_after_an_example_is_never_half_applied(visit):
    page = visit("?stride=3&k=1,2;3,4")
    example = PRESETS["arange-9"].settings
    data = f"{HOST}.page.data"
    shown = f"[{data}.address, {data}.document.input, {data}.document.output]"
    strides = set()
    for count in range(10):
        page.go("?stride=3&k=1,2;3,4")
        page.slide("stride")
        before = page.page.evaluate(f"{HOST}.page.data.number")
        page.page.evaluate(f"{HOST}.page.send('preset', {{ name: 'arange-9' }})")
        # From before the answer to 60 ms after it.
        page.until(f"(number) => {HOST}.page.data.number > number", before - (count % 4 == 0))
        page.page.wait_for_timeout(count * 60 / 9)
        page.key("ArrowRight")
        page.until(f"{HOST}.page.data.address.preset === 'arange-9' && {CONTROLS_SHOWN}")
        page.idle()
        page.page.wait_for_timeout(100)
        address, x, y = page.page.evaluate(shown)
        stride = int(address.get("stride", 1))
        strides.add(stride)
        assert address in ({"preset": "arange-9"}, {"preset": "arange-9", "stride": "2"}), count
        assert x == [np.ravel(example.input).tolist()]
        assert y == canvas(Settings.of(example.input, example.weight, stride=stride)).ravel().tolist()
    assert 1 in strides  # some keys did come too early
    page.slide("dilation", "ArrowRight")
    page.has_address(dilation=2)


def test_what_the_stage_asks_for_before_the_controls_are_there_changes_nothing_else(visit):
    page = visit("?preset=basic", fresh=True)
    page.page.evaluate(f"{HOST}.page.send('move', {{ name: 'stride', value: 2 }})")
    page.has_address(stride=2)
    page.until(CONTROLS_SHOWN)
    page.page.evaluate(f"{HOST}.page.send('move', {{ name: 'output_padding', value: 1 }})")
    page.until("new URLSearchParams(location.search).has('output_padding')")
    page.idle()
    assert page.query() == {"stride": "2", "output_padding": "1"}


def test_a_run_that_is_overtaken_by_the_next_leaves_the_stage_where_it_is(visit):
    """Streamlit cleans up after a run that it overtook while the stage of the next one is already on screen."""
    page = visit("?x=1,2;3,4&k=1,2;3,4")
    page.click("input", 0, 1)
    page.page.evaluate(
        f"""async () => {{
        const host = {HOST}, loaded = performance.getEntriesByType('resource').map(({{ name }}) => name);
        const {{ default: draw }} = await import(loaded.find((name) => /stage-.*js$/.test(name)));
        const cleanUp = await draw({{ data: host.page.data, parentElement: host.parentElement, setStateValue() {{}} }});
        cleanUp(); }}"""
    )
    assert page.page.evaluate("document.activeElement.dataset.column") == "1"
    page.key("F2")
    page.until("document.activeElement.matches('input.cell.editing')")


def test_undo_redo_back_and_forward_are_one_history(visit):
    page = visit("", fresh=True)
    page.slide("stride", "ArrowRight")
    page.has_address(stride=2)
    page.slide("dilation", "ArrowRight")
    page.has_address(dilation=2)
    page.choose("Overlaps")
    page.has_address(preset="overlap", stride=None)
    page.page.go_back()
    page.has_address(preset=None, stride=2, dilation=2)
    page.focus()
    page.key("Control+z")  # on from where Back led
    page.has_address(stride=2, dilation=None)
    page.key("Control+Shift+z")
    page.has_address(stride=2, dilation=2)
    page.key("Control+Shift+z")  # what Back left comes back
    page.has_address(preset="overlap", stride=None)
    page.page.go_back()  # and stands in the entry that it had
    page.has_address(preset=None, stride=2, dilation=2)
    page.page.go_forward()
    page.has_address(preset="overlap")
    page.focus()
    page.key("Control+z")  # as Back
    page.has_address(preset=None, stride=2, dilation=2)
    page.page.go_forward()  # so there is a forward
    page.has_address(preset="overlap")


def test_what_others_put_into_the_address_stays(visit):
    page = visit("?embed=true&stride=2&utm_source=course%20one", fresh=True)
    page.page.locator("[data-testid=stExpandSidebarButton]").click()
    page.slide("dilation", "ArrowRight")
    page.has_address(stride=2, dilation=2, embed="true", utm_source="course one")
    assert page.messages == ""


def test_hidden_numbers_do_not_leak_into_another_address(visit):
    page = visit("?x=70,80,90;11,12,13")
    page.slide("stride", "ArrowRight")
    page.has_address(stride=2)
    page.go("?x=1,2;3,4")
    page.slide("input_width", "ArrowRight")
    page.sees("input", [[1, 2, 0], [3, 4, 0]])


def test_an_open_question_of_the_course_goes_on_and_is_answered(visitors, line, restart):
    page = visitors(line.address + "learn?lesson=stride-spaces-stamps&part=2")
    page.page.locator("[data-key=ask]").click()
    page.has_address(question="size.0")
    asked = page.text("[data-testid=question] .ask")
    answer = Course.at(page.search).question.answer
    restart(page)
    assert page.text("[data-testid=question] .ask") == asked
    for at, number in enumerate(answer):
        page.page.locator(f"[data-key='field {at}']").fill(str(number))
    page.key("Enter")
    page.until("document.querySelector('[data-testid=question]').dataset.state === 'right'")
