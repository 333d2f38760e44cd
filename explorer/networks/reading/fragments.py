"""A pasted text as trees: a program where it is one, else by lines, so that one bad line does not spoil the others."""

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from explorer.networks.reading.attributes import attributes, items_of
from explorer.networks.reading.found import Problem, Unread, shown

DEEPEST = 30
"""Brackets in brackets."""
_DIGITS = re.compile(r"\d[\d_]{24,}")
_CHAINED = re.compile(r"(?:[-+~]\s*){24,}|(?:\bnot\s+){24,}|(?:\blambda\b[^:\n]{0,40}:\s*){12,}")
"""What nests without brackets, deeper than Python's parser takes in a thread with a small stack."""
MOST_LINKS = 200
"""Operators, dots and brackets that hang together without a comma: as deep is their tree. Python 3.13 ends the process
where a tree of thousands is freed in a thread with a small stack."""
_STRING = re.compile(r"'''|\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|#[^\n]*|[][(){}]")
_LINK = re.compile(_STRING.pattern + r"|[,;\n]|[-+*/%@&|^~<>.!]+|\b(?:and|or|not|in|is|if|elif|else|lambda|await)\b")
_OPENS, _CLOSES = "([{", ")]}"
_PRINTED = re.compile(r"^\((?P<name>[\w.]+)\):\s*")
_REPEATED = re.compile(r"^\(\d+-\d+\):\s*(?P<times>\d{1,3}) x ")
_PROMPT = re.compile(r"^(\s*)(?:>>>|\.\.\.) ?")
_LIST_MARK = re.compile(r"^\s*(?:[-*•]\s+|\d{1,3}[.:)]\s+)(?=[A-Za-z_])")
_KEY = re.compile(r"""^(?:\([\w.]+\):|["'][\w.]+["']\s*:|[A-Za-z_]\w*\s*:(?=\s*[\w.]+\())\s*""")
_FENCE = re.compile(r"^[ \t]*```.*$", re.MULTILINE)
_CALL = re.compile(r"(?<![\w.])[A-Za-z][\w.]*+\(")
_NAME = re.compile(r"[Cc]onv|Pool|pool|Up[Ss]ampl|interpolate|Shuffle")
_LAYER = re.compile(r"Conv\w*\($|Pool\w*\($|Upsampl\w*\($")
_SKIPPED = re.compile(r"^(?:else|try|finally|except|elif|if|for|while|with|async|case|match)\b.*:$")
_PARAMETRIZED = re.compile(r"\bParametrized(?=\w+\()")
_BARE = re.compile(r"\b(mode|padding|padding_mode)=([a-z]+)\b(?![.(])")
_SAME = str.maketrans(
    {**dict.fromkeys("−–‑‒", "-"), **dict.fromkeys("\u00a0\u2007\u2009\u202f\ufeff", " ")}
    | {**dict.fromkeys("“”", '"'), **dict.fromkeys("‘’", "'"), "`": " ", "\x00": " ", "\x0c": " ", "×": "x"}
)


@dataclass(frozen=True)
class Fragment:
    """A tree and where it stands: lines above it, columns left of it, how often it counts, and
    how many lines it takes."""

    tree: ast.AST
    above: int
    left: int = 0
    times: int = 1
    lines: int = 1


def plain(text: str) -> str:
    """The text with plain signs, without prompts and fences; its lines stay where they are.

    >>> plain(">>> nn.Tanh()").strip()
    'nn.Tanh()'
    """
    text = _FENCE.sub("", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SAME).split("\n")
    if any(line.lstrip().startswith(">>>") for line in lines):
        lines = [_PROMPT.sub(r"\1", line) for line in lines]
    return "\n".join(line.rstrip() for line in lines)


def fragments(text: str) -> Iterator[Fragment | Problem]:
    """The trees of a plain text in their order, and a problem for each line that is none."""
    lines = text.expandtabs(4).split("\n")
    depths, deepest = _depths(lines)
    if deepest is not None:
        yield Unread("too_deep").problem(deepest + 1)
        return
    if not any(
        _PRINTED.match(line.strip()) or (depth == 0 and items_of(line))
        for line, depth in zip(lines, depths, strict=False)
    ):
        dedented = textwrap.dedent("\n".join(lines))
        try:
            yield Fragment(parsed(dedented), 0, _left(lines, dedented.split("\n")))
            return
        except Unread:
            pass
    yield from _by_lines(lines, depths)


def _by_lines(lines: Sequence[str], depths: Sequence[int]) -> Iterator[Fragment | Problem]:
    """The trees of a text that is no program: each as long as its brackets are open, else a line."""
    lowest = list(accumulate(reversed(depths), min))[::-1]  # of the depths from here on: what is never closed
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if not line.strip("()[]{},;\\") or line.startswith(("#", "@")) or _SKIPPED.match(line):
            at += 1
            continue
        run = attributes(lines, depths, at)
        if run:
            try:
                yield Fragment(parsed(run.source), at)
            except Unread as error:
                yield Problem(at + 1, 1, error.key, (*error.values.items(),) or (("text", shown(line)),))
            at = run.end
            continue
        level = max(depths[at], lowest[at + 1])
        end = next(other for other in range(at, len(lines)) if depths[other + 1] <= level)
        found = _best(lines, at, end)
        if found:
            yield found
        at += found.lines if isinstance(found, Fragment) else 1


