"""A walk through every page of the explorer: its views, dialogs, menus, questions and messages, one after the other.

Each state is (name, page, the part of it that axe-core is asked of: a selector, "" for all, None for nothing).
"""

from collections.abc import Iterator
from urllib.parse import quote

from playwright.sync_api import Page

from explorer.networks.page.state import FRAMEWORKS, SECTIONS

from .driver import CONTROLS_SHOWN, FRAMES, HOST, Explorer
from .test_layer import CHAIN
from .test_learn import CHOSEN, Learner, as_given, wrong_answer
from .test_upsample import PANEL, SAID, SETTLED

State = tuple[str, Page, str | None]
GROUPS = "x=1,2;3,4|5,6;7,8|1,0;0,1|2,0;0,2&k=" + "|".join(["1,2;3,4"] * 8) + "&groups=2&out_channels=4"
VIEWS = ("scatter", "gather", "matrix")
TRACES = ("input:0,0,0", "kernel:0,0,0,0", "W:0,0&view=matrix")
DIALOG = "[data-testid=stDialog]"
LAYER = "document.querySelector('[data-testid=layer]')"
STATE_OF_LAYER = "document.querySelector('[data-testid=layer]')?.dataset.state && document.fonts.status === 'loaded'"
LAYERS = {
    "empty": ("?layer=", "shown"),
    "a chain": (f"?layer={quote(CHAIN)}&input=1x1&target=32x32", "shown"),
    "not read": ("?layer=foo(&input=16x16&target=x", "stale"),
    "all open": (
        f"?layer=nn.ConvTranspose2d(128,+64,+3,+2,+1)&input=16x16&target=32x32&open={'-'.join(SECTIONS)}",
        "shown",
    ),
}
"""Texts on the page of layers: the address, and the state that the page says it is in."""


def walk(visited: Explorer) -> Iterator[tuple[str, Iterator[State]]]:
    """Each page and its states, from the explorer on, in the same browser."""
    page, address = visited.page, visited.page.url.partition("?")[0]
    yield "explorer", explorer_states(visited)
    page.goto(f"{address}?preset=stride-2")
    visited.ready()
    yield "dialog", dialog_states(visited)
    page.goto(f"{address}learn")
    yield "learn", learn_states(Learner(visited))
    page.goto(f"{address}layer")
    yield "layer", layer_states(visited)
    page.goto(f"{address}upsample")
    yield "upsample", upsample_states(visited)


def go(visited: Explorer, query: str) -> None:
    """Go to another address of a page that is one panel, as Forward does."""
    visited.page.evaluate(
        "(query) => { history.pushState(history.state, '', query); dispatchEvent(new PopStateEvent('popstate')) }",
        query,
    )
    visited.page.evaluate(FRAMES)


# ---- the explorer
def explorer_states(page: Explorer) -> Iterator[State]:
    """Traces, the views, what can stand on them, what is refused, and a stage that presents."""
    for trace in TRACES:
        page.go(f"?{GROUPS if trace.startswith('kernel') else 'preset=stride-2'}&trace={trace}")
        yield trace, page.page, None
    page.go("?preset=padding-1&step=0&backward=1")
    yield "no step yet", page.page, None
    yield from _refusals(page)
    for view in VIEWS:
        for backward in ("", "&backward=1"):
            page.go(f"?preset=stride-2&view={view}{backward}")
            is_first = view == VIEWS[0] and not backward
            yield f"{view}{backward}", page.page, "" if is_first else ".tconv-stage"
        page.go(f"?{GROUPS}&view={view}&trace=output:1,0,0")
        yield f"{view}, four channels in groups", page.page, ".tconv-stage"
    page.go("?preset=stride-2&trace=output:0,1,1&step=2&what_if=any")
    yield "pinned", page.page, ".tconv-stage .sentence"
    page.key("w")
    page.page.locator("[data-testid=what-if]").wait_for()
    yield "what if", page.page, "[data-testid=what-if]"
    page.key("Escape")
    page.page.locator("[data-testid=agreement]").click()
    page.page.locator(".tconv-stage .methods figure").first.wait_for()
    yield "methods", page.page, ".tconv-stage .panel"
    page.go("?x=1,2,3,4&k=1,2,3&stride=99&hide=result")
    yield "one dimension, hidden, with a notice", page.page, ".tconv-stage"
    page.go("?preset=stride-2&present=1")
    yield "presenting", page.page, ""


