"""Values of a tree's nodes: numbers, words and what is computed of numbers. Nothing of the text is ever called."""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from explorer.networks.reading.found import Unread, shown

LARGEST = 10**6
"""Of a number that a text says or computes."""
MOST_ITEMS = 100
DEEPEST = 40
"""Levels of an expression."""
LARGEST_POWER = 64


@dataclass(frozen=True)
class Array:
    """An array of which only the shape is said: ``jnp.zeros((3, 3, 64, 32))``."""

    shape: tuple[int, ...]


Scalar = int | float | bool | str | None | Array
Value: TypeAlias = "Scalar | tuple[Value, ...]"
Names = dict[str, Value]

_BINARY: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_COMPARED: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_CALLED: Mapping[str, Callable[..., float]] = {"int": int, "max": max, "min": min, "round": round, "abs": abs}
_MAKES_ARRAY = {"zeros", "ones", "empty", "full", "normal", "uniform", "randn", "rand", "ShapeDtypeStruct"}


def dotted(node: ast.AST) -> str:
    """``self.up.conv`` of a chain of names, empty for anything else.

    >>> dotted(ast.parse("nn.Tanh", mode="eval").body), dotted(ast.parse("f().x", mode="eval").body)
    ('nn.Tanh', '')
    """
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def value_of(node: ast.AST, names: Names, depth: int = 0) -> Value:
    """The value of an expression of literals and of ``names``. Raises `Unread`.

    >>> value_of(ast.parse("(ngf * 8, 2**3, -1)", mode="eval").body, {"ngf": 64})
    (512, 8, -1)
    """
    if depth > DEEPEST:
        raise Unread("too_deep", node)
    if isinstance(node, ast.Constant):
        return _constant(node)
    if isinstance(node, ast.Name | ast.Attribute):
        name = dotted(node)
        if name in names:
            return names[name]
        raise Unread("name", node, name=shown(name or node))
    if isinstance(node, ast.Tuple | ast.List):
        if len(node.elts) > MOST_ITEMS:
            raise Unread("not_a_value", node, value=shown(node))
        return tuple(value_of(item, names, depth + 1) for item in node.elts)
    return _computed(node, names, depth + 1)


def _computed(node: ast.AST, names: Names, depth: int) -> Value:
    """What is computed of other values."""
    if isinstance(node, ast.UnaryOp):
        return _unary(node, value_of(node.operand, names, depth))
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _binary(node, value_of(node.left, names, depth), value_of(node.right, names, depth))
    if isinstance(node, ast.IfExp):
        return value_of(node.body if value_of(node.test, names, depth) else node.orelse, names, depth)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        return _compared(node, value_of(node.left, names, depth), value_of(node.comparators[0], names, depth))
    if isinstance(node, ast.Subscript):
        return _item(node, value_of(node.value, names, depth), value_of(node.slice, names, depth))
    if isinstance(node, ast.Call):
        return _called(node, names, depth)
    raise Unread("not_a_value", node, value=shown(node))


def _constant(node: ast.Constant) -> Value:
    value = node.value
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _bounded(node, value)
    raise Unread("not_a_value", node, value=shown(node))


def _bounded(node: ast.AST, value: float) -> Value:
    """A number within bounds; a whole one of a division stays what Python has, a float."""
    if not -LARGEST <= value <= LARGEST:
        raise Unread("too_large", node, value=shown(value), most=LARGEST)
    return value


def _number(node: ast.AST, value: Value) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unread("not_a_value", node, value=shown(node))
    return value


def _unary(node: ast.UnaryOp, value: Value) -> Value:
    if isinstance(node.op, ast.Not) and isinstance(value, bool):
        return not value
    if isinstance(node.op, ast.USub | ast.UAdd):
        number = _number(node, value)
        return -number if isinstance(node.op, ast.USub) else number
    raise Unread("not_a_value", node, value=shown(node))


def _binary(node: ast.BinOp, left: Value, right: Value) -> Value:
    one, other = _number(node, left), _number(node, right)
    if isinstance(node.op, ast.Pow) and not (isinstance(other, int) and 0 <= other <= LARGEST_POWER):
        raise Unread("too_large", node, value=shown(node), most=LARGEST)
    if isinstance(node.op, ast.FloorDiv | ast.Div | ast.Mod) and other == 0:
        raise Unread("not_a_value", node, value=shown(node))
    try:
        return _bounded(node, _BINARY[type(node.op)](one, other))
    except (OverflowError, ValueError):
        raise Unread("too_large", node, value=shown(node), most=LARGEST) from None


def _compared(node: ast.Compare, left: Value, right: Value) -> bool:
    try:
        return _COMPARED[type(node.ops[0])](left, right)
    except TypeError:
        raise Unread("not_a_value", node, value=shown(node)) from None


def _item(node: ast.Subscript, value: Value, index: Value) -> Value:
    if isinstance(value, tuple) and isinstance(index, int) and -len(value) <= index < len(value):
        return value[index]
    raise Unread("not_a_value", node, value=shown(node))


def _called(node: ast.Call, names: Names, depth: int) -> Value:
    """What ``int(…)``, ``max(…)`` … of numbers give, and the shape of an array that is made of one."""
    name = dotted(node.func)
    if name.rpartition(".")[2] in _MAKES_ARRAY:
        return _array(node, names, depth)
    given = [value_of(item, names, depth) for item in node.args]
    if name == "len" and len(given) == 1 and isinstance(given[0], tuple):
        return len(given[0])
    if name not in _CALLED or node.keywords or not given:
        raise Unread("not_a_value", node, value=shown(node))
    numbers = [_number(node, item) for item in given]
    if (len(numbers) > 1 and name not in ("max", "min")) or (len(numbers) == 1 and name in ("max", "min")):
        raise Unread("not_a_value", node, value=shown(node))
    return _bounded(node, _CALLED[name](*numbers))


def _array(node: ast.Call, names: Names, depth: int) -> Array:
    """The array of ``zeros((3, 3, 1, 1))``, ``normal(key, (3, 3, 1, 1))``, ``randn(3, 3, 1, 1)``."""
    shapes = [keyword.value for keyword in node.keywords if keyword.arg == "shape"]
    shapes += [item for item in node.args if isinstance(item, ast.Tuple | ast.List)]
    found = value_of(shapes[0] if shapes else ast.Tuple(elts=node.args), names, depth)
    if isinstance(found, tuple) and found and all(type(item) is int and item > 0 for item in found):
        return Array(tuple(item for item in found if isinstance(item, int)))
    raise Unread("not_a_value", node, value=shown(node))
