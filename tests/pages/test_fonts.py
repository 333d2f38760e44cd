"""The served font: it has all that the texts need, and an English text needs none of it."""

import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from explorer.breaking import WIDE, is_wide
from explorer.figures.typefaces import PAGE
from explorer.pages import fonts
from explorer.pages.component import page_style, style_address
from explorer.pages.server import asset
from explorer.text import texts_in

ROOT = Path(__file__).parents[2]


def letters(found):
    """Every character of a table's texts, its keys apart."""
    if isinstance(found, str):
        return set(found)
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return set().union(*map(letters, inside))


@pytest.fixture(scope="module")
def served():
    return asset(fonts.font_address(fonts.page_characters()), False)


def test_the_font_has_every_chinese_character_of_every_text(served):
    with TTFont(io.BytesIO(served)) as font:
        drawn = set(map(chr, font.getBestCmap()))
    needed = set(filter(is_wide, letters(texts_in("zh"))))
    for file in (ROOT / "explorer" / "lessons").rglob("*.toml"):
        needed |= set(filter(is_wide, letters(tomllib.loads(file.read_text(encoding="utf-8")))))
    assert len(needed) > 500 and needed <= drawn == fonts.page_characters()


def test_the_font_is_woff_and_small_and_the_same_in_every_process(served):
    assert served[:4] == b"wOFF" and len(served) < 200_000
    command = "import sys; from explorer.pages.fonts import fonts; sys.stdout.buffer.write([*fonts().values()][0]())"
    made = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, check=True)
    assert made.stdout == served


def test_no_english_text_has_a_character_that_asks_for_the_font():
    english = letters(texts_in("en"))
    for file in (ROOT / "explorer" / "lessons").glob("*.toml"):
        english |= letters(tomllib.loads(file.read_text(encoding="utf-8")))
    assert len(english) > 50 and set(filter(is_wide, english)) <= fonts.name_characters()


def test_the_page_declares_its_families_with_the_range_and_the_address():
    faces = re.findall(r"@font-face \{ ([^}]*) \}", page_style())
    own = [dict(re.findall(r"([\w-]+): ([^;]+);", face)) for face in faces]
    assert [face["font-family"].strip('"') for face in own] == [PAGE[0], PAGE[0], PAGE[1], PAGE[1]]
    ranges = ", ".join(f"U+{first:X}-{last:X}" for first, last in WIDE)
    assert {(face["unicode-range"], face["font-display"]) for face in own[:3]} == {(ranges, "swap")}
    assert own[3]["unicode-range"] == "U+4E2D, U+6587"
    assert "url(" not in own[0]["src"] + own[1]["src"] and "local(" in own[0]["src"]
    found = [re.fullmatch(r'url\("([\w-]+\.woff)"\) format\("woff"\)', face["src"])[1] for face in own[2:]]
    assert style_address().startswith("assets/") and [f"assets/{one}" for one in found] == list(fonts.fonts())


def test_the_address_changes_with_the_characters():
    assert fonts.font_address(set("卷积")) == fonts.font_address(set("积卷")) != fonts.font_address(set("卷"))


@pytest.mark.parametrize("folder", [ROOT, ROOT / "explorer" / "pages"])
def test_streamlits_own_fonts_come_first_and_the_chinese_ones_behind(folder):
    theme = tomllib.loads((folder / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert theme["font"].split(", ") == ["Source Sans", *PAGE]
    assert theme["codeFont"].split(", ") == ["Source Code Pro", *PAGE]
