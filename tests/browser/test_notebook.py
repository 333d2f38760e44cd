"""The widget in a real JupyterLab: a person opens a notebook, runs it, and works with the stage in it."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Locator, Page

from .conftest import ROOT, free_port

WAIT = 60_000  # ms: only a failure waits this long
STAGE = ".tconv-stage"
CODE = ['import explorer\nw = explorer.show("?preset=stride-2")', "w"]
READ = "print(w.settings.input, w.settings.layer.stride, w.cell, w.step)"
OWN_FOLDERS = (
    "JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR JUPYTER_RUNTIME_DIR JUPYTERLAB_SETTINGS_DIR JUPYTERLAB_WORKSPACES_DIR"
)
OPTIONS = """--no-browser --allow-root --ServerApp.ip=127.0.0.1 --ServerApp.port_retries=0 --IdentityProvider.token=
--ServerApp.terminals_enabled=False --LabApp.expose_app_in_browser=True --LabApp.news_url=None
--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.extension_manager=readonly"""


def notebook(cells: list[str]) -> str:
    """A notebook of code cells, as a file's text."""
    empty = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    found = [{**empty, "id": f"cell-{number}", "source": source} for number, source in enumerate(cells)]
    return json.dumps({"cells": found, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


@contextmanager
def jupyter(folder: Path) -> Iterator[str]:
    """JupyterLab over a folder's ``books``, with no setting of this machine's; yields its address."""
    books, port, log = folder / "books", free_port(), folder / "log.txt"
    own = {name: str(folder / name.lower()) for name in [*OWN_FOLDERS.split(), "IPYTHONDIR"]}
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS.split(), f"--ServerApp.root_dir={books}"]
    command.append(f"--ServerApp.port={port}")
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    with (
        log.open("w") as out,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/api/status", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            kernels = psutil.Process(process.pid).children(recursive=True)
            process.terminate()  # it ends its kernels, then itself
            _, left = psutil.wait_procs([psutil.Process(process.pid), *kernels], timeout=WAIT / 1000)
            for one in left:
                one.kill()
    assert not left


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    """Until the server answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}: {log.read_text()}")


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A notebook that has been opened and run. At the end nothing may have complained, and no kernel may be left."""
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "stage.ipynb").write_text(notebook(CODE), encoding="utf-8")
    said: list[str] = []
    with jupyter(tmp_path) as address, browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{address}/doc/tree/stage.ipynb")
        page.wait_for_function(
            "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'"
        )
        page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(f"{STAGE} .js-plotly-plot")
        yield page
    assert not said


def shows(page: Page, **wanted: str) -> None:
    """Wait until the stage's data- attributes are these."""
    page.wait_for_function(
        f"(all) => Object.entries(all).every(([k, v]) => document.querySelector('{STAGE}').dataset[k] === v)",
        arg=wanted,
    )


def output_is(page: Page, values: list[list[float]]) -> None:
    """Wait until the output's heatmap holds these values."""
    page.wait_for_function(
        """(z) => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')]
        .find((plot) => plot.data?.[0]?.name === 'output')?.data[0].z) === JSON.stringify(z)""",
        arg=values,
    )


def number(stage: Locator, grid: str, row: int, column: int) -> Locator:
    """The box of one number."""
    return stage.locator(f"[data-grid={grid}] .cell[data-row='{row}'][data-column='{column}']")


def run_further(page: Page, code: str) -> Locator:
    """The output of a further cell, typed below the others and run, all by keyboard."""
    before = page.locator(".jp-Notebook .jp-CodeCell").count()
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").last.click()
    for key in ("Escape", "b", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type(code)
    page.keyboard.press("Shift+Enter")
    return page.locator(".jp-Notebook .jp-CodeCell").nth(before).locator(".jp-OutputArea-output")


def test_a_person_works_with_the_stage_in_a_notebook(page: Page) -> None:
    output_is(page, [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]])
    # The keys are the stage's own; JupyterLab would add a cell at "b" and make headings of the digits.
    page.evaluate(f"document.querySelector('{STAGE}').focus()")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    shows(page, step="1")
    page.keyboard.press("b")
    page.wait_for_selector(f"{STAGE} [data-grid=gradient]")
    page.keyboard.press("b")
    page.wait_for_selector(f"{STAGE} [data-grid=output]")
    assert page.locator(".jp-Notebook .jp-Cell").count() == len(CODE)

    page.locator(f"{STAGE} .views button", has_text="Gather").click()
    page.wait_for_selector(f"{STAGE} [data-grid=zero_inserted]")
    number(page.locator(STAGE), "input", 1, 0).click()
    shows(page, trace="input:0,1,0")

    page.locator(f"{STAGE} [data-grid=input]").dblclick(position={"x": 10, "y": 10})
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    output_is(page, [[0, 5, 0, 1], [10, 15, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]])

    printed = run_further(page, READ).inner_text()
    assert printed.strip() == "(((5.0, 1.0), (2.0, 3.0)),) (2, 2) input:0,1,0 None"

    # Shown a second time it goes on where it was, and both follow what either is asked for.
    second = run_further(page, "w").locator(STAGE)
    assert number(second, "input", 0, 0).input_value() == "5"
    second.locator(".views button", has_text="Matrix").click()
    for stage in (second, page.locator(STAGE).first):
        stage.locator("[data-grid=WT]").wait_for()
        assert stage.get_attribute("data-trace") == "input:0,1,0"
