"""How the stage's JavaScript and the styles are written: how long they are, whose names they use, who imports whom."""

import re
from pathlib import Path

import pytest

from explorer.stage.bundling import read

ROOT = Path(__file__).parents[2] / "explorer"
LONGEST_LINE, MOST_LINES = 120, 250

FILES = sorted(
    path
    for kind in ("js", "css")
    for name in ("stage", "pages", "learning", "networks", "upsampling")
    for path in (ROOT / name).rglob(f"*.{kind}")
)
SOURCES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in FILES}
"""{"stage/parts/grid.js": its text} of every JavaScript and CSS file."""

MODULES = {
    name.removeprefix("stage/"): text
    for name, text in SOURCES.items()
    if name.startswith("stage/") and name.endswith(".js")
}
"""The same of the stage's modules, by the names that `explorer.stage.bundle` has for them."""

PANEL = {name: text for name, text in SOURCES.items() if name.startswith("learning/") and name.endswith(".js")}
"""The modules of the course's panel."""

PANEL_TAKES = {"stage/dom.js", "stage/hosts/loading.js", "stage/hosts/overtaking.js"}
"""What the panel takes from the stage; what is done in one reaches the other by commands and events."""

LAYERS = {name: text for name, text in SOURCES.items() if name.startswith("networks/") and name.endswith(".js")}
"""The modules of the page of layers."""

LAYERS_TAKE = {
    *("stage/dom.js", "stage/language.js", "stage/scrolling.js", "stage/hosts/loading.js"),
    *(f"stage/hosts/streamlit/{name}.js" for name in ("connection", "languages")),
}
"""What that page takes from the stage."""

UPSAMPLING = {name: text for name, text in SOURCES.items() if name.startswith("upsampling/") and name.endswith(".js")}
"""The modules of the page of upsampling."""

UPSAMPLING_TAKES = {
    *("stage/dom.js", "stage/language.js"),
    *(f"networks/panel/{name}.js" for name in ("address", "asking", "section", "svg")),
}
"""What that page takes from the stage and from the page of layers."""

LAYERS_PURE = {"networks/panel/state.js"}
"""Modules of that page that know nothing of a page."""

PANEL_PURE = {"learning/panel/progress.js"}
"""Modules of the panel that know nothing of a page."""

WINDOW = {"Plotly", "addEventListener", "innerHeight", "matchMedia", "removeEventListener", "scrollY"}
"""What the stage takes from the browser's window: its own properties, and plotly.js."""
OWN_WINDOW = r"(?<![\w.])window"
"""The browser's window; a document's `sizes.window` is another one."""

PURE = {
    "blanking.js",
    "copying.js",
    "geometry.js",
    "hiding.js",
    "kinds.js",
    "language.js",
    "links.js",
    "marks.js",
    "numbers.js",
    "playlist.js",
    "state.js",
    "steps.js",
    "store.js",
}
"""Besides the views: modules that know nothing of a page."""

UNKNOWN_TO = {
    "features": {"features", "hosts"},
    "parts": {"features", "hosts"},
    "views": {"features", "parts", "hosts"},
    "hosts": set(),
    "": {"hosts"},
}
"""Which folders' modules a folder's own do not import; "" is the top."""


