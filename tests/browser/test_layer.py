"""The page of layers in a real browser: what is typed, what follows from it, and the way back."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from explorer.networks.page.examples import EXAMPLES
from explorer.text import texts

from .driver import FRAMES, GONE, LAPTOP, PHONE, PROJECTOR

WORDS = texts()["layer_page"]["words"]
PANEL = "document.querySelector('[data-testid=layer]')"
CHAIN = "nn.ConvTranspose2d(100, 64, 4, 1, 0)\nnn.ReLU()\nnn.ConvTranspose2d(64, 3, 3, 2, 1)"
UP = "layer?layer=nn.ConvTranspose2d(128,+64,+3,+2,+1)&input=16x16"
OVERFLOW = f"""Math.max(document.documentElement.scrollWidth - innerWidth,
  {PANEL}.scrollWidth - {PANEL}.clientWidth)"""
OUT_OF_PLACE = f"""[...{PANEL}.querySelectorAll('*')].filter((node) => {{
  if (!node.checkVisibility() || node.closest('svg, .scrolled, .editor, .source, .hidden-text')) return false;
  const {{ left, right }} = node.getBoundingClientRect();
  return left < -1 || right > innerWidth + 1; }}).map((node) => node.className || node.tagName)"""


class Layers:
    """Somebody at the page of layers."""

    def __init__(self, explorer):
        self.explorer, self.page = explorer, explorer.page
        self.key = explorer.key
        self.settled()

    def settled(self):
        """Wait until the page shows what the server says of its last state."""
        self.explorer.until(f"{PANEL}?.dataset.state && document.fonts.status === 'loaded'")
        self.page.evaluate(FRAMES)

    def sees(self, expression, argument=None):
        try:
            self.explorer.until(expression, argument)
        except Exception:
            raise AssertionError(f"{expression} {argument}: {self.page.evaluate(f'{PANEL}?.innerText')}") from None

    def sizes(self, *expected):
        """Wait for the sizes that come out of the layers."""
        self.sees(
            "(sizes) => JSON.stringify([...document.querySelectorAll('[data-testid=chain] tbody tr')]"
            ".map((row) => row.cells[2].textContent)) === JSON.stringify(sizes)",
            list(expected),
        )

    def verdict(self, text):
        self.sees("(text) => document.querySelector('[data-testid=verdict]').innerText.includes(text)", text)

    def picked(self, number):
        self.sees(
            "(number) => document.querySelector('.chain [aria-pressed=true]')?.dataset.key === `row ${number}`", number
        )

    def query(self):
        return dict(parse_qsl(self.page.evaluate("location.search").removeprefix("?"), keep_blank_values=True))

    def text(self):
        return self.page.locator("#tconv-layer-text").input_value()

    def type_text(self, text):
        self.page.locator("#tconv-layer-text").focus()
        self.key("Control+a")
        self.page.keyboard.type(text)


@pytest.fixture
def layers(visit):
    def layers(query="layer", **options):
        return Layers(visit(query, ready=False, **options))

    return layers


def test_a_chain_typed_without_a_pause_keeps_every_character(layers):
    page = layers()
    page.type_text(CHAIN)
    page.sizes("4×4", "7×7")
    assert page.text() == CHAIN
    assert page.query()["layer"] == CHAIN
    assert page.page.evaluate("document.activeElement.id") == "tconv-layer-text"
    assert page.page.evaluate("document.activeElement.selectionStart") == len(CHAIN)


def test_an_answer_on_its_way_takes_nothing_of_what_is_typed_since(layers, line):
    """The server's answer to the first line comes while somebody types on, before the next state is sent."""
    page = layers(UP, server_address=line.address)
    before = page.text()
    page.page.locator("#tconv-layer-text").focus()
    page.key("Control+End")
    line.stall()
    page.page.keyboard.type("  # ")
    page.page.wait_for_timeout(400)
    line.mend()
    page.page.keyboard.type("o" * 40, delay=40)
    assert page.text() == f"{before}  # {'o' * 40}"
    page.sees("(text) => new URLSearchParams(location.search).get('layer') === text", page.text())


def test_rows_are_picked_by_the_keyboard(layers):
    page = layers()
    page.picked(5)
    page.page.locator("[data-key='row 5']").focus()
    page.key("ArrowUp")
    page.picked(4)
    page.key("ArrowUp")
    page.picked(3)
    assert page.page.evaluate("document.activeElement.dataset.key") == "row 3"
    page.sees("document.querySelector('[data-testid=layer-card] h2').textContent.includes('8×8 → 16×16')")
    page.sees("document.querySelector('.bands .picked') === document.querySelectorAll('.bands span')[2]")
    page.page.go_back()
    page.picked(4)


def test_whoever_goes_to_a_line_sees_its_layer(layers):
    page = layers()
    page.page.locator("#tconv-layer-text").focus()
    page.key("Control+Home")
    page.key("ArrowDown")
    page.picked(2)


