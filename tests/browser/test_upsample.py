"""The page of upsampling in a real browser: kernels, pictures, uploads, a training, and the way back."""

import io
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from PIL import Image

from explorer.text import texts

from .driver import FAINT, FRAMES, GONE, LAPTOP, PHONE, PROJECTOR, WAIT

WORDS = texts()["upsample_page"]["words"]
PANEL = "document.querySelector('[data-testid=upsample]')"
VERDICT = "document.querySelector('[data-testid=verdict]')"
TRAINING = "document.querySelector('[data-testid=section-training]')"
SAID = "document.querySelector('[data-testid=upload-said]')"
PICTURE = "document.querySelector('[data-testid=tile-transposed] .picture')"
SETTLED = f"""{PANEL}?.dataset.state === 'shown' && !{PANEL}.classList.contains('waiting')
  && document.fonts.status === 'loaded'"""
OVERFLOW = f"""Math.max(document.documentElement.scrollWidth - innerWidth,
  {PANEL}.scrollWidth - {PANEL}.clientWidth)"""
OUT_OF_PLACE = f"""[...{PANEL}.querySelectorAll('*')].filter((node) => {{
  if (!node.checkVisibility() || node.closest('svg, .window, .hidden-text, .rings')) return false;
  const {{ left, right }} = node.getBoundingClientRect();
  return left < -1 || right > innerWidth + 1; }}).map((node) => node.className || node.tagName)"""
NUMBERS = """(name) => [...document.querySelectorAll(`.grid.${name} tr`)]
  .map((row) => [...row.cells].map((cell) => cell.textContent))"""


class Upsampling:
    """Somebody at the page of upsampling."""

    def __init__(self, explorer):
        self.explorer, self.page = explorer, explorer.page
        self.key = explorer.key
        self.settled()

    def sees(self, expression, argument=None):
        try:
            self.explorer.until(expression, argument)
        except Exception:
            raise AssertionError(f"{expression} {argument}: {self.page.evaluate(f'{PANEL}?.innerText')}") from None

    def settled(self):
        """Wait until the page shows what the server says of its last state."""
        self.explorer.until(SETTLED)
        self.page.evaluate(FRAMES)

    def verdict(self, tone):
        self.sees(f"(tone) => {VERDICT}?.dataset.tone === tone", tone)

    def numbers(self, name):
        return self.page.evaluate(NUMBERS, name)

    def picture(self):
        return self.page.evaluate(f"{PICTURE}.src")

    def slide(self, name, key):
        self.page.locator(f"[data-testid=slider-{name}]").focus()
        self.key(key)

    def query(self):
        return dict(parse_qsl(self.page.evaluate("location.search").removeprefix("?"), keep_blank_values=True))

    def upload(self, content, name="picture.png"):
        file = {"name": name, "mimeType": "image/png", "buffer": content}
        self.page.set_input_files("[data-testid=upload]", [file])


@pytest.fixture
def upsampling(visit):
    def upsampling(query="upsample", **options):
        return Upsampling(visit(query, ready=False, **options))

    return upsampling


def file_of(colour=(200, 40, 40), size=(120, 80), format="PNG"):
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, format)
    return written.getvalue()


def test_from_the_kernel_to_the_verdict(upsampling):
    page = upsampling()
    page.verdict("warn")
    assert page.numbers("sums") == [["4", "2"], ["2", "1"]]
    assert page.numbers("response")[2] == ["2", "2", "4", "2", "4", "2", "2"]
    page.slide("size", "ArrowRight")
    page.verdict("good")
    assert page.numbers("sums") == [["4", "4"], ["4", "4"]]
    assert page.query() == {"size": "4"}


def test_the_picture_follows_a_slider(upsampling):
    page = upsampling()
    before = page.picture()
    page.slide("stride", "ArrowRight")
    page.sees(f"(before) => {PICTURE}.src !== before", before)
    page.settled()
    natural = page.page.evaluate(f"{PICTURE}.decode().then(() => [{PICTURE}.naturalWidth, {PICTURE}.naturalHeight])")
    assert natural == [255, 255]
    rings = page.page.locator("[data-testid=tile-original] .rings i")
    assert rings.count() == 8


def test_mended_and_back(upsampling):
    page = upsampling()
    page.page.get_by_role("button", name=texts()["upsample_page"]["mend"]["use"]).press("Enter")
    page.verdict("good")
    assert page.query()["k"].startswith("0.5625,1.125,0.5625;")
    assert page.numbers("kernel")[1] == ["1.12", "2.25", "1.12"]
    page.page.go_back()
    page.verdict("warn")
    assert page.query() == {}
    page.page.go_forward()
    page.verdict("good")
    page.page.reload()
    page.settled()
    page.verdict("good")


def test_the_explorer_has_the_same_kernel_and_leads_back(upsampling):
    page = upsampling("upsample?k=1,2;3,5&stride=2")
    page.page.get_by_role("link", name=WORDS["explore"]).click()
    page.explorer.ready()
    assert page.query() == {"k": "1,2;3,5", "stride": "2"}
    page.page.locator(".tconv-pages a", has_text=texts()["pages"]["upsample"]).click()
    page.settled()
    assert page.numbers("kernel") == [["1", "2"], ["3", "5"]]
    assert page.numbers("sums") == [["1", "2"], ["3", "5"]]


def test_numbers_are_pasted(upsampling):
    page = upsampling()
    page.page.locator(".paste > summary").click()
    area = page.page.get_by_label(WORDS["paste_label"])
    area.fill("1 2\n3")
    page.page.get_by_role("button", name=WORDS["paste_go"]).click()
    page.sees("document.querySelector('#tconv-upsample-wrong').textContent !== ''")
    area.fill("tensor([[1., 1.], [1., 1.]])")
    page.page.get_by_role("button", name=WORDS["paste_go"]).click()
    page.verdict("good")
    assert page.query()["k"] == "1,1;1,1"
    assert page.numbers("sums") == [["1", "1"], ["1", "1"]]


