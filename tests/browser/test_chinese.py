"""The Chinese page in a browser that prefers English: what it says to eye and ear, and whether each text has its place.

The states are those of tests/browser/test_accessible.py, and a few that only words have.
"""

from explorer.networks.page.state import FRAMEWORKS
from explorer.pages.speaking import COOKIE
from explorer.text import texts_in

from .driver import CONTROLS_SHOWN, FRAMES, LAPTOP, PHONE
from .test_accessible import (
    DIALOG,
    GROUPS,
    STATE_OF_LAYER,
    closed_dialog,
    dialog_states,
    explorer_states,
    layer_states,
    learn_states,
    opened_dialog,
    upsample_states,
)
from .test_learn import Learner
from .test_upsample import SAID, SETTLED
from .texts import badly_placed, latin_words

LATIN = {
    "what torch and NumPy call things": """arange bias convolve dilation full groups in kH kW max naive numpy out
        padding same stride tconv torch vec""",
    "what the other frameworks do": "True batch flax group height lax pads width",
    "programs that count": "calflops counter deepspeed FLOPs fvcore operation ptflops thop torchinfo utils",
    "programs and formats": """ai BibTeX JAX JPEG JSON Jupyter Keras LaTeX Markdown NumPy ONNX PNG PyTorch Python SVG
        WebP gif html iframe ipynb js json npz plotly png px py svg""",
    "methods and measures": "Adam KiB PSNR ReLU SSIM Sobel Wv dB dX dY pixel shuffle",
    "people, a journal and an issue": """Augustus Chris Distill Dumoulin Francesco Odena Olah Vincent Visin equinox
        kidger patrick""",
    "keys": "Ctrl Down End Enter Esc Escape Home Page PageDown PageUp Shift Tab Up",
    "what the test itself types": "any apples foo",
}
"""What may stand in Latin letters on a Chinese page: all of it must occur."""
ALLOWED = {word for words in LATIN.values() for word in words.split()}
SWITCH = ".tconv-pages a[hreflang]"
TRACES = ("input:0,0,0", "kernel:0,0,0,0", "W:0,0&view=matrix")
SPOKEN = "document.documentElement?.lang"


def go(visited, query, settled):
    """Go to another address of a page that is one panel, as Forward does."""
    visited.page.evaluate(
        "(query) => { history.pushState(history.state, '', query); dispatchEvent(new PopStateEvent('popstate')) }",
        query,
    )
    visited.page.evaluate(FRAMES)
    visited.until(settled)


# ---- the states that only words have
def more_of_the_explorer(page):
    """Traces, no step yet, a cell that is refused, and a list without a result."""
    for trace in TRACES:
        page.go(f"?{GROUPS if trace.startswith('kernel') else 'preset=stride-2'}&trace={trace}")
        yield trace, page.page, ""
    page.go("?preset=padding-1&step=0&backward=1")
    yield "no step yet", page.page, ""
    page.go("?preset=stride-2&crop=0,1&bias=1")
    page.page.mouse.dblclick(*page.point("input", 1, 1))
    page.type("5 apples")
    page.key("Enter")
    page.page.locator(".tconv-stage .bubble").wait_for()
    yield "refused", page.page, ""
    page.key("Escape")
    page.page.locator(".st-key-preset [data-testid=stTooltipIcon], .st-key-preset button").first.hover()
    yield "a help", page.page, ""
    box = page.page.locator(".st-key-preset input")
    box.fill("5 apples")
    page.page.evaluate(FRAMES)
    yield "no example", page.page, ""
    page.key("Escape")


def more_dialogs(page):
    """What is typed in a dialog, and buttons that a pointer brings out."""
    opened_dialog(page, "export")
    page.page.locator(f"{DIALOG} input[type=number]").fill("700")
    yield "a width", page.page, DIALOG
    closed_dialog(page)
    opened_dialog(page, "code")
    page.page.locator(f"{DIALOG} [data-testid=stCode]").hover()
    yield "a program", page.page, DIALOG
    closed_dialog(page)
    page.fill("output", "compare")
    page.page.locator(f"{DIALOG} textarea").fill("5 apples")
    yield "a grid", page.page, DIALOG
    page.page.locator(".st-key-compare_button button").click()
    page.page.locator(f"{DIALOG} [role=alert]").wait_for()
    yield "a grid that is none", page.page, DIALOG
    closed_dialog(page)


