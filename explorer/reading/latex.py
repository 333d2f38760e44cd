"""Matrices as LaTeX writes them, with or without the environment and the brackets around them."""

import re

from explorer.reading.tree import Level, Number, NumbersError, value_of

_BEGIN = re.compile(r"\\begin\s*\{(?:array|tabular)\}\s*(?:\[\w\]\s*)?\{[^{}]*\}|\\begin\s*\{[A-Za-z]+\*?\}(?:\[\w\])?")
_END = re.compile(r"\\end\s*\{[A-Za-z]+\*?\}")
_AROUND = re.compile(
    r"\\(?:left|right|[bB]igg?[lr]?)\s*(?:\\?[\[\](){}|.])|(?<!\\)\\[\[\]()]|\$|\\(?:hline|displaystyle|quad|qquad)\b"
    r"|(?<!\\)\\[,;!: ]|~"
)
"""What stands around or between the entries and says nothing about them."""
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]{1,40})\}\s*\{([^{}]{1,40})\}")
_BRACKETS = str.maketrans(dict.fromkeys("[](){}|", " "))
_TOKEN = re.compile(
    r"(?P<row>\\\\(?:[ ]*\[[^\]\n]{0,20}\])?)|(?P<cell>&)|(?P<line>\n)|(?P<block>\f)|(?P<text>[^&\n\f\\]+|\\)"
)


class _Table:
    """The texts of the entries, each with its line and entry, sorted into rows and blocks while they are read."""

    def __init__(self) -> None:
        self.blocks: list[list[list[tuple[str, int, int]]]] = [[[]]]
        self.text, self.begins, self.line = "", 1, 1
        self.counts: dict[int, int] = {}  # of the entries that begin on a line

    def write(self, text: str) -> None:
        """More of the present entry."""
        if not self.text.strip():
            self.begins = self.line
        self.text += text.translate(_BRACKETS)

    def end_entry(self) -> None:
        """The present entry ends here."""
        line = self.begins if self.text.strip() else self.line
        self.counts[line] = self.counts.get(line, 0) + 1
        self.blocks[-1][-1].append((self.text, line, self.counts[line]))
        self.text = ""

    def end_row(self, is_marked: bool = False) -> None:
        """The present row ends here. Where nothing stands in it, it is none, unless an end of a row marks it."""
        if is_marked or self.text.strip() or self.blocks[-1][-1]:
            self.end_entry()
        self.blocks[-1].append([])

    def end_line(self, is_row: bool) -> None:
        """The next line begins; unless a line is a row, an entry may go on there."""
        if is_row:
            self.end_row()
        self.text += " "
        self.line += 1


def read_latex(text: str) -> Level:
    r"""The numbers on their levels: rows, or one block of rows for each environment. Raises `NumbersError`.

    >>> [len(row.items) for row in read_latex(r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}").items]
    [2, 2]
    """
    plain = _END.sub(lambda found: _blank(found) + "\f", _BEGIN.sub(_blank, text))
    plain = _FRACTION.sub(r"\1/\2", _AROUND.sub(_blank, plain)).replace("{,}", ".")
    table = _Table()
    for token in _TOKEN.finditer(plain):
        if token.lastgroup == "text":
            table.write(token[0])
        elif token.lastgroup == "cell":
            table.end_entry()
        elif token.lastgroup == "row":
            table.end_row(is_marked=True)
        elif token.lastgroup == "block":
            table.end_row()
            table.blocks.append([[]])
        else:
            table.end_line(is_row=r"\\" not in plain)
    table.end_row()
    blocks = [found for block in table.blocks if (found := _block(block))]
    if not blocks:
        raise NumbersError("no_numbers", 1, 1)
    return blocks[0] if len(blocks) == 1 else Level([*blocks], blocks[0].line, 1)


def _blank(found: re.Match) -> str:
    """As many blanks as were found; line breaks stay."""
    return re.sub(r"[^\n]", " ", found[0])


def _block(rows: list[list[tuple[str, int, int]]]) -> Level | None:
    """The rows of one matrix, or None where there are none."""
    levels: list[Number | Level] = [
        Level([Number(value_of(*one), *one[1:]) for one in row], *row[0][1:]) for row in rows if row
    ]
    return Level(levels, levels[0].line, levels[0].entry) if levels else None
