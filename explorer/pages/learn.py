"""The course's page: the lesson beside the stage, what it lets one move below. It only places things."""

import time
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from explorer.documents.build import document
from explorer.documents.schema import Document
from explorer.learning.course import Course
from explorer.learning.panel import panel
from explorer.learning.place import part_at
from explorer.lessons import Part
from explorer.operation import run
from explorer.pages.component import sent, stage
from explorer.pages.lesson import lesson_panel
from explorer.pages.navigation import navigation
from explorer.pages.widgets import HEAD_START, MARK, Widgets, hear_controls
from explorer.session.controls import controls_of
from explorer.text import say

TOOLS = ("edit", "methods", "view", "backward", "channel", "go", "resume", "present")
"""What the stage offers here; the rest of it is the explorer's own."""
ROW = 66
"""px of a row of controls below the stage."""
IN_A_ROW = 3


def course() -> Course:
    """This visitor's course; it begins where the address says."""
    if "course" not in st.session_state:
        st.session_state.course = Course.at(urlencode(st.query_params.to_dict()))
    return st.session_state.course


def listen() -> dict[str, Any]:
    """Take what the browser says, first its controls and then the stage and the panel; see `explore.listen`."""
    state = course()
    heard = hear_controls(state)
    state.hear(sent())
    return heard if heard.get(MARK) == state.controls.mark else {}


def movable(state: Course) -> tuple[str, ...]:
    """The controls that the part lets one move; none while a question is open."""
    shown = controls_of(state.page)
    part = part_at(state.place)
    return tuple(name for name in part.move if name in shown) if isinstance(part, Part) and not state.question else ()


def picking(state: Course) -> dict[str, Any] | None:
    """Which grid's cells are the answer to the open question, and how the last answer was marked."""
    if not state.question or state.question.form != "cells":
        return None
    return {"grid": state.question.pick, "isOpen": state.is_asking, "question": list(state.place.address.items())}


def drawn(state: Course, backward: bool | None = None) -> Document:
    """The document of what the stage shows."""
    return document(run(state.settings), state.view, "")


def main() -> None:
    """Draw the page: the stage first, as on the explorer's own."""
    heard = listen()
    state = course()
    rows = -(-len(movable(state)) // IN_A_ROW)
    widgets = Widgets(state.page, heard)
    mark = state.controls.draw(widgets.shown)
    navigation("learn")
    with st.container(key="learn"):
        left, right = st.columns([0.335, 0.665])
        with right:
            extra = {
                "tools": TOOLS,
                "picking": picking(state),
                "asking": state.is_asking,
                "below": rows * ROW,
                "plays": state.plays,
            }
            again = state.hear(stage(drawn(state), {**state.answer(), **extra}))
        with left:
            lesson_panel(panel(state))
        if again:
            st.rerun()
        time.sleep(HEAD_START)
        with right, st.container(key="lesson_controls"):
            widgets.some(movable(state), mark)


st.set_page_config(page_title=say("learn.page_title"), layout="wide")
main()
