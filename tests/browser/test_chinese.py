"""The Chinese page in a browser that prefers English: what it says to eye and ear, and whether each text has its place.

The same walk asks axe-core, whose rules know no language.
"""

import pytest

from explorer.pages.speaking import COOKIE
from explorer.text import texts_in

from .axe import violations
from .driver import FRAMES, LAPTOP, PHONE
from .test_accessible import STREAMLITS
from .test_upsample import SETTLED
from .texts import badly_placed, latin_words
from .walk import GROUPS, STATE_OF_LAYER, dialog_states, walk

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
SPOKEN = "document.documentElement?.lang"
TITLED = ("learn", "layer_page", "upsample_page")


def test_a_page_in_chinese_says_nothing_in_english_each_text_has_its_place_and_nothing_is_in_the_way(visit):
    visited = visit("?preset=stride-2&padding=1&view=gather&utm_source=a", fresh=True)
    switches_and_keeps_the_page(visited)
    words, titles, found = {}, {}, {}
    for where, states in walk(visited):
        for name, page, within in states:
            page.evaluate(FRAMES)
            words = {word: f"{where}, {name}: {one}" for word, one in latin_words(page).items()} | words
            wrong = badly_placed(page) + ([] if within is None else violations(page, STREAMLITS, within)[0])
            if wrong:
                found[f"{where}, {name}"] = wrong
            titles.setdefault(page.title(), page.evaluate(SPOKEN))
    unknown = {word: place for word, place in words.items() if word not in ALLOWED}
    assert (unknown, ALLOWED - words.keys()) == ({}, set())
    assert found == {}
    own = texts_in("zh")
    assert titles == dict.fromkeys([own["title"], *(own[page]["page_title"] for page in TITLED)], "zh")
    a_link_says_another_language(visited)


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


def test_on_a_phone_each_dialog_has_its_place(visit):
    page = visit("?preset=stride-2&lang=zh", size=PHONE)
    found = {name: badly_placed(page.page) for name, *_ in dialog_states(page)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_names_of_pages_that_are_too_long_lie_on_nothing(visit, size):
    visited = visit("?preset=stride-2", size=size, fresh=True)
    visited.page.locator(".tconv-pages > a:not(.offer)").evaluate_all(
        "(all) => all.forEach((node) => { node.textContent = 'Hochskalieren'; })"
    )
    sidebar = visited.page.locator("[data-testid=stSidebar]").bounding_box()
    assert stands_apart(visited, sidebar["width"])
    assert {wrong.partition(":")[0] for wrong in badly_placed(visited.page)} == {"cut"}  # by “…”


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
