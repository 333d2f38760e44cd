"""A page of the explorer as a test uses it, and what the Python core says must stand on it."""

import base64
import io
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import numpy as np
from PIL import Image
from playwright.sync_api import ConsoleMessage, Dialog, Error, Locator, Page, TimeoutError

from explorer.decimals import number_text
from explorer.methods import METHODS
from explorer.operation import run
from explorer.settings import Settings
from tests.export.pictures import Box

LAPTOP, PROJECTOR, PHONE = (1280, 720), (1920, 1080), (390, 844)
WAIT = 60_000  # ms: only a failure waits this long

# Messages in the browser's console that are no fault of the page: {pattern: why}.
NOT_OURS = {
    "was preloaded using link preload but not used within a few seconds": "the machine was busy; that each is used is "
    "asserted by test_what_is_preloaded_is_used_and_loaded_once",
}

GONE = [
    "net::ERR_",
    "WebSocket onclose",
    "(?i)client error",
    "not responding",
    "Connection timed out",
    "WebSocket conn",
]
"""What the console says of a server that is away."""

STAGE = "document.querySelector('[data-testid=stage]')"
HOST = "document.querySelector('.tconv-host')"
PLOT = "[...document.querySelectorAll('.js-plotly-plot')].find((plot) => plot.data?.[0]?.name === name)"
CONTROLS_SHOWN = f"document.querySelector('.st-key-controls_mark input')?.value === {HOST}.page.data.controls"
IDLE = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"

FRAMES = """new Promise((done) => { let frames = 6;
  const next = () => (frames-- ? requestAnimationFrame(next) : done());
  next(); })"""

# Ask again and again: in one call, as the page's policy forbids playwright's wait_for_function, which calls eval later.
UNTIL = """async ([argument, ms]) => {{
  const look = () => {{ const found = ({expression}); return typeof found === 'function' ? found(argument) : found; }};
  const end = performance.now() + ms;
  while (performance.now() < end) {{
    const found = await look();
    if (found) return found;
    await new Promise((next) => {{ setTimeout(next, 20); }}); // not at each frame: it would have to be painted
  }}
  return null; }}"""

# Of a grid: where its cells are (`origin`; px from one to the next: `across`, `down`), which nodes around it are seen.
BOARD = """const layer = document.querySelector(`[data-grid=${name}]`), board = layer.parentElement;
  const px = (name) => parseFloat(getComputedStyle(layer).getPropertyValue(name));
  const across = px('--across'), down = px('--height');
  const origin = layer.getBoundingClientRect();
  const isSeen = (node) => node?.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const seen = (selector) => [...board.querySelectorAll(selector)].filter(isSeen);
  const rounded = (cells) => Math.round(cells * 10) / 10;
  const rows = (px) => rounded(px / down), columns = (px) => rounded(px / across);"""

BOXES = f"""([name, selector]) => {{ {BOARD}
  const text = (node) => (isSeen(node) ? node.innerText : '');
  return seen(selector).map((node) => {{
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    const line = style.borderStyle === 'none' ? style.outlineStyle : style.borderStyle;
    const colour = style.borderStyle === 'none' ? style.outlineColor : style.borderColor;
    return [rows(box.top - origin.top), columns(box.left - origin.left), rows(box.height), columns(box.width),
      colour, line, text(node.querySelector('.corner')), text(node.querySelector('.label'))] }}) }}"""

NAMES = f"""(name) => {{ {BOARD}
  const middle = (box, side, size) => (side === 'top' ? rows : columns)(box[side] + box[size] / 2 - origin[side]) - 0.5;
  const named = (selector, isBeside, side, size) => seen(selector).filter((node) => node.textContent)
    .map((node) => [node.getBoundingClientRect(), node.textContent]).filter(([box]) => isBeside(box))
    .map(([box, text]) => [middle(box, side, size), text]);
  return [named('.names.rows span', (box) => box.right <= origin.left, 'top', 'height'),
    named('.names.columns span', (box) => box.bottom <= origin.top, 'left', 'width')] }}"""

