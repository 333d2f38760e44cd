"""The command line: what it writes, and what it refuses in one line."""

import argparse
import inspect
import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import explorer
from explorer.__main__ import argparse_in_own_words, main
from explorer.export import FORMATS, content
from explorer.export.html import offline_page
from explorer.text import LANGUAGE, languages, texts, texts_in

ROOT = Path(__file__).parents[1]


@pytest.fixture
def refused(capsys, tmp_path, monkeypatch):
    """refused(*arguments): run in an empty folder; the one line on stderr. Nothing may be written."""
    monkeypatch.chdir(tmp_path)

    def refused(*arguments):
        try:
            status = main(arguments)
        except SystemExit as error:  # argparse ends the program itself
            status = error.code
        out, line = capsys.readouterr()
        assert (status, out, line.count("\n")) == (2, "", 1)
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
        return line

    return refused


def test_both_kinds_of_file(tmp_path):
    address = "?preset=stride-2&view=gather"
    files = [tmp_path / name for name in ("page.html", "page.JSON")]
    assert main(["export", address, *map(str, files)]) == 0
    assert files[0].read_text(encoding="utf-8") == offline_page(address)
    assert json.loads(files[1].read_text(encoding="utf-8")) == explorer.document(address)
    assert sorted(tmp_path.iterdir()) == sorted(files)
    umask_of_others = (tmp_path / "other").touch() or (tmp_path / "other").stat().st_mode
    assert stat.S_IMODE(files[0].stat().st_mode) == stat.S_IMODE(umask_of_others)


def test_a_whole_link_a_theme_and_a_file_that_is_there_already(tmp_path):
    file = tmp_path / "page.html"
    file.write_text("old", encoding="utf-8")
    assert main(["export", "--theme", "dark", "https://example.org/?padding=1#top", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == offline_page("?padding=1", "dark")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("?stride=9", ["?stride=9", "stride", "“9”", "1 to 4"]),
        ("?preset=none", ["?preset=none", "“none”"]),
        ("?x=1,a", ["x", "“1,a”"]),
        ("?padding=4", ["padding", "4"]),
        ("?step=5", ["step 5"]),
        ("stride-2", ["stride-2", "?"]),
        ("?x=1\n2", ["?x=1 2"]),
    ],
)
def test_a_bad_address(refused, address, words):
    line = refused("export", address, "a.json", "b.html")
    assert all(word in line for word in words), line


@pytest.mark.parametrize("name", ["page.jpeg", "page", ".html", "page.html.zip"])
def test_a_bad_suffix(refused, name):
    line = refused("export", "?stride=2", "a.json", name)
    assert f"{name}: " in line and ".html, .json" in line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a.json", "--theme", "dark"], ["theme", ".json"]),
        (["a.npz", "b.py", "--width", "800"], ["width", ".npz, .py"]),
        (["a.html", "--pace", "300"], ["pace", ".html"]),
        (["a.html", "--width", "20"], ["width: 20", "200", "4096"]),
        (["a.html", "--width", "wide"], ["width", "'wide'"]),
        (["a.html", "--pace", "0"], ["pace: 0", "50"]),
        (["a.ipynb", "--sliders", "stride"], ["sliders", ".ipynb"]),
        (["a.html", "--sliders", "stride,kernel_size"], ["sliders: kernel_size", "output_padding"]),
        (["a.html", "--sliders", "stride,stride"], ["sliders: stride,stride"]),
    ],
)
def test_an_option_that_cannot_be_or_is_not_used(refused, arguments, words):
    line = refused("export", "?stride=2", *arguments)
    assert all(word in line for word in words), line


def test_an_option_goes_to_the_formats_that_use_it(tmp_path):
    files = [tmp_path / name for name in ("page.html", "page.json")]
    assert main(["export", "", *map(str, files), "--theme", "dark"]) == 0
    assert files[0].read_text(encoding="utf-8") == offline_page("", "dark")


