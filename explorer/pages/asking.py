"""Pages that are one panel, as Streamlit components: one state comes from it, and what follows from that goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from explorer.networks.page.editing import Edit
from explorer.networks.page.panel import constants as layer_constants
from explorer.pages.component import asset_address, component_of, style_address
from explorer.pages.speaking import widget_words
from explorer.session.commands import LONGEST_ADDRESS, Check, Refused, text_up_to, whole_number
from explorer.stage import script_json
from explorer.stage.bundling import join
from explorer.text import kept_by_language, spoken
from explorer.upsampling.page.constants import constants as upsample_constants

HTML = '<div class="tconv-KEY-host"></div>'
SAID: Mapping[str, Check] = {"search": text_up_to(LONGEST_ADDRESS), "number": whole_number(0, 2**53 - 1)}
"""What every panel says: its address, and the number of the message, which the answer repeats."""


LONGEST_SOURCE = 400_000
"""Characters of an address with a whole program in it: the page says that it is too long."""
LONGEST_PICTURE_NAME = 60
MOST_TRAININGS = 10**6
"""Trainings that a page begins."""


@dataclass(eq=False)
class AskingPanel:
    """A panel whose script the server keeps as an asset.

    ``key`` is its name on the page, and ``tconv-KEY-host`` the class of the element that it stands in; ``entry`` is the
    module of its script, which exports the function ``host``; ``constants`` is what no visitor changes. ``said`` is
    what it says besides `SAID`, each with its check.
    """

    key: str
    entry: str
    host: str
    constants: Callable[[], Mapping[str, Any]]
    said: Mapping[str, Check] = field(default_factory=dict)

    @property
    def script(self) -> str:
        """The panel as one module whose default export Streamlit calls."""
        return _script(self)

    @property
    def address(self) -> str:
        """Where the server serves `script`."""
        return _address(self)

    def draw(self, data: Mapping[str, Any]) -> None:
        """Draw the panel with what the page made, and the number of the message that it answers."""
        _component(self)(key=self.key, data=dict(data), on_sent_change=_nothing)

    def sent(self) -> Any:
        """The message that the browser sent last, whatever it is; None in a session's first run."""
        state = st.session_state.get(self.key)
        return state.get("sent") if state is not None else None

    def heard(self) -> dict[str, Any]:
        """What that message says, as far as it passes."""
        return passed(self.sent(), {**SAID, **self.said})


@kept_by_language()
def _script(panel: AskingPanel) -> str:
    own = {"language": spoken(), "widgetWords": widget_words(), "styleAddress": style_address()}
    known = script_json({**panel.constants(), **own})
    return join(panel.entry, _source, f"export default {panel.host}({known});")


@kept_by_language()
def _address(panel: AskingPanel) -> str:
    return asset_address(panel.script, "js")


@kept_by_language()
def _component(panel: AskingPanel) -> ComponentRenderer:
    return component_of(panel.key, HTML.replace("KEY", panel.key), panel.address)


def passed(message: Any, said: Mapping[str, Check]) -> dict[str, Any]:
    """What a message says that passes its check; the rest is left out.

    >>> passed({"number": 7, "search": 3, "more": 1}, SAID)
    {'number': 7}
    """
    found = {}
    for name, check in said.items() if isinstance(message, dict) else ():
        try:
            found[name] = check(message.get(name))
        except Refused:
            continue
    return found


def _source(name: str) -> str:
    return files("explorer").joinpath(name).read_text(encoding="utf-8")


def _nothing() -> None:
    """Streamlit keeps only such states as have a callback; the page script reads this one itself."""


def _whatever(value: Any) -> Any:
    """A value whose reader says what is wrong with it, None where there is none."""
    return value


LAYER_SAID: Mapping[str, Check] = {"search": text_up_to(LONGEST_SOURCE), "edit": Edit.of}
LAYER = AskingPanel("layer", "networks/panel/host.js", "createLayerHost", layer_constants, LAYER_SAID)
UPSAMPLE = AskingPanel(
    "upsample",
    "upsampling/panel/host.js",
    "createUpsampleHost",
    upsample_constants,
    {
        "have": text_up_to(LONGEST_PICTURE_NAME),
        "train": whole_number(1, MOST_TRAININGS),
        "file": _whatever,
        "pasted": _whatever,
    },
)
