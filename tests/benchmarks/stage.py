"""How quickly the page answers, beside a plain Streamlit page in the same run: `python tests/benchmarks/stage.py`.

It measures and prints; nothing here passes or fails. Times are from the browser's own event to the first frame
after the new picture was painted, in headless Chromium; the medians' ratios are what to quote.
`--minutes N` also leaves a page playing for N minutes and prints its memory.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from explorer.figures.document import document, static  # noqa: E402
from explorer.operation import run  # noqa: E402
from explorer.session.address import from_query  # noqa: E402
from explorer.views import VIEWS  # noqa: E402

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


@contextmanager
def server(script: Path, folder: Path, **environment: str) -> Iterator[str]:
    """A Streamlit process of its own; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(200):
            time.sleep(0.1)
            if process.poll() is not None:
                raise RuntimeError("the server ended")
            try:
                urllib.request.urlopen(f"{address}_stcore/health", timeout=1)
                break
            except OSError:
                continue
        yield address
    finally:
        process.terminate()
        process.wait()


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


def payload(query: str) -> int:
    """Bytes of the document that a page is drawn from."""
    settings, view, _ = from_query(dict(parse_qsl(query[1:])))
    return len(json.dumps({"doc": document(run(settings), view), "static": static()}))


def memory(page: Page, address: str, minutes: float) -> None:
    """Leave a page playing and print its heap each minute."""
    ready(page, address + SMALL)
    page.evaluate(
        "document.querySelector('.tconv-stage .speed').click(); document.querySelector('.tconv-stage .speed').click()"
    )
    end, sizes = time.time() + 60 * minutes, []
    while time.time() < end:
        if not page.evaluate("document.querySelector('[data-testid=stage]').stage.playing"):
            page.locator("[data-testid=stage]").focus()
            page.keyboard.press("Space")
        page.wait_for_timeout(2000)
        if not sizes or time.time() - sizes[-1][0] > 30:
            heap = page.evaluate("(gc(), performance.memory.usedJSHeapSize)") / 1e6
            nodes = page.evaluate("document.querySelectorAll('*').length")
            sizes.append((time.time(), heap))
            print(f"  {time.time() - end + 60 * minutes:5.0f} s  heap {heap:6.1f} MB  nodes {nodes}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=0)
    options = parser.parse_args()
    plain_script = ROOT / "tests/benchmarks/plain_page.py"
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as empty:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        with server(plain_script, Path(empty)) as address:
            base = plain(page, address, options.repeats)
        with server(plain_script, Path(empty), FREEZE="1") as address:
            frozen = plain(page, address, options.repeats)
        with server(ROOT / "app.py", ROOT) as address:
            ready(page, address + SMALL)
            ours = slider_moves(page, options.repeats)
            print("slider key → painted, 4×4 input, 3×3 kernel")
            print("  plain page               ", middle(base))
            print("  plain page, gc frozen    ", middle(frozen))
            print("  stage                    ", middle(ours))
            ratio = statistics.median(ours) / statistics.median(base)
            print(f"  stage / plain            {ratio:.2f} (to reach: 0.40)")
            print(f"  stage / plain, gc frozen {statistics.median(ours) / statistics.median(frozen):.2f}")
            print("hover → linked picture painted (to reach: p50 30 ms)")
            print("  4×4, k3, stride 1        ", middle(hovers(page, 30)))
            print("step → painted (to reach: p50 20 ms, 30 ms at 8×8 stride 2)")
            print("  4×4, k3, stride 1        ", middle([time for _ in range(4) for time in steps(page, 15)]))
            ready(page, f"{address}?x={grids(8, 1, 0.7312)}&k={grids(3, 1, 0.5171)}&stride=2")
            print("  8×8, k3, stride 2        ", middle(steps(page, 60)))
            print("  hover there              ", middle(hovers(page, 30)))
            ready(page, f"{address}?x={grids(8, 1, 0.7312)}&k={grids(3, 1, 0.5171)}&stride=2&view=gather")
            print("  gather, 8×8, k3, stride 2", middle(steps(page, 60)))
            print("  hover there              ", middle(hovers(page, 30)))
            query = largest()
            views = {name: f"&view={name}" for name in VIEWS} | {"backward": "&view=matrix&backward=1"}
            sizes = [f"{name} {payload(query + more) / 1e3:.0f} kB" for name, more in views.items()]
            print(f"largest: payload {', '.join(sizes)} (to reach: below 500)")
            for name, more in views.items():
                ready(page, address + query + more)
                print(
                    f"  {name}: slider → painted   ",
                    middle(slider_moves(page, 8, ("ArrowLeft", "ArrowRight"))),
                    "(to reach: 500 ms)",
                )
                print(f"  {name}: hover → painted    ", middle(hovers(page, 12)))
                print(f"  {name}: step → painted     ", middle(steps(page, 12)))
            if options.minutes:
                print("memory of a page left playing")
                memory(page, address, options.minutes)
        browser.close()


if __name__ == "__main__":
    main()
