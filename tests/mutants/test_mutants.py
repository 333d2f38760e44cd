"""One-line errors in relation, methods, layer, addresses and commands: the tests see each of them."""

import json
import os
import subprocess
import sys

import pytest

from tests.mutants.mutate import MUTANTS, ROOT

CAUGHT, GREEN = 1, 0
"""What pytest returns where a test failed, and where all passed; anything else says that they did not run."""
NAMES = [f"{mutant['file']}: {mutant['old']}" for mutant in MUTANTS]
IS_POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="the tests of a mutant run in a fork")


@pytest.fixture(scope="module")
def codes():
    """(what pytest returned without a mutant, and for each of them)."""
    command = [sys.executable, str(ROOT / "tests" / "mutants" / "mutate.py")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    made = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


@pytest.mark.parametrize("mutant", MUTANTS, ids=NAMES)
def test_a_mutant_still_stands_where_it_was(mutant):
    assert (ROOT / "explorer" / mutant["file"]).read_text(encoding="utf-8").count(mutant["old"]) == 1
    assert mutant["new"] != mutant["old"]


def test_no_two_are_the_same_and_each_part_has_some():
    assert len(set(NAMES)) == len(NAMES) >= 30
    parts = {mutant["file"] for mutant in MUTANTS}
    assert parts > {"relation.py", "layer.py", "session/values.py", "session/address.py", "session/commands.py"}
    assert sum(part.startswith("methods/") for part in parts) == 4


@IS_POSIX
def test_without_a_mutant_their_tests_pass(codes):
    """Else a failure would prove nothing."""
    assert codes[0] == GREEN


@IS_POSIX
@pytest.mark.parametrize("at", range(len(MUTANTS)), ids=NAMES)
def test_a_mutant_is_caught(codes, at):
    assert codes[1][at] == CAUGHT
