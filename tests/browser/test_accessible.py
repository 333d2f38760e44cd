"""Accessibility: axe-core on a dark phone and in a frame; the keyboard alone; large zoom; what is said aloud.

Of every page, view and dialog axe-core is asked on the walk of test_chinese.py.

Contrast is axe-core's business where it can tell what lies behind a text. Over a heatmap it cannot: there the palette's
own tests count (tests/figures), and `faint` of the other tests in a browser.
"""

from urllib.parse import quote

import pytest

from explorer.lessons import LESSONS
from explorer.text import say

from .axe import violations
from .driver import CONTROLS_SHOWN, FRAMES, GONE, PHONE, STAGE
from .test_layer import CHAIN
from .test_learn import CHOSEN, Learner, wrong_answer
from .test_upsample import SETTLED
from .texts import badly_placed
from .walk import DIALOG, GROUPS, STATE_OF_LAYER

STREAMLITS = {
    ("region", "[role=listbox]"): "Streamlit puts the open list of a select box at the end of the body, outside of any "
    "landmark; it belongs to its box by aria-controls all the same",
}
"""What axe-core finds in Streamlit's own nodes: (rule, selector) -> why it stays."""

LESSON = "document.querySelector('[data-testid=lesson]')"


# ---- axe-core
def test_no_page_has_a_violation_on_a_dark_phone_and_each_text_has_its_place(visit):
    lesson, (part, _, kind) = next(iter(CHOSEN.items()))
    pages = {
        "?preset=stride-2&trace=output:0,1,1": None,
        f"?{GROUPS}&view=matrix": None,
        f"learn?lesson={lesson}&part={part}&question={kind}.0": f"{LESSON}?.querySelector('.question')",
        f"layer?layer={quote(CHAIN)}&input=1x1&target=32x32": STATE_OF_LAYER,
        "upsample?open=stacked,training": SETTLED,
    }
    found = {}
    for query, settled in pages.items():
        page = visit(query, ready=settled is None, size=PHONE, color_scheme="dark")
        if settled:
            page.until(settled)
        page.page.evaluate(FRAMES)
        found[query] = violations(page.page, STREAMLITS)[0] + badly_placed(page.page)
    assert {query: wrong for query, wrong in found.items() if wrong} == {}


def test_a_page_in_a_frame_has_no_violation_and_what_is_allowed_is_no_more_than_it_must_be(visit):
    page = visit("?preset=stride-2&embed=true", fresh=True)
    assert violations(page.page, {}) == ([], set())
    page = visit("?preset=stride-2")
    page.page.locator(".st-key-preset input").click()
    page.page.locator("[role=listbox]").wait_for()
    found, used = violations(page.page, STREAMLITS)
    assert (found, used) == ([], set(STREAMLITS))


# ---- the keyboard alone
COVERED = """() => {
  const able = "a[href], button, input, select, textarea, summary, [tabindex]";
  const isStop = (node) => node.tabIndex >= 0 && !node.disabled && !node.closest("[inert], [aria-hidden=true]")
    && node.checkVisibility({ visibilityProperty: true });
  const within = [0.5, 0.2, 0.8];
  const between = (low, value, high) => Math.min(Math.max(low, value), high);
  const isSeen = (node) => {
    if (node.offsetWidth <= 1) node.focus(); // a link for those who come by Tab: it shows while it has the focus
    const own = node.closest("label, [data-testid=stSlider], [data-testid=stCheckbox]") ?? node;
    own.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = own.getBoundingClientRect();
    const [left, right] = [box.left, box.right].map((x) => between(0, x, innerWidth));
    const [top, bottom] = [box.top, box.bottom].map((y) => between(0, y, innerHeight));
    const at = (x, y) => document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
    const isHit = within.some((x) => within.some((y) => own.contains(at(x, y))));
    if (document.activeElement === node) node.blur();
    return isHit; };
  const found = [...document.querySelectorAll(able)].filter(isStop);
  const hidden = found.filter((node) => !isSeen(node)).map((node) => node.outerHTML.slice(0, 120));
  scrollTo(0, 0);
  const scrollers = "html, .tconv-stage.presenting, [data-testid=stMain]";
  const overs = [...document.querySelectorAll(scrollers)].map((node) => node.scrollWidth - node.clientWidth);
  const wide = Math.max(...overs);
  return { stops: found.length, hidden, wide }; }"""
"""The stops of the Tab key: how many there are; which of them something covers, or no scrolling brings into sight."""

INERT = "document.querySelectorAll('[inert]').length"
SIDEBAR = "[data-testid=stSidebar]"
HAS_FOCUS = "(selector) => document.activeElement?.closest(selector) !== null"
STAYS_IN = f"(selector) => ({HAS_FOCUS})(selector) || document.activeElement === document.body"
"""Whether Tab stays in a dialog: of a native one it leads to the browser's own controls too, then nothing has it."""


