"""The stage: draws a document, plays it, links its grids and takes edits. It computes nothing.

A component of ``st.components.v2`` (https://docs.streamlit.io/develop/api-reference/custom-components).
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from explorer.figures.document import static

PLOTLY_ADDRESS = f"assets/plotly-{version('plotly')}.min.js"
"""Where the server serves plotly.js from the installed plotly package."""

KEY = "stage"
SCRIPTS = (
    "links.js",
    "words.js",
    "nodes.js",
    "marks.js",
    "layout.js",
    "grid.js",
    "player.js",
    "tracing.js",
    "editing.js",
    "address.js",
    "panel.js",
    "channels.js",
    "values.js",
    "places.js",
    "stage.js",
)
HTML = '<div class="tconv-stage" data-testid="stage" tabindex="0" role="group" data-drawn="0"></div>'


def source(name: str) -> str:
    """The text of one of the stage's own files."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _component() -> ComponentRenderer:
    script = "\n".join(map(source, SCRIPTS))
    return st.components.v2.component("stage", html=HTML, css=source("stage.css"), js=script, isolate_styles=False)


def stage(
    document: dict[str, Any],
    *,
    document_key: str,
    epoch: int,
    arrival: int,
    push: int,
    address: dict[str, str],
    notices: Sequence[str],
    edits: dict[str, Any],
    history: Sequence[bool],
    on_edits: Callable[[], None],
    on_channel: Callable[[], None],
    on_methods: Callable[[], None],
    on_backward: Callable[[], None],
    on_dialog: Callable[[], None],
    on_view: Callable[[], None],
    on_address: Callable[[], None],
    on_fill: Callable[[], None],
    on_history: Callable[[], None],
) -> None:
    """Draw the stage.

    ``document`` is from `explorer.figures.document`; ``document_key`` changes when it does. A new ``epoch`` makes the
    stage take the document's step, a new ``arrival`` its trace and present mode too; otherwise it keeps its own. A new
    ``push`` makes a history entry of ``address``. ``edits`` says which edits have been seen and which are refused,
    ``history`` whether there is something to undo and to redo.
    """
    _component()(
        key=KEY,
        data={
            "doc": document,
            "doc_key": document_key,
            "epoch": epoch,
            "arrival": arrival,
            "push": push,
            "address": address,
            "notices": list(notices),
            "edits": edits,
            "history": list(history),
            "static": static(),
            "plotly": PLOTLY_ADDRESS,
        },
        on_edits_change=on_edits,
        on_channel_change=on_channel,
        on_methods_change=on_methods,
        on_backward_change=on_backward,
        on_dialog_change=on_dialog,
        on_view_change=on_view,
        on_address_change=on_address,
        on_fill_change=on_fill,
        on_history_change=on_history,
    )


def sent(name: str) -> Any:
    """What the browser last sent under a name, or None."""
    state = st.session_state.get(KEY)
    return state.get(name) if state is not None else None
