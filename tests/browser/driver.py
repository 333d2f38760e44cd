"""A page of the explorer as a test uses it, and what the Python core says must stand on it."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, TimeoutError

from explorer.methods import METHODS
from explorer.operation import run
from explorer.settings import Settings

LAPTOP, PROJECTOR, PHONE = (1280, 720), (1920, 1080), (390, 844)
WAIT = 20_000  # ms: only a failure waits this long

# Messages in the browser's console that Streamlit itself causes: {pattern: why it is no fault of ours}. None so far.
NOT_OURS: dict[str, str] = {}

STAGE = "document.querySelector('[data-testid=stage]')"
PLOT = "[...document.querySelectorAll('.js-plotly-plot')].find((plot) => plot.data?.[0]?.name === name)"
IDLE = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"

FRAMES = """new Promise((done) => { let frames = 6;
  const next = () => (frames-- ? requestAnimationFrame(next) : done());
  next(); })"""


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
    def until(self, expression: str, argument: Any = None) -> Any:
        """Wait until a JavaScript expression, or a function of one argument, is true."""
        return self.page.wait_for_function(expression, arg=argument, timeout=WAIT)

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
        arrived = self.page.evaluate(f"{STAGE}.stage.data.arrived")
        self.page.evaluate(
            "(query) => { history.pushState(history.state, '', query); dispatchEvent(new PopStateEvent('popstate')) }",
            query,
        )
        self.until(f"{STAGE}.stage.data.arrived > {arrived}")
        self.page.evaluate(FRAMES)
        return self.ready()

    def idle(self) -> None:
        """Wait until Streamlit runs nothing."""
        self.until(IDLE)

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
            np.testing.assert_allclose(self.z(name), wanted, rtol=0, atol=within)
            raise

    def shows(self, **wanted: object) -> None:
        """Wait until the stage's data- attributes are these."""
        texts = {name: str(value) for name, value in wanted.items()}
        try:
            self.until(f"(all) => Object.entries(all).every(([k, v]) => {STAGE}.dataset[k] === v)", texts)
        except TimeoutError:
            raise AssertionError(f"wanted {texts}, the stage says {self.data()}") from None

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

    def marks(self, name: str) -> set[tuple[int, int]]:
        """(row, column) of each marked cell of a grid."""
        found = self.page.evaluate(
            """(name) => { const board = document.querySelector(`[data-grid=${name}]`).parentElement;
            const cell = parseFloat(getComputedStyle(board).getPropertyValue('--cell'));
            return [...board.querySelectorAll('.mark')].map((mark) =>
              [mark.offsetTop, mark.offsetLeft].map((n) => Math.round(n / cell))) }""",
            name,
        )
        return set(map(tuple, found))

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
            const cell = parseFloat(getComputedStyle(layer).getPropertyValue('--cell'));
            const box = layer.getBoundingClientRect();
            return [box.left + (column + 0.5) * cell, box.top + (row + 0.5) * cell] }""",
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
        """Press keys on a slider's thumb."""
        thumb = self.page.locator(f".st-key-{name} input[type=range], .st-key-{name} [role=slider]").first
        thumb.focus()
        for key in keys:
            self.key(key)

    def view(self, title: str) -> None:
        """Choose a view."""
        self.page.locator(".st-key-view button", has_text=title).click()

    def choose(self, title: str) -> None:
        """Choose an example by typing its title."""
        box = self.page.locator(".st-key-preset input")
        box.click()
        box.fill(title)
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


def window(settings: Settings) -> str:
    """data-window of the settings."""
    return ",".join(map(str, settings.layer.window(settings.size)))