def test_a_target_that_is_missed_is_mended_by_one_click_and_back(layers):
    page = layers(UP)
    page.sizes("31×31")
    page.page.locator("#tconv-layer-target").fill("32x32")
    page.verdict("31×31")
    before = page.text()
    page.page.locator("[data-testid=verdict] button").first.click()
    page.sizes("32×32")
    page.sees("document.querySelector('[data-testid=verdict]').dataset.tone === 'good'")
    assert "output_padding=1" in page.text()
    page.page.go_back()
    page.sizes("31×31")
    assert page.text() == before
    page.page.go_forward()
    page.sizes("32×32")


def test_another_way_to_the_same_size(layers):
    page = layers(UP + "&target=31x31")
    way = page.page.locator("[data-testid=layer-card] [data-key^='way k']").first
    label = way.text_content()
    way.click()
    page.sees("(label) => document.querySelector('.chain .quiet').textContent.endsWith(label)", label)
    page.sizes("31×31")


def test_a_bad_line_is_named_and_the_last_good_result_stays(layers):
    page = layers(UP)
    page.page.locator("#tconv-layer-text").focus()
    page.key("Control+End")
    page.page.keyboard.type("\nnn.ConvTranspose2d(64, 3, ")
    page.sees(f"{PANEL}.dataset.state === 'stale'")
    page.sees("document.querySelectorAll('.gutter span')[1].className === 'bad'")
    page.sizes("31×31")
    assert WORDS["kept"] in page.page.locator(".problems").inner_text()
    page.page.keyboard.type("2)")
    page.sizes("31×31", "32×32")
    assert page.page.evaluate(f"{PANEL}.dataset.state") == "shown"
    assert page.page.locator(".problems li").count() == 0


def test_a_reload_and_a_link_show_the_same(layers):
    page = layers()
    page.type_text(CHAIN)
    page.sizes("4×4", "7×7")
    page.page.locator("[data-testid=section-trip] summary").click()
    page.sees("document.querySelectorAll('figure.numbers').length === 6")
    page.page.locator("[data-key='row 1']").click()
    page.picked(1)
    address, text = page.page.url, page.text()
    page.page.reload()
    page.settled()
    page.sizes("4×4", "7×7")
    page.picked(1)
    assert (page.page.url, page.text()) == (address, text)
    page.sees("document.querySelectorAll('figure.numbers').length === 6")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_loaded_and_back_leads_to_the_page_before(layers, name):
    page = layers(UP)
    page.page.locator(".examples").select_option(name)
    page.sees("(text) => document.querySelector('#tconv-layer-text').value === text", EXAMPLES[name].layer)
    page.sees("document.querySelectorAll('.chain tbody tr').length > 0 && !document.querySelector('.problems li')")
    page.page.go_back()
    page.sizes("31×31")


def test_a_field_is_written_into_the_text(layers):
    page = layers(UP + "&open=fields")
    field = page.page.locator("#tconv-layer-field-stride")
    field.fill("3")
    page.key("Enter")
    page.sizes("46×46")
    assert page.text() == "nn.ConvTranspose2d(128, 64, kernel_size=3, stride=3, padding=1)"
    assert "stride=3" in page.query()["layer"]
    field.fill("0")
    page.key("Enter")
    page.sees("document.querySelector('#tconv-layer-field-stride').getAttribute('aria-invalid') === 'true'")
    assert field.input_value() == "0"
    assert page.text() == "nn.ConvTranspose2d(128, 64, kernel_size=3, stride=3, padding=1)"


def test_the_sketch_follows_pointer_and_keys(layers):
    page = layers(UP)
    page.page.locator("[data-testid=sketch] .scrolled").focus()
    page.key("ArrowRight")
    page.key("ArrowRight")
    page.sees("document.querySelectorAll('.sketch .cell.linked').length === 3")
    said = page.page.locator(".sketch-part .said").inner_text()
    assert re.search(r"1\b.*\b1\b.*\b3\b", said)
    page.page.locator(".sketch .cell").nth(2).hover()
    page.sees("document.querySelectorAll('.sketch .input.linked').length === 2")


def test_a_program_is_shown_and_copied(layers):
    page = layers(UP + "&open=program&framework=keras")
    page.sees("document.querySelector('[data-testid=program]').textContent.includes('keras')")
    page.page.locator("[data-testid=section-program] [data-name=onnx]").click()
    page.sees("document.querySelector('[data-testid=program]').textContent.includes('onnx')")
    assert page.query()["framework"] == "onnx"


def test_a_small_copy_opens_in_the_explorer(layers):
    page = layers(UP)
    page.page.locator("[data-key='small copy']").click()
    page.explorer.ready()
    assert page.page.evaluate("location.pathname") == "/"
    assert page.query()["stride"] == "2"
    page.page.go_back()
    page.settled()
    page.sizes("31×31")


