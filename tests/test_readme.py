"""Every number and command in the README."""

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
import streamlit as st

from explorer import METHODS, Layer, conv_matrix, output_padding_for, sizes_to, solve
from explorer.__main__ import main
from explorer.afterwards import MOST_CROP
from explorer.decimals import parse_number
from explorer.figures.palette import PALETTES
from explorer.learning.place import find
from explorer.lessons import GLOSSARY, LESSONS
from explorer.limits import LIMITS, LONGEST
from explorer.mistakes import MISTAKES
from explorer.networks.following import follow
from explorer.networks.page.spans import LARGEST
from explorer.networks.reading import read_calls
from explorer.pages.open_files import OF_A_VISITOR
from explorer.presets import GROUPS, PRESETS
from explorer.questions import KINDS
from explorer.session.address import from_query
from explorer.settings import LARGEST_NUMBER
from explorer.text import texts
from explorer.upsampling.uploads import MOST_BYTES
from tests.benchmarks.crowd import USUAL
from tests.browser.axe import TAGS
from tests.mutants.mutate import MUTANTS

ROOT = Path(__file__).parents[1]
ACCESSIBLE = (ROOT / "tests" / "browser" / "test_accessible.py").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def most(name):
    return LIMITS[name][1]


def test_limits():
    limits = README.split("## Limits")[1].split("##")[0].replace("\n", " ")
    assert f"input up to {most('input_height')}×{most('input_width')}" in limits
    assert f"kernel up to {most('kernel_height')}×{most('kernel_width')}" in limits
    assert f"stride and padding up to {most('stride')}," in limits
    assert most("stride") == most("padding")
    assert f"output_padding up to {most('output_padding')}, dilation up to {most('dilation')}" in limits
    assert f"{most('in_channels')} channels in and out" in limits
    assert most("in_channels") == most("out_channels")
    assert f"numbers up to {LARGEST_NUMBER:.0f}." in limits
    assert f"both may be {LONGEST} long." in limits
    assert f"cropped by up to {MOST_CROP} cells" in limits


def test_examples():
    sizes = {name: len(presets) for name, presets in GROUPS.items()}
    assert f"{len(PRESETS)} of them" in README
    assert f"{sizes['notebook']} cells of the d2l.ai notebook" in README
    assert f"the {sizes['dumoulin-visin']} transposed animations" in README
    assert f"{sizes['one-dimension']} in one dimension" in README
    for text in re.findall(r"`\?(preset=\S+)`", README):
        settings, view, notices = from_query(dict(part.split("=") for part in text.split("&")))
        assert not notices
        assert view.preset == "stride-2"
        assert settings.layer.stride == (2, 2)
    assert [parse_number(text) for text in ("2", "−0.5", "0,5", "1e3", "1/3")] == [2, -0.5, 0.5, 1000, 1 / 3]
    assert "`2`, `−0.5`, `0,5`, `1e3` and `1/3` are numbers" in README


def test_the_course():
    learning = README.split("## Learning")[1].split("\n## ")[0].replace("\n", " ")
    parts = sum(len(lesson.parts) for lesson in LESSONS.values())
    assert f"a course of {len(LESSONS)} lessons, {parts} parts," in learning
    assert f"{len(KINDS)} kinds of questions" in learning
    assert f"**Glossary**: {len(GLOSSARY)} terms" in learning
    assert f"**What if**: {len(MISTAKES)} things that people believe" in README
    assert learning.count(f'"{texts()["learn"]["back_to_picture"]}"') == 1
    assert sorted(re.findall(r"[0-9]+", re.sub(r"`[^`]*`|d2l", "", learning))) == sorted(
        map(str, (len(LESSONS), parts, len(KINDS), len(GLOSSARY)))
    )


def test_the_layers():
    layers = README.split("## Layers of real networks")[1].split("\n## ")[0].replace("\n", " ")
    assert f"of any size up to {LARGEST} an axis" in layers
    whole, half, back = map(int, re.search(r"\(([0-9]+) → ([0-9]+) → ([0-9]+)\)", layers).groups())
    rows = read_calls("nn.MaxPool2d(2)\nnn.ConvTranspose2d(1, 1, 2, 2)").calls
    assert [row.size[0] for row in follow(rows, (whole, whole), 1).rows] == [half, back]
    assert "`crop=0,1` and `bias=0.5` in the address" in README
    shown, _, notices = from_query({"crop": "0,1", "bias": "0.5"})
    assert (shown.crop, shown.bias, notices) == (((0, 1), (0, 1)), (0.5,), [])


def test_upsampling():
    upsampling = README.split("## Upsampling")[1].split("\n## ")[0].replace("\n", " ")
    assert f"up to {MOST_BYTES / 10**6:.0f} MB" in upsampling
    assert "PNG, JPEG or WebP" in upsampling


def test_the_addresses_of_the_course_lead_there():
    base, *rest = re.search(r"`/learn(\?lesson=\S+)` .*`(&text=\S+)` .*`(&question=\S+)`", README).groups()
    place, page, notices = find(base + "".join(rest))
    assert notices == []
    assert base == f"?lesson={place.lesson}&part={place.part}"
    assert place.lesson in LESSONS
    assert not place.text
    assert KINDS[place.kind].ask(page.settings, place.number) is not None


def test_addresses_that_begin_otherwise():
    for text in re.findall(r"`((?:hide|what_if)=\S+)`", README):
        _, view, notices = from_query(dict([text.split("=")]))
        assert not notices
        assert view.hide or view.what_if
    assert "`hide=result`" in README
    assert "`what_if=no_flip`" in README