def reached(page):
    """What COVERED finds, once the page rests."""
    page.evaluate(FRAMES)
    return page.evaluate(COVERED)


def test_while_a_stage_presents_the_keyboard_stays_on_it(visit):
    page = visit("?preset=stride-2")
    page.until(CONTROLS_SHOWN)
    assert reached(page.page)["hidden"] == []
    thumb = page.page.locator(".st-key-stride input[type=range]").first
    thumb.focus()
    page.page.evaluate(f"{STAGE}.querySelector('.present').click()")
    page.until(f"document.querySelector('{SIDEBAR}').inert && document.activeElement === {STAGE}")
    found = reached(page.page)
    assert found["hidden"] == []
    assert found["stops"] > 20
    assert found["stops"] == page.page.evaluate(f"({COVERED})().stops")
    page.key("s")  # the page is drawn anew: its controls, too
    page.has_address(stride=3)
    page.idle()
    assert reached(page.page)["hidden"] == []
    page.key("Escape")
    page.until(f"{INERT} === 0")
    page.page.evaluate(FRAMES)
    assert page.page.evaluate(HAS_FOCUS, ".st-key-stride")


def test_the_page_is_free_again_after_back_and_after_a_server_that_returns(visit, line):
    page = visit("?preset=stride-2", server_address=line.address, fresh=True)
    page.provoked = GONE
    page.until(CONTROLS_SHOWN)
    page.focus()
    page.go("?preset=padding-1&present=1")
    assert page.page.evaluate(f"document.querySelector('{SIDEBAR}').inert")
    line.cut()
    page.until("document.querySelector('[data-testid=connection]').dataset.state === 'down'")
    line.mend()
    page.until("document.querySelector('[data-testid=connection]').dataset.state === 'up'")
    page.idle()
    assert page.page.evaluate(
        f"document.querySelector('{SIDEBAR}').inert"
    )  # the server is back, the cover is still there
    page.page.go_back()
    page.until(f"{INERT} === 0")


def test_dialogs_take_the_focus_keep_it_and_give_it_back(visit):
    page = visit("?preset=stride-2")
    page.until(CONTROLS_SHOWN)
    for opener, dialog in {
        ".tconv-stage .bar .keys": ".help",
        ".tconv-stage .example .name": ".gallery",
        ".tconv-stage .lists": ".playlist",
        ".tconv-stage .bar .code": "[role=dialog]",
    }.items():
        page.page.locator(opener).focus()
        page.key("Enter")
        page.page.locator(dialog).first.wait_for()
        page.until(HAS_FOCUS, dialog)
        if dialog == "[role=dialog]":
            page.idle()
            page.page.locator(f"{DIALOG} pre[tabindex='0']").wait_for()
        for _ in range(8):
            page.key("Tab")
            assert page.page.evaluate(STAYS_IN, dialog)
        if not page.page.evaluate(HAS_FOCUS, dialog):
            page.key("Tab")  # back from the browser's controls, which are slow to give the focus on
            page.until(HAS_FOCUS, dialog)
        page.key("Escape")
        page.until(HAS_FOCUS, opener)


# ---- large zoom: a window of 1280×720 at 200 % and at 400 %
@pytest.mark.parametrize("size", [(640, 360), (320, 256)], ids=["200 %", "400 %"])
def test_at_large_zoom_nothing_is_cut_and_all_is_reached(visit, size):
    found = {}
    for query in ("?preset=stride-2", f"?{GROUPS}&view=matrix", "?preset=stride-2&present=1"):
        found[query] = reached(visit(query, size=size).page)
    others = {
        "learn": f"{LESSON} !== null",
        f"learn?lesson={next(iter(LESSONS))}": f"{LESSON} !== null && {STAGE}?.dataset.drawn > 0",
        "layer?layer=nn.ConvTranspose2d(128,+64,+3,+2,+1)&input=16x16&target=32x32": STATE_OF_LAYER,
        "upsample": SETTLED,
    }
    for query, settled in others.items():
        page = visit(query, ready=False, size=size)
        page.until(settled)
        found[query] = reached(page.page)
    assert {query: one["hidden"] for query, one in found.items() if one["hidden"]} == {}
    assert {query: one["wide"] for query, one in found.items() if one["wide"] > 0} == {}


# ---- what is said aloud
SPEAKING = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]"
HEARD = f"""() => {{
  window.heard = [];
  const isLoud = (node) => node && node.closest("[aria-live=off]") === null;
  new MutationObserver((changes) => {{
    const places = new Set(changes.map(({{ target }}) =>
      (target.nodeType === 1 ? target : target.parentElement)?.closest("{SPEAKING}")).filter(isLoud));
    for (const place of places) if (place.textContent.trim()) window.heard.push(place.textContent.trim());
  }}).observe(document.body, {{ childList: true, subtree: true, characterData: true }}); }}"""
"""Keep what a screen reader would say: the text of each live region that changes and was there before."""


def heard(page):
    """What was said since the last question."""
    page.evaluate(FRAMES)
    return page.evaluate("window.heard.splice(0)")


