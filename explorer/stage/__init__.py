"""The stage: the JavaScript and the styles that draw a document. This is their Python side: it hands them out as text.

The modules beside this file are plain ES modules. A page that cannot import one file from another (a script that
Streamlit or Jupyter sends, a file opened from the disk) gets them joined by `bundle`.
"""

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from explorer.figures.palette import PALETTES, Palette, levels
from explorer.fills import UPSTREAM
from explorer.presets import GROUPS, lecture_address
from explorer.session.address import OWN
from explorer.session.names import COURSE
from explorer.stage.bundling import join
from explorer.text import kept_by_language, spoken, texts
from explorer.views import VIEWS

TABLES = (
    *("joints", "stage", "sentences", "views", "grids", "grid_notes", "channel_grids", "formula", "frame", "facts"),
    *("agreement", "gradient", "about", "notebook", "methods", "presets", "preset_groups", "gallery"),
    *("grid_help", "sign_help", "lecture", "mistakes", "what_if", "controls"),
)
"""The tables of the texts from which the stage speaks."""

PAGE_COLOURS = {
    "background": "--st-background-color",
    "surface": "--st-secondary-background-color",
    "text": "--st-text-color",
    "border": "--st-border-color",
    "primary": "--st-primary-color",
}
"""Colours that follow a Streamlit page's theme, and the page's variables for them."""
OWN_COLOURS = ("muted", "traced", "frame", "input", "good", "warning", "error", "on_error", "believed_frame")
"""Colours that are the stage's own on every page."""

SHEETS = ("stage.css", "lecture.css", "whatif.css", "forced.css")
"""The style sheets, in their order."""


@kept_by_language()
def bundle(entry: str, start: str = "") -> str:
    """One JavaScript module that holds ``entry``, a path within this folder, and every module that it imports.

    ``start`` is what the module does at its end. The names that ``entry`` exports are in its scope, and `constants` is,
    as ``CONSTANTS``. Raises ValueError that names the module and what is wrong with it, as `explorer.stage.bundling`
    describes.

    >>> bundle("numbers.js", "export default numberText;").splitlines()[-1]
    'export default numberText;'
    """
    return join(entry, lambda name: files(__package__).joinpath(name).read_text(encoding="utf-8"), _started(start))


def _started(start: str) -> str:
    """The start with the constants that it uses before it."""
    return f"const CONSTANTS = {script_json(constants())};\n{start}" if "CONSTANTS" in start else start


def script_json(value: Any) -> str:
    r"""A value as JSON that may stand in a script of an HTML page; NaN and Infinity raise ValueError.

    >>> script_json({"text": "</script>"})
    '{"text":"\\u003c/script>"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


@kept_by_language()
def constants() -> dict[str, Any]:
    """What the stage needs and no page changes: texts, colours, and the names of views, fills and parameters.

    >>> constants()["views"]
    ['scatter', 'gather', 'matrix']
    """
    palettes = {
        name: {"name": name, **asdict(palette), "colorscale": palette.colorscale, "levels": levels(palette)}
        for name, palette in PALETTES.items()
    }
    return {
        "language": spoken(),
        "texts": {name: texts()[name] for name in TABLES if name in texts()},
        "palettes": palettes,
        "views": list(VIEWS),
        "upstream": list(UPSTREAM),
        "examples": {group: list(presets) for group, presets in GROUPS.items()},
        "lectures": {group: {name: lecture_address(name) for name in presets} for group, presets in GROUPS.items()},
        "addressNames": [*OWN, *COURSE],
    }


@cache
def style() -> str:
    """The stage's style sheet: the colours of all themes as custom properties, then the sheets that use them.

    >>> style().splitlines()[0]
    '.tconv-stage {'
    """
    light = _rule(".tconv-stage", PALETTES["light"], '  --tconv-font: var(--st-font, "Source Sans", sans-serif);')
    dark = _rule('.tconv-stage[data-theme="dark"]', PALETTES["dark"])
    contrast = _rule('.tconv-stage[data-theme="contrast"]', PALETTES["contrast"], is_own=True)
    sheets = [files(__package__).joinpath(name).read_text(encoding="utf-8") for name in SHEETS]
    return "\n".join([light, dark, contrast, *sheets])


def _rule(selector: str, palette: Palette, *lines: str, is_own: bool = False) -> str:
    """A rule that sets a palette's colours as custom properties; ``is_own``: even those that a page's theme has."""
    followed = {} if is_own else PAGE_COLOURS
    colours = {name: getattr(palette, name) for name in PAGE_COLOURS}
    colours |= {name: f"var({page}, {colours[name]})" for name, page in followed.items()}
    colours |= {"ink": palette.text, "zero": palette.scale[1]}
    colours |= {name.replace("_", "-"): getattr(palette, name) for name in OWN_COLOURS}
    colours |= {f"letter-{letter}": colour for letter, colour in palette.letters.items()}
    declared = [f"  --tconv-{name}: {colour};" for name, colour in colours.items()]
    return "\n".join([f"{selector} {{", *declared, *lines, "}"])