# The texts within a selector whose contrast (WCAG 2.2) is below a least one: [contrast, text]. A canvas lays each
# colour over what is behind it.
FAINT = """([selector, least]) => {
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const over = (below, colour) => {
    brush.fillStyle = below; brush.fillRect(0, 0, 1, 1);
    brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3); };
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = (rgb) => [0.2126, 0.7152, 0.0722].reduce((sum, share, at) => sum + share * linear(rgb[at] / 255), 0);
  const contrastOf = (node) => {
    let ground = 'white', opacity = 1;
    const nodes = [];
    for (let one = node; one; one = one.parentElement) nodes.unshift(getComputedStyle(one));
    for (const style of nodes) {
      ground = `rgb(${over(ground, style.backgroundColor)})`;
      opacity *= style.opacity; }
    const behind = over(ground, ground);
    const text = over(ground, nodes.at(-1).color).map((part, at) => part * opacity + behind[at] * (1 - opacity));
    const [low, high] = [light(behind), light(text)].sort((one, other) => one - other);
    return (high + 0.05) / (low + 0.05); };
  const hasText = (node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
  return [...document.querySelectorAll(`${selector} *`)].filter((node) => hasText(node) && node.checkVisibility())
    .map((node) => [contrastOf(node), node.textContent.slice(0, 40)]).filter(([found]) => found < least) }"""

NO_TEXT = ".tconv-stage :is(.cell, .corner, .label, .names) { color: transparent !important; }"


