"""A server, a browser, and `visit`, which opens an address in it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from .driver import LAPTOP, Explorer
from .line import Line

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --process-per-site"
).split()
"""The last: tabs of one visitor share a process, which has compiled the scripts; another one takes 2 s to do so."""


USUAL_MEDIA: dict[str, Any] = {
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
    "contrast": "no-preference",
}
"""What a test does not say of its visitor's system: the test before may have had another one in the same tab."""


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer in a process of its own; yields its address."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with serving(free_port(), log) as address:
        yield address
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="package")
def forgetful_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second one, as if the first had started anew; it forgets a session 1 s after its connection is gone."""
    log = tmp_path_factory.mktemp("forgetful_server") / "log.txt"
    with serving(free_port(), log, session_seconds=1) as address:
        yield address
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="package")
def line_port() -> int:
    """The port of all lines: what a browser has loaded through one, it has for the next one."""
    return free_port()


@pytest.fixture
def line(server: str, line_port: int) -> Iterator[Line]:
    """A line to the server, that a test can cut, mend, and lay to another server."""
    line = Line(server, line_port)
    yield line
    line.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(
    port: int,
    log: Path,
    root: Path = ROOT,
    session_seconds: int = 120,
    path: str = "",
    options: Sequence[str] = ("--server.address", "127.0.0.1"),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """A server on a port, killed at the end of the block.

    ``session_seconds``: how long it remembers a session whose connection is gone. ``path``: below which it stands.
    ``options`` and variables of the ``environment`` are given to it besides.
    """
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    command += ["--server.baseUrlPath", path, "--server.disconnectedSessionTTL", str(session_seconds)]
    address, variables = f"http://127.0.0.1:{port}/{path and f'{path}/'}", {**os.environ, **environment}
    with (
        log.open("w") as out,
        subprocess.Popen(command, cwd=root, env=variables, stdout=out, stderr=subprocess.STDOUT) as process,
    ):
        try:
            _wait_for(f"{address}_stcore/health", process, log)
            yield address
        finally:
            process.kill()


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    """Until the server answers; only while the process lives is the answer its own and not another's on that port."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        time.sleep(0.05)
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            continue
    raise AssertionError(f"no answer from {address}: {log.read_text()}")


