"""Everything without a mouse, and presenting."""

import pytest

from explorer.decimals import number_text
from explorer.settings import Settings
from explorer.text import texts

from .driver import LAPTOP, PROJECTOR, STAGE, after, canvas

QUERY = "?x=1,2,3;4,5,6&k=1,2;3,4"
SETTINGS = Settings.of([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]])
# What has the keyboard: a grid by its name, a button by its label, else the class.
FOCUSED = """(() => { const node = document.activeElement, layer = node.closest('[data-grid]');
  return layer ? layer.dataset.grid : node.dataset.testid ?? node.getAttribute('aria-label') ?? node.className })()"""
PRESENTING = f"{STAGE}.classList.contains('presenting')"


def tab_to(page, name):
    """Press Tab until a grid has the keyboard."""
    for _ in range(40):
        page.key("Tab")
        if page.page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"Tab does not reach {name}")


@pytest.mark.parametrize("view", ["scatter", "matrix"])
def test_tab_reaches_every_control_and_grid(look, view):
    page = look(f"{QUERY}&view={view}")
    page.focus()
    reached = []
    for _ in range(40):
        page.key("Tab")
        reached.append(page.page.evaluate(FOCUSED))
        if reached[-1] == "Speed":
            break
    words = texts()["stage"]
    grids = (
        ["input", "kernel", "output"]
        if view == "scatter"
        else ["WT", "vec_input", "vec_output", "input", "kernel", "output", "W"]
    )
    assert [name for name in reached if name in grids] == grids
    steps = {words[name] for name in ("start", "back", "play", "forward", "end", "scrub", "speed")}
    wanted = {"agreement", words["keys"], *steps, *grids}
    assert wanted <= set(reached)
    page.key("Shift+Tab")
    assert page.page.evaluate(FOCUSED) != words["speed"]


def test_a_focused_grid_is_traced_and_its_cell_moves(look):
    page = look(QUERY)
    page.focus()
    tab_to(page, "input")
    page.shows(trace="input:0,0,0")
    page.key("Shift+ArrowDown")
    page.key("Shift+ArrowRight")
    page.key("Shift+ArrowRight")
    page.shows(trace="input:0,1,2")
    page.has_address(trace="input:0,1,2")
    page.key("Shift+ArrowRight")  # there is no further cell
    page.key("Shift+ArrowUp")
    page.shows(trace="input:0,0,2")
    page.key("Escape")
    page.shows(trace="")
    tab_to(page, "kernel")
    page.shows(trace="kernel:0,0,0,0")
    tab_to(page, "output")
    page.shows(trace="output:0,0,0")
    assert "1·1 = 1" in page.sentence
    page.has_address(trace=None)
    page.key("Enter")
    page.has_address(trace="output:0,0,0")
    page.key("Shift+ArrowDown")
    page.key("Shift+ArrowRight")
    page.has_address(trace="output:0,1,1")
    assert page.sentence.endswith(f" = {number_text(canvas(SETTINGS)[1, 1])}")
    page.key("Tab")
    page.shows(trace="output:0,1,1")  # a pin stays where the keyboard goes


def test_the_keys_step_and_play_from_anywhere_on_the_page(look):
    page = look(QUERY)  # the keyboard is nowhere in particular
    page.key("ArrowLeft")
    page.shows(step=6)
    page.key("Home")
    page.shows(step=0)
    page.key("ArrowRight")
    page.shows(step=1)
    page.sees("output", after(SETTINGS, 1))
    page.slide("stride", "ArrowRight")  # a slider keeps its own arrows
    page.has_address(stride=2)
    page.shows(step=1)
    page.focus()
    page.key("End")
    page.shows(step=6)
    page.key("Space")
    assert page.playing()
    page.key("Space")
    assert not page.playing()


def test_the_keys_reach_the_stage_after_a_choice(look):
    page = look(QUERY)
    page.click("input", 0, 0)  # a click alone never makes a digit an edit
    page.key("3")
    page.has_address(view="matrix", x="1,2,3;4,5,6")
    page.key("b")
    page.has_address(backward=1)
    page.key("b")
    page.key("1")
    page.has_address(view=None, backward=None)
    assert not page.editing()
    page.slide("stride", "ArrowRight")
    page.has_address(stride=2)
    page.key("Space")
    assert page.playing()
    page.key("Space")
    page.key("2")
    page.has_address(view="gather")
    page.choose("Stride 2")
    page.has_address(preset="stride-2")
    page.until(f"document.activeElement === {STAGE}")
    page.key("Home")
    page.key("ArrowRight")
    page.shows(step=1)
    page.key("Space")
    assert page.playing()
    page.key("Space")
    page.page.locator(".tconv-stage .look").click()
    page.key("Space")
    assert page.playing()
    page.key("Space")
    page.focus()
    tab_to(page, "input")
    page.key("3")  # a cell that the keyboard has reached
    assert page.editing()