def _refusals(page: Explorer) -> Iterator[State]:
    """A cell that is refused, a control's help, and a list without a result."""
    page.go("?preset=stride-2&crop=0,1&bias=1")
    page.page.mouse.dblclick(*page.point("input", 1, 1))
    page.type("5 apples")
    page.key("Enter")
    page.page.locator(".tconv-stage .bubble").wait_for()
    yield "refused", page.page, None
    page.key("Escape")
    page.page.locator(".st-key-preset [data-testid=stTooltipIcon], .st-key-preset button").first.hover()
    yield "a help", page.page, None
    page.page.locator(".st-key-preset input").fill("5 apples")
    page.page.evaluate(FRAMES)
    yield "no example", page.page, None
    page.key("Escape")


def dialog_states(page: Explorer) -> Iterator[State]:
    """The dialogs, and the menus and lists that open."""
    page.until(CONTROLS_SHOWN)
    page.focus()
    for name, key, within in (("keys", "?", ".help"), ("examples", "e", ".gallery"), ("playlists", "l", ".playlist")):
        opened = page.page.locator(f".tconv-stage {within}")
        page.key(key)
        opened.wait_for()
        yield name, page.page, f".tconv-stage {within}"
        page.key("Escape")
        opened.wait_for(state="hidden")
    page.page.locator(".grid-input .menu-button").click()
    yield "menu of X", page.page, ".tconv-stage .grid-input"
    page.page.locator(".grid-input [role=menuitem][data-name=paste]").click()
    yield "paste", page.page, "[data-testid=paste]"
    page.key("Escape")
    page.fill("output", "afterwards")
    yield "afterwards", page.page, "[data-testid=afterwards]"
    page.key("Escape")
    page.page.mouse.dblclick(*page.point("input", 1, 1))
    yield "an edit", page.page, ".tconv-stage .grid-input"
    page.key("Escape")
    for name, more in {"cost": None, "code": _a_program, "export": _a_file}.items():
        opened_dialog(page, name)
        yield name, page.page, DIALOG
        if more:
            yield from more(page)
        closed_dialog(page)
    yield from _comparisons(page)


def _a_program(page: Explorer) -> Iterator[State]:
    """The button that a pointer brings out."""
    page.page.locator(f"{DIALOG} [data-testid=stCode]").hover()
    yield "a program", page.page, None


def _a_file(page: Explorer) -> Iterator[State]:
    """A width that is typed, and a picture of the link."""
    page.page.locator(f"{DIALOG} input[type=number]").fill("700")
    yield "a width", page.page, None
    page.page.locator(".st-key-export_qr button").click()
    page.page.locator(f"{DIALOG} .st-key-qr img").wait_for()
    yield "qr", page.page, DIALOG


def _comparisons(page: Explorer) -> Iterator[State]:
    """A text that is no result from elsewhere, and a result that is another."""
    page.fill("output", "compare")
    said = ""
    for name, text, within in (
        ("a grid that is none", "5 apples", None),
        ("compare", "0 0 0 1\n0 0 2 3\n0 2 0 3\n4 6 6 8", DIALOG),
    ):
        page.page.locator(f"{DIALOG} textarea").fill(text)
        page.page.locator(".st-key-compare_button button").click()
        alert = f"document.querySelector('{DIALOG} [role=alert]')?.innerText"
        said = page.until(f"(said) => {alert} !== said && {alert}", said)
        page.idle()
        yield name, page.page, within
    closed_dialog(page)