def test_what_belongs_to_others_stays_in_the_address(layers):
    page = layers(UP + "&embed=true&utm_source=course")
    page.page.locator("#tconv-layer-target").fill("32x32")
    page.verdict("32×32")
    assert page.query()["embed"] == "true"
    assert page.query()["utm_source"] == "course"
    assert page.query()["target"] == "32x32"


def test_a_size_that_is_none_is_said_beside_its_field(layers):
    page = layers(UP)
    page.page.locator("#tconv-layer-input").fill("16x")
    page.sees("document.querySelector('#tconv-layer-input').getAttribute('aria-invalid') === 'true'")
    assert page.page.locator(".wrong-sizes").inner_text().startswith("input 16x")
    assert page.page.locator("#tconv-layer-input").input_value() == "16x"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR, PHONE])
def test_nothing_leaves_the_window_and_all_text_can_be_read(layers, size, scheme):
    page = layers("layer?target=65x65&open=lanes-trip-program-fields-counting-range", size=size, color_scheme=scheme)
    page.sees("document.querySelectorAll('figure.numbers').length === 6")
    assert page.page.evaluate(OVERFLOW) <= 0
    assert page.page.evaluate(OUT_OF_PLACE) == []
    assert page.explorer.faint(".tconv-layer") == []


UNDER_THE_FOOT = """(() => {
  const foot = document.querySelector(".tconv-layer .foot");
  const stops = [...document.querySelectorAll(".tconv-layer :is(a, button, input, select, textarea, summary)")];
  return stops.filter((node) => {
    if (foot.contains(node) || !node.checkVisibility()) return false;
    node.focus();
    const box = node.getBoundingClientRect(), over = foot.getBoundingClientRect();
    const isBeside = box.right <= over.left || box.left >= over.right || box.height > over.top;
    return !isBeside && box.bottom > over.top + 1 && box.top < over.bottom - 1;
  }).map((node) => node.outerHTML);
})()"""
"""The stops of the Tab key that the foot lies on while they have the focus; not those higher than the window's rest."""


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_foot_covers_nothing_that_has_the_focus(layers, size):
    page = layers("layer?open=lanes-trip-program-fields-counting-range", size=size)
    foot = page.page.locator(".tconv-layer .foot")
    assert foot.evaluate("(foot) => getComputedStyle(foot).position") == "sticky"
    assert page.page.evaluate(UNDER_THE_FOOT) == []


def test_every_control_has_a_name_and_every_section_a_heading(layers):
    page = layers("layer?open=lanes-trip-program-fields-counting")
    nameless = page.page.evaluate(
        f"""[...{PANEL}.querySelectorAll('button, input, select, textarea, a, summary, [role=group]')]
        .filter((node) => !(node.textContent.trim() || node.labels?.length || node.ariaLabel
          || node.labels?.[0]?.textContent)).map((node) => node.outerHTML)"""
    )
    assert nameless == []
    assert page.page.locator(".tconv-layer h1").count() == 1
    ids = page.page.evaluate(f"[...{PANEL}.querySelectorAll('[id]')].map(({{ id }}) => id)")
    assert len(ids) == len(set(ids))


PASTE = """(area, text) => {
    area.value = text;
    area.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
}"""


def test_a_paste_that_is_too_long_is_refused_and_the_last_result_stays(layers):
    page = layers(UP)
    text = "nn.ConvTranspose2d(1, 1, 2)\n" * 450
    page.page.locator("#tconv-layer-text").evaluate(PASTE, text)  # in one event, as a paste is; fill() makes one a line
    page.sees(f"{PANEL}.dataset.state === 'stale'")
    assert "12,000" in page.page.locator(".problems").inner_text()
    page.sizes("31×31")
    assert page.text() == text


def test_what_is_preloaded_is_used_and_loaded_once(layers):
    preloaded, asked = [], []

    def listen(page):
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.on("response", lambda response: preloaded.extend(re.findall("<(.*?)>", response.headers.get("link", ""))))

    layers(cold=True, before=listen)
    assert len([one for one in preloaded if one.startswith("assets/")]) == 2
    assert {one: asked.count(f"/{one}") for one in preloaded} == dict.fromkeys(preloaded, 1)


def test_a_server_that_starts_anew_goes_on(layers, line, forgetful_server):
    page = layers(UP, server_address=line.address)
    page.explorer.provoked = GONE
    page.sizes("31×31")
    line.cut()
    page.sees("document.querySelector('[data-testid=connection]').dataset.state === 'down'")
    page.page.locator("#tconv-layer-text").focus()
    page.key("Control+End")
    page.page.keyboard.type("\nnn.ConvTranspose2d(64, 3, 2)")
    line.lay_to(forgetful_server)
    line.mend()
    page.sees("document.querySelector('[data-testid=connection]').dataset.state === 'up'")
    page.sizes("31×31", "32×32")
