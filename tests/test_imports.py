"""DESIGN, section 3: an import goes one way, and each heavy package has one place. Read from the source."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What a part may import. A new part needs a line here: its place in the order is a decision.
OPERATION = {"layer", "relation", "methods", "settings", "afterwards", "notice", "fills", "limits", "memory", "failing"}
VIEWS = OPERATION | {"presets", "operation"}
DOCUMENTS = VIEWS | {"views", "notebook", "mistakes", "decimals", "text"}
FIGURES = DOCUMENTS | {"documents", "cost"}
SESSION = VIEWS | {"views", "mistakes", "reading", "changing", "placing", "edits", "decimals", "notices", "text"}
UPSAMPLING = {"layer", "relation", "methods", "fills", "decimals", "text"}
STAGE = {"text", "fills", "presets", "views", "documents", "figures", "session"}
ABOVE = FIGURES | SESSION | STAGE | {"explorer", "stage", "links", "code_text"}  # what gives people a stage
ALLOWED = {
    "arguments": {"text"},
    "layer": {"arguments", "text"},
    "afterwards": {"arguments", "layer"},
    "notice": set(),
    "failing": set(),
    "settings": {"layer", "limits", "afterwards", "notice"},
    "changing": {"layer", "limits", "memory", "afterwards", "notice", "settings"},
    "limits": {"layer"},
    "memory": {"fills"},
    "fills": {"layer"},
    "text": set(),
    "breaking": set(),
    "presets": {"layer", "settings", "fills"},
    "relation": {"layer"},
    # Four ways that agree are evidence only as long as they share nothing.
    "methods.naive": {"layer"},
    "methods.zero_insertion": {"layer"},
    "methods.torch_native": {"layer"},
    "methods.matrix": {"layer", "relation"},
    "methods": {"layer", "methods"},
    "explorer": {
        "layer",
        "methods",
        "reading",
        "sizes",
        "solving",
        "upsampling",
    },  # the public names: importing them stays light; see PUBLIC
    "operation": OPERATION,
    "decimals": {"settings"},
    "reading": {"decimals", "text"},
    "cost": {"layer", "relation", "afterwards"},
    "timing": {"layer", "methods", "cost", "failing"},
    "code_text": {"afterwards", "settings", "operation", "decimals", "text"},
    "notices": {"layer", "notice", "settings", "placing", "edits", "decimals", "reading", "text"},
    "placing": {"layer", "notice", "settings", "changing", "limits"},
    "edits": {"notice", "settings", "decimals", "reading", "placing"},
    "links": {"text"},
    "notebook": VIEWS | {"sizes"},
    "sizes": {"layer", "text"},
    "solving": {"layer", "sizes"},
    "roundtrip": {"layer", "methods", "sizes", "text"},
    "networks": SESSION | {"session", "sizes", "solving", "roundtrip", "code_text", "breaking"},
    "mistakes": {"layer", "relation", "methods", "afterwards", "settings", "operation"},
    "upsampling": UPSAMPLING,
    "upsampling.page": SESSION | {"session", "upsampling"},
    "upsampling.training": UPSAMPLING | {"upsampling"},
    "views": VIEWS | {"decimals"},
    "documents": DOCUMENTS,
    "figures": FIGURES,
    "session": SESSION,
    "shown": SESSION | {"session", "links"},
    "stage": STAGE,
    "lessons": SESSION | {"session", "documents", "upsampling"},
    "export": ABOVE | {"breaking"},
    "questions": FIGURES | {"mistakes", "export", "upsampling"},
    "learning": SESSION | {"session", "documents", "lessons", "questions"},
    "widget": ABOVE | {"export", "shown"},
    "__main__": ABOVE | {"export", "pages"},
    "pages": ABOVE | {"breaking", "export", "timing", "learning", "lessons", "networks", "upsampling"},
    "app": ABOVE | {"export", "pages"},
}
PUBLIC = "explorer"
"""The part whose functions may import anything of the explorer: they do when they are called."""
PLACES = {
    "scipy": {"methods.matrix"},
    "torch": {"methods.torch_native"},
    "plotly": {"figures", "export", "app"},
    "streamlit": {"pages", "app"},
}


def part_of(module):
    """explorer.figures.scatter -> figures; explorer.methods.naive -> methods.naive; a name of no part -> None."""
    names = module.split(".")
    if names == ["app"] or names == ["explorer"]:
        return names[0]
    if names[0] != "explorer":
        return None
    return ".".join(names[1:3]) if ".".join(names[1:3]) in ALLOWED else names[1]


def imports(source, package):
    """(module, whether it is imported later) of every import; in ``from a import b``, a.b if that is a part, else a.

    Later is what a function imports when it is called, and never what only a type checker reads.
    """

    def walk(node, inside):
        if isinstance(node, ast.Import):
            yield from ((alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                longer = f"{base}.{alias.name}"
                yield (longer if part_of(longer) in ALLOWED else base), inside
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside or is_later(node))

    def is_later(node):
        if isinstance(node, ast.If):
            return ast.unparse(node.test) == "TYPE_CHECKING"
        return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))

    return walk(ast.parse(source), False)


def violations(module, source, is_package=False):
    """What a module of that dotted name may not import, in words."""
    part = part_of(module)
    if part not in ALLOWED:
        return [f"{module} has no place in ALLOWED"]
    found = []
    for name, inside in imports(source, module if is_package else module.rpartition(".")[0]):
        other, top = part_of(name), name.split(".")[0]
        same = other == part and not part.startswith("methods.")
        free = part == PUBLIC and inside
        if other and not same and not free and not {other, other.split(".")[0]} & ALLOWED[part]:
            found.append(f"{module} imports {name}")
        if part not in PLACES.get(top, {part}):
            found.append(f"{module} imports {top}")
        if top == "torch" and not inside:
            found.append(f"{module} imports torch when it is imported")
    return found


def files():
    paths = sorted((ROOT / "explorer").rglob("*.py")) + [path for path in [ROOT / "app.py"] if path.exists()]
    for path in paths:
        names = path.relative_to(ROOT).with_suffix("").parts
        is_package = names[-1] == "__init__"
        yield ".".join(names[:-1] if is_package else names), path, is_package


def test_the_files_are_found():
    modules = {module for module, _, _ in files()}
    assert {"explorer", "explorer.layer", "explorer.methods", "explorer.methods.naive"} <= modules


@pytest.mark.parametrize(("module", "path", "is_package"), [pytest.param(*file, id=file[0]) for file in files()])
def test_imports_go_one_way(module, path, is_package):
    assert violations(module, path.read_text(encoding="utf-8"), is_package) == []


@pytest.mark.parametrize("folder", [ROOT, ROOT / "explorer" / "pages"], ids=["app.py", "pages"])
def test_nothing_beside_a_page_script_hides_another_module(folder):
    # The script's folder comes first in sys.path: a trace.py beside it would be everybody's `import trace`.
    hidden = sys.stdlib_module_names | {"streamlit", "plotly", "numpy", "scipy", "torch"}
    hidden |= {"explorer"} if folder != ROOT else set()
    assert not {path.stem for path in folder.glob("*.py")} & hidden
    assert not {path.parent.name for path in folder.glob("*/__init__.py")} & hidden


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("explorer.layer", "from explorer import relation"),
        ("explorer.layer", "import explorer"),
        ("explorer.settings", "from explorer.fills import arange"),
        ("explorer.text.english", "from explorer.settings import Settings"),
        ("explorer.relation", "import explorer.methods.naive"),
        ("explorer.relation", "from explorer import Layer"),
        ("explorer.methods.naive", "from explorer import relation"),
        ("explorer.methods.naive", "from explorer.relation import landing"),
        ("explorer.methods.naive", "def f():\n    from explorer.relation import landing"),
        ("explorer.methods.naive", "from .. import relation"),
        ("explorer.methods.zero_insertion", "from .naive import naive"),
        ("explorer.methods.zero_insertion", "from explorer.methods import naive"),
        ("explorer.methods.matrix", "from explorer.methods import METHODS"),
        ("explorer.methods.naive", "from scipy import sparse"),
        ("explorer.methods.torch_native", "import torch"),
        ("explorer.methods.torch_native", "import torch.nn.functional as F"),
        ("explorer.methods.naive", "def f():\n    import torch"),
        ("explorer.operation", "from explorer.figures import scatter"),
        ("explorer.operation", "import scipy.sparse"),
        ("explorer.operation", "from explorer.text import SENTENCES"),
        ("explorer.operation", "from explorer.views import VIEWS"),
        ("explorer.views.scatter", "from explorer.documents.messages import message"),
        ("explorer.views.scatter", "from explorer.text import say"),
        ("explorer.documents.build", "from explorer.figures.palette import LIGHT"),
        ("explorer.documents.build", "from explorer.session.page import Page"),
        ("explorer.session.page", "from explorer.documents.build import document"),
        ("explorer.session.page", "def f():\n    from explorer.stage import bundle"),
        ("explorer.stage.bundling", "from explorer.export import svg"),
        ("explorer.stage.bundling", "import streamlit"),
        ("explorer.lessons.scene", "from explorer.stage import bundle"),
        ("explorer.session.page", "from explorer.lessons import LESSONS"),
        ("explorer.export.svg", "from explorer.widget import Explorer"),
        ("explorer.widget", "import streamlit"),
        ("explorer.widget", "from explorer.pages import explore"),
        ("explorer", "from explorer.documents.build import document"),
        ("explorer.figures.scatter", "import streamlit as st"),
        ("explorer.figures.scatter", "from explorer.stage import bundle"),
        ("explorer.figures.scatter", "from ..pages import explore"),
        ("explorer.stage", "import plotly.graph_objects as go"),
        ("explorer.stage", "if True:\n    from explorer.pages import explore"),
        ("explorer.pages.explore", "import app"),
        ("explorer.pages.explore", "from plotly import graph_objects"),
        ("explorer.upsampling.phases", "def f():\n    import torch"),
        ("explorer.upsampling.phases", "def f():\n    from explorer.upsampling.training import train"),
        ("explorer.methods.torch_native", "import torch"),
        ("explorer.upsampling.training", "def f():\n    import torch"),
        ("explorer.upsampling.ways", "from explorer.session.page import Page"),
        ("explorer.helpers", ""),
    ],
)
def test_a_violation_is_seen(module, source):
    assert len(violations(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source", "is_package"),
    [
        ("explorer", "from explorer.methods.matrix import conv_matrix", True),
        ("explorer", "def document():\n    from explorer.documents.build import document", True),
        ("explorer", "if TYPE_CHECKING:\n    from explorer.documents.schema import Document", True),
        ("explorer.methods", "from .naive import naive", True),
        ("explorer.views.matrix", "from explorer.operation import Operation\nfrom .view import View", False),
        ("explorer.documents.build", "from explorer.views import VIEWS\nfrom explorer import relation", False),
        ("explorer.export.svg", "from explorer.stage import bundle\nfrom explorer.session.page import page_at", False),
        ("explorer.methods.matrix", "from scipy import sparse\nfrom explorer import relation", False),
        ("explorer.methods.torch_native", "def f():\n    import torch", False),
        ("explorer.methods.torch_native", "def f():\n    import torch", False),
        ("explorer.presets", "from explorer.settings import Settings\nfrom explorer import fills", False),
        ("explorer.figures.scatter", "import plotly\nfrom explorer.figures.palette import LIGHT", False),
        ("explorer.figures.scatter", "from . import palette\nfrom ..text import english", False),
        ("explorer.figures", "from . import scatter", True),
        ("explorer.stage", "from explorer.figures import palette\nimport json", True),
        ("explorer.pages.explore", "import streamlit\nfrom explorer.stage import bundle", False),
        ("app", "import plotly, streamlit\nfrom explorer.pages import explore", False),
    ],
)
def test_what_is_allowed_is_let_through(module, source, is_package):
    assert violations(module, source, is_package) == []