class Board(NamedTuple):
    """Where a grid's cells are on screen, in px."""

    left: float
    top: float
    across: float
    down: float

    def edges(self, row: float, column: float, height: float = 1, width: float = 1) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of a block of cells."""
        left, top = self.left + column * self.across, self.top + row * self.down
        return round(left), round(top), round(left + width * self.across), round(top + height * self.down)


class Screen:
    """The pixels on screen; the texts of the grids are left out."""

    def __init__(self, page: Page) -> None:
        self.pixels = decoded(page.screenshot(style=NO_TEXT))[..., :3]

    def inside(self, edges: tuple[float, float, float, float], margin: int = 0) -> np.ndarray:
        """The pixels (height, width, 3) between left, top, right and bottom, without a margin."""
        left, top, right, bottom = map(round, edges)
        return self.pixels[top + margin : bottom - margin, left + margin : right - margin]


class Explorer:
    """One page of the explorer in the browser: what a person does with it, and what stands on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.provoked: list[str] = []  # patterns of messages that the test itself causes
        self.key, self.type = page.keyboard.press, page.keyboard.type
        page.set_default_timeout(WAIT)
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("dialog", self._dialog)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.type}: {message.text} {message.location['url']}")

    def _error(self, error: Exception) -> None:
        self.said.append(f"page error: {error}")

    def _dialog(self, dialog: Dialog) -> None:
        self.said.append(f"dialog: {dialog.message}")  # the explorer has none; an address that runs a script would
        dialog.dismiss()

    def forget(self) -> None:
        """Stop listening: another test will use the page."""
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)
        self.page.remove_listener("dialog", self._dialog)

    def complaints(self) -> list[str]:
        """What the console said and neither this test nor Streamlit explains."""
        known = [*self.provoked, *NOT_OURS]
        return [line for line in self.said if not any(re.search(pattern, line) for pattern in known)]

    # ---- waiting
    def until(self, expression: str, argument: Any = None, within: float = WAIT) -> Any:
        """Wait until a JavaScript expression, or a function of one argument, is true; its value. ``within``: ms."""
        script, end = UNTIL.format(expression=expression), time.monotonic() + within / 1000
        while (left := 1000 * (end - time.monotonic())) > 0:
            try:
                if found := self.page.evaluate(script, [argument, left]):
                    return found
            except Error as error:  # the page was left for another one
                if "context was destroyed" not in error.message:
                    raise
        raise TimeoutError(f"{within} ms, and never true: {expression}")

    def ready(self) -> "Explorer":
        """Wait for the whole picture and for Streamlit to be done."""
        try:
            self.until(
                f"window.Plotly && {STAGE}?.dataset.drawn > 0 && {IDLE} && document.fonts.status === 'loaded' "
                f"&& ['output', 'gradient'].some((name) => {PLOT}?.data[0].z?.length)"
            )
        except TimeoutError:
            raise AssertionError(f"no picture at {self.page.url}: {self.said}") from None
        return self

    def go(self, query: str) -> "Explorer":
        """Go to another address as Forward does: several times as quick as loading the page."""
        with self.arriving():
            self.page.evaluate(
                "(to) => { history.pushState(history.state, '', to); dispatchEvent(new PopStateEvent('popstate')) }",
                query,
            )
        self.page.evaluate(FRAMES)
        return self.ready()

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Wait, after the block, until a page has come that was not there before it."""
        arrived = f"{HOST}.page.data.arrived"
        before = self.page.evaluate(arrived)
        yield
        self.until(f"{arrived} > {before}")

    def idle(self) -> None:
        """Wait until Streamlit runs nothing."""
        self.until(IDLE)

    def steady(self) -> None:
        """Wait until the grids stay where they are."""
        places = f"[...{STAGE}.querySelectorAll('.layer')].map((one) => JSON.stringify(one.getBoundingClientRect()))"
        before, now = None, self.page.evaluate(places)
        while before != now:
            self.page.evaluate(FRAMES)
            before, now = now, self.page.evaluate(places)

    def sees(self, name: str, expected: Any, within: float = 0) -> None:
        """Wait until a grid's heatmap holds these values, each to ``within``."""
        wanted = np.asarray(expected, float)
        try:
            self.until(
                f"""([name, z, within]) => {{ const drawn = {PLOT}?.data[0].z;
                return drawn?.length === z.length && z.every((row, i) => row.length === drawn[i].length
                  && row.every((value, j) => Math.abs(value - drawn[i][j]) <= within)); }}""",
                [name, wanted.tolist(), within],
            )
        except TimeoutError:
            is_there = self.page.evaluate(f"(name) => Boolean({PLOT})", name)
            assert is_there, f"no {name} at {self.page.url}: the stage says {self.data()}, the console {self.said}"
            np.testing.assert_allclose(self.z(name), wanted, rtol=0, atol=within)
            raise

    def shows(self, **wanted: object) -> None:
        """Wait until the stage's data- attributes are these."""
        texts = {name: str(value) for name, value in wanted.items()}
        try:
            self.until(f"(all) => Object.entries(all).every(([k, v]) => {STAGE}.dataset[k] === v)", texts)
        except TimeoutError:
            raise AssertionError(f"wanted {texts}, the stage says {self.data()}") from None

    def plays_on(self, by: int = 1) -> int:
        """Wait until the player has moved on by itself, by so many steps or more; returns the step."""
        step = self.data()["step"]
        start = -1 if step == "all" else int(step)
        self.until(f"(least) => {STAGE}.dataset.step !== 'all' && Number({STAGE}.dataset.step) >= least", start + by)
        return int(self.data()["step"])

    def has_address(self, **wanted: object) -> None:
        """Wait until the address has these parameters; None is a parameter that must not be there."""
        texts = {name: None if value is None else str(value) for name, value in wanted.items()}
        try:
            self.until(
                "(all) => Object.entries(all).every(([k, v]) => new URLSearchParams(location.search).get(k) === v)",
                texts,
            )
        except TimeoutError:
            raise AssertionError(f"wanted {texts}, the address says {self.query()}") from None

    # ---- reading
    def z(self, name: str) -> np.ndarray:
        """The values of a grid's heatmap."""
        return np.array(self.page.evaluate(f"(name) => {PLOT}.data[0].z", name), float)

    def data(self) -> dict[str, str]:
        """The stage's data- attributes."""
        return self.page.evaluate(f"({{...{STAGE}.dataset}})")

    def query(self) -> dict[str, str]:
        """The address's parameters; page.url does not follow history.replaceState."""
        return dict(parse_qsl(self.page.evaluate("location.search").removeprefix("?")))

    def text(self, selector: str) -> str:
        """The text of the first node of a selector."""
        return self.page.locator(selector).first.inner_text()

    @property
    def sentence(self) -> str:
        """The sum in words and numbers."""
        return self.text("[data-testid=trace-sentence]")

    @property
    def messages(self) -> str:
        """The notices above the picture."""
        return self.text(".tconv-stage .message")

    def faint(self, selector: str, least: float = 4.5) -> list[tuple[float, str]]:
        """The texts within a selector that have less than this contrast."""
        return list(map(tuple, self.page.evaluate(FAINT, [selector, least])))

    def marks(self, name: str) -> set[tuple[int, int]]:
        """(row, column) of each marked cell of a grid."""
        found = self.page.evaluate(
            """(name) => { const board = document.querySelector(`[data-grid=${name}]`).parentElement;
            const px = (name) => parseFloat(getComputedStyle(board).getPropertyValue(name));
            return [...board.querySelectorAll('.mark')].map((mark) =>
              [mark.offsetTop / px('--height'), mark.offsetLeft / px('--across')].map(Math.round)) }""",
            name,
        )
        return set(map(tuple, found))

    def boxes(self, name: str, selector: str) -> list[Box]:
        """The boxes of a selector that are seen over a grid, in cells."""
        found = [Box(*values) for values in self.page.evaluate(BOXES, [name, selector])]
        return [box._replace(colour=colour_text(box.colour)) for box in found]

    def marks_as_data(self, name: str) -> list[Box]:
        """The outlines of a grid's cells, with what stands in their corners."""
        return self.boxes(name, ".mark")

    def colours(self, name: str) -> dict[tuple[float, float], str]:
        """The colour of the mark on each marked cell of a grid."""
        return {mark.at: mark.colour for mark in self.marks_as_data(name)}

    def classed(self, name: str, kind: str) -> set[tuple[int, int]]:
        """(row, column) of each cell of a grid that has a class."""
        found = self.page.locator(f"[data-grid={name}] .cell.{kind}").evaluate_all(
            "(all) => all.map(({ dataset: { row, column } }) => [Number(row), Number(column)])"
        )
        return set(map(tuple, found))

    def names(self, name: str) -> tuple[dict[float, str], dict[float, str]]:
        """What a grid's rows and columns are called: the text beside each row, and above each column."""
        rows, columns = self.page.evaluate(NAMES, name)
        return dict(rows), dict(columns)

    def chips(self) -> list[tuple[str, str]]:
        """Text and colour of each chip in the sentence."""
        found = self.page.evaluate(
            """[...document.querySelectorAll('[data-testid=trace-sentence] .chip')].map((chip) =>
            [chip.innerText, getComputedStyle(chip).boxShadow])"""
        )
        return [(text, colour_text(shadow)) for text, shadow in found]

    def screen(self) -> Screen:
        """What is on screen now, as pixels."""
        return Screen(self.page)

    def board(self, name: str) -> Board:
        """Where a grid's cells are on screen."""
        return Board(
            *self.page.evaluate(f"(name) => {{ {BOARD} return [origin.left, origin.top, across, down] }}", name)
        )

    def drawings(self, selector: str) -> list[np.ndarray]:
        """What is drawn on each canvas of a selector: pixels (rows, columns, 4), the last of them the opacity."""
        found = self.page.locator(selector).evaluate_all("(all) => all.map((canvas) => canvas.toDataURL())")
        return [decoded(base64.b64decode(text.split(",")[1])) for text in found]

    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self.page.locator(".tconv-stage input.cell.editing").count() > 0

    def cell(self, name: str, row: int, column: int) -> Any:
        """The box of one number."""
        return self.page.locator(f"[data-grid={name}] .cell[data-row='{row}'][data-column='{column}']")

    # ---- acting
    def point(self, name: str, row: int, column: int) -> tuple[float, float]:
        """Move the pointer over a cell; returns where that is."""
        x, y = self.page.evaluate(
            """([name, row, column]) => { const layer = document.querySelector(`[data-grid=${name}]`);
            const px = (name) => parseFloat(getComputedStyle(layer).getPropertyValue(name));
            const { left, top } = layer.getBoundingClientRect();
            return [left + column * px('--across') + px('--width') / 2, top + (row + 0.5) * px('--height')] }""",
            [name, row, column],
        )
        self.page.mouse.move(x, y)
        return x, y

    def click(self, name: str, row: int, column: int) -> None:
        """Click a cell."""
        self.page.mouse.click(*self.point(name, row, column))

    def away(self) -> None:
        """Move the pointer off all grids."""
        self.page.mouse.move(700, 4)

    def focus(self) -> None:
        """Give the keyboard to the stage as a whole."""
        self.page.evaluate(f"{STAGE}.focus()")

    def resize(self, size: tuple[int, int]) -> None:
        """Give the window another size, and the stage the frames that it takes to follow."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.evaluate(FRAMES)

    def drag(self, node: Locator, start: float, end: float) -> None:
        """Drag across a node, from one fraction of its width to another."""
        box = node.bounding_box()
        y = box["y"] + box["height"] / 2
        self.page.mouse.move(box["x"] + box["width"] * start, y)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] * end, y, steps=4)
        self.page.mouse.up()

    def slide(self, name: str, *keys: str) -> None:
        """Press keys on a slider's thumb, once the controls show the page: until the next frame they rest."""
        self.idle()
        self.until(CONTROLS_SHOWN)
        self.page.evaluate(FRAMES)
        thumb = self.page.locator(f".st-key-{name} input[type=range], .st-key-{name} [role=slider]").first
        thumb.focus()
        assert thumb.evaluate("(thumb) => thumb === document.activeElement"), f"{name} does not take the focus"
        for key in keys:
            self.key(key)

    def fill(self, grid: str, name: str) -> None:
        """Choose what a grid's menu offers: a fill, "paste", "copy-numpy", …"""
        self.page.locator(f".grid-{grid} .menu-button").click()
        self.page.locator(f".grid-{grid} [role=menuitem][data-name='{name}']").click()

    def view(self, title: str) -> None:
        """Choose a view."""
        self.page.locator(".st-key-view button", has_text=title).click()

    def choose(self, title: str, whole: bool = False) -> None:
        """Choose an example by typing its title; where the ``whole`` of it is typed, by a click on that very one."""
        box = self.page.locator(".st-key-preset input")
        box.click()
        box.fill(title)
        if whole:
            self.page.get_by_role("option", name=title, exact=True).click()
        else:
            self.key("Enter")

    def play_button(self) -> None:
        """Press play, or pause."""
        self.page.locator(".tconv-stage .player .primary").click()

    def playing(self) -> bool:
        """Whether the play button offers to pause."""
        return self.page.locator(".tconv-stage .player .primary").get_attribute("aria-label") == "Pause"

    def speed(self, times: int) -> None:
        """Play faster."""
        while f"{times}×" not in self.text(".tconv-stage .speed"):
            self.page.locator(".tconv-stage .speed").click()


