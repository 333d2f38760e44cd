"""The stage: draws a document, plays it, links its grids and takes edits. It computes nothing.

A component of ``st.components.v2`` (https://docs.streamlit.io/develop/api-reference/custom-components). Streamlit sends
a component's own script with every run; so that one only imports the stage, which the server keeps at `ASSETS`.
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

from explorer.figures.document import static
from explorer.session.address import OWN

KEY = "stage"
PLOTLY_ADDRESS = f"assets/plotly-{version('plotly')}.min.js"
"""Where the server serves plotly.js from the installed plotly package."""

SCRIPTS = (
    "links.js",
    "words.js",
    "nodes.js",
    "marks.js",
    "layout.js",
    "grid.js",
    "controls.js",
    "connection.js",
    "commands.js",
    "player.js",
    "tracing.js",
    "editing.js",
    "address.js",
    "panel.js",
    "channels.js",
    "values.js",
    "places.js",
    "loading.js",
    "stage.js",
)
HTML = '<div class="tconv-stage" data-testid="stage" tabindex="0" role="group" data-drawn="0"></div>'


def source(name: str) -> str:
    """The text of one of the stage's own files."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def script() -> str:
    """The stage as one module, with the texts and colours that no page changes."""
    constants = {
        "STATIC": static(),
        "OWN_NAMES": OWN,
        "PLOTLY_ADDRESS": PLOTLY_ADDRESS,
        "STYLE_ADDRESS": style_address(),
    }
    lines = [f"const {name} = {json.dumps(value, ensure_ascii=False)};" for name, value in constants.items()]
    return "\n".join([*lines, *map(source, SCRIPTS)])


def _address(text: str, suffix: str) -> str:
    """An address that changes with the content, so that a browser may keep what it got there for ever."""
    return f"assets/stage-{blake2b(text.encode(), digest_size=8).hexdigest()}.{suffix}"


@cache
def style_address() -> str:
    """Where the server serves the stage's styles."""
    return _address(source("stage.css"), "css")


@cache
def script_address() -> str:
    """Where the server serves the stage's script."""
    return _address(script(), "js")


@cache
def _component() -> ComponentRenderer:
    loader = source("loader.js").replace("STAGE_ADDRESS", json.dumps(script_address()))
    return st.components.v2.component("stage", html=HTML, js=loader, isolate_styles=False)


def stage(document: Mapping[str, Any], answer: Mapping[str, Any]) -> Any:
    """Draw the stage; returns the message that its browser sent last, or None.

    ``document`` is from `explorer.figures.document`; ``answer`` is the session's: which commands are done, and how this
    document came about.
    """
    data = {"doc": document, **answer}
    return _component()(key=KEY, data=data, on_commands_change=_nothing).get("commands")


def _nothing() -> None:
    """Streamlit keeps only such states as have a callback; the page script reads this one itself."""


def sent() -> Any:
    """The message that the browser sent last, before the stage is drawn in this run; None in a session's first run."""
    state = st.session_state.get(KEY)
    return state.get("commands") if state is not None else None