def _best(lines: Sequence[str], at: int, end: int) -> Fragment | Problem | None:
    """What begins in a line: with the lines down to ``end``, or it alone with its brackets closed.

    None for a line that only opens what other lines hold.
    """
    only_opens = lines[at].rstrip().endswith(tuple(_OPENS)) and not any(sign in lines[at] for sign in "])}")
    left = len(lines[at]) - len(lines[at].lstrip())
    whole, times = _cleaned(lines[at : end + 1])
    tries = [(whole, end + 1 - at), (_closed(whole), end + 1 - at)]
    if "Parametrized" in lines[at] and end > at:  # its print goes on with what is no Python
        tries.append((_closed(_cleaned(lines[at : at + 2])[0]), 2))
    if not only_opens:
        tries.append((_closed(_cleaned(lines[at : at + 1])[0]), 1))
        tries.append((_within(lines[at]), 1))
    error = Unread("no_python", text=shown(lines[at].strip()))
    for source, count in dict.fromkeys(tries):
        try:
            return Fragment(parsed(source), at, left, times, count)
        except Unread as one:
            error = one if one.key != "no_python" else error
    if only_opens and error.key == "no_python" and not _LAYER.search(_PRINTED.sub("", lines[at].rstrip())):
        return None
    return error.problem(at + 1, left + 1)


def _cleaned(lines: Sequence[str]) -> tuple[str, int]:
    """The source of some lines without what stands around it in prints and lists, and how often it counts."""
    line = _LIST_MARK.sub("", lines[0].strip())
    repeated = _REPEATED.match(line)
    line = _PARAMETRIZED.sub("", _KEY.sub("", line[repeated.end() :] if repeated else line))
    source = _BARE.sub(r"\1='\2'", "\n".join([line, *lines[1:]])).rstrip().rstrip(",;")
    return source + (" pass" if source.endswith(":") else ""), min(int(repeated["times"]), 64) if repeated else 1


def _within(line: str) -> str:
    """The calls of layers that stand in a sentence, as a source."""
    found, at = [], 0
    while match := _CALL.search(line, at):
        depth, at = 0, match.end()
        if not _NAME.search(match[0]):
            continue
        at = len(line)
        for bracket in _STRING.finditer(line, match.start()):
            depth += {**dict.fromkeys(_OPENS, 1), **dict.fromkeys(_CLOSES, -1)}.get(bracket[0], 0)
            if not depth:
                at = bracket.end()
                break
        found.append(line[match.start() : at])
    return "; ".join(found) or "?"


def _closed(source: str) -> str:
    """The source with each bracket closed that is open, and without those that close too many."""
    opened: list[str] = []
    kept, last = [], 0
    for match in _STRING.finditer(source):
        sign = match[0]
        if sign in _OPENS:
            opened.append(_CLOSES[_OPENS.index(sign)])
        elif sign in _CLOSES and sign != (opened.pop() if opened else ""):
            kept.append(source[last : match.start()])
            last = match.end()
    return "".join([*kept, source[last:]]) + "".join(reversed(opened))


def parsed(source: str) -> ast.Module:
    """The tree of a source. Raises `Unread`: no Python, nested too deep, a number that is too long."""
    if found := _DIGITS.search(source):
        raise Unread("too_large", value=shown(found[0]), most=10**6)
    if _CHAINED.search(source) or longest_chain(source) > MOST_LINKS:
        raise Unread("too_deep")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "invalid escape sequence" of a text that is not ours
            return ast.parse(source)
    except (RecursionError, MemoryError):
        raise Unread("too_deep") from None
    except (SyntaxError, ValueError):
        raise Unread("no_python") from None


def longest_chain(source: str) -> int:
    """How many operators, dots and brackets hang together at most, within a bracket with those around it.

    The count begins anew after a comma, and at the end of a line outside of brackets. Each ``elif`` is one deeper than
    the ``elif`` before it.

    >>> longest_chain("a.b.c + d(e, f.g)"), longest_chain("a.b\\nc.d"), longest_chain("if a: 0\\nelif b: 0\\nelif c: 0")
    (5, 1, 2)
    """
    counts, longest = [0], 0
    for match in _LINK.finditer(source):
        sign = match[0]
        if sign in _OPENS:
            counts[-1] += 1
            counts.append(0)
        elif sign in _CLOSES:
            counts = counts[:-1] or [0]
        elif sign in ",;" or (sign == "\n" and len(counts) == 1):
            counts[-1] = 0
        elif sign[0] not in "#'\"\n":
            counts[-1] += 1
        longest = max(longest, sum(counts))
    return max(longest, len(re.findall(r"\belif\b", source)))


def _left(lines: Sequence[str], dedented: Sequence[str]) -> int:
    """Columns that were taken off each line."""
    return max((len(one) - len(other) for one, other in zip(lines, dedented, strict=True) if other.strip()), default=0)


def _depths(lines: Sequence[str]) -> tuple[list[int], int | None]:
    """How many brackets are open at the start of each line and after the last, and the line where they are too many.

    Brackets in strings and comments do not count, nor those that close what is not open.
    """
    depth, found, quoted = 0, [0], ""
    for at, line in enumerate(lines):
        for match in _STRING.finditer(line):
            sign = match[0]
            if sign in ("'''", '"""'):
                quoted = "" if quoted == sign else quoted or sign
            elif not quoted and sign in _OPENS:
                depth += 1
            elif not quoted and sign in _CLOSES:
                depth = max(depth - 1, 0)
            if depth > DEEPEST:
                return found, at
        found.append(depth)
    return found, None
