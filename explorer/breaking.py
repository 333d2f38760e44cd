"""Where a line may end: at spaces, and between Chinese characters.

A Latin word or a number stays whole, and so do the marks that belong to what stands before or after them: no line
begins with a stop or a closing bracket, none ends with an opening one. A picture's lines are measured in px, a
program's in columns.
"""

import re
import textwrap

WIDE = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))
"""The blocks of Chinese characters and of their punctuation, each first and last: all are as wide as they are high."""
CLOSING = "，。、；：！？”’）》】」』…)]},.;:!?%"
OPENING = "“‘（《【「『([{"
_WIDE = "".join(f"{chr(first)}-{chr(last)}" for first, last in WIDE)
_PIECE = re.compile(f" |[{_WIDE}]|[^ {_WIDE}]+")


def is_wide(character: str) -> bool:
    """Whether a character is a Chinese one, or punctuation of Chinese.

    >>> is_wide("核"), is_wide("，"), is_wide("K"), is_wide("×")
    (True, True, False, False)
    """
    return any(first <= ord(character) <= last for first, last in WIDE)


def pieces(text: str) -> list[str]:
    """The pieces of a text that stay whole, in order; each space is one of its own.

    >>> pieces("one two"), pieces("卷积核 K[0,1]，再")
    (['one', ' ', 'two'], ['卷', '积', '核', ' ', 'K[0,1]，', '再'])
    """
    found: list[str] = []
    for piece in _PIECE.findall(text):
        if found and belong_together(found[-1], piece):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def belong_together(before: str, after: str) -> bool:
    """Whether no line may end between two pieces that stand side by side.

    >>> belong_together("幅", "。"), belong_together("(", "幅"), belong_together("步", "幅"), belong_together(" ", ")")
    (True, True, False, False)
    """
    return bool(before.strip() and after.strip()) and (after[0] in CLOSING or before[-1] in OPENING)


def is_chinese(text: str) -> bool:
    """Whether a text has a Chinese character.

    >>> is_chinese("步幅 2"), is_chinese("stride 2")
    (True, False)
    """
    return any(map(is_wide, text))


def columns(text: str) -> int:
    """How many columns a text takes where all Latin letters are of one width: a Chinese character takes two.

    >>> columns("stride"), columns("步幅 2")
    (6, 6)
    """
    return sum(2 if is_wide(character) else 1 for character in text)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, none longer than ``width`` columns as far as its words allow it.

    >>> wrapped("An input cell stamps it as it is.", 20)
    ['An input cell stamps', 'it as it is.']
    >>> wrapped("输入元素把它原样盖下：没有翻转。", 20)
    ['输入元素把它原样盖', '下：没有翻转。']
    """
    if not is_chinese(text):
        return textwrap.wrap(text, width)
    lines = [""]
    for piece in pieces(" ".join(text.split())):
        if lines[-1] and columns((lines[-1] + piece).rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line for line in lines if line]
