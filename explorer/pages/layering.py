"""The page of layers as a Streamlit component, whose script the server keeps as an asset."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from explorer.networks.page.panel import constants
from explorer.pages.component import asset_address, style_address
from explorer.stage import script_json
from explorer.stage.bundling import join

KEY = "layer"
HTML = '<div class="tconv-layer-host"></div>'
ENTRY = "networks/panel/host.js"


@cache
def layer_script() -> str:
    """The panel as one module whose default export Streamlit calls, with all that no visitor changes."""
    known = script_json({**constants(), "styleAddress": style_address()})
    return join(ENTRY, _source, f"export default createLayerHost({known});")


def _source(name: str) -> str:
    return files("explorer").joinpath(name).read_text(encoding="utf-8")


@cache
def layer_script_address() -> str:
    """Where the server serves `layer_script`."""
    return asset_address(layer_script(), "js")


@cache
def _component() -> ComponentRenderer:
    loader = files(__package__).joinpath("loader.js").read_text(encoding="utf-8")
    script = loader.replace("STAGE_ADDRESS", json.dumps(layer_script_address()))
    return st.components.v2.component("layer", html=HTML, js=script, isolate_styles=False)


def layer_panel(data: Mapping[str, Any]) -> None:
    """Draw the panel with what `explorer.networks.page.sheet` makes, and the number of the message that it answers."""
    _component()(key=KEY, data=dict(data), on_sent_change=_nothing)


def _nothing() -> None:
    """Streamlit keeps only such states as have a callback; the page script reads this one itself."""


def heard() -> dict[str, Any]:
    """The message that the browser sent last, {"search", "number", "edit"}; empty in a session's first run."""
    state = st.session_state.get(KEY)
    message = state.get("sent") if state is not None else None
    return message if isinstance(message, dict) else {}