# "package", not "session": playwright's event loop would still be running in the tests of other folders.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; where it has none, playwright's."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all tests: an address opens in it in 1 s, in a new one in 3 to 5 s."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture(scope="package")
def another_tab(browser: Browser) -> Iterator[Page]:
    """One tab for all tests that ask for another visitor: kept for the same reason, and to open others beside it."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def newcomer(server: str, another_tab: Page) -> Iterator[Callable[[str], Page]]:
    """``newcomer(address)``: a tab of somebody who has stored nothing of what a server at that address stores."""
    health = "_stcore/health"  # a page without a script, of the same process

    def newcomer(address: str) -> Page:
        another_tab.goto(address + health)
        another_tab.evaluate("localStorage.clear(); sessionStorage.clear()")
        another_tab.context.clear_cookies()
        return another_tab

    yield newcomer
    for page in another_tab.context.pages:
        if page is not another_tab:
            page.close()
    if not another_tab.url.endswith(health):
        another_tab.goto(server + health)  # a page whose server is gone would go on asking for it


@pytest.fixture(scope="package")
def only_looked_at() -> set[Page]:
    """The tabs that only `look` has used since their page was loaded."""
    return set()


@pytest.fixture
def visit(
    server: str,
    browser: Browser,
    tab: Page,
    another_tab: Page,
    newcomer: Callable[[str], Page],
    only_looked_at: set[Page],
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., Explorer]]:
    """Open an address: ``visit("?stride=2")``. After the test: no page may have complained in its console.

    ``size`` is the window's; other named arguments go to page.emulate_media. ``fresh`` opens it as another visitor who
    has stored nothing, ``cold`` as one who has loaded nothing either, ``locale`` as one whose browser has that;
    ``before`` gets that page before it loads; ``server_address`` is another server's; ``ready=False`` does not wait for
    the picture; ``looks`` is `look`'s.
    """
    opened: list[Explorer] = []
    failed_before = request.session.testsfailed

    def page_for(address: str, fresh: bool, cold: bool, locale: str | None) -> Page:
        is_taken = any(explorer.page is another_tab for explorer in opened)
        if cold or locale or (fresh and is_taken):
            return browser.new_context(locale=locale).new_page()
        return newcomer(address) if fresh else tab

    def visit(
        query: str = "",
        size: tuple[int, int] = LAPTOP,
        fresh: bool = False,
        cold: bool = False,
        locale: str | None = None,
        ready: bool = True,
        before: Callable[[Page], object] | None = None,
        server_address: str = server,
        looks: bool = False,
        **media: Any,
    ) -> Explorer:
        page = page_for(server_address, fresh, cold, locale)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(**{**USUAL_MEDIA, **media})
        page.mouse.move(0, 0)
        if not page.url.startswith(server_address):
            page.goto("about:blank")  # a page of a server that is gone goes on complaining
        if before:
            before(page)
        explorer = Explorer(page)
        opened.append(explorer)
        if looks and page in only_looked_at:
            page.evaluate("document.activeElement.blur()")
            return explorer.go(query or "?")
        only_looked_at.discard(page)
        page.goto(server_address + query, wait_until="load" if ready else "domcontentloaded")
        if looks and page is tab:
            only_looked_at.add(tab)
        return explorer.ready() if ready else explorer

    yield visit
    if request.session.testsfailed > failed_before:
        only_looked_at.clear()  # who knows what it left open on the page
    complaints = [line for explorer in opened for line in explorer.complaints()]
    for explorer in opened:
        explorer.forget()
        explorer.page.unroute_all()
        if explorer.page not in (tab, another_tab):
            explorer.page.context.close()
    assert not complaints


@pytest.fixture
def look(visit: Callable[..., Explorer]) -> Callable[..., Explorer]:
    """`visit` for tests that change nothing on the explorer but its address, and do not mind what others did on it.

    From one such test to the next the page is not loaded anew: it is gone on from, as Forward does, in a third of the
    time.
    """
    return partial(visit, looks=True)


@pytest.fixture(scope="package")
def file_tab(browser: Browser) -> Iterator[Page]:
    """One tab for all files, with the network cut off; their own policy would forbid the tests' questions (eval)."""
    with browser.new_context(offline=True, bypass_csp=True) as context:
        yield context.new_page()


@pytest.fixture
def opened(browser: Browser, file_tab: Page) -> Iterator[Callable[..., Explorer]]:
    """Opens an HTML file from the disk with the network cut off; afterwards: no request, nothing in the console.

    ``policy`` keeps the file's own policy, ``wait=False`` does not wait for the picture; other named arguments go to
    page.emulate_media.
    """
    pages: list[Explorer] = []
    asked: list[str] = []

    def listen(request: Request) -> None:
        asked.append(request.url)

    def open_file(
        path: Path, size: tuple[int, int] = LAPTOP, policy: bool = False, wait: bool = True, **media: Any
    ) -> Explorer:
        page = browser.new_context(offline=True).new_page() if policy else file_tab
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(**{**USUAL_MEDIA, **media})
        page.mouse.move(0, 0)
        page.on("request", listen)
        explorer = Explorer(page)
        pages.append(explorer)
        page.goto(path.as_uri())
        if wait:
            page.wait_for_selector(".tconv-stage .grid-kernel .js-plotly-plot .heatmaplayer", state="attached")
        return explorer

    yield open_file
    complaints = [line for page in pages for line in page.complaints()]
    for explorer in pages:
        explorer.forget()
        explorer.page.remove_listener("request", listen)
        if explorer.page is file_tab:
            file_tab.evaluate("localStorage.clear(); sessionStorage.clear()")
        else:
            explorer.page.context.close()
    assert not complaints
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
