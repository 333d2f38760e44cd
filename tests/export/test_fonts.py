"""The fonts of the pictures: the table of widths is theirs, and between them they have what the texts need."""

import io
from pathlib import Path

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from explorer.breaking import is_wide
from explorer.export.picture import font_files, fonts
from explorer.export.picture.fonts import SEMIBOLD, text_width
from explorer.pages.fonts import page_characters

TEXTS = (Path(__file__).parents[2] / "explorer" / "text").glob("*.toml")


@pytest.fixture(scope="module")
def chinese():
    with TTFont(font_files.chinese_file(), lazy=True) as font:
        yield font


def advances(font, wanted):
    """{character: its width in thousandths of the font's size}."""
    names, scale = font.getBestCmap(), 1000 / font["head"].unitsPerEm
    return {one: font["hmtx"][names[ord(one)]][0] * scale for one in wanted}


@pytest.mark.parametrize(("weight", "is_bold"), [(400, False), (SEMIBOLD, True)])
def test_latin_widths_are_the_fonts(weight, is_bold):
    known = fonts._ADVANCES[int(is_bold)]
    with TTFont(font_files.latin_file()) as font:
        subset = Subsetter()  # an instance of the whole font takes twenty seconds
        subset.populate(text="".join(known))
        subset.subset(font)
        real = advances(instantiateVariableFont(font, {"wght": weight}), known)
    assert len(real) > 90
    assert {one: width for one, width in known.items() if abs(width - real[one]) > 10} == {}


def test_chinese_is_one_em_wide(chinese):
    real = advances(chinese, page_characters())
    assert len(real) > 500
    assert {one: width for one, width in real.items() if width != text_width(one, 1000)} == {}
    assert text_width("核，", 16) == text_width("核，", 16, True) == 32


def test_no_glyph_is_missing_for_any_text():
    """⌊, ⌋ and ∗ are in English texts too, and in no font here: the pictures draw the brackets as lines."""
    latin, chinese = (font_files.characters(file) for file in (font_files.latin_file(), font_files.chinese_file()))
    assert page_characters() <= chinese
    written = set("".join(file.read_text(encoding="utf-8") for file in TEXTS)) - {"\n"}
    assert {one for one in written - latin - chinese} <= set("⌊⌋∗")
    assert {one for one in written - latin if not is_wide(one)} <= set("⌊⌋∗★")


def test_a_part_has_exactly_what_is_asked_for_and_the_same_bytes_each_time():
    made = font_files.part({"卷", "积", "，"}, "woff")
    with TTFont(io.BytesIO(made)) as font:
        assert set(font.getBestCmap()) == set(map(ord, "卷积，"))
        assert advances(font, "卷，") == {"卷": 1000, "，": 1000}
    assert made == font_files.part({"，", "积", "卷"}, "woff")


def test_a_part_is_made_once_for_all_texts():
    assert font_files.part_file({"卷"}) == font_files.part_file({"积"})
    rare = next(one for one in "龘靐齉" if one in font_files.characters(font_files.chinese_file()))
    other = font_files.part_file({rare})
    assert other != font_files.part_file({"卷"})
    assert {"卷", rare} <= font_files.characters(other)


@pytest.mark.parametrize(
    ("file", "module", "package"),
    [
        ("latin_file", "fontpkg_source_sans_3", "fontpkg-source-sans-3"),
        ("chinese_file", "pylopdf_fonts_zh_cn", "pylopdf-fonts-zh-cn"),
    ],
)
def test_a_font_that_is_not_installed_is_said(monkeypatch, file, module, package):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    find = getattr(font_files, file).__wrapped__
    with pytest.raises(font_files.PictureError, match=package):
        find()
