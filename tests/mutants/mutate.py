"""Runs each mutant's tests in a fork of one process, and prints as JSON what pytest returned for it.

All that is large is imported before the first fork; the package itself is imported in the fork, where the mutant's file
is compiled with the new text in the old one's place. Nothing is written.
"""

import json
import os
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).parents[2]
MUTANTS = tomllib.loads(Path(__file__).with_name("mutants.toml").read_text(encoding="utf-8"))["mutant"]
ALL = sorted({test for mutant in MUTANTS for test in mutant["tests"]})
EACH = 12
"""The control runs one of so many of the tests."""
QUIET = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", "--no-summary", "-o", "addopts="]
QUIET += ["--import-mode=importlib", "-W", "ignore::pytest.PytestAssertRewriteWarning"]


def patch(file, old, new):
    """From now on the file's module is imported with ``new`` where ``old`` stands."""
    usual = SourceFileLoader.get_code

    def get_code(loader, name):
        if loader.path != str(ROOT / "explorer" / file):
            return usual(loader, name)
        text = Path(loader.path).read_text(encoding="utf-8")
        return compile(text.replace(old, new), loader.path, "exec")

    SourceFileLoader.get_code = get_code


class Sample:
    """Leaves some of the tests: the suite runs all of them without a mutant, a fork must only be able to."""

    def pytest_collection_modifyitems(self, items):
        """Keep one of `EACH`."""
        items[:] = items[::EACH]


def run(tests, mutant=None):
    """What pytest returns for the tests in a fork, with the mutant, or for some of them without."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    import pytest

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if mutant:
        patch(mutant["file"], mutant["old"], mutant["new"])
    code = pytest.main([*QUIET, *(str(ROOT / test) for test in tests)], plugins=[] if mutant else [Sample()])
    os._exit(int(code))


def main():
    import hypothesis  # noqa: F401
    import numpy  # noqa: F401
    import pytest  # noqa: F401
    import scipy.sparse  # noqa: F401
    import torch

    torch.set_num_threads(1)  # a fork has none of its parent's other threads
    assert "explorer" not in sys.modules
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    control = run(ALL)
    print(json.dumps([control, [run(mutant["tests"], mutant) for mutant in MUTANTS]]))


if __name__ == "__main__":
    main()