# ---- what is seen, as data
def decoded(image: bytes) -> np.ndarray:
    """The pixels (rows, columns, 4) of a PNG."""
    return np.array(Image.open(io.BytesIO(image)).convert("RGBA"), int)


def colour_text(style: str) -> str:
    """The first colour in a computed style as the palette writes it.

    >>> colour_text("rgb(230, 159, 0) 0px -2px inset"), colour_text("color(srgb 0.8 0 1 / 0.45)")
    ('#E69F00', '#CC00FF')
    """
    found = re.search(r"(rgb|color)\((?:srgb )?([\d.]+),? ([\d.]+),? ([\d.]+)", style)
    if not found:
        return style
    largest = 255 if found[1] == "color" else 1
    return "#" + "".join(f"{round(float(part) * largest):02X}" for part in found.groups()[1:])


def factor(value: float) -> str:
    """A number as it stands in a product: a negative one in brackets.

    >>> factor(2), factor(-0.5)
    ('2', '(−0.5)')
    """
    text = number_text(float(value))
    return f"({text})" if value < 0 else text


# ---- what the core says
def output(settings: Settings) -> np.ndarray:
    """The output (C_out, H', W') as the notebook's own loop computes it."""
    return METHODS["naive"](np.array(settings.input), np.array(settings.weight), settings.layer)


