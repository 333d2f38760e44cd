"""The Python file, run as a program."""

import os
import re
import subprocess
import sys

import numpy as np
import pytest

from explorer.code_text import KINDS
from explorer.export.program import programs
from explorer.operation import run
from explorer.session.page import page_at
from explorer.text import texts

LINK = "https://explorer.example/?preset=dilation&stride=2"


def printed(source, folder):
    """The numbers of each array that the program prints, run where the explorer cannot be imported."""
    file = folder / "page.py"
    file.write_bytes(source)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-W", "error", "-I", str(file)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("address", ["", LINK, "?preset=groups", "?x=0.1,0.2;0.3,-4e-7&k=1.5,2;3,4"])
def test_it_runs_and_prints_the_output_three_times(address, tmp_path):
    output = run(page_at(address.partition("/?")[2] or address).page.settings).output
    said = printed(programs(address), tmp_path)
    numbers = [float(one) for one in re.findall(r"-?\d+\.?\d*(?:e[+-]\d+)?", re.sub(r"dtype=\S+", "", said))]
    assert np.allclose(numbers, np.tile(output.ravel(), 3), rtol=1e-3, atol=1e-6)


def test_its_sections_and_its_link():
    lines = programs(LINK).decode().splitlines()
    assert [line for line in lines if line.startswith("# %%")] == [
        f"# %% {texts()['code']['kinds'][kind]}" for kind in KINDS
    ]
    assert lines.count(f"# {LINK}") == 1


def test_nothing_in_the_address_is_run():
    source = programs("https://explorer.example/?a=1\nimport os\n#'''").decode()
    assert "\nimport os" not in source
    compile(source, "<page>", "exec")
