"""Lists in brackets: as Python writes them, as numpy, torch and jax print them, and MATLAB's matrices."""

import re
from dataclasses import dataclass, field

from explorer.reading.tree import MOST_LEVELS, Counter, Level, Number, NumbersError

_TOKEN = re.compile(
    r"""(?P<line>\n) | (?P<blank>[^\S\n]+) | (?P<call>[A-Za-z_][A-Za-z_0-9.]*\() | (?P<open>[\[({])
    | (?P<close>[\])}]) | (?P<comma>,) | (?P<semicolon>;) | (?P<entry>[^\s,;\[\](){}]+)""",
    re.VERBOSE,
)
_CLOSER = {"[": "]", "(": ")", "{": "}"}
_ARRAYS = re.compile(
    r"(?:\w+\.){0,3}"
    r"(?:[aA]rray|asarray|[tT]ensor|as_tensor|FloatTensor|DoubleTensor|matrix|Parameter|constant|(?:u?int|float)\d{1,3})"
)
"""Calls that stand for the numbers in them: ``np.array(…)``, ``torch.tensor(…)``, ``np.float64(…)``."""
MOST_OPEN = 2 * MOST_LEVELS
"""Brackets and calls that may be open at once, so that no text can nest without end."""
WRAPPED = 40
"""Characters of a line from which on a print may have broken a row; below, a line break in one bracket ends a row."""


@dataclass
class _Open:
    """A bracket, a call, or the whole text (``closer`` is empty), that has not been closed yet."""

    closer: str
    line: int
    entry: int
    text: str = ""
    items: list[Number | Level] = field(default_factory=list)
    rows: list[Level] = field(default_factory=list)  # of a MATLAB matrix, those that a semicolon has ended
    is_call: bool = False
    is_behind_comma: bool = False
    is_wrapped: bool = False  # a line ends with a comma: what follows belongs to the same row

    def take(self, item: Number | Level) -> None:
        """One more number or list stands in it."""
        self.items.append(item)
        self.is_behind_comma = False


def read_brackets(text: str) -> Number | Level:
    """The numbers on their levels. Raises `NumbersError`.

    >>> read_brackets("[1 2; 3 4]").items[1].items[0].value
    3.0
    """
    return _Reader(text).read()


class _Reader:
    """Reads a text once, from left to right, with a stack of what is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.counter = Counter()
        self.open = [_Open("", 1, 1)]
        self.skipped: list[str] | None = None  # the brackets that are open in the options of a call, `dtype=…`

    def read(self) -> Number | Level:
        """All of the text."""
        for token in _TOKEN.finditer(self.text):
            kind = token.lastgroup or ""
            if kind == "line":
                self.counter.end_line()
                self.open[-1].is_wrapped |= self.open[-1].is_behind_comma
            elif kind == "blank":
                continue
            elif self.skipped is not None:
                self._skip(kind, token[0])
            else:
                getattr(self, f"_{kind}")(token[0], token.end())
        whole = self.open.pop()
        if whole.closer:
            raise NumbersError("not_closed", whole.line, whole.entry, whole.text)
        if not whole.items:
            raise NumbersError("no_numbers", 1, 1)
        return whole.items[0] if len(whole.items) == 1 else Level(whole.items, whole.items[0].line, 1)

    def _entry(self, text: str, _: int) -> None:
        self.open[-1].take(self.counter.number(text))

    def _call(self, text: str, _: int) -> None:
        if not _ARRAYS.fullmatch(text[:-1]):
            raise NumbersError("call", *self.counter.next, text)
        self._push(_Open(")", *self.counter.next, text, is_call=True))

    def _open(self, text: str, _: int) -> None:
        self._push(_Open(_CLOSER[text], *self.counter.next, text))

    def _push(self, opened: _Open) -> None:
        levels = sum(not one.is_call for one in self.open)  # the whole text is one of them
        if len(self.open) > MOST_OPEN or (levels > MOST_LEVELS and not opened.is_call):
            raise NumbersError("too_deep", opened.line, opened.entry, opened.text, most=MOST_LEVELS)
        self.open.append(opened)

    def _comma(self, text: str, end: int) -> None:
        top = self.open[-1]
        if not top.items or top.is_behind_comma:
            raise NumbersError("empty", *self.counter.next)
        top.is_behind_comma = True
        if top.is_call and re.compile(r"\s*[A-Za-z_]").match(self.text, end):
            self.skipped = []

    def _semicolon(self, text: str, _: int) -> None:
        top = self.open[-1]
        if not top.closer:  # the end of a statement
            return
        if top.is_call:
            raise NumbersError("call", top.line, top.entry, top.text)
        if not top.items or top.is_behind_comma:
            raise NumbersError("empty", *self.counter.next)
        top.rows.append(Level(top.items, top.items[0].line, top.items[0].entry))
        top.items = []

    def _close(self, text: str, _: int) -> None:
        top = self.open[-1]
        if text != top.closer:
            raise NumbersError("not_opened", *self.counter.next, text)
        self.open.pop()
        self.open[-1].take(self._closed(top))

    def _closed(self, one: _Open) -> Number | Level:
        """What a bracket or a call holds, now that it is closed."""
        if one.is_call:
            if len(one.items) != 1:
                raise NumbersError("call", one.line, one.entry, one.text)
            return one.items[0]
        if one.rows:
            last = [Level(one.items, one.items[0].line, one.items[0].entry)] if one.items else []
            return Level([*one.rows, *last], one.line, one.entry)
        if not one.items:
            raise NumbersError("empty", one.line, one.entry)
        return Level(self._lines_as_rows(one) or one.items, one.line, one.entry)

    def _lines_as_rows(self, one: _Open) -> list[Number | Level]:
        """The rows of a MATLAB matrix that only line breaks separate; empty where the bracket is no such matrix.

        A print may break a long row too, so lines count as rows only where they are short and hold equally many.
        """
        is_alone = len(self.open) == 1 and not one.is_wrapped
        rows: dict[int, list[Number | Level]] = {}
        for item in one.items:
            rows.setdefault(item.line, []).append(item)
        if not is_alone or len(rows) == 1 or not all(isinstance(item, Number) for item in one.items):
            return []
        if len(set(map(len, rows.values()))) > 1 or any(len(self.lines[line - 1]) >= WRAPPED for line in rows):
            return []
        return [Level(row, line, 1) for line, row in rows.items()]

    def _skip(self, kind: str, text: str) -> None:
        """Pass over the options of a call up to the bracket that closes it."""
        assert self.skipped is not None
        if kind in ("open", "call"):
            self.skipped.append(text)
        elif kind == "close" and self.skipped:
            self.skipped.pop()
        elif kind == "close":
            self.skipped = None
            self.open[-1].is_behind_comma = False
            self._close(text, 0)
