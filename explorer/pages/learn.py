"""The course's page: the lesson beside the stage, what it lets one move below. It only places things."""

import time
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from explorer.documents.build import document
from explorer.documents.convolution import as_convolution
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
from explorer.settings import Settings
from explorer.text import say
from explorer.views import View

TOOLS = ["methods", "view", "backward"]
"""What the stage offers here; the rest of it is the explorer's own."""
LINK = "course"
BESIDE = "stage_beside"
ROW = 90
"""px of a row of controls below the stage."""
IN_A_ROW = 3
OF_GRADIENTS = ("backward",)
"""Lessons in which the ordinary convolution is the way of a gradient."""


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


def about_question(state: Course) -> dict[str, Any]:
    """What the stage is told of the open question: that it must not tell the answer, and which cells are to be chosen.

    Whoever has answered sees which of the chosen cells are right, wrong or missed.
    """
    question = state.question
    if question is None:
        return {}
    asking: bool | str = state.is_asking and ("size" if question.kind == "size" else True)
    if question.form != "cells":
        return {"asking": asking}
    chosen = state.given if isinstance(state.given, list) else []
    picking = {"grid": question.pick, "chosen": chosen, "isOpen": state.is_asking}
    return {"asking": asking, "picking": picking, "marked": state.marked if state.is_played else None}


def has_beside(state: Course) -> bool:
    """Whether the ordinary convolution stands beside its transpose: not while something is asked."""
    part = part_at(state.place)
    return isinstance(part, Part) and part.beside and state.question is None


def draw_stages(state: Course) -> bool:
    """The stage, or two whose traces are linked; whether there was anything to hear."""
    rows = -(-len(movable(state)) // IN_A_ROW)
    page = {"tools": TOOLS, "below": rows * ROW, **about_question(state)}
    if state.view.what_if:  # what people believe stands below: it needs the room
        page["parts"] = ["bar"]
    if not has_beside(state):
        shown = drawn(state.settings, state.view, state.precision)
        return state.hear(stage(shown, {**state.answer(), "plays": state.plays}, page))
    half = {**page, "tools": [], "link": LINK, "isCompact": True}
    # The matrices need the room: there the sentence stands below both, and nothing is played.
    above, below = (["bar"], ["sentence"]) if state.view.view == "matrix" else (["bar", "player", "sentence"], [])
    heard = state.hear(
        stage(
            told(state, state.view),
            {**state.answer(), "plays": state.plays},
            {**half, "parts": above},
        )
    )
    other = replace(state.view, backward=not state.view.backward, what_if="")
    stage(told(state, other), state.answer(), {**half, "parts": below, "isBeside": True}, BESIDE)
    return heard


def told(state: Course, view: View) -> Document:
    """One of two stages: the backward one is told as the ordinary convolution, but where the lesson is of gradients."""
    shown = drawn(state.settings, view, "")
    return as_convolution(shown) if view.backward and state.place.lesson not in OF_GRADIENTS else shown


@lru_cache(maxsize=64)
def drawn(settings: Settings, view: View, precision: str) -> Document:
    """The document of what a stage shows; visitors who look at the same share it."""
    return document(run(settings), view, precision)


def main() -> None:
    """Draw the page: the stage first, as on the explorer's own."""
    heard = listen()
    state = course()
    widgets = Widgets(state.page, heard)
    mark = state.controls.draw(widgets.shown)
    navigation("learn")
    with st.container(key="learn"):
        left, right = st.columns([0.335, 0.665])
        with right:
            again = draw_stages(state)
        with left:
            lesson_panel(panel(state), state.answer())
        if again:
            st.rerun()
        time.sleep(HEAD_START)
        with right, st.container(key="lesson_controls"):
            widgets.some(movable(state), mark)


st.set_page_config(page_title=say("learn.page_title"), layout="wide")
main()