def test_one_zoom_for_all_by_keys_and_kept(upsampling):
    page = upsampling()
    page.page.locator(".tiles").focus()
    page.key("+")
    page.key("+")
    page.key("ArrowRight")
    page.sees("new URLSearchParams(location.search).get('zoom')?.startsWith('2.25,')")
    moved = "[...document.querySelectorAll('.tiles .picture')].map((one) => getComputedStyle(one).transform)"
    first, *others = page.page.evaluate(moved)
    assert first != "none"
    assert set(others) == {first}
    page.page.reload()
    page.settled()
    assert page.page.evaluate(moved)[0] == first
    page.page.locator(".tiles").focus()
    page.key("0")
    page.sees("!new URLSearchParams(location.search).has('zoom')")


def test_an_upload_is_kept_by_the_tab_and_a_bad_file_leaves_it(upsampling):
    page = upsampling(fresh=True)
    page.upload(file_of())
    page.sees(f"{SAID}.textContent.startsWith('PNG, 120×80.')")
    page.settled()
    assert page.query()["picture"] == "upload"
    shown = f"{PICTURE}.decode().then(() => [{PICTURE}.naturalWidth, {PICTURE}.naturalHeight])"
    assert page.page.evaluate(shown) == [120, 80]
    good = page.picture()
    hostile = {
        "no picture": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "broken": file_of()[:60],
        "a huge header": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x0f\x42\x40\0\x0f\x42\x40\x08\x02\0\0\0" + b"\0" * 40,
        "empty": b"",
        "too many bytes": b"\x89PNG\r\n\x1a\n" + b"\0" * 5_000_001,
    }
    for name, content in hostile.items():
        page.page.evaluate(f"{SAID}.textContent = ''")
        page.upload(content, f"{name}.png")
        page.sees(f"{SAID}.dataset.tone === 'bad' && {SAID}.textContent.includes('last good')")
        page.settled()
        assert page.picture() == good, name
    page.page.reload()
    page.settled()
    page.sees(f"(good) => {PICTURE}.src === good", good)


def test_an_uploaded_picture_of_another_tab_is_asked_for(upsampling):
    page = upsampling("upsample?picture=upload", fresh=True)
    page.sees(f"(text) => {SAID}.textContent === text", WORDS["upload_lost"])
    assert page.page.locator("[data-testid=tile-original]").count() == 1


def test_a_training_is_stopped_goes_again_and_ends(upsampling):
    page = upsampling("upsample?kernel=ones&size=4")
    train = page.page.locator("[data-testid=train]")
    train.click()
    page.sees("/Step [1-9]/.test(document.querySelector('[data-testid=step]').textContent)")
    train.click()
    page.sees(f"{TRAINING}.dataset.state === 'stopped'")
    page.settled()
    step = page.page.locator("[data-testid=step]").text_content()
    page.page.wait_for_timeout(300)
    assert page.page.locator("[data-testid=step]").text_content() == step
    train.press("Enter")
    page.explorer.until(f"{TRAINING}.dataset.state === 'done'", within=3 * WAIT)
    assert page.page.locator("[data-testid=step]").text_content().startswith("Step 300 of 300")
    page.page.get_by_role("button", name=WORDS["use_trained"]).click()
    page.sees("new URLSearchParams(location.search).get('kernel') === 'own'")
    page.settled()
    assert np.array(page.numbers("kernel")).shape == (4, 4)


def test_a_server_that_starts_anew_shows_the_same(upsampling, line, forgetful_server):
    page = upsampling("upsample?kernel=ones&size=4", server_address=line.address, fresh=True)
    page.explorer.provoked = GONE
    page.upload(file_of())
    page.sees(f"{SAID}.textContent.startsWith('PNG, 120×80.')")
    page.settled()
    good = page.picture()
    line.cut()
    page.sees("document.querySelector('[data-testid=connection]').dataset.state === 'down'")
    page.slide("dilation", "ArrowRight")
    line.lay_to(forgetful_server)
    line.mend()
    page.sees(f"(good) => {SETTLED} && {PICTURE}.src !== good && {PICTURE}.naturalWidth === 120", good)
    page.sees("document.querySelector('[data-testid=connection]').dataset.state === 'up'")
    assert page.query()["dilation"] == "2"
    assert urlsplit(page.page.url).path == "/upsample"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR, PHONE])
def test_nothing_leaves_the_window_and_all_text_can_be_read(upsampling, size, scheme):
    page = upsampling("upsample?kernel=bilinear&stride=4&show=difference", size=size, color_scheme=scheme)
    assert page.page.evaluate(OVERFLOW) <= 0
    assert page.page.evaluate(OUT_OF_PLACE) == []
    assert page.page.evaluate(FAINT, [".tconv-upsample", 4.5]) == []


def test_on_a_laptop_the_kernel_and_the_pictures_are_seen_at_once(upsampling):
    page = upsampling()
    bottom = page.page.evaluate("document.querySelector('.tiles').getBoundingClientRect().bottom")
    assert bottom <= LAPTOP[1]


def test_the_links_go_with_the_page_when_it_scrolls(upsampling):
    page = upsampling().page
    page.locator("[data-testid=section-training]").scroll_into_view_if_needed()
    box = page.locator(".tconv-pages").bounding_box()
    assert box["y"] + box["height"] < 0
    assert page.locator(".tconv-pages a").first.get_attribute("href") == "./"
