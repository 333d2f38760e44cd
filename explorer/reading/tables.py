"""Tables without brackets: lines of entries apart by tabs, semicolons, commas or blanks; an empty line ends a block."""

import re
from collections.abc import Callable

from explorer.reading.tree import Counter, Level, Number, NumbersError

_ROW_ENDS = re.compile(r"[^\s;]\s+[^\s;]")
"""Two entries apart by blanks: where semicolons stand in such a text, they end rows, as MATLAB has it."""


def read_table(text: str) -> Level:
    """The numbers on their levels: rows, or blocks of rows. Raises `NumbersError`.

    >>> [len(row.items) for row in read_table("1\\t0,5\\n3\\t4").items]
    [2, 2]
    """
    split = _splitter(text)
    counter = Counter()
    blocks: list[list[Number | Level]] = [[]]
    for line in text.split("\n"):
        if line.strip() or "\t" in line:
            blocks[-1] += _rows(split(line), counter)
        elif blocks[-1]:
            blocks.append([])
        counter.end_line()
    filled = [Level(rows, rows[0].line, 1) for rows in blocks if rows]
    if not filled:
        raise NumbersError("no_numbers", 1, 1)
    return filled[0] if len(filled) == 1 else Level([*filled], filled[0].line, 1)


def _rows(rows: list[list[str]], counter: Counter) -> list[Number | Level]:
    """The rows of one line."""
    found: list[Number | Level] = []
    for entries in rows:
        line, first = counter.next
        found.append(Level([counter.number(entry) for entry in entries], line, first))
    return found


def _splitter(text: str) -> Callable[[str], list[list[str]]]:
    """The function that splits a line of this text into rows of entries: for all its lines the same."""
    if "\t" in text:
        return lambda line: [line.split("\t")]
    if ";" in text and any(_ROW_ENDS.search(line) for line in text.split("\n")):
        return lambda line: [re.split(r"\s*,\s*|\s+", row.strip()) for row in line.strip().rstrip(";").split(";")]
    for separator in ";,":
        if separator in text:
            return lambda line: [line.split(separator)]
    return lambda line: [line.split()]
