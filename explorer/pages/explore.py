"""The explorer's page: controls beside the stage. It only places things; `Model` holds what they mean."""

import time

import streamlit as st

from explorer.address import VIEWS
from explorer.components.stage import sent, stage
from explorer.figures.document import document
from explorer.operation import run
from explorer.pages.dialogs import show_code, show_cost
from explorer.pages.model import Model
from explorer.presets import GROUPS, PRESETS
from explorer.settings import LIMITS, PAIRS, common_divisors, largest
from explorer.text import say

HEAD_START = 0.025
"""Seconds between the stage and the controls. Streamlit sends every 10 ms what there is: so the picture goes alone, and
the browser paints it before it renders a dozen controls that are as they were."""


def model() -> Model:
    """This visitor's model, at the first run from the address."""
    if "model" not in st.session_state:
        st.session_state.model = Model.at(st.query_params.to_dict())
    return st.session_state.model


def put(key: str, value: object, *offered: object) -> None:
    """Make a widget show a value.

    Written only where it differs, so that a key pressed meanwhile is not undone, or where other values are
    ``offered`` than before: then Streamlit makes a new widget, which would start at its smallest.
    """
    before = st.session_state.setdefault("offered", {})
    if st.session_state.get(key) != value or before.get(key) != offered:
        st.session_state[key] = value
    before[key] = offered


def moved(name: str) -> None:
    """A slider moved."""
    value = st.session_state[name]
    if name in PAIRS:
        value = (value, st.session_state.get(f"{name}_w", value) if model().apart else value)
    model().move(name, value)


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
        on_change=moved,
        args=(field,),
    )


def pair_slider(name: str) -> None:
    """A hyper-parameter: one slider, or one for the height and one for the width."""
    state = model()
    height, width = getattr(state.settings.layer, name)
    low, most = LIMITS[name][0], largest(state.settings.layer, state.settings.size, name)
    label = say(f"controls.{name}")
    if not state.apart:
        slider(name, name, height, low, min(most), f"{label} · {say(f'hints.{name}')}")
        return
    slider(name, name, height, low, most[0], say("controls.height_of", name=label))
    slider(f"{name}_w", name, width, low, most[1], say("controls.width_of", name=label))


def preset_title(name: str) -> str:
    """A preset's title; its group stands before it, so that typing the group's name finds all of it."""
    group = next(group for group, presets in GROUPS.items() if name in presets)
    return f"{say(f'preset_groups.{group}')}: {say(f'presets.{name}')}"


def sidebar() -> None:
    """All controls."""
    state = model()
    layer = state.settings.layer
    st.markdown(f"### {say('title')}")
    put("preset", state.view.preset)
    st.selectbox(
        say("controls.preset"),
        list(PRESETS),
        key="preset",
        format_func=preset_title,
        help=say("controls.preset_help"),
        on_change=lambda: state.choose(st.session_state.preset),
    )
    with st.container(key="pairs_apart" if state.apart else "pairs_joined"):
        for name in PAIRS:
            pair_slider(name)
    sizes = {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "input_height": state.settings.size[0],
        "input_width": state.settings.size[1],
        "kernel_height": layer.weight_shape[2],
        "kernel_width": layer.weight_shape[3],
    }
    for name, value in sizes.items():
        slider(name, name, value, *LIMITS[name], say(f"controls.{name}"))
    groups()
    put("apart", state.apart)
    st.toggle(
        say("controls.apart"),
        key="apart",
        help=say("help.apart"),
        on_change=lambda: setattr(state, "apart", True) if st.session_state.apart else state.join(),
    )


def groups() -> None:
    """The groups control: a common divisor of both channel counts."""
    divisors = common_divisors(model().settings.layer)
    fixed = len(divisors) == 1
    put("groups", model().settings.layer.groups, *divisors)
    st.select_slider(
        say("controls.groups"),
        divisors + [2] * fixed,
        key="groups",
        disabled=fixed,
        help=say("help.groups"),
        on_change=moved,
        args=("groups",),
    )


def main() -> None:
    """Draw the page: the stage first, so that it is on its way while the controls are made."""
    state = model()
    put("view", state.view.view)
    st.segmented_control(
        say("views.label"),
        VIEWS,
        key="view",
        format_func=lambda name: say(f"views.{name}"),
        label_visibility="collapsed",
        required=True,
        help=say("help.view"),
        on_change=lambda: state.look_as(st.session_state.view),
    )
    operation = run(state.settings)
    stage(
        document(operation, state.view, state.precision),
        document_key=state.drawn_key(),
        epoch=state.epoch,
        arrival=state.arrival,
        push=state.push,
        address=state.address(),
        notices=state.messages(),
        edits={"seen": state.seen, "revision": state.revision, "refused": state.refused},
        history=(bool(state.past), bool(state.future)),
        on_edits=lambda: state.edit(sent("edits") or []),
        on_channel=lambda: state.show_channel(*sent("channel")),
        on_methods=lambda: state.compare(sent("methods")),
        on_backward=lambda: state.turn(bool(sent("backward"))),
        on_view=lambda: state.look_as(sent("view")),
        on_dialog=lambda: state.open(**sent("dialog")),
        on_address=lambda: state.go_to(sent("address") or ""),
        on_fill=lambda: state.fill(*sent("fill")),
        on_history=lambda: state.undo() if sent("history") == "undo" else state.redo(),
    )
    if state.dialog == "cost":
        show_cost(state.settings, state.open)
    elif state.dialog == "code":
        show_code(state.settings, state.dialog_address, state.open)
    time.sleep(HEAD_START)
    with st.sidebar:
        sidebar()


st.set_page_config(page_title=say("title"), layout="wide")
main()
