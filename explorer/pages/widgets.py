"""The page's controls: Streamlit's widgets, which show a page's values and say what somebody moved."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer.limits import LIMITS, PAIRS, common_divisors, largest
from explorer.pages.names import changed_title, named, preset_titles
from explorer.presets import PRESETS, presets_of
from explorer.session.controls import controls_of, sizes_of
from explorer.session.page import Page
from explorer.session.session import Session
from explorer.settings import limits_of
from explorer.text import in_a_row, say
from explorer.views import VIEWS

HEAD_START = 0.025
"""Seconds between the stage and the controls. Streamlit sends every few ms what there is: so the picture goes alone,
and the browser paints it before it renders a dozen controls that are as they were. No call of it sends at once.
Measured, key to picture, medians of 24 moves in two rounds: 130 and 119 ms with it, 158 and 155 ms without."""

MARK = "controls_mark"
"""The key of a hidden field behind the controls: it comes back with their values and says when they were drawn."""


def hear_controls(session: Session) -> dict[str, Any]:
    """Let a session hear what the browser's controls show; returns that, with the mark that came back with it."""
    heard = {key: st.session_state[key] for key in (*controls_of(session.page), MARK) if key in st.session_state}
    session.hear_controls(heard.get(MARK, ""), {**heard, **named(heard)})
    return heard


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
        self.mark(mark)

    def mark(self, mark: str) -> None:
        """The hidden field behind the controls, by which they are known."""
        self.put(MARK, mark)
        st.text_input(MARK, key=MARK, label_visibility="collapsed")

    def some(self, names: Sequence[str], mark: str) -> None:
        """Only some of the controls, side by side, and behind them the mark."""
        limits = limits_of(self.page.settings)
        with st.container(horizontal=True, key="some_controls"):
            for name in names:
                if name in PAIRS:
                    self.pair(name)
                elif name in limits and name != "groups":
                    self.slider(name, name, *limits[name], say(f"controls.{self.label_of(name)}"))
                elif name == "groups":
                    self.groups()
                elif name == "view":
                    self.view()
        self.mark(mark)

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
                why = "" if high > low else say(f"off_apart.{name}")
                self.slider(key, name, low, high, say(f"controls.{side}", name=label), why)
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

    def slider(self, key: str, field: str, low: int, high: int, label: str, why: str = "") -> None:
        """One slider of a field; where only one value is possible it is drawn disabled. ``why``: said by its help."""
        fixed = low >= high
        self.put(key, self.shown[key], low, high)
        sentences = [say(f"help.{field}")] if key == field else []
        help_text = in_a_row([*sentences, why] if why else sentences) or None
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
