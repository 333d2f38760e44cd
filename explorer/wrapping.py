"""Lines of a text that are counted in columns: a Chinese character takes two of them, and a line may end behind it."""

import re
import textwrap
from unicodedata import east_asian_width

CLOSING = "，。、；：！？”’》」』…)]},.;:!?%"
"""No line begins with one of these."""
OPENING = "“‘《「『([{"
"""No line ends with one of these."""


def columns(text: str) -> int:
    """How many columns a text takes where all Latin letters are of one width.

    >>> columns("stride"), columns("步幅 2")
    (6, 6)
    """
    return sum(2 if is_wide(character) else 1 for character in text)


def is_wide(character: str) -> bool:
    """Whether a character takes two columns.

    >>> is_wide("幅"), is_wide("，"), is_wide("s"), is_wide("×")
    (True, True, False, False)
    """
    return east_asian_width(character) in "WF"


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, none longer than ``width`` columns as far as its words allow it.

    >>> wrapped("An input cell stamps it as it is.", 20)
    ['An input cell stamps', 'it as it is.']
    >>> wrapped("输入元素把它原样盖下：没有翻转。", 20)
    ['输入元素把它原样盖', '下：没有翻转。']
    """
    if not any(map(is_wide, text)):
        return textwrap.wrap(text, width)
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and columns((lines[-1] + piece).rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line for line in lines if line.strip()]


def _pieces(text: str) -> list[str]:
    """What is not cut: Latin words, and a Chinese character together with the signs that belong to it.

    >>> _pieces("核 (K[0,1])，再裁剪")
    ['核', ' ', '(K[0,1])，', '再', '裁', '剪']
    """
    found: list[str] = []
    for piece in re.findall(r"\s+|[^\s\u2e80-\uffef“”‘’…]+|.", text):
        joined = found and not found[-1].isspace() and (piece[0] in CLOSING or found[-1][-1] in OPENING)
        if joined and not piece.isspace():
            found[-1] += piece
        else:
            found.append(piece)
    return found