def more_of_the_course(someone):
    someone.page.evaluate("document.querySelector('.tconv-host').page.visit('?lesson=practice')")
    someone.explorer.until("document.querySelector('[data-testid=lesson]')?.dataset.lesson === 'practice'")
    yield "practice", someone.page, ""


def more_of_the_layers(visited):
    """The round trip's numbers and the program of each framework."""
    for name in FRAMEWORKS:
        query = f"?layer=nn.ConvTranspose2d(2,+4,+3,+2,+1)&input=4x4&open=program-trip&framework={name}"
        go(visited, query, STATE_OF_LAYER)
        visited.until("(name) => document.querySelector('[data-testid=layer]').innerText.length > 300", name)
        yield name, visited.page, ""


def more_of_upsampling(visited):
    """A file that is no picture, and a training that has begun."""
    file = {"name": "foo.png", "mimeType": "image/png", "buffer": b"no picture"}
    visited.page.set_input_files("[data-testid=upload]", [file])
    visited.until(f"{SAID}.dataset.tone === 'bad'")
    yield "no picture", visited.page, ""
    train = visited.page.locator("[data-testid=train]")
    train.click()
    visited.until("/[1-9]/.test(document.querySelector('[data-testid=step]').textContent)")
    yield "training", visited.page, ""
    train.click()
    visited.until("document.querySelector('[data-testid=section-training]').dataset.state === 'stopped'")
    yield "stopped", visited.page, ""


# ---- the walk
def walked(visited):
    """Each page and its states, one after the other in the same browser, which keeps the language."""
    page, address = visited.page, address_of(visited)
    yield "explorer", more_of_the_explorer(visited)
    yield "explorer", explorer_states(visited)
    page.goto(f"{address}?preset=stride-2")
    visited.ready()
    visited.until(CONTROLS_SHOWN)
    visited.focus()
    yield "dialog", dialog_states(visited)
    yield "dialog", more_dialogs(visited)
    page.goto(f"{address}learn")
    someone = Learner(visited)
    someone.is_welcome()
    yield "learn", learn_states(someone)
    yield "learn", more_of_the_course(someone)
    page.goto(f"{address}layer")
    visited.until(STATE_OF_LAYER)
    yield "layer", layer_states(visited)
    yield "layer", more_of_the_layers(visited)
    page.goto(f"{address}upsample")
    visited.until(SETTLED)
    yield "upsample", upsample_states(visited)
    yield "upsample", more_of_upsampling(visited)


def test_a_page_in_chinese_says_nothing_in_english_and_each_text_has_its_place(visit):
    visited = visit("?preset=stride-2&padding=1&view=gather&utm_source=a", fresh=True)
    switches_and_keeps_the_page(visited)
    words, misplaced, titles = {}, {}, {}
    for where, states in walked(visited):
        for name, page, _ in states:
            page.evaluate(FRAMES)
            words = {word: f"{where}, {name}: {one}" for word, one in latin_words(page).items()} | words
            if found := badly_placed(page):
                misplaced[f"{where}, {name}"] = found
            titles.setdefault(page.title(), page.evaluate(SPOKEN))
    unknown = {word: place for word, place in words.items() if word not in ALLOWED}
    assert (unknown, ALLOWED - words.keys()) == ({}, set())
    assert misplaced == {}
    own = texts_in("zh")
    assert titles == dict.fromkeys([own["title"], *(own[page]["page_title"] for page in TITLED)], "zh")
    a_link_says_another_language(visited)


TITLED = ("learn", "layer_page", "upsample_page")
PLACES = {
    "?preset=stride-2&trace=output:0,1,1": None,
    "?preset=arange-9&view=matrix&trace=output:0,1,1": None,
    f"?{GROUPS}&view=gather&trace=output:1,0,0": None,
    "?preset=stride-2&present=1": None,
    "learn": "document.querySelector('[data-testid=lesson]')?.dataset.lesson === ''",
    "layer?target=65x65&open=lanes-trip-program-fields-counting-range": STATE_OF_LAYER,
    "upsample?open=stacked-training": SETTLED,
}
"""Addresses that are looked at on a phone: what one waits for."""


