"""Walks the tree of a program or a fragment: its layers in the order in which they are applied or listed."""

import ast
import re
from collections.abc import Callable, Iterable

from explorer.networks.call import LayerCall
from explorer.networks.reading.context import Context
from explorer.networks.reading.found import Passed, Problem, Unread, shown
from explorer.networks.reading.known import FLAT, LAYER_MODULES, METHODS, NOT_LAYERS, READERS
from explorer.networks.reading.loops import rounds_of
from explorer.networks.reading.passing import passes
from explorer.networks.reading.values import Names, Value, dotted, value_of

MOST_STEPS = 20_000
"""Nodes that are visited; a loop's are visited again each time."""
MOST_LAYERS = 300

_SIZED = re.compile("conv|pool|sampl|resize|interpolate")
"""What the name of a function has that changes a size."""


class TooMuch(Exception):
    """The text is read no further. ``key`` says why."""

    def __init__(self, key: str, most: int) -> None:
        super().__init__(key)
        self.key, self.most = key, most


class Walker:
    """What the trees that it walked say: ``calls``, ``passed``, ``problems``, and the ``names`` that have values."""

    def __init__(self, rank: int = 2) -> None:
        self.calls: list[LayerCall] = []
        self.passed: list[Passed] = []
        self.problems: list[Problem] = []
        self._met: set[Problem] = set()
        self.names: Names = {}
        self._steps, self._functions, self._rank = 0, 0, rank
        self._functions_of_text: set[str] = set()
        self._above = (0, 0)
        self._visits: dict[type[ast.AST], Callable[..., None]] = {
            ast.Call: self._call,
            ast.Assign: self._assign,
            ast.AnnAssign: self._assign,
            ast.AugAssign: self._assign,
            ast.NamedExpr: self._assign,
            ast.withitem: self._with,
            ast.For: self._loop,
            ast.If: self._choice,
            ast.ListComp: self._loop,
            ast.GeneratorExp: self._loop,
            ast.FunctionDef: self._function,
            ast.AsyncFunctionDef: self._function,
        }

    def walk(self, tree: ast.AST, lines_above: int, columns_left: int = 0) -> None:
        """Walk a tree whose first line has so many lines above it. Raises `TooMuch`, RecursionError."""
        self._above = (lines_above, columns_left)
        self._visit(tree)

    def _visit(self, node: ast.AST) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooMuch("too_tangled", MOST_STEPS)
        self._visits.get(type(node), self._children)(node)

    def _children(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self._visit(child)

    def _each(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self._visit(node)

    def _call(self, node: ast.Call) -> None:
        """A layer, something around layers, or what is applied to what other layers give: those come first."""
        before = self._count
        inside = node.func.value if isinstance(node.func, ast.Attribute) else None
        if inside is not None and not dotted(node.func):
            self._visit(inside)
        name = dotted(node.func) or (node.func.attr if isinstance(node.func, ast.Attribute) else "")
        module, _, last = name.rpartition(".")
        if last in READERS:
            self._layer(node, module, last)
        elif passes(last):
            self._each([*node.args, *(keyword.value for keyword in node.keywords)] if last[0].islower() else [])
            self.passed.append(Passed(last, self._place(node)[0]))
        elif last in FLAT:
            self._problem(Unread("flat", node, layer=last))
        else:
            self._around(node, name, before)

    def _layer(self, node: ast.Call, module: str, name: str) -> None:
        line = self._place(node)[0]
        if name[0].islower():
            self._each(node.args[:1])
        context = Context(self.names, self.calls[-1] if self.calls else None, line, self._rank, module)
        try:
            found = READERS[name](node, name, context)
        except Unread as error:
            self._problem(error if error.node is not None else Unread(error.key, node, **error.values))
            return
        if found is None:
            self.passed.append(Passed(context.operator or name, line))
            return
        self.calls.append(found)
        if len(self.calls) > MOST_LAYERS:
            raise TooMuch("too_many_layers", MOST_LAYERS)

    def _around(self, node: ast.Call, name: str, before: int) -> None:
        """What holds layers, or no layer: its arguments are walked; what is not known and holds nothing is named."""
        self._each([*node.args, *(keyword.value for keyword in node.keywords)])
        if not isinstance(node.func, ast.Name | ast.Attribute):
            self._visit(node.func)
        self._defaults(node, name)
        if self._count == before and self._is_missed(name):
            self._problem(Unread("unknown", node, layer=shown(name.rpartition(".")[2])))

    def _is_missed(self, name: str) -> bool:
        """Whether a call that holds no layer could be one, or is one that nobody knows."""
        module, _, last = name.rpartition(".")
        if not last or name in self.names or last in NOT_LAYERS or (module and last in METHODS):
            return False
        if last.lstrip("_")[:1].isupper():
            return not module or module.rpartition(".")[2] in LAYER_MODULES
        if _SIZED.search(last):
            return module != "self"
        return not module and not self._functions and last not in self._functions_of_text

    def _defaults(self, node: ast.Call, name: str) -> None:
        """``parser.add_argument("--ngf", default=64)`` says what ``opt.ngf`` is."""
        if name.endswith(".add_argument") and node.args and isinstance(node.args[0], ast.Constant):
            argument = str(node.args[0].value).lstrip("-").replace("-", "_")
            for keyword in node.keywords:
                if keyword.arg == "default":
                    for holder in ("opt", "args", "hparams"):
                        self._bind(ast.Name(f"{holder}.{argument}"), keyword.value)

    @property
    def _count(self) -> int:
        return len(self.calls) + len(self.passed) + len(self.problems)

    def _with(self, node: ast.withitem) -> None:
        """``with … as name``: the name has no value that is known."""
        self._visit(node.context_expr)
        if node.optional_vars is not None:
            self._unname(node.optional_vars)

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.NamedExpr) -> None:
        """A name takes a value, or a layer stands on the right."""
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        value = node.value
        if isinstance(node, ast.AugAssign):
            value = ast.BinOp(left=node.target, op=node.op, right=node.value)
        for target in targets:
            self._bind(target, value)
        if node.value is not None:
            self._visit(node.value)
        elif isinstance(node, ast.AnnAssign):  # "up: ConvTranspose2d(…)"
            self._visit(node.annotation)

    def _bind(self, target: ast.AST, value: ast.AST | None) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            for one, other in zip(target.elts, value.elts, strict=True):
                self._bind(one, other)
            return
        try:
            if value is not None:
                self._name(target, value_of(value, self.names))
                return
        except Unread:
            pass
        self._unname(target)

    def _name(self, target: ast.AST, value: Value) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, tuple) and len(target.elts) == len(value):
            for one, other in zip(target.elts, value, strict=True):
                self._name(one, other)
        elif name := dotted(target):
            self.names[name] = value
            self.names.setdefault(f"self.{name}", value)

    def _unname(self, target: ast.AST) -> None:
        for node in ast.walk(target):
            self.names.pop(dotted(node), None)

    def _loop(self, node: ast.For | ast.ListComp | ast.GeneratorExp) -> None:
        """A loop over a range or a list of values is walked through; of another the body is walked once."""
        loop = node if isinstance(node, ast.For) else node.generators[0]
        body = node.body if isinstance(node, ast.For) else [node.elt]
        rounds = rounds_of(loop.iter, self.names)
        before = len(self.calls)
        for value in [None] if rounds is None else rounds:
            if rounds is None:
                self._unname(loop.target)
            else:
                self._name(loop.target, value)
            self._each(body)
        if rounds is None and len(self.calls) > before:
            self._problem(Unread("loop", node))

    def _choice(self, node: ast.If) -> None:
        """The branch that is taken where the text says the condition, else both."""
        try:
            branches = node.body if value_of(node.test, self.names) else node.orelse
        except Unread:
            self._visit(node.test)
            branches = [*node.body, *node.orelse]
        self._each(branches)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """A function's defaults are values of its names."""
        places = [*node.args.posonlyargs, *node.args.args]
        defaults = [None] * (len(places) - len(node.args.defaults)) + node.args.defaults
        pairs = [*zip(places, defaults, strict=True), *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]
        for place, default in pairs:
            name = ast.Name(place.arg)
            if default is None:
                self._unname(name)
            else:
                self._bind(name, default)
        self._functions_of_text.add(node.name)
        self._functions += 1
        self._each(node.body)
        self._functions -= 1

    def _place(self, node: ast.AST) -> tuple[int, int]:
        lines, columns = self._above
        return getattr(node, "lineno", 1) + lines, getattr(node, "col_offset", 0) + 1 + columns

    def _problem(self, error: Unread) -> None:
        found = error.problem(*self._place(error.node or ast.Pass()))
        if found not in self._met:
            self._met.add(found)
            self.problems.append(found)