def code(text: str) -> str:
    """A module without its comments; the stage has no // and no /* in its strings but those of an address.

    >>> code('const a = "http://b"; // c\\n/* d */ e();')
    'const a = "http://b"; \\n e();'
    """
    return re.sub(r"(?<!:)//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


def imported(name: str) -> set[str]:
    return {other for other, _ in read(name, MODULES[name]).imports}


def folder(name: str) -> str:
    """The folder that a module is in: empty at the top."""
    return name.partition("/")[0] if "/" in name else ""


def test_there_are_files_to_look_at():
    assert {"stage/mount.js", "stage/hosts/streamlit/address.js", "stage/stage.css", "pages/page.css"} <= SOURCES.keys()
    assert MODULES.keys() >= PURE
    assert PANEL.keys() >= {*PANEL_PURE, "learning/panel/host.js"}
    assert LAYERS.keys() >= {*LAYERS_PURE, "networks/panel/host.js"}
    assert "upsampling/panel/host.js" in UPSAMPLING
    assert SOURCES.keys() >= PANEL_TAKES | LAYERS_TAKE | UPSAMPLING_TAKES
    assert {"parts", "features", "views", "hosts", ""} == {folder(name) for name in MODULES}


@pytest.mark.parametrize("name", SOURCES)
def test_no_line_is_too_long(name):
    lines = enumerate(SOURCES[name].splitlines(), 1)
    assert [number for number, line in lines if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("name", [*(f"stage/{name}" for name in MODULES), *PANEL, *LAYERS, *UPSAMPLING])
def test_no_module_is_too_long(name):
    assert len(SOURCES[name].splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", [*(f"stage/{name}" for name in MODULES), *PANEL, *LAYERS, *UPSAMPLING])
def test_a_module_keeps_nothing_in_the_window(name):
    text = code(SOURCES[name])
    assert set(re.findall(rf"{OWN_WINDOW}\??\.(\w+)", text)) <= WINDOW
    assert re.findall(rf"{OWN_WINDOW}\??\.?\[|\bglobalThis\b|\bself\.", text) == []
    assert re.findall(rf"{OWN_WINDOW}\.\w+\s*(?:\?\?|\|\||&&)?=(?!=)|Object\.assign\(window\b", text) == []


@pytest.mark.parametrize(
    "name",
    [name for name in SOURCES if name.startswith("stage/") or name in PANEL or name in LAYERS or name in UPSAMPLING],
)
def test_every_colour_is_a_palette_s_and_no_page_s_variable_is_known(name):
    assert re.findall(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b", SOURCES[name]) == []
    assert "--st-" not in SOURCES[name]


@pytest.mark.parametrize("name", MODULES)
def test_modules_import_one_way(name):
    assert {other for other in imported(name) if folder(other) in UNKNOWN_TO[folder(name)]} == set()


@pytest.mark.parametrize("name", [name for name in MODULES if name in PURE or folder(name) == "views"])
def test_a_pure_module_knows_no_page(name):
    text = code(MODULES[name])
    assert re.findall(r"\bdocument\.(?:create|query|getElement|body|head|activeElement|baseURI)\w*", text) == []
    assert re.findall(rf"{OWN_WINDOW}\??[.\[]", text) == []
    assert not re.search(r"\b(?:location|history|navigator|localStorage|setTimeout|requestAnimationFrame)\b[.(]", text)
    assert not imported(name) & {"dom.js", "painter.js", "mount.js"}


def panel_imports(name: str, modules: dict[str, str]) -> set[str]:
    return {other for other, _ in read(name, modules[name]).imports}


@pytest.mark.parametrize(
    ("name", "modules", "takes"),
    [
        (name, modules, takes)
        for modules, takes in ((PANEL, PANEL_TAKES), (LAYERS, LAYERS_TAKE), (UPSAMPLING, UPSAMPLING_TAKES))
        for name in modules
    ],
)
def test_a_panel_imports_one_way(name, modules, takes):
    """From its own folder, where only the host knows the whole panel and nobody the host, and of the others a few."""
    others, folder = panel_imports(name, modules), name.rpartition("/")[0]
    assert {other for other in others if other not in modules} <= takes
    assert f"{folder}/host.js" not in others
    assert name == f"{folder}/host.js" or f"{folder}/panel.js" not in others


@pytest.mark.parametrize("name", MODULES)
def test_the_stage_does_not_know_the_panel(name):
    assert not {"learning", "networks", "upsampling"} & set(re.split(r"[/ ]", " ".join(imported(name))))
    assert not any(other.startswith("..") for other in imported(name))


@pytest.mark.parametrize("name", LAYERS_PURE)
def test_what_is_pure_of_the_page_of_layers_knows_no_page(name):
    text = code(LAYERS[name])
    assert not re.search(r"\b(?:document|window|location|history|navigator|localStorage)\b[.(]", text)
    assert not read(name, LAYERS[name]).imports


@pytest.mark.parametrize("name", PANEL_PURE)
def test_what_is_pure_of_the_panel_knows_no_page(name):
    text = code(PANEL[name])
    assert not re.search(r"\b(?:document|window|location|history|navigator|localStorage)\b[.(]", text)
    assert panel_imports(name, PANEL) <= PANEL_PURE
