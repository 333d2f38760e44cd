"""The stage on a Streamlit page.

A component of ``st.components.v2`` (https://docs.streamlit.io/develop/api-reference/custom-components). Streamlit sends
a component's own script with every run; so that one only imports the stage, which the server keeps as an asset.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from explorer.documents.schema import Document
from explorer.figures.palette import PALETTES
from explorer.pages.fonts import font_faces
from explorer.pages.speaking import widget_words
from explorer.stage import PAGE_COLOURS, bundle, constants, script_json, style
from explorer.text import kept_by_language, spoken

KEY = "stage"
PLOTLY_ADDRESS = f"assets/plotly-{version('plotly')}.min.js"
"""Where the server serves plotly.js from the installed plotly package."""

HTML = '<div class="tconv-host"></div>'


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def asset_address(text: str, suffix: str) -> str:
    """An address that changes with the content, so that a browser may keep what it got there for ever."""
    return f"assets/stage-{blake2b(text.encode(), digest_size=8).hexdigest()}.{suffix}"


@cache
def page_style() -> str:
    """The styles of the stage and of the page around it."""
    return (
        font_faces()
        + style()
        + _letters()
        + _panel_colours()
        + _layer_colours()
        + _upsample_colours()
        + _contrast()
        + _page_colours()
        + _own("page.css")
        + _own("learn.css")
        + _own("languages.css")
        + _own("layer.css")
        + _own("upsample.css")
    )


def _letters() -> str:
    """The colours of the formula's letters for their controls, which stand outside of the stage."""
    light, dark = PALETTES["light"].letters, PALETTES["dark"].letters
    declared = {f"letter-{letter}": (light[letter], dark[letter]) for letter in light}
    return _declared('[data-testid="stSidebar"], .st-key-lesson_controls', declared)


def _panel_colours() -> str:
    """The colours of the course's panel."""
    light, dark = PALETTES["light"], PALETTES["dark"]
    names = {"done": "good", "wrong": "error", "action": "primary", "on-action": "background"}
    names |= {name: name for name in ("primary", "warning", "frame")}  # of the questions' pictures
    return _declared(".tconv-lesson", {own: (getattr(light, name), getattr(dark, name)) for own, name in names.items()})


def _layer_colours() -> str:
    """The colours of the page of layers: its roles are the other pages' own."""
    light, dark = PALETTES["light"], PALETTES["dark"]
    names = {"done": "good", "wrong": "error", "action": "primary", "on-action": "background", "muted": "muted"}
    names |= {name: name for name in ("primary", "warning", "frame", "input")}
    colours = {own: (getattr(light, name), getattr(dark, name)) for own, name in names.items()}
    colours |= {f"letter-{letter}": (light.letters[letter], dark.letters[letter]) for letter in light.letters}
    ends = zip(light.scale[1:], dark.scale[1:], strict=True)
    colours |= dict(zip(("zero", "most"), ends, strict=True))
    return _declared(".tconv-layer", colours)


def _upsample_colours() -> str:
    """The colours of the page of upsampling: the phases', the scale of values, and what says how something went."""
    light, dark = PALETTES["light"], PALETTES["dark"]
    names = {"done": "good", "wrong": "error", "action": "primary", "on-action": "background", "muted": "muted"}
    names |= {name: name for name in ("primary", "warning", "frame", "traced", "border", "surface", "background")}
    colours = {own: (getattr(light, name), getattr(dark, name)) for own, name in names.items()}
    colours |= {f"phase-{n}": pair for n, pair in enumerate(zip(light.phases, dark.phases, strict=True))}
    ends = zip(light.scale[1:], dark.scale[1:], strict=True)
    colours |= dict(zip(("zero", "most"), ends, strict=True))
    return _declared(".tconv-upsample", colours)


def _page_colours() -> str:
    """The page's own background for what stands over it: Streamlit's variables are there for components alone."""
    return _declared(":root", {"page": (PALETTES["light"].background, PALETTES["dark"].background)})


def _declared(selector: str, colours: Mapping[str, tuple[str, str]]) -> str:
    """A rule that sets custom properties, each to its colour in light and in dark."""
    lines = [f"  --tconv-{name}: light-dark({light}, {dark});" for name, (light, dark) in colours.items()]
    return "\n".join([f"{selector} {{", *lines, "}", ""])


def _contrast() -> str:
    """The page around a stage that has the colours of more contrast: its bar stands outside of it."""
    palette = PALETTES["contrast"]
    declared = f"background: {palette.background}; color: {palette.text};"
    return f':root[data-tconv-contrast] [data-testid="stMain"] {{ {declared} }}\n'


@cache
def style_address() -> str:
    """Where the server serves `page_style`."""
    return asset_address(page_style(), "css")


@kept_by_language()
def script() -> str:
    """The stage as one module whose default export Streamlit calls, with all that no page changes."""
    own = {
        "styleAddress": style_address(),
        "widgetWords": widget_words(),
        "plotlyAddress": PLOTLY_ADDRESS,
        "pageBackground": PAGE_COLOURS["background"],
    }
    known = script_json({**constants(), **own})
    return bundle("hosts/streamlit.js", f"export default createStreamlitHost({known});")


@kept_by_language()
def script_address() -> str:
    """Where the server serves `script`."""
    return asset_address(script(), "js")


def component_of(name: str, html: str, address: str) -> ComponentRenderer:
    """A component that begins as ``html``, and whose script the server keeps at ``address``: one for each language."""
    loader = _own("loader.js").replace("STAGE_ADDRESS", json.dumps(address))
    return st.components.v2.component(f"{name}_{spoken()}", html=html, js=loader, isolate_styles=False)


@kept_by_language()
def _component() -> ComponentRenderer:
    return component_of("stage", HTML, script_address())


def stage(document: Document, answer: Mapping[str, Any], page: Mapping[str, Any] | None = None, key: str = KEY) -> Any:
    """Draw a stage; returns the message that its browser sent last, or None.

    ``document`` is from `explorer.documents`; ``answer`` is the session's: which commands are done, and how this
    document came about. ``key`` tells stages on one page apart. ``page`` is what a page says of its stage:

    - ``tools``, a list: only these are offered, of view, backward, methods, dialog, link, undo, redo, fill, preset,
      examples, playlist and hide; the page has text and keys of its own then. Without it all are.
    - ``parts``, a list: only these stand, of bar, player, example, sentence and facts. ``isCompact``: little room.
      ``below``: px that the page needs below the stage.
    - ``asking``: a question is open (True, or "size" where the result's size is asked). ``mask``: the cells that are
      hidden, in place of the document's. ``picking``: {"grid", "chosen", "isOpen"}, cells that are chosen.
      ``marked``: {"right", "wrong", "missed"}, how they are marked.
    - ``link``, a text: what is traced in one stage is traced in all that have the same. ``isBeside``: the stage stands
      beside another one of its session, which alone sends commands and has the address. ``hasAddress`` False: the
      page's address is not the stage's.
    """
    data = {"document": document, **answer, **(page or {})}
    return _component()(key=key, data=data, on_commands_change=_nothing).get("commands")


def _nothing() -> None:
    """Streamlit keeps only such states as have a callback; the page script reads this one itself."""


def sent(key: str = KEY) -> Any:
    """The message that the browser sent last, before the stage is drawn in this run; None in a session's first run."""
    state = st.session_state.get(key)
    return state.get("commands") if state is not None else None
