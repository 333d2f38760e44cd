"""Where lines end: Chinese between its characters, but no line begins with a stop; English at spaces, as ever."""

import re
import textwrap
from collections.abc import Mapping
from itertools import pairwise

import pytest

from explorer.breaking import CLOSING, OPENING, columns, is_chinese, pieces, wrapped
from explorer.export.picture.arranging import rest_lines
from explorer.export.picture.fonts import text_width
from explorer.export.picture.lettering import CHIP_PADDING, SENTENCE, lines_of
from explorer.export.picture.words import Part
from explorer.text import speaking, texts, texts_in

CHIP = Part("12", "chip", "red")
WIDE = text_width("12", SENTENCE, True) + 2 * CHIP_PADDING


def every_text(table):
    for value in table.values() if isinstance(table, Mapping) else table:
        if isinstance(value, str):
            yield value
        elif isinstance(value, (Mapping, list)):
            yield from every_text(value)


def lines(parts, room):
    """The texts of each line, its runs apart by |."""
    return ["|".join(run.part.text for run in line) for line in lines_of(parts, room)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("步幅 2", ["步", "幅", " ", "2"]),
        ("步幅，填充。", ["步", "幅，", "填", "充。"]),
        ("即(填充)的", ["即", "(填", "充)", "的"]),
        ("即“填充”。", ["即", "“填", "充”。"]),
        ("有“步幅 − 1”个", ["有", "“步", "幅", " ", "−", " ", "1”", "个"]),
        ("输出Y[0,1]的值", ["输", "出", "Y[0,1]", "的", "值"]),
        ("共12.5%！", ["共", "12.5%！"]),
        ("一；二：三？四、五", ["一；", "二：", "三？", "四、", "五"]),
        ("(3×3)，再", ["(3×3)，", "再"]),
        ("one (two), three", ["one", " ", "(two),", " ", "three"]),
        ("", []),
    ],
)
def test_pieces_by_hand(text, expected):
    assert pieces(text) == expected


def test_english_has_the_words_and_spaces_that_it_had():
    for text in every_text(texts_in("en")):
        assert pieces(text) == [piece for piece in re.split("( )", text) if piece]
        assert not is_chinese(text) or text == "中文"


def test_no_piece_of_a_chinese_text_begins_with_a_stop_or_ends_with_an_opening_bracket():
    every = [pieces(text) for text in every_text(texts_in("zh"))]
    assert list(map("".join, every)) == list(every_text(texts_in("zh")))
    within = [pair for found in every for pair in pairwise(found) if is_chinese("".join(pair))]
    for before, after in within:
        assert after[0] not in "，。；：！？、”)" or before == " ", (before, after)
        assert before[-1] not in "“(" or after == " ", (before, after)
    assert len(within) > 10_000 and max(len(piece) for found in every for piece in found if is_chinese(piece)) < 40


def test_a_chinese_sentence_fills_its_lines():
    # 16 px each: five characters in 80 px; the stop would be the sixth, and takes the one before it along.
    assert SENTENCE == 16
    assert lines([Part("步幅填充核，再来")], 80) == ["步幅填充", "核，再来"]
    assert lines([Part("步幅填充，再来核")], 80) == ["步幅填充，", "再来核"]


def test_a_stop_stays_with_the_chip_before_it_and_a_bracket_with_the_chip_behind_it():
    assert lines([Part("步幅填充"), CHIP, Part("，再")], 64 + WIDE + 16) == ["步幅填充|12|，", "再"]
    assert lines([Part("步幅填充"), CHIP, Part("，再")], 64 + WIDE) == ["步幅填充", "12|，再"]
    assert lines([Part("步幅("), CHIP, Part(")再")], 32 + 5 + WIDE) == ["步幅", "(|12|)再"]


def test_english_wraps_as_before_beside_a_chip():
    assert lines([CHIP, Part(", then")], WIDE) == ["12", ",", "then"]


def test_a_rest_wraps_in_both_languages():
    assert rest_lines("+ the other channels (2)") == ["+ the other", "channels (2)"]
    assert rest_lines("+ 其他通道 (12)") == ["+ 其他通道", "(12)"]
    assert rest_lines("+ 其他的输入通道，(2)") == ["+ 其他的输入", "通道，(2)"]


# ---- lines of a program

ENGLISH_NOTES = list(texts()["networks"]["programs"]["differences"].values())
with speaking("zh"):
    CHINESE_NOTES = list(texts()["networks"]["programs"]["differences"].values())


@pytest.mark.parametrize("width", [30, 57, 98])
def test_english_is_wrapped_as_ever(width):
    for text in ENGLISH_NOTES:
        assert wrapped(text, width) == textwrap.wrap(text, width)


@pytest.mark.parametrize("width", [60, 71, 98])
def test_chinese_is_wrapped_by_columns(width):
    for text in CHINESE_NOTES:
        lines = wrapped(text, width)
        assert max(map(columns, lines)) <= width
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not [line for line in lines if line[0] in CLOSING or line[-1] in OPENING or line != line.strip()]
        assert all(columns(line) > width - 24 for line in lines[:-1])  # full but for a word that is not cut


def test_words_are_not_cut():
    text = "权重是 (in, out // groups, {kernel})：conv_transpose 把它转回来。"
    words = {word for line in wrapped(text, 16) for word in line.split()}
    assert "conv_transpose" in " ".join(words)
    assert wrapped("", 10) == wrapped(" ", 10) == []
    assert wrapped("超过宽度的 ConvTranspose2d", 4) == ["超过", "宽度", "的", "ConvTranspose2d"]
