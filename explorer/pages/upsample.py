"""The page of upsampling: what follows from the state that the browser or its address says. It only places things.

A session keeps what can be had again: the uploaded picture, which the browser has too, and the optimiser of a
training, which the seed begins anew.
"""

from threading import BoundedSemaphore
from typing import Any

import streamlit as st

from explorer.pages.asking import UPSAMPLE
from explorer.pages.navigation import navigation
from explorer.session.address import query_of
from explorer.text import say
from explorer.upsampling.page.fitting import advance
from explorer.upsampling.page.gallery import Picture
from explorer.upsampling.page.pasting import pasted_changes
from explorer.upsampling.page.sheet import picture_of, sheet
from explorer.upsampling.page.state import from_query
from explorer.upsampling.page.uploading import read_upload


@st.cache_resource(show_spinner=False)
def slots() -> BoundedSemaphore:
    """Who may train at the same moment, of all visitors: a chunk of steps takes one processor."""
    return BoundedSemaphore(1)


def kept_picture(name: object) -> Picture | None:
    """The session's uploaded picture, if it is the one that the browser means."""
    kept = st.session_state.get("upsample_picture")
    return kept if isinstance(kept, Picture) and kept.name == name else None


def taken(file: object) -> dict[str, Any]:
    """What is said of a file; a good one is the session's picture from now on, and the last good one stays else."""
    picture, said = read_upload(file)
    if picture is not None:
        st.session_state.upsample_picture = picture
    return {"upload": said}


def trained(message: dict[str, Any]) -> dict[str, Any]:
    """The next steps of a training; a run of the script that hears the same message again makes none."""
    answered = st.session_state.get("upsample_answer")
    if answered is not None and answered[0] == (message.get("number"), message.get("search")):
        return answered[1]
    page, _ = from_query(query_of(message.get("search", "")))
    picture = picture_of(page, kept_picture(message.get("have")))
    with slots():
        kept, said = advance(st.session_state.get("upsample_training"), page, picture, message["train"])
    st.session_state.upsample_training = kept
    answer = {"training": said}
    st.session_state.upsample_answer = (message.get("number"), message.get("search")), answer
    return answer


def found(message: dict[str, Any]) -> dict[str, Any]:
    """What the panel gets for a message: all of the page, or what a file or a training comes to."""
    if message.get("file") is not None:
        return taken(message["file"])
    if message.get("pasted") is not None:
        return {"pasted": pasted_changes(message["pasted"])}
    if "train" in message:
        return trained(message)
    search = message.get("search")
    page, notices = from_query(st.query_params.to_dict() if search is None else query_of(search))
    return sheet(page, notices, kept_picture(message.get("have")))


def main() -> None:
    """Draw the page. The address is the state."""
    message = UPSAMPLE.heard()
    navigation("upsample")
    with st.container(key="upsample_page"):
        UPSAMPLE.draw({**found(message), "number": message.get("number", 0)})


st.set_page_config(page_title=say("upsample_page.page_title"), layout="wide", initial_sidebar_state="collapsed")
main()