def opened_dialog(page: Explorer, name: str) -> None:
    """Open one of Streamlit's dialogs."""
    if page.page.locator(f".tconv-stage .bar .{name}").is_hidden():  # a phone's bar has no room for them
        page.page.evaluate(f"(name) => {HOST}.page.send('dialog', {{ name, address: location.href }})", name)
    else:
        page.page.locator(f".tconv-stage .bar .{name}").click()
    page.page.locator(f"{DIALOG} [role=dialog]").wait_for()
    page.idle()


def closed_dialog(page: Explorer) -> None:
    """Close it."""
    page.key("Escape")
    page.page.locator(DIALOG).wait_for(state="detached")
    page.idle()


# ---- the course
def learn_states(someone: Learner) -> Iterator[State]:
    """A lesson's part, a term, each kind of question, open and answered, and the practice."""
    page = someone.page
    someone.is_welcome()
    yield "welcome", page, ""
    kinds = set()
    for lesson, (part, _, kind) in CHOSEN.items():
        name = kind.partition(":")[0]
        if name in kinds:
            continue
        kinds.add(name)
        if len(kinds) == 1:
            _learn(someone, f"?lesson={lesson}&part={part}")
            someone.is_at(lesson, part)
            yield "a part", page, ".tconv-lesson"
            page.locator(".tconv-lesson .term").first.click()
            yield "a term", page, ".tconv-lesson"
        _learn(someone, f"?lesson={lesson}&part={part}&question={kind}.0")
        someone.is_asked(kind, 0)
        question = someone.question()
        someone.answer(question, wrong_answer(question))
        someone.state("wrong")
        yield f"question {kind}, wrong", page, "" if len(kinds) == 1 else ".tconv-lesson"
    question = someone.question()
    someone.answer(question, as_given(question, question.answer))
    someone.state("right")
    yield "right", page, ".tconv-lesson"
    _learn(someone, "?lesson=practice")
    someone.explorer.until("document.querySelector('[data-testid=lesson]')?.dataset.lesson === 'practice'")
    yield "practice", page, None


def _learn(someone: Learner, search: str) -> None:
    """Go to another address of the course, as its own links do."""
    someone.page.evaluate(f"(search) => {HOST}.page.visit(search)", search)


# ---- layers and upsampling
def layer_states(visited: Explorer) -> Iterator[State]:
    """An empty text, one that cannot be read, a chain, all that can be folded, and the program of each framework."""
    page = visited.page
    visited.until(STATE_OF_LAYER)
    for name, (query, state) in LAYERS.items():
        _answered(visited, LAYER, query, f"{LAYER}.dataset.state === '{state}'")
        yield name, page, "" if name == "all open" else "[data-testid=layer]"
    for name in FRAMEWORKS:
        query = f"?layer=nn.ConvTranspose2d(2,+4,+3,+2,+1)&input=4x4&open=program-trip&framework={name}"
        _answered(visited, LAYER, query, f"{LAYER}.dataset.state === 'shown'")
        yield name, page, None


def _answered(visited: Explorer, panel: str, query: str, holds: str) -> None:
    """Go to another address of a page that is one panel, and wait until its answer is there and something holds."""
    number = visited.page.evaluate(f"{panel}.dataset.number")
    go(visited, query)
    visited.until(f"(number) => {panel}.dataset.number !== number && ({holds})", number)


def upsample_states(visited: Explorer) -> Iterator[State]:
    """The kernel's card, the pictures, what can be folded, a file that is no picture, and a training."""
    page = visited.page
    visited.until(SETTLED)
    yield "at first", page, ""
    _answered(visited, PANEL, "?open=stacked-training&stride=99", SETTLED)
    yield "all open", page, ""
    file = {"name": "foo.png", "mimeType": "image/png", "buffer": b"no picture"}
    page.set_input_files("[data-testid=upload]", [file])
    visited.until(f"{SAID}.dataset.tone === 'bad'")
    yield "no picture", page, None
    train = page.locator("[data-testid=train]")
    train.click()
    visited.until("/[1-9]/.test(document.querySelector('[data-testid=step]').textContent)")
    yield "training", page, None
    train.click()
    visited.until("document.querySelector('[data-testid=section-training]').dataset.state === 'stopped'")
    yield "stopped", page, None