def canvas(settings: Settings, channel: int = 0) -> np.ndarray:
    """The canvas of an output channel: the same without cropping, extended by zeros; it does not use the relation."""
    layer = replace(settings.layer, padding=0, output_padding=0)
    full = METHODS["naive"](np.array(settings.input), np.array(settings.weight), layer)[channel]
    drawn = np.zeros(settings.layer.canvas_size(settings.size))
    drawn[: full.shape[0], : full.shape[1]] = full
    return drawn


def after(settings: Settings, step: int, channel: int = 0) -> np.ndarray:
    """The canvas of an output channel after so many stamps: the partial sums."""
    steps = run(settings).scatter_steps(channel)
    drawn = np.zeros(steps.canvas.size)
    cells = steps.cells.reshape(-1, steps.cells.shape[-1])
    for n, sums in enumerate(steps.sums[:step]):
        if not np.isnan(sums).any():  # another group's channel reaches nothing
            drawn[cells[n % len(cells)]] = sums
    return drawn.reshape(steps.canvas.shape)


def matrix_block(settings: Settings, in_channel: int, out_channel: int) -> np.ndarray:
    """The dense block (H·W, H'·W') of W that joins an input with an output channel."""
    rows, columns = np.prod(settings.size), np.prod(settings.layer.output_size(settings.size))
    below, right = in_channel * rows, out_channel * columns
    return run(settings).conv_matrix[below : below + rows, right : right + columns].toarray()


def window(settings: Settings) -> str:
    """data-window of the settings."""
    return ",".join(map(str, settings.layer.window(settings.size)))
