"""The package as it is installed: the wheel holds every file that the code reads."""

import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

import explorer
from explorer.export import FORMATS, content
from explorer.pages.component import script as server_script
from explorer.pages.component import script_address
from explorer.pages.server import HEADERS

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


needs_setuptools = pytest.mark.skipif(
    not find_spec("setuptools"), reason="this environment has no setuptools; nothing is downloaded"
)
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
ALONE = ["--no-deps", "--no-index"]


def done(command, **options):
    """What a command printed; it must succeed."""
    made = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert made.returncode == 0, made.stderr
    return made.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"  # a build writes into its source
    shutil.copytree(ROOT / "explorer", source / "explorer", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, source)
    done([*PIP, "wheel", str(source), "--wheel-dir", str(folder), *ALONE, "--no-build-isolation"])
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The Python of a new environment with the wheel in it, and beside it the packages that are here."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())
    done([*PIP, "--python", str(python), "install", *ALONE, str(wheel)])
    site = Path(done([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip())
    (site / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return str(python)


@needs_setuptools
def test_the_wheel_holds_every_file_and_the_requirements(wheel):
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        metadata = opened.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    assert {name for name in names if name.startswith("explorer/")} == files()
    assert {"explorer/text/en.toml", "explorer/export/page.html", "explorer/stage/links.js"} < names
    required = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    assert all(f"Requires-Dist: {one}\n" in metadata for one in required)
    assert f'Requires-Dist: {NOTEBOOK}; extra == "notebook"' in metadata
    assert f"Version: {explorer.__version__}\n" in metadata


@needs_setuptools
def test_an_installed_explorer_writes_every_kind_of_file(installed, tmp_path):
    names = [f"page{suffix}" for suffix in FORMATS]
    done([installed, "-I", "-m", "explorer", "export", "?preset=stride-2", *names], cwd=tmp_path)
    for name in names:
        assert (tmp_path / name).read_bytes() == content(Path(name).suffix, "?preset=stride-2")


@needs_setuptools
def test_an_installed_explorer_starts_the_page(installed, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [installed, "-I", "-m", "explorer", "--server.port", str(port), "--server.address", "127.0.0.1"]
    log = tmp_path / "log.txt"
    with log.open("w") as out, subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out) as process:
        try:
            page = fetched(f"http://127.0.0.1:{port}/", process, log)
            assert page.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
            script = fetched(f"http://127.0.0.1:{port}/{script_address()}", process, log)
            assert script.read().decode() == server_script()
        finally:
            process.terminate()
            process.wait(timeout=60)
    assert "Traceback" not in log.read_text()


def fetched(address, process, log):
    """The answer of a server that may still be starting."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            return urllib.request.urlopen(address, timeout=5)
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_the_tests_use_the_extra_s_own_version():
    assert NOTEBOOK in (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8").split()
