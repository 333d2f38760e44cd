"""What a text of layers was read into, and the one error of what cannot be read."""

import ast
from dataclasses import dataclass

from explorer.networks.call import LayerCall

SHOWN = 24
"""Characters of the text that a problem repeats."""


@dataclass(frozen=True)
class Passed:
    """A layer that changes neither size nor channels and is left out: an activation, a norm. ``line`` is from 1."""

    name: str
    line: int


@dataclass(frozen=True)
class Problem:
    """Something of the text that was not read, and where: ``line`` and ``column`` from 1.

    ``key`` names the sentence in the section ``networks.reading`` of the texts and the ``values`` fill it; it says what
    to do instead.

    >>> from explorer.text import say
    >>> problem = Problem(1, 20, "name", (("name", "ngf"),))
    >>> say(f"networks.reading.{problem.key}", **dict(problem.values))
    'ngf is a name: put its number in its place, or write “ngf = …” on a line before.'
    """

    line: int
    column: int
    key: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Reading:
    """The layers of a text in their order, what was left out, and what was not read.

    ``framework`` is the first layer's, empty where there is none.
    """

    calls: tuple[LayerCall, ...] = ()
    passed: tuple[Passed, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def framework(self) -> str:
        """The framework of the first layer, empty where there is none."""
        return self.calls[0].framework if self.calls else ""


class Unread(ValueError):
    """A part of a text that cannot be read: a `Problem` without its place. ``node`` is where in the tree, if known.

    >>> Unread("name", name="ngf").problem(line=3)
    Problem(line=3, column=1, key='name', values=(('name', 'ngf'),))
    """

    def __init__(self, key: str, node: ast.AST | None = None, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.node, self.values = key, node, values

    def problem(self, line: int, column: int = 1) -> Problem:
        """The problem at a place of the text."""
        return Problem(line, column, self.key, tuple(self.values.items()))


def shown(value: object) -> str:
    """A part of the text as a problem repeats it: what a node of the tree says, or a value; shortened.

    >>> shown(ast.parse("kernel_size  *  2", mode="eval").body), shown(10**40)
    ('kernel_size * 2', '100000000000000000000000…')
    """
    try:
        text = ast.unparse(value) if isinstance(value, ast.AST) else str(value)
    except (RecursionError, ValueError):  # what is nested too deep, a number of more digits than Python writes
        return "…"
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
