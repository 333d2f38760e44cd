"""Pages that are one panel, as Streamlit components: one state comes from it, and what follows from that goes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from explorer.networks.page.panel import constants as layer_constants
from explorer.pages.component import asset_address, style_address
from explorer.stage import script_json
from explorer.stage.bundling import join
from explorer.upsampling.page.constants import constants as upsample_constants

HTML = '<div class="tconv-KEY-host"></div>'


@dataclass
class AskingPanel:
    """A panel whose script the server keeps as an asset.

    ``key`` is its name on the page, and ``tconv-KEY-host`` the class of the element that it stands in; ``entry`` is the
    module of its script, which exports the function ``host``; ``constants`` is what no visitor changes.
    """

    key: str
    entry: str
    host: str
    constants: Callable[[], Mapping[str, Any]]

    @cached_property
    def script(self) -> str:
        """The panel as one module whose default export Streamlit calls."""
        known = script_json({**self.constants(), "styleAddress": style_address()})
        return join(self.entry, _source, f"export default {self.host}({known});")

    @cached_property
    def address(self) -> str:
        """Where the server serves `script`."""
        return asset_address(self.script, "js")

    @cached_property
    def _component(self) -> ComponentRenderer:
        html = HTML.replace("KEY", self.key)
        loader = files(__package__).joinpath("loader.js").read_text(encoding="utf-8")
        script = loader.replace("STAGE_ADDRESS", json.dumps(self.address))
        return st.components.v2.component(self.key, html=html, js=script, isolate_styles=False)

    def draw(self, data: Mapping[str, Any]) -> None:
        """Draw the panel with what the page made, and the number of the message that it answers."""
        self._component(key=self.key, data=dict(data), on_sent_change=_nothing)

    def heard(self) -> dict[str, Any]:
        """The message that the browser sent last; empty in a session's first run."""
        state = st.session_state.get(self.key)
        message = state.get("sent") if state is not None else None
        return message if isinstance(message, dict) else {}


def _source(name: str) -> str:
    return files("explorer").joinpath(name).read_text(encoding="utf-8")


def _nothing() -> None:
    """Streamlit keeps only such states as have a callback; the page script reads this one itself."""


LAYER = AskingPanel("layer", "networks/panel/host.js", "createLayerHost", layer_constants)
UPSAMPLE = AskingPanel("upsample", "upsampling/panel/host.js", "createUpsampleHost", upsample_constants)
