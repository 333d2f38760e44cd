"""The string literals of a JavaScript module, read by hand: what the modules here use, and no more."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SKIPPED = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'')
_PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_NAME = re.compile(r"[\w$]+")
_ENDS_A_VALUE = re.compile(r"[\w$)\]}\"'`]")
_BEFORE_A_VALUE = {"return", "typeof", "case", "in", "of", "void", "delete", "await", "else"}


class Literal(NamedTuple):
    """A string literal, or the text of a template between its places: its line, and what is before it there."""

    line: int
    text: str
    before: str


def literals(source: str) -> list[Literal]:
    """The literals in their order; regular expressions and comments are none. An odd backquote raises ValueError.

    >>> [one.text for one in literals('f("a b", `c ${d("e")} f`, 4 / 2); // "g"')]
    ['a b', 'c \\x00 f', 'e']
    >>> [one.text for one in literals("x.split(/[\\"']/) / y + 'z'")]
    ['z']
    """
    return list(_read(source, 0, len(source), source))


def _read(source: str, start: int, end: int, whole: str) -> Iterator[Literal]:
    """The literals from one place to another; `whole` is what the lines are counted in."""
    at, last = start, ""
    while at < end:
        if skipped := _SKIPPED.match(source, at, end):
            at = skipped.end()
            continue
        if quoted := _QUOTED.match(source, at, end):
            yield _literal(whole, at, quoted[1] if quoted[1] is not None else quoted[2])
            at, last = quoted.end(), '"'
        elif source[at] == "`":
            text, inner, at_end = _template(source, at)
            yield _literal(whole, at, text)
            for first, behind in inner:
                yield from _read(source, first, behind, whole)
            at, last = at_end, "`"
        elif source[at] == "/" and _begins_value(last) and (pattern := _PATTERN.match(source, at, end)):
            at, last = pattern.end(), '"'
        elif name := _NAME.match(source, at, end):
            at, last = name.end(), name[0]
        else:
            at, last = at + 1, source[at]


def _begins_value(last: str) -> bool:
    """Whether a value may begin behind this token, so that a slash is no division."""
    return last in _BEFORE_A_VALUE or not _ENDS_A_VALUE.match(last[-1:] or ";")


def _literal(source: str, at: int, text: str) -> Literal:
    line = source.rfind("\n", 0, at) + 1
    return Literal(source.count("\n", 0, at) + 1, text, source[line:at])


def _template(source: str, start: int) -> tuple[str, list[tuple[int, int]], int]:
    """A template's text with NUL for each place, where the places' code begins and ends, and its own end."""
    text, inner, at = "", [], start + 1
    while at < len(source) and source[at] != "`":
        if source.startswith("${", at):
            end = _closing(source, at + 2)
            inner.append((at + 2, end))
            text, at = f"{text}\0", end + 1
        else:
            width = 2 if source[at] == "\\" else 1
            text, at = text + source[at : at + width], at + width
    if at == len(source):
        raise ValueError(f"a template has no end: {source[start : start + 40]!r}")
    return text, inner, at + 1


def _closing(source: str, at: int) -> int:
    """Where the brace is that ends a place's code; braces within strings and templates do not count."""
    depth = 0
    while source[at] != "}" or depth:
        if quoted := _QUOTED.match(source, at):
            at = quoted.end()
        elif source[at] == "`":
            at = _template(source, at)[2]
        else:
            depth += {"{": 1, "}": -1}.get(source[at], 0)
            at += 1
    return at
