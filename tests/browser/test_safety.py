"""Bad addresses, a missing plotly.js, and what the server sends."""

import gzip
import urllib.request
from importlib.resources import files

from explorer.decimals import number_text
from explorer.pages.component import PLOTLY_ADDRESS
from explorer.settings import Settings
from explorer.text import say

from .driver import STAGE, canvas, output

SQUARE = [[0, 1], [2, 3]]


def test_a_hostile_address_is_text(visit):
    page = visit("?stride=99&x=<script>alert(1)</script>&k=1,2;3&trace=<img src=x onerror=alert(2)>")
    page.sees("output", output(Settings.of(SQUARE, SQUARE))[0])
    for part in ("stride", "99", "<script>alert(1)</script>", "1,2;3", "<img src=x onerror=alert(2)>"):
        assert part in page.messages
    assert page.page.locator(".tconv-stage :is(script, img)").count() == 0
    page.has_address(stride=None, x=None, k=None, trace=None)


def test_extreme_and_broken_values(visit):
    page = visit("?step=99&channel=3,3&padding=4&groups=3&dilation=2x9&view=none&preset=none&present=yes&seed=-1")
    settings = Settings.of(SQUARE, SQUARE, padding=1)
    page.shows(step=4, window="1,1,1,1")
    page.sees("output", canvas(settings))
    for name in ("step", "channel", "padding", "groups", "dilation", "view", "preset", "present", "seed"):
        assert name in page.messages, name


def test_without_plotly_the_numbers_remain(visit):
    page = visit(
        "?x=1,2;3,4",
        fresh=True,
        ready=False,
        before=lambda page: page.route("**/assets/plotly*", lambda route: route.abort()),
    )
    page.provoked = ["ERR_FAILED.*/assets/plotly"]
    page.until(f"{STAGE}?.dataset.drawn > 0 && {STAGE}.classList.contains('bare')")
    assert say("stage.no_plotly") in page.messages
    wanted = canvas(Settings.of([[1, 2], [3, 4]], SQUARE))
    assert page.page.locator("[data-grid=output] .cell").all_inner_texts() == [number_text(v) for v in wanted.ravel()]
    inputs = page.page.evaluate("[...document.querySelectorAll('[data-grid=input] input')].map((cell) => cell.value)")
    assert inputs == ["1", "2", "3", "4"]
    page.focus()
    page.key("Home")  # it still steps
    page.shows(step=0)
    assert page.page.locator("[data-grid=output] .cell").all_inner_texts() == ["·"] * 9


AGAINST_THE_POLICY = {
    "a script in the page": "document.head.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))",
    "a text that is run": "void setTimeout('window.ran = 2')",
    "another server": "void fetch('http://127.0.0.1:1/').catch(() => 0)",
    "a worker": "void new Worker(URL.createObjectURL(new Blob(['0'])))",
    "a script of another server": "void import('http://127.0.0.1:1/a.js').catch(() => 0)",
}


def test_the_policy_holds_and_what_is_against_it_counts(visit):
    """So each test of a page is one of the policy: `visit` forgives no message in the console."""
    page = visit("?preset=stride-2", fresh=True)
    for act in AGAINST_THE_POLICY.values():
        said = len(page.complaints())
        page.page.evaluate(f"() => {{ {act} }}")
        page.page.evaluate("new Promise((next) => setTimeout(next, 100))")
        assert any("Content Security Policy" in line for line in page.complaints()[said:]), act
    assert page.page.evaluate("window.ran") is None
    page.said = []


def test_no_dialog_is_against_the_policy(visit):
    """Charts, programs, pictures of codes: what no other test of the browser opens at all."""
    page = visit("?preset=stride-2", fresh=True)
    dialog = page.page.locator("[role=dialog]")
    for name, shown in {"cost": ".js-plotly-plot .main-svg", "code": "code span", "export": "button"}.items():
        page.page.locator(f".tconv-stage .{name}").click()
        dialog.locator(shown).first.wait_for()
        page.idle()
        page.key("Escape")
        dialog.wait_for(state="detached")
    page.fill("output", "compare")
    dialog.locator("textarea").wait_for()
    page.key("Escape")
    dialog.wait_for(state="detached")


def test_headers(server):
    with urllib.request.urlopen(server) as answer:
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["frame-ancestors"] == "'self'"
        assert policy["default-src"] == "'self'"
        assert policy["object-src"] == "'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"]


def test_plotly_is_sent_small_and_kept(server):
    script = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    request = urllib.request.Request(server + PLOTLY_ADDRESS, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        sent = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert {"immutable", "public"} <= set(answer.headers["Cache-Control"].replace(",", "").split())
        assert "javascript" in answer.headers["Content-Type"]
    assert len(sent) < len(script) / 3
    assert gzip.decompress(sent) == script
    with urllib.request.urlopen(server + PLOTLY_ADDRESS) as answer:  # urllib asks for no compression
        assert answer.headers["Content-Encoding"] is None
        assert answer.read() == script
