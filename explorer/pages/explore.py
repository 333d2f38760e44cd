"""The explorer's page: controls beside the stage. It only places things; `Session` holds what they mean."""

import time
from urllib.parse import urlencode

import streamlit as st

from explorer.components.stage import sent, stage
from explorer.figures.document import document
from explorer.operation import run
from explorer.pages.dialogs import show_code, show_cost
from explorer.presets import GROUPS, PRESETS
from explorer.session.controls import SIZES, controls_of
from explorer.session.session import Session
from explorer.settings import LIMITS, PAIRS, common_divisors, largest
from explorer.text import say
from explorer.views import VIEWS

HEAD_START = 0.025
"""Seconds between the stage and the controls. Streamlit sends every 10 ms what there is: so the picture goes alone, and
the browser paints it before it renders a dozen controls that are as they were."""


MARK = "controls_mark"
"""The key of a hidden field behind the controls: it comes back with their values and says when they were drawn."""


def session() -> Session:
    """This visitor's session; it begins with the page that the address says."""
    if "session" not in st.session_state:
        st.session_state.session = Session.at(urlencode(st.query_params.to_dict()))
    return st.session_state.session


def put(key: str, value: object, *offered: object) -> None:
    """Make a widget show a value.

    Written only where it differs, so that a key pressed meanwhile is not undone, or where other values are
    ``offered`` than before: then Streamlit makes a new widget, which would start at its smallest.
    """
    before = st.session_state.setdefault("offered", {})
    if st.session_state.get(key) != value or before.get(key) != offered:
        st.session_state[key] = value
    before[key] = offered


def slider(key: str, field: str, value: int, low: int, high: int, label: str) -> None:
    """One slider of a field; where only one value is possible it is drawn disabled."""
    fixed = low >= high
    put(key, value, low, high)
    st.slider(
        label,
        low,
        high + fixed,
        key=key,
        disabled=fixed,
        help=say(f"help.{field}") if key == field else None,
    )


def pair_slider(name: str) -> None:
    """A hyper-parameter: one slider, or one for the height and one for the width."""
    page = session().page
    height, width = getattr(page.settings.layer, name)
    low, most = LIMITS[name][0], largest(page.settings.layer, page.settings.size, name)
    label = say(f"controls.{name}")
    if not page.apart:
        slider(name, name, height, low, min(most), f"{label} · {say(f'hints.{name}')}")
        return
    slider(name, name, height, low, most[0], say("controls.height_of", name=label))
    slider(f"{name}_w", name, width, low, most[1], say("controls.width_of", name=label))


def preset_title(name: str) -> str:
    """A preset's title; its group stands before it, so that typing the group's name finds all of it."""
    group = next(group for group, presets in GROUPS.items() if name in presets)
    return f"{say(f'preset_groups.{group}')}: {say(f'presets.{name}')}"


def sidebar() -> None:
    """All controls, and behind them the mark that says what they show."""
    page = session().page
    shown = controls_of(page)
    st.markdown(f"### {say('title')}")
    put("preset", shown["preset"])
    st.selectbox(
        say("controls.preset"),
        list(PRESETS),
        key="preset",
        format_func=preset_title,
        help=say("controls.preset_help"),
    )
    with st.container(key="pairs_apart" if page.apart else "pairs_joined"):
        for name in PAIRS:
            pair_slider(name)
    for name in SIZES:
        slider(name, name, shown[name], *LIMITS[name], say(f"controls.{name}"))
    groups()
    put("apart", shown["apart"])
    st.toggle(say("controls.apart"), key="apart", help=say("help.apart"))
    put(MARK, session().controls.draw(shown))
    with st.container(key="hidden"):
        st.text_input(MARK, key=MARK, label_visibility="collapsed")


def groups() -> None:
    """The groups control: a common divisor of both channel counts."""
    divisors = common_divisors(session().page.settings.layer)
    fixed = len(divisors) == 1
    put("groups", session().page.settings.layer.groups, *divisors)
    st.select_slider(
        say("controls.groups"),
        divisors + [2] * fixed,
        key="groups",
        disabled=fixed,
        help=say("help.groups"),
    )


def listen() -> None:
    """Take what the browser says: first what its controls show, then the stage's commands."""
    state = session()
    values = {key: st.session_state[key] for key in controls_of(state.page) if key in st.session_state}
    state.hear_controls(st.session_state.get(MARK, ""), values)
    state.hear(sent())


def main() -> None:
    """Draw the page: the stage first, so that it is on its way while the controls are made."""
    state = session()
    listen()
    put("view", state.page.view.view)
    st.segmented_control(
        say("views.label"),
        VIEWS,
        key="view",
        format_func=lambda name: say(f"views.{name}"),
        label_visibility="collapsed",
        required=True,
        help=say("help.view"),
    )
    operation = run(state.page.settings)
    if state.hear(stage(document(operation, state.page.view, state.precision), state.answer())):
        st.rerun()  # a new session: only now can it read what a browser that has its page already asks for
    if state.dialog == "cost":
        show_cost(state.page.settings, state.close_dialog)
    elif state.dialog == "code":
        show_code(state.page.settings, state.dialog_address, state.close_dialog)
    time.sleep(HEAD_START)
    with st.sidebar:
        sidebar()


st.set_page_config(page_title=say("title"), layout="wide")
main()