def test_each_step_is_said_and_playing_says_only_where_it_stops(visit):
    page = visit("?preset=stride-2")
    page.page.evaluate(HEARD)
    page.focus()
    page.key("Home")
    page.key("ArrowRight")
    page.shows(step=1)
    assert heard(page.page)[-1] == page.sentence
    page.away()
    assert heard(page.page) == []  # what stands there already is not said again
    page.key("Home")
    page.speed(4)
    heard(page.page)
    page.play_button()
    page.until(f"{STAGE}.dataset.step === '4'")
    page.until(f"{STAGE}.querySelector('[data-testid=trace-sentence]').ariaLive === 'polite'")
    assert heard(page.page) == [page.sentence]
    page.page.mouse.dblclick(*page.point("input", 1, 1))
    page.type("x")
    page.key("Enter")
    page.page.locator(".tconv-stage .bubble").wait_for()
    assert page.text(".tconv-stage .bubble") in heard(page.page)


def test_a_verdict_is_said(visit):
    lesson, (part, _, kind) = next(one for one in CHOSEN.items() if one[1][2].startswith("size"))
    someone = Learner(visit(f"learn?lesson={lesson}&part={part}&question={kind}.0", ready=False))
    someone.is_asked(kind, 0)
    someone.page.evaluate(HEARD)
    question = someone.question()
    someone.answer(question, wrong_answer(question))
    someone.state("wrong")
    verdict = someone.page.locator(".question .verdict").inner_text()
    said = [one for one in heard(someone.page) if one.startswith(say("learn.wrong"))]
    assert len(said) == 1
    assert said[0].removeprefix(say("learn.wrong")).strip() in verdict


def test_what_comes_of_a_change_is_said_on_the_pages_of_layers_and_of_upsampling(visit):
    page = visit("layer?layer=nn.ConvTranspose2d(128,+64,+3,+2,+1)&input=16x16&target=32x32", ready=False)
    page.until(STATE_OF_LAYER)
    page.page.evaluate(HEARD)
    verdict = page.text("[data-testid=verdict]")
    page.page.locator("#tconv-layer-target").fill("31x31")
    page.until("(text) => document.querySelector('[data-testid=verdict]').innerText !== text", verdict)
    assert page.page.locator("[data-testid=verdict]").text_content() in heard(page.page)
    page = visit("upsample", ready=False)
    page.until(SETTLED)
    page.page.evaluate(HEARD)
    verdict = page.text("[data-testid=verdict]")
    page.page.locator("[data-testid=slider-stride]").focus()
    page.key("ArrowRight")
    page.until("(text) => document.querySelector('[data-testid=verdict]').innerText !== text", verdict)
    assert page.page.locator("[data-testid=verdict]").text_content() in heard(page.page)


def test_every_number_and_every_grid_has_a_name(visit):
    page = visit("?preset=stride-2&view=matrix")
    names = """() => [...document.querySelectorAll('.tconv-stage .layer')].map((layer) =>
      [layer.dataset.grid, layer.getAttribute('role'), layer.ariaLabel,
       [...layer.querySelectorAll('.cell')].map((cell) => cell.ariaLabel)])"""
    for name, role, label, cells in page.page.evaluate(names):
        assert role in ("group", "table", "img"), name
        assert label, name
        assert all(cells), name
        assert len(set(cells)) == len(cells), name


# ---- less motion, and the system's own colours
def test_whoever_wants_no_motion_sees_none_and_may_play(visit):
    page = visit("?x=1,2,3,4&k=1,2,3", reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll('.tconv-stage *, .tconv-stage')].filter((node) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(node);
      return transitionDuration.split(', ').some((time) => parseFloat(time) > 0) || animationName !== 'none'
        || scrollBehavior === 'smooth'; }).map((node) => node.className)"""
    assert page.page.evaluate(moving) == []
    page.speed(4)
    page.play_button()
    page.until(f"Number({STAGE}.dataset.step) > 1")
    assert page.page.evaluate(moving) == []


def test_with_the_systems_colours_what_counts_is_told_by_lines(visit):
    page = visit("?preset=stride-2&trace=output:0,1,1", forced_colors="active", color_scheme="dark")
    looks = """(selector) => { const style = getComputedStyle(document.querySelector(selector));
      return [style.borderStyle, style.borderWidth, style.borderColor, style.outlineStyle, style.outlineColor] }"""
    assert page.page.evaluate(looks, ".views [aria-pressed=true]") != page.page.evaluate(
        looks, ".views [aria-pressed=false]"
    )
    assert len(set(page.colours("kernel").values())) >= 1
    assert page.colours("output") != page.colours("input")
    page.page.locator(".tconv-stage .present").focus()
    page.key("Shift+Tab")
    page.key("Tab")
    style, *_ = page.page.evaluate(looks, ".tconv-stage .present:focus-visible")[3:]
    assert style == "solid"
