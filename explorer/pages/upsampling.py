"""The page of upsampling as a Streamlit component, whose script the server keeps as an asset."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from explorer.pages.component import asset_address, style_address
from explorer.stage import script_json
from explorer.stage.bundling import join
from explorer.upsampling.page.constants import constants

KEY = "upsample"
HTML = '<div class="tconv-upsample-host"></div>'
ENTRY = "upsampling/panel/host.js"


@cache
def upsample_script() -> str:
    """The panel as one module whose default export Streamlit calls, with all that no visitor changes."""
    known = script_json({**constants(), "styleAddress": style_address()})
    return join(ENTRY, _source, f"export default createUpsampleHost({known});")


def _source(name: str) -> str:
    return files("explorer").joinpath(name).read_text(encoding="utf-8")


@cache
def upsample_script_address() -> str:
    """Where the server serves `upsample_script`."""
    return asset_address(upsample_script(), "js")


@cache
def _component() -> ComponentRenderer:
    loader = files(__package__).joinpath("loader.js").read_text(encoding="utf-8")
    script = loader.replace("STAGE_ADDRESS", json.dumps(upsample_script_address()))
    return st.components.v2.component("upsample", html=HTML, js=script, isolate_styles=False)


def upsample_panel(data: Mapping[str, Any]) -> None:
    """Draw the panel with what the page made, and the number of the message that it answers."""
    _component()(key=KEY, data=dict(data), on_sent_change=_nothing)


def _nothing() -> None:
    """Streamlit keeps only such states as have a callback; the page script reads this one itself."""


def heard() -> dict[str, Any]:
    """The message that the browser sent last; empty in a session's first run.

    {"search", "number", "have": the name of the picture that it keeps, "file": a picture as base 64, "train": a run,
    "pasted": numbers as text}.
    """
    state = st.session_state.get(KEY)
    message = state.get("sent") if state is not None else None
    return message if isinstance(message, dict) else {}
