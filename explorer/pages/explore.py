"""The explorer's page: controls beside the stage. It only places things; `Session` holds what they mean."""

import time
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from explorer.documents.build import document
from explorer.documents.schema import Document
from explorer.operation import run
from explorer.pages.comparing import show_compare
from explorer.pages.component import sent, stage
from explorer.pages.dialogs import show_code, show_cost
from explorer.pages.exporting import show_export
from explorer.pages.linking import show_qr
from explorer.pages.navigation import navigation
from explorer.pages.widgets import HEAD_START, MARK, Widgets, hear_controls
from explorer.session.address import to_query
from explorer.session.session import Session
from explorer.settings import Settings
from explorer.text import say
from explorer.upsampling.page.state import address_of
from explorer.views import View


def session() -> Session:
    """This visitor's session; it begins with the page that the address says."""
    if "session" not in st.session_state:
        st.session_state.session = Session.at(urlencode(st.query_params.to_dict()))
    return st.session_state.session


def listen() -> dict[str, Any]:
    """Take what the browser says, first its controls and then the stage.

    Returns what the controls show; nothing where the browser has not drawn the newest ones yet.
    """
    state = session()
    heard = hear_controls(state)
    state.hear(sent())
    return heard if heard.get(MARK) == state.controls.mark else {}


@lru_cache(maxsize=64)
def drawn(settings: Settings, view: View, precision: str) -> Document:
    """The document of a page; visitors who look at the same page share it."""
    return document(run(settings), view, precision)


def main() -> None:
    """Draw the page: the stage first, so that it is on its way while the controls are made."""
    heard = listen()
    state = session()
    page = state.page
    widgets = Widgets(page, heard)
    mark = state.controls.draw(
        widgets.shown
    )  # first of all: whatever of it gets to the browser, it is known by this mark
    navigation("explore", {"upsample": address_of(to_query(page.settings, page.view))})
    widgets.view()
    if state.hear(stage(drawn(page.settings, page.view, state.precision), state.answer())):
        st.rerun()  # a new session: only now can it read what a browser that has its page already asks for
    if state.dialog == "cost":
        show_cost(page.settings, state.close_dialog)
    elif state.dialog == "code":
        show_code(page.settings, state.dialog_address, state.close_dialog)
    elif state.dialog == "export":
        show_export(page, state.dialog_address, state.close_dialog, state.turn_to_qr)
    elif state.dialog == "qr":
        show_qr(state.dialog_address, state.close_dialog)
    elif state.dialog == "compare":
        show_compare(page, state.close_dialog)
    time.sleep(HEAD_START)
    with st.sidebar:
        widgets.sidebar(mark)


# In a frame the picture has the room, and the controls are one click away.
st.set_page_config(
    page_title=say("title"), layout="wide", initial_sidebar_state="collapsed" if st.context.is_embedded else "auto"
)
main()
