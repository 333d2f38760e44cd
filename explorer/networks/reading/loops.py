"""What a loop of a text runs through."""

import ast
from collections.abc import Callable

from explorer.networks.reading.found import Unread
from explorer.networks.reading.values import LARGEST, Names, Value, dotted, value_of

MOST_ROUNDS = 64


def rounds_of(node: ast.AST, names: Names) -> list[Value] | None:
    """The values that a loop runs through, None where the text does not say them or they are many.

    >>> rounds_of(ast.parse("enumerate(sizes)", mode="eval").body, {"sizes": (8, 4)})
    [(0, 8), (1, 4)]
    """
    name = dotted(node.func) if isinstance(node, ast.Call) and not node.keywords else ""
    if isinstance(node, ast.Call) and name in _LOOPS and node.args:
        rounds = [rounds_of(item, names) for item in node.args] if name != "range" else []
        known = [one for one in rounds if one is not None]
        return _LOOPS[name](*known) if name != "range" and len(known) == len(rounds) else _range(node, names, name)
    try:
        values = value_of(node, names)
    except Unread:
        return None
    return list(values) if isinstance(values, tuple) and len(values) <= MOST_ROUNDS else None


def _range(node: ast.Call, names: Names, name: str) -> list[Value] | None:
    try:
        ends = [value_of(item, names) for item in node.args]
    except Unread:
        return None
    whole = [end for end in ends if isinstance(end, int) and abs(end) <= LARGEST]
    if name != "range" or len(whole) != len(ends) or len(ends) > 3 or 0 in whole[2:]:
        return None
    found = range(*whole)
    return list(found) if len(found) <= MOST_ROUNDS else None


_LOOPS: dict[str, Callable[..., list[Value]]] = {
    "range": lambda *ends: [],
    "zip": lambda *lists: list(zip(*lists, strict=False)),
    "enumerate": lambda values, *others: list(enumerate(values)),
    "reversed": lambda values, *others: values[::-1],
    "list": lambda values, *others: values,
}
"""What loops run through; a range has its own reader."""
