"""How quickly the page answers, beside a plain Streamlit page in the same run: `python tests/benchmarks/stage.py`.

It measures and prints; nothing here passes or fails. Times are from the browser's own event to the first frame
after the new picture was painted, in headless Chromium; the medians' ratios are what to quote.
`--beside DIR` measures another checkout, the commit before, in the same run. `--minutes N` also leaves a page playing
for N minutes and prints its memory. What goes over the wire is measured by load.py.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from serving import server

from explorer.views import VIEWS

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-precise-memory-info --js-flags=--expose-gc"
).split()
SMALL = "?x=0,1,2,3;4,5,6,7;8,9,10,11;12,13,14,15&k=0,1,2;3,4,5;6,7,8"

# Resolves with the ms from the next event of a type to the first frame after `done()` turns true.
WATCH = """([type, done]) => new Promise((resolve) => {
  const test = new Function(`return (${done})`);
  let start = null;
  addEventListener(type, (event) => { start ??= performance.now(); }, { capture: true, once: true });
  const look = () => {
    if (start === null || !test()) return requestAnimationFrame(look);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now() - start);
    requestAnimationFrame(() => channel.port2.postMessage(0));
  };
  window.watching = true;
  look();
})"""
# The same for the stage, which says itself when its picture has been painted.
WATCH_STAGE = """([type, attribute]) => new Promise((resolve) => {
  const stage = document.querySelector('[data-testid=stage]');
  let start = null;
  addEventListener(type, () => { start ??= performance.now(); }, { capture: true, once: true });
  const observer = new MutationObserver(() => {
    if (start === null) return;
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(stage, { attributes: true, attributeFilter: [attribute] });
})"""


def timed(page: Page, script: str, arguments: list[str], act: object) -> float:
    """One measured event: start watching, act, wait for the picture."""
    handle = page.evaluate_handle(f"(a) => ({{promise: ({script})(a)}})", arguments)
    act()  # type: ignore[operator]
    return handle.evaluate("(watch) => watch.promise")


def middle(values: list[float]) -> str:
    late = sorted(values)[int(len(values) * 0.95)]
    return f"p50 {statistics.median(values):6.1f} ms   p95 {late:6.1f} ms   n {len(values)}"


def plain(page: Page, address: str, repeats: int) -> list[float]:
    """Stride slider to painted figure, on the plain page."""
    page.goto(address)
    page.wait_for_function("document.querySelector('.js-plotly-plot')?.data?.length === 3", timeout=30000)
    slider = page.locator(".st-key-stride input[type=range], .st-key-stride [role=slider]").first
    slider.focus()
    times = []
    for n in range(repeats):
        key, rows = ("ArrowRight", 9) if n % 2 == 0 else ("ArrowLeft", 6)
        done = f"document.querySelector('.js-plotly-plot')?.calcdata?.[2]?.[0]?.z?.length === {rows}"
        times.append(timed(page, WATCH, ["keydown", done], lambda key=key: page.keyboard.press(key)))
        page.wait_for_timeout(250)
    return times[2:]


def ready(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(
        "document.querySelector('[data-testid=stage]')?.dataset.drawn > 0 && window.Plotly", timeout=30000
    )
    page.wait_for_timeout(800)


def slider_moves(page: Page, repeats: int, keys: tuple[str, str] = ("ArrowRight", "ArrowLeft")) -> list[float]:
    page.locator(".st-key-stride input[type=range], .st-key-stride [role=slider]").first.focus()
    times = []
    for n in range(repeats):
        times.append(timed(page, WATCH_STAGE, ["keydown", "data-drawn"], lambda n=n: page.keyboard.press(keys[n % 2])))
        page.wait_for_timeout(250)
    return times[2:]


def hovers(page: Page, repeats: int) -> list[float]:
    grid = page.locator("[data-grid=output], [data-grid=upstream]")
    box = grid.bounding_box()
    columns = grid.evaluate("(node) => getComputedStyle(node).gridTemplateColumns.split(' ').length")
    cell = box["width"] / columns
    page.mouse.move(5, 5)
    times = []
    for n in range(repeats):
        x, y = box["x"] + cell * (n % columns + 0.5), box["y"] + cell * (n // columns % columns + 0.5)
        times.append(timed(page, WATCH_STAGE, ["pointermove", "data-trace"], lambda x=x, y=y: page.mouse.move(x, y)))
        page.wait_for_timeout(60)
    page.mouse.move(5, 5)
    return times


def steps(page: Page, repeats: int) -> list[float]:
    page.locator("[data-testid=stage]").focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(200)
    times = []
    for _ in range(repeats):
        times.append(timed(page, WATCH_STAGE, ["keydown", "data-step"], lambda: page.keyboard.press("ArrowRight")))
        page.wait_for_timeout(60)
    return times


def grids(size: int, blocks: int, seed: float) -> str:
    """Decimals that do not repeat, as the address writes them."""
    number = iter((n * seed) % 7 - 3 for n in range(1, 10**6))
    return "|".join(
        ";".join(",".join(f"{next(number):.6f}" for _ in range(size)) for _ in range(size)) for _ in range(blocks)
    )


def largest() -> str:
    return f"?x={grids(8, 4, 0.7312)}&k={grids(5, 16, 0.5171)}&out_channels=4&stride=4&dilation=3&output_padding=3"


# Notes when each condition first holds, in ms since the visit began; run in the page before anything else.
NOTE = """(conditions) => { window.noted = {};
  const look = () => { for (const [name, test] of Object.entries(conditions))
    try { if (!(name in noted) && new Function(`return ${test}`)()) noted[name] = performance.now(); } catch { }
    if (Object.keys(noted).length < Object.keys(conditions).length) requestAnimationFrame(look); };
  look(); }"""
HERE = {"here": "document.querySelector('[data-testid=stText]')"}
STAGE_SEEN = {
    "numbers": "document.querySelector('[data-grid=output] .cell').textContent",
    "plotly": "document.querySelector('.grid-output .js-plotly-plot').data[0].z.length",
}


def cold(browser: Browser, address: str, conditions: dict[str, str], repeats: int) -> dict[str, list[float]]:
    """Visits with nothing in the browser's cache: ms until each condition holds."""
    times: dict[str, list[float]] = {name: [] for name in conditions}
    for _ in range(repeats):
        context = browser.new_context(viewport={"width": 1280, "height": 720}, bypass_csp=True)
        page = context.new_page()
        page.add_init_script(f"({NOTE})({json.dumps(conditions)})")
        page.goto(address)
        page.wait_for_function(f"Object.keys(window.noted ?? {{}}).length === {len(conditions)}", timeout=60000)
        for name, when in page.evaluate("noted").items():
            times[name].append(when)
        context.close()
    return times


def memory(page: Page, address: str, minutes: float) -> None:
    """Leave a page playing and print its heap each minute."""
    ready(page, address + SMALL)
    page.evaluate(
        "document.querySelector('.tconv-stage .speed').click(); document.querySelector('.tconv-stage .speed').click()"
    )
    end, sizes = time.time() + 60 * minutes, []
    while time.time() < end:
        if not page.evaluate("document.querySelector('.tconv-stage .primary').dataset.playing === 'true'"):
            page.locator("[data-testid=stage]").focus()
            page.keyboard.press("Space")
        page.wait_for_timeout(2000)
        if not sizes or time.time() - sizes[-1][0] > 30:
            heap = page.evaluate("(gc(), performance.memory.usedJSHeapSize)") / 1e6
            nodes = page.evaluate("document.querySelectorAll('*').length")
            sizes.append((time.time(), heap))
            print(f"  {time.time() - end + 60 * minutes:5.0f} s  heap {heap:6.1f} MB  nodes {nodes}", flush=True)


def show(name: str, times: list[float]) -> float:
    """Print one row; returns its median."""
    print(f"  {name:34}", middle(times), flush=True)
    return statistics.median(times)


def small(browser: Browser, page: Page, address: str, repeats: int) -> dict[str, float]:
    """The medians of an explorer's everyday pages."""
    found = {}
    ready(page, address + SMALL)
    found["slider"] = show("slider, 4×4, k3", slider_moves(page, repeats))
    found["hover"] = show("hover, 4×4, k3", hovers(page, 30))
    found["step"] = show("step, 4×4, k3", [time for _ in range(4) for time in steps(page, 15)])
    for view in ("scatter", "gather"):
        ready(page, f"{address}?x={grids(8, 1, 0.7312)}&k={grids(3, 1, 0.5171)}&stride=2&view={view}")
        show(f"step, 8×8, k3, stride 2, {view}", steps(page, 60))
        show(f"hover, 8×8, k3, stride 2, {view}", hovers(page, 30))
    for name, times in cold(browser, address, STAGE_SEEN, max(repeats // 3, 3)).items():
        found[name] = show(f"cold visit until {name}", times)
    return found


def largest_pages(page: Page, address: str) -> None:
    """The largest settings, in every view."""
    for view, more in {**{name: f"&view={name}" for name in VIEWS}, "backward": "&view=matrix&backward=1"}.items():
        ready(page, address + largest() + more)
        show(f"largest, {view}: slider", slider_moves(page, 8, ("ArrowLeft", "ArrowRight")))
        show(f"largest, {view}: hover", hovers(page, 12))
        show(f"largest, {view}: step", steps(page, 12))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--beside", type=Path, help="another checkout of the explorer, measured in the same run")
    options = parser.parse_args()
    folder = Path(__file__).parent
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as empty:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720}, bypass_csp=True)
        with server(folder / "plain_page.py", Path(empty)) as address:
            base = show("plain page: slider", plain(page, address, options.repeats))
        with server(folder / "plain_page.py", Path(empty), FREEZE="1") as address:
            frozen = show("plain page, gc frozen: slider", plain(page, address, options.repeats))
        with server(folder / "empty_page.py", Path(empty)) as address:
            first = show("empty page: cold visit", cold(browser, address, HERE, max(options.repeats // 3, 3))["here"])
        if options.beside:
            print("beside")
            with server(options.beside / "app.py", options.beside) as address:
                beside = small(browser, page, address, options.repeats)
        print("explorer")
        with server(ROOT / "app.py", ROOT) as address:
            ours = small(browser, page, address, options.repeats)
            print("ratios of the medians")
            print(f"  slider / plain page {ours['slider'] / base:.2f}, gc frozen {ours['slider'] / frozen:.2f}")
            print(
                f"  cold visit / empty page: numbers {ours['numbers'] / first:.2f}, plotly {ours['plotly'] / first:.2f}"
            )
            if options.beside:
                print("  explorer / beside: " + ", ".join(f"{name} {ours[name] / beside[name]:.2f}" for name in ours))
            largest_pages(page, address)
            if options.minutes:
                print("memory of a page left playing")
                memory(page, address, options.minutes)
        browser.close()


if __name__ == "__main__":
    main()
