"""The explorer's page: controls beside the stage. It only places things; `Session` holds what they mean."""

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from explorer.documents.build import document
from explorer.documents.schema import Document
from explorer.operation import run
from explorer.pages.component import sent, stage
from explorer.pages.dialogs import show_code, show_cost
from explorer.presets import GROUPS, PRESETS
from explorer.session.controls import SIZES, controls_of
from explorer.session.page import Page
from explorer.session.session import Session
from explorer.settings import LIMITS, PAIRS, Settings, common_divisors, largest
from explorer.text import say
from explorer.views import VIEWS, View

HEAD_START = 0.025
"""Seconds between the stage and the controls. Streamlit sends every few ms what there is: so the picture goes alone,
and the browser paints it before it renders a dozen controls that are as they were. No call of it sends at once.
Measured, key to picture, medians of 24 moves in two rounds: 130 and 119 ms with it, 158 and 155 ms without."""

MARK = "controls_mark"
"""The key of a hidden field behind the controls: it comes back with their values and says when they were drawn."""


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
    heard = {key: st.session_state[key] for key in (*controls_of(state.page), MARK) if key in st.session_state}
    state.hear_controls(heard.get(MARK, ""), heard)
    state.hear(sent())
    return heard if heard.get(MARK) == state.controls.mark else {}


class Widgets:
    """Streamlit's widgets, showing a page's values; ``heard`` is what the browser is known to show."""

    def __init__(self, page: Page, heard: Mapping[str, Any]) -> None:
        self.page, self.heard = page, heard
        self.shown = controls_of(page)

    def put(self, key: str, value: object, *offered: object) -> None:
        """Make a widget show a value.

        Written only where the browser shows another one: a run that is overtaken by the next must not write over what
        that one hears. Or where other values are ``offered`` than before: then Streamlit makes a new widget, which
        would start at its smallest.
        """
        before = st.session_state.setdefault("offered", {})
        if key not in self.heard or self.heard[key] != value or before.get(key) != offered:
            st.session_state[key] = value
        before[key] = offered

    def view(self) -> None:
        """The choice of the view."""
        self.put("view", self.shown["view"])
        st.segmented_control(
            say("views.label"),
            list(VIEWS),
            key="view",
            format_func=lambda name: say(f"views.{name}"),
            label_visibility="collapsed",
            required=True,
            help=say("help.view"),
        )

    def sidebar(self, mark: str) -> None:
        """All other controls, and behind them the mark by which they are known."""
        st.markdown(f"### {say('title')}")
        self.put("preset", self.shown["preset"])
        st.selectbox(
            say("controls.preset"),
            list(PRESETS),
            key="preset",
            format_func=preset_title,
            help=say("controls.preset_help"),
        )
        with st.container(key="pairs_apart" if self.page.apart else "pairs_joined"):
            for name in PAIRS:
                self.pair(name)
        for name in SIZES:
            self.slider(name, name, *LIMITS[name], say(f"controls.{name}"))
        self.groups()
        self.put("apart", self.shown["apart"])
        st.toggle(say("controls.apart"), key="apart", help=say("help.apart"))
        self.put(MARK, mark)
        st.text_input(MARK, key=MARK, label_visibility="collapsed")

    def pair(self, name: str) -> None:
        """A hyper-parameter: one slider, or one for the height and one for the width."""
        settings = self.page.settings
        low, most = LIMITS[name][0], largest(settings.layer, settings.size, name)
        label = say(f"controls.{name}")
        if not self.page.apart:
            self.slider(name, name, low, min(most), f"{label} · {say(f'hints.{name}')}")
            return
        self.slider(name, name, low, most[0], say("controls.height_of", name=label))
        self.slider(f"{name}_w", name, low, most[1], say("controls.width_of", name=label))

    def slider(self, key: str, field: str, low: int, high: int, label: str) -> None:
        """One slider of a field; where only one value is possible it is drawn disabled."""
        fixed = low >= high
        self.put(key, self.shown[key], low, high)
        help_text = say(f"help.{field}") if key == field else None
        st.slider(label, low, low + 1 if fixed else high, key=key, disabled=fixed, help=help_text)

    def groups(self) -> None:
        """The groups control: a common divisor of both channel counts."""
        divisors = common_divisors(self.page.settings.layer)
        fixed = len(divisors) == 1
        self.put("groups", self.shown["groups"], *divisors)
        options = [*divisors, 2] if fixed else divisors
        st.select_slider(say("controls.groups"), options, key="groups", disabled=fixed, help=say("help.groups"))


def preset_title(name: str) -> str:
    """A preset's title; its group stands before it, so that typing the group's name finds all of it."""
    group = next(group for group, presets in GROUPS.items() if name in presets)
    return f"{say(f'preset_groups.{group}')}: {say(f'presets.{name}')}"


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
    widgets.view()
    if state.hear(stage(drawn(page.settings, page.view, state.precision), state.answer())):
        st.rerun()  # a new session: only now can it read what a browser that has its page already asks for
    if state.dialog == "cost":
        show_cost(page.settings, state.close_dialog)
    elif state.dialog == "code":
        show_code(page.settings, state.dialog_address, state.close_dialog)
    time.sleep(HEAD_START)
    with st.sidebar:
        widgets.sidebar(mark)


st.set_page_config(page_title=say("title"), layout="wide")
main()
