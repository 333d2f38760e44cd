"""The package as it is installed: the wheel holds every file that the code reads."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOTEBOOK = PROJECT["project"]["optional-dependencies"]["notebook"][0]


def files():
    """Every file of the package that git would keep, from the root."""
    kept = (path for path in (ROOT / "explorer").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in kept}


def test_every_kind_of_file_is_packaged():
    patterns = {*PROJECT["tool"]["setuptools"]["package-data"]["*"], "*.py"}
    assert {f"*{Path(name).suffix}" for name in files()} == patterns


@pytest.mark.skipif(not find_spec("setuptools"), reason="this environment has no setuptools; nothing is downloaded")
def test_the_wheel_holds_every_file_and_the_requirements(tmp_path):
    source = tmp_path / "source"  # a build writes into its source
    shutil.copytree(ROOT / "explorer", source / "explorer", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "pip", "wheel", str(source), "--wheel-dir", str(tmp_path)]
    command += ["--no-deps", "--no-index", "--no-build-isolation", "--quiet", "--disable-pip-version-check"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        metadata = wheel.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    assert {name for name in names if name.startswith("explorer/")} == files()
    assert {"explorer/text/en.toml", "explorer/export/page.html", "explorer/stage/links.js"} < names
    required = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    assert all(f"Requires-Dist: {one}\n" in metadata for one in required)
    assert f'Requires-Dist: {NOTEBOOK}; extra == "notebook"' in metadata


def test_the_tests_use_the_extra_s_own_version():
    assert NOTEBOOK in (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8").split()
