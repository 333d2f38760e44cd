"""The benchmarks that no other test runs: each measure once, as small as can be."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

CROWD = Path(__file__).parent / "benchmarks" / "crowd.py"


def test_a_crowd_is_measured_and_every_visitor_answered():
    command = [sys.executable, str(CROWD), "--quick", "--page", "mixed"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    counts = r"(\w+): (\d+) sessions, \d+ s, (\d+) answers, (\d+) failures"
    found = {name: tuple(map(int, numbers)) for name, *numbers in re.findall(counts, done.stdout)}
    sessions, answers, failures = found.pop("together")
    assert (sessions, failures) == (3, 0) and answers >= 3
    assert found == {"steady": (3, 3, 0), "arrive": (3, 3, 0), "runs": (3, 30, 0), "1": (3, 15, 0)}


def test_a_crowd_has_bounds(monkeypatch, capsys):
    monkeypatch.syspath_prepend(CROWD.parent)
    crowd = importlib.import_module("crowd")
    monkeypatch.setattr(sys, "argv", ["crowd.py", "steady", "--sessions", "501"])
    with pytest.raises(SystemExit):
        crowd.read_options()
    assert "out of bounds: --sessions" in capsys.readouterr().err
