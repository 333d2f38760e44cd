"""torch missing, without a library of its own, or broken: all that needs none works, and the rest says what to do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.text import say

TOUR = Path(__file__).with_name("tour.py")
ROOT = TOUR.parents[2]
FOLDER = "/srv/secret/python"
KINDS = {
    "missing": 'raise ImportError("No module named torch")',
    "without_library": f'raise OSError("{FOLDER}/torch/lib/libtorch.so: cannot open shared object file")',
    "broken": f"""
from contextlib import nullcontext as no_grad

class Tensor:
    dtype = None

float32 = None

def set_num_threads(count):
    pass

def from_numpy(array):
    return Tensor()

tensor = zeros = lambda *arguments, **more: Tensor()

def _fail(*arguments, **more):
    raise RuntimeError("could not create a primitive, {FOLDER}/convolution.cpp")

class nn:
    class functional:
        conv_transpose2d = conv2d = _fail
""",
}
REASONS = {
    "missing": "ImportError: No module named torch",
    "without_library": "ImportError: OSError: …/libtorch.so: cannot open shared object file",
    "broken": "RuntimeError: could not create a primitive, …/convolution.cpp",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """{kind: what raised, and what was said}."""
    folder = tmp_path_factory.mktemp("torches")
    for kind, source in KINDS.items():
        (folder / kind / "torch").mkdir(parents=True)
        (folder / kind / "torch" / "__init__.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-W", "error", str(TOUR), str(folder), *KINDS]
    made = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False)
    assert made.returncode == 0, made.stderr
    assert FOLDER not in made.stdout
    assert FOLDER in made.stderr  # the log has what a visitor is not told
    return {one["kind"]: one for one in map(json.loads, made.stdout.splitlines()[-len(KINDS) :])}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_raises_and_the_numbers_are_there(found, kind):
    assert found[kind]["raised"] == []
    said = found[kind]["said"]
    assert said["output"] == [[0, 0, 1], [0, 4, 6], [4, 12, 9]]
    assert said["round trip"][1] == "same"
    assert "10×16×16 → 20×6×6 → 10×16×16" in said["round trip"][0]
    assert "torch fails here" in said["round trip"][0]


def test_every_file_is_written(found):
    assert found["missing"]["said"]["export"] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_what_needs_torch_says_why_not_and_what_to_do(found, kind):
    said, mend = found[kind]["said"], say("agreement.no_torch")
    assert "pip install -r requirements.txt" in mend
    assert said["verdict"] == "torch, autograd failed"
    assert said["details"] == [say("agreement.others_exact"), mend]
    assert said["errors"] == {"torch": REASONS[kind], "autograd": REASONS[kind]}
    assert said["gradient"] == [say("gradient.failed", error=REASONS[kind]), mend]
    assert said["training"] == say("upsample_page.training.failed", reason=REASONS[kind], mend=mend)


@pytest.mark.parametrize("kind", KINDS)
def test_the_other_ways_are_measured(found, kind):
    said = found[kind]["said"]
    assert said["times"] == {"scatter": [2, 4], "gather": [2, 4], "sparse": [2, 4]}
    assert said["captions"][-1] == say("cost.not_measured", methods="torch", reason=say("agreement.no_torch"))
