"""The jobs for a public CI: they run what this project runs, on each Python that it says it supports."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / ".ci" / "github-actions.yml").read_text(encoding="utf-8")
JOBS = yaml.safe_load(TEXT)["jobs"]


def commands(job):
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def said(job):
    return "\n".join(commands(job))


def test_its_first_line_says_where_it_goes():
    assert TEXT.startswith("# Copy to .github/workflows/")


def test_each_job_ends_and_has_the_source_first():
    assert set(JOBS) == {"test", "coverage", "audit", "image"}
    for job in JOBS.values():
        assert job["timeout-minutes"] <= 60
        assert job["steps"][0]["uses"].startswith("actions/checkout@")
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])


def test_the_suite_runs_on_every_supported_python():
    pythons = JOBS["test"]["strategy"]["matrix"]["python"]
    assert pythons == ["3.11", "3.12", "3.13"]  # texts: 3.10 would be 3.1
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == f">={pythons[0]}"
    assert commands("test")[-1] == "bash .ci/run"
    assert (ROOT / ".ci" / "run").is_file()


def test_torch_is_the_required_one_from_the_index_that_the_readme_names():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    version = re.search(r"^torch==(.+)$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)[1]
    index = yaml.safe_load(TEXT)["env"]["CPU_TORCH"]
    assert f".venv/bin/pip install torch=={version} --index-url {index}" in readme
    for job in ("test", "coverage"):
        assert f'.venv/bin/pip install torch=={version} --index-url "$CPU_TORCH"' in said(job)


def test_files_that_the_commands_name_exist():
    for job in JOBS:
        for name in re.findall(r"[\w./-]+\.(?:txt|lock)\b", said(job)):
            assert (ROOT / name).is_file(), name
    assert "--strict --require-hashes --disable-pip --requirement deploy/requirements.lock" in said("audit")
    assert "--cov explorer" in said("coverage")


def test_the_image_is_asked_whether_it_is_well():
    assert commands("image")[0].startswith("docker build ")
    assert "/_stcore/health" in commands("image")[1]