def test_on_a_phone_each_text_has_its_place(visit):
    misplaced = {}
    for query, settled in PLACES.items():
        said = f"{query}{'&' if '?' in query else '?'}lang=zh"
        page = visit(said, size=PHONE, ready=settled is None, color_scheme="dark")
        if settled:
            page.until(settled)
        page.page.evaluate(FRAMES)
        if found := badly_placed(page.page):
            misplaced[query] = found
        if "present" not in query:
            assert stands_apart(page, PHONE[0]), query
    assert misplaced == {}


# ---- the switch
def address_of(visited):
    return visited.page.url.partition("?")[0]


def stands_apart(visited, width):
    """Whether the switch is beside the pages' links, large enough for a finger, and within so many px."""
    boxes = """(all) => all.map((node) => { const { left, right, top, height } = node.getBoundingClientRect();
      return [left, right, height, top + height / 2]; })"""
    visited.page.locator(SWITCH).wait_for()
    *_, (_, end, _, beside) = visited.page.locator(".tconv-pages > a:not(.offer)").evaluate_all(boxes)
    ((left, right, height, middle),) = visited.page.locator(SWITCH).evaluate_all(boxes)
    return min(height, right - left) >= 24 and left - end >= 4 and abs(middle - beside) < 2 and right + 4 <= width


def switches_and_keeps_the_page(visited):
    """By the keyboard; the step and the trace that are on the page stay, and the browser keeps the choice."""
    side = visited.page.locator("[data-testid=stSidebar]").bounding_box()
    assert visited.page.evaluate(SPOKEN) == "en"
    assert stands_apart(visited, side["width"])
    visited.key("Home")
    visited.key("ArrowRight")
    visited.click("output", 1, 1)
    visited.has_address(step=1, trace="output:0,1,1")
    before = visited.query()
    visited.page.locator(SWITCH).focus()
    visited.key("Enter")
    visited.until(f"{SPOKEN} === 'zh'")
    visited.ready().shows(step=1, trace="output:0,1,1")
    assert visited.query() == {**before, "lang": "zh"}
    assert stands_apart(visited, side["width"])
    cookie = next(one for one in visited.page.context.cookies() if one["name"] == COOKIE)
    assert (cookie["value"], cookie["path"], cookie["sameSite"]) == ("zh", "/", "Lax")


def a_link_says_another_language(visited):
    """What is remembered never changes that; the links to the other pages say it too; and nothing is remembered."""
    page, address = visited.page, address_of(visited)
    page.goto(f"{address}?lang=en")
    visited.until(SETTLED)
    assert page.evaluate(f"[{SPOKEN}, document.title]") == ["en", texts_in("en")["upsample_page"]["page_title"]]
    links = page.locator(".tconv-pages > a").evaluate_all("(all) => all.map(({ href }) => href)")
    assert [link.rpartition("?")[2].rpartition("&")[2] for link in links] == ["lang=en"] * len(links)
    page.goto(address)
    visited.until(SETTLED)
    assert page.evaluate(SPOKEN) == "zh"


CHINESE = """() => [...document.querySelectorAll("body *")].filter((node) => !node.closest("[lang=zh]:not(html)"))
  .flatMap((node) => [...[...node.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data),
    ...["aria-label", "title", "placeholder"].map((name) => node.getAttribute(name) ?? "")])
  .filter((text) => /[\\u3000-\\u9fff]/.test(text))"""


def test_a_browser_that_prefers_chinese_gets_it_but_where_a_link_says_english(visit):
    visited = visit("?preset=stride-2", locale="zh-CN", size=LAPTOP)
    assert visited.page.evaluate(f"[{SPOKEN}, document.title]") == ["zh", texts_in("zh")["title"]]
    assert visited.page.evaluate(CHINESE)
    visited.page.goto(f"{address_of(visited)}?preset=stride-2&lang=en")
    visited.ready()
    assert visited.page.evaluate(f"[{SPOKEN}, document.title]") == ["en", texts_in("en")["title"]]
    assert visited.page.evaluate(CHINESE) == []
