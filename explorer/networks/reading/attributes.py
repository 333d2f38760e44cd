"""ONNX's attributes as text, ``kernel_shape=[3,3] strides=[2,2]``: made a call of ``make_node``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TELLING = {"kernel_shape", "pads", "auto_pad", "output_shape", "dilations"}
"""Names that only ONNX has: a line without one may be anybody's."""
_NUMBERS = r"-?\d+(?:(?:\s*,\s*|\s+)-?\d+)*"
_ITEM = re.compile(
    r"[\s,;•*-]*+[\"']?(?P<name>kernel_shape|strides|pads|dilations|group|output_padding|output_shape|auto_pad)[\"']?"
    rf"\s*(?::\s*(?:ints?|string)\s*=|[=:])\s*(?P<value>\[[^][]*\]|\([^()]*\)|\"\w*\"|'\w*'|{_NUMBERS}|[A-Z_]+)"
)
_OPERATOR = re.compile(r"^(?:[^=\[<]*=)?\s*(?:[\w.]+::)?(?P<name>ConvTranspose|Conv)\s*(?P<open>[\[<:])?\s*")
_REST = re.compile(r"^[\s,;>\]]*+(?:\((?P<inputs>[^()]*)\)(?:, scope: .*)?)?[\s,;]*$")


@dataclass(frozen=True)
class Run:
    """The source of a call that says what the attributes say, and the line behind them."""

    source: str
    end: int


def items_of(line: str) -> tuple[str, list[tuple[str, str]], str] | None:
    """(operator, attributes, inputs) of a line that has nothing else, None for any other.

    >>> items_of("kernel_shape=[3, 3], group=1")
    ('', [('kernel_shape', '[3, 3]'), ('group', '1')], '')
    >>> items_of("nn.Tanh()") is None
    True
    """
    operator = _OPERATOR.match(line)
    at = operator.end() if operator else 0
    found = []
    while item := _ITEM.match(line, at):
        value = item["value"]
        is_plain = value[0] not in "[('\""
        if is_plain and item["name"] == "auto_pad":
            value = f"'{value}'"
        elif is_plain and item["name"] != "group":
            value = f"[{', '.join(re.split(r'[ ,]+', value))}]"
        found.append((item["name"], value))
        at = item.end()
    rest = _REST.match(line[at:])
    if not rest or (not found and not (operator and line.strip() == operator["name"])):
        return None
    return operator["name"] if operator else "", found, rest["inputs"] or ""


def attributes(lines: Sequence[str], depths: Sequence[int], first: int) -> Run | None:
    """The attributes that begin in a line, None where it is none of them; one that comes again is the next layer's."""
    operator, inputs, found = "", "", dict[str, str]()
    at = first
    while at < len(lines) and depths[at] == 0 and (items := items_of(lines[at])):
        name, given, behind = items
        names = [one for one, _ in given]
        if found.keys() & names or len({*names}) < len(names) or (name and at > first):
            break
        operator, inputs = operator or name, inputs or behind
        found.update(given)
        at += 1
    if not found.keys() & _TELLING:
        return None
    sources = ", ".join(f"{name}={value}" for name, value in found.items())
    wanted = ", ".join(f"'{index}'" for index, _ in enumerate(inputs.split(",")))
    return Run(f"make_node('{operator or 'ConvTranspose'}', [{wanted}], ['Y'], {sources})", at)