def test_options_of_an_export_are_the_command_s(capsys):
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    section = README.split("## In a notebook")[1].split("\n## ")[0]
    for option, values in re.findall(r"`(--\w+) ([\w|,]+)`", section):
        assert option in said
        assert all(value in said for value in re.split(r"[|,]", values))
    assert "`--plotly beside`" in section
    assert "`--background transparent`" in section
    assert f"`--theme {'|'.join(PALETTES)}`" in section


def test_keys_are_those_of_the_page():
    keys = README.split("\nKeys: ")[1].split("\n\n")[0].replace("\n", " ")
    shortcuts = {one["keys"]: one["does"] for one in texts()["stage"]["shortcuts"].values()}
    for key, says, does in [
        ("W", "W asks what if", "what if"),
        ("K", "K is more contrast", "contrast"),
        ("Q", "Q then shows the link's QR code", "QR code"),
        ("H", "H hides the result", "hide the result"),
        ("P", "P presents", "present"),
        ("E", "E lists the examples", "examples"),
        ("L", "L the playlists", "playlist"),
    ]:
        assert says in keys
        assert does in shortcuts[key]


def test_library_snippet():
    x = np.array([[[0.0, 1.0], [2.0, 3.0]]])
    layer = Layer(kernel_size=2, stride=2)
    code = README.split("```python")[1].split("```")[0]
    exec(code, {})
    assert "# (1, 4, 4); also" in code
    assert {method(x, x[None], layer).shape for method in METHODS.values()} == {(1, 4, 4)}
    assert all(f'"{name}"' in code for name in METHODS)
    assert conv_matrix(x[None], layer, (2, 2)).shape == (4, 16)
    assert "(6, 6))  # heights and widths 16 to 18" in code
    assert sizes_to(Layer(kernel_size=5, stride=3, padding=2), (6, 6)) == (range(16, 19), range(16, 19))
    assert "(240, 200))  # (14, 6)" in code
    assert output_padding_for(Layer(kernel_size=16, stride=16, padding=7), (15, 13), (240, 200)) == (14, 6)
    assert "solve((16, 16), (32, 32))[0]  # kernel 4, stride 2, padding 1" in code
    assert solve((16, 16), (32, 32))[0] == Layer(kernel_size=4, stride=2, padding=1)


def test_commands_are_what_the_project_runs():
    assert "\nbash tests/run\n" in README
    assert "exec bash tests/run" in (ROOT / ".ci/run").read_text()
    assert ".venv/bin/pip install -r requirements.txt && .venv/bin/streamlit run app.py" in README
    pinned = (ROOT / "requirements.txt").read_text().split()
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+", line) for line in pinned)
    assert f"torch=={dict(line.split('==') for line in pinned)['torch']}" in README
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text()
    assert "Python 3.11 or later" in README


def test_named_files_exist():
    architecture = README.split("## How it is built")[1].split("```")[1]
    folder = "explorer"
    for line in architecture.splitlines():
        found = re.match(r"explorer/(?:(\w+)/)?", line)
        if found:
            folder = f"explorer/{found[1] or ''}"
        for name in re.findall(r"(?<![\w.])(?:explorer/)?[\w/]+\.(?:py|js|toml)\b", line):
            inside = [ROOT / name, ROOT / folder / name, ROOT / "explorer" / name]
            assert any(path.exists() for path in inside), name
    for name in re.findall(r"`(explorer/[\w./]+)`", README):
        assert (ROOT / name).exists(), name


def test_each_promise_names_tests_that_are_there():
    section = README.split("## What we promise")[1].split("\n## ")[0]
    rows = [row.strip("| ").split(" | ") for row in section.splitlines() if row.startswith("|")][2:]
    assert len(rows) > 10
    for promise, tests in rows:
        assert promise
        for name in re.findall(r"`(tests/[^`]+)`", tests):
            place = ROOT / name
            files = [place] if place.is_file() else list(place.glob("**/test_*.py"))
            assert files, name
            assert any("def test_" in file.read_text(encoding="utf-8") for file in files), name
    assert f"each of {len(MUTANTS)} faults" in section
    assert "WCAG 2.2" in section
    assert "wcag22aa" in TAGS
    for zoom, width in {"200 %": 640, "400 %": 320}.items():
        assert f'"{zoom}"' in ACCESSIBLE
        assert f"({width}, " in ACCESSIBLE
        assert zoom in section


def test_what_the_readme_says_of_the_server():
    running = README.split("## Running it for others")[1].split("\n## ")[0]
    for name in re.findall(r"`?((?:deploy|\.ci)/[\w.-]+)`?", running):
        assert (ROOT / name).exists(), name
    for option in re.findall(r"`--(server\.\w+)", README):
        assert st.get_option(option) is not None or option == "server.address"


def test_what_a_machine_carries_is_what_was_measured():
    running = README.split("## Running it for others")[1].split("\n## ")[0]
    rows = [row.strip("| ").split(" | ") for row in running.splitlines() if row.startswith("|")][2:]
    measured = tomllib.loads((ROOT / "tests" / "benchmarks" / "measured.toml").read_text(encoding="utf-8"))
    assert rows == [
        [row["what"], f"{row['p50']} / {row['p95']} ms", str(row["failures"]), f"`{row['command']}`"]
        for row in measured["rows"]
    ]
    memory, said = measured["memory"], running.replace("\n", " ")
    assert f"takes {memory['at_60']} MB with 60 of them and {memory['at_300']} MB with 300;" in said
    assert f"; {memory['growth']} % more after" in said
    assert f"A visitor takes {OF_A_VISITOR} open files" in said
    assert f"{', '.join(map(str, memory['after_waves']))} MB after five such waves" in said
    assert f"after {USUAL['runs']['count']} runs than after {USUAL['runs']['count'] // 5}" in said
    for command in re.findall(r"\| `([\w -]+)` \||\(`([\w -]+)`\)", running):
        assert next(filter(None, command)).split()[0] in USUAL
