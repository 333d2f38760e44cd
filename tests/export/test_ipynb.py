"""The notebook: valid, executed as a reader would, with and without the explorer.

Jupyter's packages are imported by the functions that use them: every process imports this file to find its tests, and
one runs them.
"""

import asyncio
import re
import warnings
from pathlib import Path

import numpy as np
import pytest

from explorer.code_text import KINDS, program
from explorer.decimals import format_number
from explorer.export.ipynb import notebook
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.session.page import page_at

ROOT = Path(__file__).parents[2]
BLOCKED = "import sys\nsys.modules['anywidget'] = None"
"""As where the extra is not installed."""


def read(address):
    """The notebook of an address, valid in nbformat's own eyes."""
    import nbformat

    found = nbformat.reads(notebook(address).decode(), as_version=4)
    nbformat.validate(found)
    return found


def executed(found, folder):
    """The outputs of each code cell after a kernel ran them all."""
    from nbclient import NotebookClient

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the kernel's own packages
        client = NotebookClient(found, timeout=120, resources={"metadata": {"path": str(folder)}})
        asyncio.run(client.async_execute())
    return [cell.outputs for cell in found.cells if cell.cell_type == "code"]


def tables(cell):
    """The numbers of the Markdown tables of a cell, each as a list of texts."""
    blocks = [block.splitlines() for block in cell.source.split("\n\n") if block.startswith("|")]
    return [[[one.strip() for one in line.split("|")[2:-1]] for line in lines[2:]] for lines in blocks]


@pytest.mark.parametrize("preset", PRESETS)
def test_it_is_valid_and_its_tables_have_the_cores_numbers(preset):
    operation = run(PRESETS[preset].settings)
    found = read(f"?preset={preset}")
    arrays = (operation.input, operation.weight, operation.output)
    grids = [grid for array in arrays for grid in array.reshape(-1, *array.shape[-2:])]
    assert tables(found.cells[2]) == [[list(map(format_number, row)) for row in grid.tolist()] for grid in grids]
    codes = [cell.source for cell in found.cells if cell.cell_type == "code"]
    assert codes[1:-1] == [program(operation.settings, kind).strip() for kind in KINDS[1:]]
    assert f'explorer.show("?preset={preset}' in codes[-1] or preset == "basic"


def test_it_runs_and_shows_the_widget(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    address = "?x=0,1;2,3|1,1;1,1&k=1,2;3,4|10,20;30,40&groups=2&out_channels=2&stride=2&view=gather&step=3"
    *programs, widget = executed(read(address), tmp_path)
    settings = page_at(address).page.settings
    assert settings.layer.groups == 2
    output = run(settings).output.ravel()
    for outputs in programs:
        text = re.sub(r"dtype=\S+", "", "".join(one.text for one in outputs))
        assert [float(one) for one in re.findall(r"\d+\.?", text)] == output.tolist()
    (shown,) = widget
    assert "application/vnd.jupyter.widget-view+json" in shown.data
    assert "2×4×4" in shown.data["text/plain"]


def test_where_the_widget_is_not_installed_it_runs_too(tmp_path):
    from nbformat.v4 import new_code_cell

    found = read("?preset=stride-2")
    found.cells.insert(0, new_code_cell(BLOCKED))
    said = executed(found, tmp_path)[-1]
    assert [one.output_type for one in said] == ["stream"]
    assert "tables above" in said[0].text


def test_a_decimal_is_written_out_and_an_address_is_a_string_of_the_program():
    found = read("?x=0.1,-2e-3&k=1&trace=output:0,0,1&upstream=ones")
    assert tables(found.cells[2])[0] == [["0.1", "-0.002"]]
    compile(found.cells[-1].source, "<cell>", "exec")
    assert np.isfinite(float(tables(found.cells[2])[2][0][1]))