def test_every_format_is_written(tmp_path):
    files = [tmp_path / f"page{suffix}" for suffix in FORMATS]
    assert main(["export", "?preset=groups", *map(str, files)]) == 0
    for file in files:
        assert file.read_bytes() == content(file.suffix, "?preset=groups")


def test_a_folder_that_is_not_there_and_one_that_is_in_the_way(refused, tmp_path):
    assert "none/page.json: " in refused("export", "", "a.json", "none/page.json")
    (tmp_path / "page.html").mkdir()
    assert "page.html: " in refused("export", "", "a.json", "page.html")


@pytest.mark.parametrize(
    "arguments", [("import",), ("export",), ("export", ""), ("export", "", "a.html", "--theme", "x")]
)
def test_a_bad_command(refused, arguments):
    assert refused(*arguments).startswith("python -m explorer")


IN_ENGLISH = "[a-z]{3,} [a-z]{3,}|[a-z]{3,}: "
"""Two English words, or one before a colon."""


@pytest.fixture(params=["LC_ALL", "LC_MESSAGES", "LANG"])
def in_chinese(request, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(request.param, "zh_CN.UTF-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import"], ["参数 export", "不能是 'import'"]),
        (["export"], ["缺少参数", "ADDRESS, FILE"]),
        (["export", "", "a.html", "--theme", "x"], ["--theme", "不能是 'x'", "'dark'"]),
        (["export", "", "a.html", "--theme"], ["--theme", "需要一个值"]),
        (["export", "", "a.png", "--width", "wide"], ["--width", "不是 int", "'wide'"]),
        (["export", "", "a.png", "--help=3"], ["--help", "不接受值 '3'"]),
        (["export", "", "a.png", "--none"], ["不认识的参数", "--none"]),
        (["export", "", "a.png", "--p", "3"], ["--p", "有歧义", "--pace"]),
        (["export", "?stride=9", "a.json"], ["stride", "“9”", "1 到 4"]),
        (["export", "", "a.jpeg"], ["a.jpeg", ".svg、.png"]),
        (["export", "", "a.json", "b.npz", "--pace", "300"], ["pace", ".json、.npz"]),
        (["export", "", "a.html", "--sliders", "stride,depth"], ["sliders", "depth", "stride、dilation"]),
        (["export", "", "none/a.json"], ["none/a.json", "没有写出"]),
    ],
)
def test_what_is_refused_is_said_in_the_terminals_language(refused, in_chinese, arguments, words):
    line = refused(*arguments).removeprefix("python -m explorer")
    assert all(word in line for word in words), line
    assert not re.search(IN_ENGLISH, line.replace("No such file or directory", "").removeprefix(" export: ")), line


def test_the_language_of_the_address_is_spoken_of_the_page(refused, in_chinese):
    assert "must be a whole number" in refused("export", "?stride=9&lang=en", "a.json")


@pytest.mark.parametrize("arguments", [["--help"], ["export", "--help"]])
def test_the_help_is_said_in_the_terminals_language(capsys, in_chinese, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said, _ = capsys.readouterr()
    assert ended.value.code == 0
    assert said.startswith("用法：python -m explorer")
    assert {"选项", "位置参数", "显示这段帮助并退出"} <= set(re.findall(r"[\u4e00-\u9fff]+", said))
    assert not re.search("[a-z]{3,} [a-z]{3,}", said.partition("\n\n")[2])


def test_argparse_says_in_english_what_it_says_by_itself():
    source = "".join(re.findall(r"(?<=_\().*", inspect.getsource(argparse)))
    for language in languages():
        assert texts_in(language).get("arguments", {}).keys() <= texts_in(LANGUAGE)["arguments"].keys()
    assert all(message == own and repr(message) in source for message, own in texts()["arguments"].items())
    before = vars(argparse)["_"]
    with pytest.raises(ZeroDivisionError), argparse_in_own_words():
        assert vars(argparse)["_"] != before
        raise ZeroDivisionError
    assert vars(argparse)["_"] == before


def test_as_a_program(tmp_path):
    command = [sys.executable, "-m", "explorer", "export", "?stride=0", str(tmp_path / "a.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "“0”" in done.stderr
