"""The course's panel on a Streamlit page: a component beside the stage, whose script the server keeps as an asset."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from streamlit.components.v2.types import ComponentRenderer

from explorer.learning.panel import PanelData, constants
from explorer.pages.component import asset_address, component_of, style_address
from explorer.stage import script_json
from explorer.stage.bundling import join
from explorer.text import kept_by_language

HTML = '<div class="tconv-lesson-host"></div>'
ENTRY = "learning/panel/host.js"


@kept_by_language()
def panel_script() -> str:
    """The panel as one module whose default export Streamlit calls, with all that no visitor changes."""
    known = script_json({**constants(), "styleAddress": style_address()})
    return join(ENTRY, _source, f"export default createPanelHost({known});")


def _source(name: str) -> str:
    return files("explorer").joinpath(name).read_text(encoding="utf-8")


@kept_by_language()
def panel_script_address() -> str:
    """Where the server serves `panel_script`."""
    return asset_address(panel_script(), "js")


@kept_by_language()
def _component() -> ComponentRenderer:
    return component_of("lesson", HTML, panel_script_address())


def lesson_panel(data: PanelData, answer: Mapping[str, Any]) -> None:
    """Draw the panel. What is done in it is sent by the stage, whose commands the course hears.

    ``answer`` is the session's, to which the data belongs: the browser leaves out what is older than it shows.
    """
    _component()(key="lesson", data={**data, **{name: answer[name] for name in ("session", "number", "done")}})
