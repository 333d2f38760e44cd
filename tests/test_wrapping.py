"""Lines of Chinese and of English text."""

import textwrap

import pytest

from explorer.text import speaking, texts
from explorer.wrapping import CLOSING, OPENING, columns, wrapped

SENTENCES = list(texts()["networks"]["programs"]["differences"].values())
with speaking("zh"):
    CHINESE = list(texts()["networks"]["programs"]["differences"].values())


@pytest.mark.parametrize("width", [30, 57, 98])
def test_english_is_wrapped_as_ever(width):
    for text in SENTENCES:
        assert wrapped(text, width) == textwrap.wrap(text, width)


@pytest.mark.parametrize("width", [60, 71, 98])
def test_chinese_is_wrapped_by_columns(width):
    for text in CHINESE:
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