def test_the_focus_stays_where_a_choice_was_made(look):
    page = look("?preset=two-channels-add&stride=2")

    def press(selector, **address):
        """Press a button by the keyboard; it keeps the focus."""
        node = page.page.locator(f".tconv-stage {selector}").first
        node.focus()
        page.key("Enter")
        page.has_address(**address)
        page.until("(selector) => document.activeElement.matches(selector)", selector)

    press(".tab[data-key='in 1']", channel="1,0")
    press(".block[data-key='block 0 0']", channel=None)
    press("[aria-label='To the start']", step=0)
    press(".backward", backward=1, step=None)
    press(".backward", backward=None)
    press(".present", present=1)
    press(".views [data-key=gather]", present=1, view="gather")
    press(".present", present=None)
    page.slide("stride", "ArrowRight")
    page.has_address(stride=3)
    press("[aria-label=Undo]", stride=2)
    press("[aria-label=Redo]", stride=3)


def test_notices_are_closed_one_by_one_and_by_escape(look):
    page = look("?stride=9&padding=9&dilation=9")
    notices = page.page.locator(".tconv-stage .notice")
    assert notices.count() == 3
    notices.nth(1).get_by_role("button").click()
    assert notices.count() == 2
    assert "padding" not in page.messages
    assert page.page.evaluate("document.activeElement.className") == "close-notice"
    page.click("output", 1, 1)
    page.key("Escape")  # first the pin
    assert notices.count() == 2
    page.key("Escape")
    assert notices.count() == 0


def test_the_list_of_keys(look):
    page = look(QUERY)
    page.click("output", 1, 1)
    page.has_address(trace="output:0,1,1")
    page.focus()
    page.key("?")
    dialog = page.page.locator(".tconv-stage .help")
    dialog.wait_for(state="visible")
    shown = dialog.inner_text().splitlines()
    assert [one for one in texts()["stage"]["shortcuts"].values() if not {one["keys"], one["does"]} <= set(shown)] == []
    page.key("ArrowLeft")  # the stage's keys rest while the list is open
    page.key("Escape")
    dialog.wait_for(state="hidden")
    page.shows(trace="output:0,1,1", step="all")  # Escape closed the list, not the pin
    page.page.locator(".tconv-stage .bar button", has_text="?").click()
    dialog.wait_for(state="visible")
    dialog.get_by_text(texts()["stage"]["close"]).click()
    dialog.wait_for(state="hidden")


@pytest.mark.parametrize("view", ["scatter", "matrix"])
def test_presenting(look, view):
    page = look(f"{QUERY}&stride=2&view={view}")
    page.focus()
    page.key("p")
    page.until(PRESENTING)
    page.has_address(present=1)
    for size in (LAPTOP, PROJECTOR):
        page.resize(size)
        spare = page.page.evaluate(
            f"""() => {{ const stage = {STAGE}, box = stage.getBoundingClientRect();
            const shown = [...stage.querySelectorAll('.board, .facts, .sentence, .player')];
            const last = Math.max(...shown.map((node) => node.getBoundingClientRect().bottom));
            return [box.top, box.left, box.width - innerWidth, box.height - innerHeight,
                    Math.max(0, last - innerHeight),
                    stage.scrollHeight - stage.clientHeight, stage.scrollWidth - stage.clientWidth] }}"""
        )
        assert spare == [0] * 7, size
        # The controls lie behind the stage: wherever one points, one meets the stage.
        met = "([x, y]) => !!document.elementFromPoint(x, y).closest('[data-testid=stage]')"
        for x, y in ((20, 20), (120, 160), (300, size[1] - 20), (size[0] - 20, 20)):
            assert page.page.evaluate(met, [x, y]), (x, y)
    page.click("output", 1, 1)
    page.has_address(trace="output:0,1,1", present=1)
    page.page.reload()
    page.ready().until(PRESENTING)
    page.away()
    page.focus()
    page.key("Escape")  # first the pin
    page.has_address(trace=None, present=1)
    page.key("Escape")
    page.until(f"!{PRESENTING}")
    page.has_address(present=None, view="matrix" if view == "matrix" else None)


def test_present_mode_stays_through_a_rerun_and_is_left_for_good(look):
    page = look("?stride=2")
    page.focus()
    page.key("p")
    page.has_address(present=1)
    page.key("p")
    page.has_address(present=None)
    page.view("Matrix")
    page.has_address(view="matrix", present=None)
    page.focus()
    page.key("p")
    page.has_address(present=1)
    page.click("output", 0, 0)
    page.page.mouse.dblclick(*page.point("input", 1, 1))
    page.until("document.activeElement.matches('input.cell.editing')")
    page.type("9")
    page.key("Enter")
    page.sees("input", [[0, 1], [2, 9]])
    page.idle()
    page.has_address(present=1)
    assert page.page.evaluate(PRESENTING)
