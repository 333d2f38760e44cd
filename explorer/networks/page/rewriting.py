"""A layer of a text written anew in its place: all around it stays as it was typed."""

import re
from collections.abc import Sequence
from itertools import takewhile

from explorer.networks.call import LayerCall

_PREFIX = re.compile(r"^(?:\w+\.)*")
_DEEPER = dict.fromkeys("([{", 1) | dict.fromkeys(")]}", -1)
"""How each bracket changes the depth."""
_LINE_END = re.compile(r"\n|$")


def place_of(text: str, calls: Sequence[LayerCall], at: int) -> tuple[int, int]:
    """Where the call number ``at`` (from 0) stands in the text, without what it is assigned to; else its whole line.

    >>> text = "up = nn.ConvTranspose2d(4, 2,\\n    3)  # doubled"
    >>> start, end = place_of(text, [LayerCall(())], 0)
    >>> text[start:end]
    'nn.ConvTranspose2d(4, 2,\\n    3)'
    """
    call = calls[at]
    start = _start_of_line(text, call.line)
    end = _LINE_END.search(text, start).start()  # type: ignore[union-attr]  # the text's end always matches
    before = [(other.line, other.name) for other in calls[:at]].count((call.line, call.name))
    pattern = re.compile(rf"(?<![\w.])(?:\w+\.)*{re.escape(call.name)}\s*\(")
    found = [one.span() for one in takewhile(lambda one: one.start() < end, pattern.finditer(text, start))]
    if found:  # a print says "4 x" of a layer that stands there once
        first, opened = found[min(before, len(found) - 1)]
        return first, _closed(text, opened)
    return (0, len(text)) if len(calls) == 1 else (start, end)


def _start_of_line(text: str, line: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start


def _closed(text: str, opened: int) -> int:
    """Behind the bracket that closes the one before ``opened``; brackets in strings do not count."""
    depth, quote = 1, ""
    for at in range(opened, len(text)):
        letter = text[at]
        if quote:
            quote = "" if letter in (quote, "\n") else quote
        elif letter in "\"'":
            quote = letter
        else:
            depth += _DEEPER.get(letter, 0)
            if depth == 0:
                return at + 1
    return len(text)


def lines_of(text: str, calls: Sequence[LayerCall], at: int) -> tuple[int, int]:
    """The first and the last line of a call, from 1."""
    start, end = place_of(text, calls, at)
    return text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1


def rewritten(text: str, calls: Sequence[LayerCall], at: int, source: str) -> str:
    """The text with the call number ``at`` as ``source`` has it; its module is called as it was.

    >>> rewritten("a = torch.nn.ConvTranspose2d(4, 2, 3)", [LayerCall(())], 0, "nn.ConvTranspose2d(4, 2, 5)")
    'a = torch.nn.ConvTranspose2d(4, 2, 5)'
    """
    start, end = place_of(text, calls, at)
    module = _PREFIX.match(text[start:end])
    if module and "(" in text[start:end] and "(" in source:
        source = _PREFIX.sub(module[0], source, count=1)
    return text[:start] + source + text[end:]
