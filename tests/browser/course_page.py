"""A page like a course's, for tests: text and controls at the left, one stage or two linked ones at the right.

``own`` in the address is what the page says of its stage, as JSON; it is said of the first example only. ``two``: a
second stage stands below the first and shows the ordinary convolution.
"""

import json
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from explorer.documents.build import document
from explorer.operation import run
from explorer.pages.component import sent, stage
from explorer.pages.navigation import navigation
from explorer.session.session import Session

st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
query = st.query_params.to_dict()
own, two = json.loads(query.pop("own", "{}")), query.pop("two", "")
if "session" not in st.session_state:
    st.session_state.session = Session.at(urlencode(query))
    st.session_state.said = own
    st.session_state.first = st.session_state.session.page.view.preset
session = st.session_state.session
session.hear(sent())


def drawn(backward: bool) -> dict:
    """The document of the page, forward or backward."""
    return document(run(session.page.settings), replace(session.page.view, backward=backward), session.precision)


navigation("learn")
left, right = st.container(key="learn").columns([0.34, 0.66])
with left:
    st.markdown("### Padding crops")
    st.text_input("How many rows?", key="rows")
    st.button("Check", key="check")
with right:
    is_first = session.page.view.preset == st.session_state.first
    page = {"tools": [], **(st.session_state.said if is_first else {})}
    if two:
        page |= {"isCompact": True, "parts": ["bar"], "link": "pair"}
    else:
        page |= {"below": 90}
    if session.hear(stage(drawn(False), session.answer(), page)):
        st.rerun()
    if two:
        beside = {"tools": [], "isCompact": True, "parts": ["sentence"], "link": "pair", "isBeside": True}
        stage(drawn(True), session.answer(), beside, key="beside")
    else:
        st.slider("padding", 0, 3, 1)
