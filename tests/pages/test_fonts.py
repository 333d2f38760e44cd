"""The served font: it has all that the texts need, and an English text needs none of it."""

import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from explorer.export.picture.breaking import WIDE, is_wide
from explorer.figures.typefaces import PAGE
from explorer.lessons.reading import tables
from explorer.pages import fonts
from explorer.pages.component import page_style, style_address
from explorer.pages.server import asset
from explorer.text import texts

ROOT = Path(__file__).parents[2]


def letters(found):
    """Every character of a table's texts, its keys apart."""
    if isinstance(found, str):
        return set(found)
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return set().union(*map(letters, inside))


@pytest.fixture(scope="module")
def served():
    return asset(fonts.font_address(), False)


def test_the_font_has_every_chinese_character_of_every_text(served):
    with TTFont(io.BytesIO(served)) as font:
        drawn = set(map(chr, font.getBestCmap()))
    needed = set(filter(is_wide, letters(texts("zh"))))
    for file in (ROOT / "explorer" / "lessons").rglob("*.toml"):
        needed |= set(filter(is_wide, letters(tomllib.loads(file.read_text(encoding="utf-8")))))
    assert len(needed) > 500 and needed <= drawn == fonts.page_characters()


def test_the_font_is_woff_and_small_and_the_same_in_every_process(served):
    assert served[:4] == b"wOFF" and len(served) < 200_000
    command = "from explorer.pages import fonts; print(fonts.font_address(), len(fonts.font()))"
    made = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout.split() == [fonts.font_address(), str(len(served))]


def test_no_english_text_has_a_character_that_asks_for_the_font():
    english = letters(texts("en")) | letters(tables())
    assert set(filter(is_wide, english)) <= set("中文转置卷积")


def test_the_page_declares_its_families_with_the_range_and_the_address():
    faces = re.findall(r"@font-face \{ ([^}]*) \}", page_style())
    own = [dict(re.findall(r"([\w-]+): ([^;]+);", face)) for face in faces]
    assert [face["font-family"].strip('"') for face in own] == [PAGE[0], PAGE[0], PAGE[1]]
    ranges = ", ".join(f"U+{first:X}-{last:X}" for first, last in WIDE)
    assert {(face["unicode-range"], face["font-display"]) for face in own} == {(ranges, "swap")}
    assert "url(" not in own[0]["src"] + own[1]["src"] and "local(" in own[0]["src"]
    address = re.fullmatch(r'url\("([\w-]+\.woff)"\) format\("woff"\)', own[2]["src"])[1]
    assert style_address().startswith("assets/") and fonts.font_address() == f"assets/{address}"


def test_the_address_changes_with_the_characters(monkeypatch):
    address = fonts.font_address()
    monkeypatch.setattr(fonts, "page_characters", lambda: frozenset("卷"))
    assert fonts.font_address.__wrapped__() != address


@pytest.mark.parametrize("folder", [ROOT, ROOT / "explorer" / "pages"])
def test_streamlits_own_fonts_come_first_and_the_chinese_ones_behind(folder):
    theme = tomllib.loads((folder / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert theme["font"].split(", ") == ["Source Sans", *PAGE]
    assert theme["codeFont"].split(", ") == ["Source Code Pro", *PAGE]
