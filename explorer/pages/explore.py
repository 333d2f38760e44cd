"""The explorer's page: controls beside the stage. It only places things; `Session` holds what they mean."""

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from explorer.documents.build import document
from explorer.documents.schema import Document
from explorer.limits import LIMITS, PAIRS, common_divisors, largest
from explorer.operation import run
from explorer.pages.comparing import show_compare
from explorer.pages.component import sent, stage
from explorer.pages.dialogs import show_code, show_cost
from explorer.pages.exporting import show_export
from explorer.pages.names import changed_title, named, preset_titles
from explorer.presets import PRESETS, presets_of
from explorer.session.controls import controls_of, sizes_of
from explorer.session.page import Page
from explorer.session.session import Session
from explorer.settings import Settings, limits_of
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
    state.hear_controls(heard.get(MARK, ""), {**heard, **named(heard)})
    state.hear(sent())
    return heard if heard.get(MARK) == state.controls.mark else {}


class Widgets:
    """Streamlit's widgets, showing a page's values; ``heard`` is what the browser is known to show."""

    def __init__(self, page: Page, heard: Mapping[str, Any]) -> None:
        self.page, self.heard = page, heard
        self.shown = controls_of(page)
        self.line = self.shown["one_dimension"]
        self.is_apart = page.apart and not self.line

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
        self.preset()
        with st.container(key="pairs_apart" if self.is_apart else "pairs_joined"):
            for name in PAIRS:
                self.pair(name)
        limits = limits_of(self.page.settings)
        for name in sizes_of(self.page):
            self.slider(name, name, *limits[name], say(f"controls.{self.label_of(name)}"))
        self.groups()
        self.toggle("one_dimension")
        if not self.line:
            self.toggle("apart")
        self.put(MARK, mark)
        st.text_input(MARK, key=MARK, label_visibility="collapsed")

    def preset(self) -> None:
        """The choice of the example; the name of one that was changed says so."""
        name, titles, label = self.page.view.preset, preset_titles(), say("controls.preset")
        if is_changed(self.page):  # the label says it too: the box is too narrow for the end of a long name
            titles, label = {**titles, name: changed_title(titles[name])}, changed_title(label)
        self.put("preset", name, titles[name])
        st.selectbox(
            label,
            list(PRESETS),
            key="preset",
            format_func=lambda one: titles.get(one, one),
            help=say("controls.preset_help"),
        )

    def label_of(self, name: str) -> str:
        """What the control of a size is called: a length, where there is no height."""
        lengths = {"input_width": "x_length", "kernel_width": "k_length"}
        return lengths.get(name, name) if self.line else name

    def pair(self, name: str) -> None:
        """A hyper-parameter: one slider, or one for the height and one for the width."""
        settings = self.page.settings
        low, most = LIMITS[name][0], largest(settings.layer, settings.size, name)
        label = say(f"controls.{name}")
        if self.is_apart:
            for key, high, side in ((name, most[0], "height_of"), (f"{name}_w", most[1], "width_of")):
                said = say(f"controls.{side}", name=label)
                self.slider(key, name, low, high, said if high > low else f"{said} · {say(f'off_apart.{name}')}")
            return
        high = most[1] if self.line else min(most)
        self.slider(name, name, low, high, f"{label} · {self.hint(name, high, max(most))}")

    def hint(self, name: str, high: int, other: int) -> str:
        """What a hyper-parameter does; where it cannot move, or not as far as elsewhere, why."""
        low, usual = LIMITS[name]
        if high == low:
            return say(f"off.{'joined' if other > low and not self.line else name}")
        if high == usual:
            return say(f"hints.{name}")
        layer = self.page.settings.layer
        larger = max(("stride", "dilation"), key=lambda one: getattr(layer, one))
        return say(f"up_to.{name}", most=high, larger=say(f"controls.{larger}"))

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
        label = say("controls.groups")
        label = f"{label} · {say('off.groups')}" if fixed else label
        st.select_slider(label, options, key="groups", disabled=fixed, help=say("help.groups"))

    def toggle(self, key: str) -> None:
        """A switch."""
        self.put(key, self.shown[key])
        st.toggle(say(f"controls.{key}"), key=key, help=say(f"help.{key}"))


def is_changed(page: Page) -> bool:
    """Whether the page's numbers or its layer are no longer the example's."""
    return page.settings != presets_of(page.view.version)[page.view.preset].settings


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
    elif state.dialog == "export":
        show_export(page, state.dialog_address, state.close_dialog)
    elif state.dialog == "compare":
        show_compare(page, state.close_dialog)
    time.sleep(HEAD_START)
    with st.sidebar:
        widgets.sidebar(mark)


st.set_page_config(page_title=say("title"), layout="wide")
main()
