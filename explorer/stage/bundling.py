"""ES modules joined into one. What they may use is little, so that it can be read line by line.

At the start of a line a module may have ``import { a, b as c } from "./x.js";`` (over several lines too), and
``export`` before a function, a class or a const, or ``export { a, b as c };``. Every module becomes a function that is
called once and returns what it exports, so names that a module keeps to itself meet no others::

    const stage_x = (() => { … return { a, b }; })();
    const stage_y = (() => { const { a, b: c } = stage_x; … return { … }; })();
"""

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"([^"\n]+)";?[ \t]*(?://[^\n]*)?$', re.MULTILINE)
_KEYWORD = r"(?:(?:async\s+)?function\b\s*\*?|class\b|const\b)"
_DECLARED = re.compile(rf"^export\s+(?={_KEYWORD}\s*([A-Za-z_$][\w$]*))", re.MULTILINE)
_LISTED = re.compile(r"^export\s*\{([^}]*)\};?[ \t]*$", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b[^\n]*", re.MULTILINE)
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


class Module(NamedTuple):
    """A module taken apart: ``imports`` (module, {its name for it: local name}), ``exports`` {name: local name}."""

    name: str
    imports: tuple[tuple[str, dict[str, str]], ...]
    exports: dict[str, str]
    body: str


def read(name: str, source: str) -> Module:
    """A module's imports, exports and body. Raises ValueError for an import or export of any other form.

    >>> module = read("parts/a.js", 'import { b as c } from "../b.js";\\nexport const a = c;')
    >>> module.imports, module.exports, module.body
    ((('b.js', {'b': 'c'}),), {'a': 'a'}, 'const a = c;')
    """
    imports = tuple((_resolved(name, path), _names(listed)) for listed, path in _IMPORT.findall(source))
    exports = {found: found for found in _DECLARED.findall(source)}
    for listed in _LISTED.findall(source):
        exports |= {public: local for local, public in _names(listed).items()}
    body = source
    for form in (_IMPORT, _DECLARED, _LISTED):
        body = form.sub("", body)
    if left := _LEFT.search(body):
        raise ValueError(f"{name}: not a form of import or export that can be joined: {left[0]}")
    return Module(name, imports, exports, body.strip("\n"))


def _names(listed: str) -> dict[str, str]:
    """What stands in the braces of an import or export: {"a": "a", "b": "c"} of ``a, b as c``."""
    pairs = [part.split() for part in _COMMENT.sub("", listed).split(",") if part.strip()]
    return {pair[0]: pair[-1] for pair in pairs}


def _resolved(name: str, path: str) -> str:
    """The path within the root that an import's path means in a module."""
    if not path.startswith("."):
        raise ValueError(f"{name}: the path of an import must begin with a dot: {path}")
    resolved = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if resolved.startswith(".."):
        raise ValueError(f"{name}: the path of an import leads out of the folder: {path}")
    return resolved


def modules(entry: str, source: Callable[[str], str]) -> list[Module]:
    """The modules that an entry needs, each after those that it imports; the entry is the last.

    ``source`` gives a module's text by its path. Raises ValueError where modules import each other in a circle, where
    one is missing, and where one does not export a name that is imported from it.
    """
    found: dict[str, Module] = {}

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            circle = " → ".join([*above[above.index(name) :], name])
            raise ValueError(f"modules import each other in a circle: {circle}")
        if name in found:
            return
        try:
            module = read(name, source(name))
        except OSError:
            raise ValueError(f"{above[-1] if above else 'entry'}: there is no module {name}") from None
        for other, names in module.imports:
            add(other, (*above, name))
            for missing in names.keys() - found[other].exports.keys():
                raise ValueError(f"{name}: {other} does not export {missing}")
        found[name] = module

    add(entry, ())
    return list(found.values())


def join(entry: str, source: Callable[[str], str], start: str = "") -> str:
    """One module of an entry and all that it imports; it ends with ``start``, which may use what the entry exports.

    >>> files = {"a.js": "export const a = 1;", "b.js": 'import { a } from "./a.js";\\nexport const b = a + 1;'}
    >>> print(join("b.js", files.__getitem__, "export default b;"))
    const stage_a = (() => {
    const a = 1;
    return { a };
    })();
    const stage_b = (() => {
    const { a } = stage_a;
    const b = a + 1;
    return { b };
    })();
    const { b } = stage_b;
    export default b;
    """
    needed = modules(entry, source)
    parts = [_wrapped(module) for module in needed]
    if start:
        parts += [f"const {{ {', '.join(needed[-1].exports)} }} = {_variable(entry)};", start]
    return "\n".join(parts)


def _wrapped(module: Module) -> str:
    """A module as a function called once."""
    taken = [f"const {{ {_pairs(names)} }} = {_variable(other)};" for other, names in module.imports]
    opened, given = f"const {_variable(module.name)} = (() => {{", f"return {{ {_pairs(module.exports)} }};"
    return "\n".join([opened, *taken, module.body, given, "})();"])


def _pairs(names: dict[str, str]) -> str:
    return ", ".join(name if name == local else f"{name}: {local}" for name, local in names.items())


def _variable(name: str) -> str:
    """The variable that holds a module's exports.

    >>> _variable("hosts/offline.js")
    'stage_hosts$offline'
    """
    return "stage_" + name.removesuffix(".js").replace("/", "$").replace("-", "$$")
