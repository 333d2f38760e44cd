"""What the app's server is measured against: the explorer's widgets, and no stage. See load.py."""

import gc
import os

import streamlit as st

from explorer.presets import GROUPS, PRESETS
from explorer.settings import LIMITS, PAIRS, common_divisors, largest, settle
from explorer.text import say

VIEWS = ("scatter", "gather", "matrix")
SIZE = (2, 2)  # of the bare page's input


@st.cache_resource
def freeze() -> None:
    """Keep what lives as long as the server out of Streamlit's garbage collection, as explorer.pages.server does."""
    gc.collect()
    gc.freeze()


def put(key: str, value: object, *offered: object) -> None:
    """Make a widget show a value, as the explorer does."""
    before = st.session_state.setdefault("offered", {})
    if st.session_state.get(key) != value or before.get(key) != offered:
        st.session_state[key] = value
    before[key] = offered


def keep(name: str) -> None:
    """Keep what a control shows now."""
    st.session_state.kept[name] = st.session_state[name]


def slider(name: str, value: int, low: int, high: int, label: str) -> None:
    """Draw a slider; where only one value is possible it is disabled."""
    fixed = low >= high
    put(name, value, low, high)
    help_ = say(f"help.{name}")
    st.slider(label, low, high + fixed, key=name, disabled=fixed, help=help_, on_change=keep, args=(name,))


def preset_title(name: str) -> str:
    """Name a preset's group, then its title."""
    group = next(group for group, presets in GROUPS.items() if name in presets)
    return f"{say(f'preset_groups.{group}')}: {say(f'presets.{name}')}"


def choices(values: dict) -> None:
    """Draw the list of examples."""
    st.markdown(f"### {say('title')}")
    put("preset", values["preset"])
    label, help_ = say("controls.preset"), say("controls.preset_help")
    names = list(PRESETS)
    st.selectbox(label, names, key="preset", format_func=preset_title, help=help_, on_change=keep, args=("preset",))


def sidebar(values: dict) -> None:
    """Draw all controls of the sidebar."""
    layer, _ = settle({name: values[name] for name in PAIRS}, SIZE)  # only what the sliders can show
    choices(values)
    with st.container(key="pairs_joined"):
        for name in PAIRS:
            label = f"{say(f'controls.{name}')} · {say(f'hints.{name}')}"
            high = min(largest(layer, SIZE, name))
            slider(name, getattr(layer, name)[0], LIMITS[name][0], high, label)
    for name in ("in_channels", "out_channels", "input_height", "input_width", "kernel_height", "kernel_width"):
        slider(name, values[name], *LIMITS[name], say(f"controls.{name}"))
    groups = common_divisors(layer)
    put("groups", 1, *groups)
    st.select_slider(say("controls.groups"), [*groups, 2], key="groups", disabled=True, help=say("help.groups"))
    put("apart", values["apart"])
    st.toggle(say("controls.apart"), key="apart", help=say("help.apart"), on_change=keep, args=("apart",))


def main() -> None:
    """Draw the page."""
    sizes = {name: 2 for name in LIMITS if name.endswith(("height", "width"))}
    first = {name: low for name, (low, _) in LIMITS.items()} | sizes
    first |= {"view": VIEWS[0], "preset": next(iter(PRESETS)), "apart": False}
    values = st.session_state.setdefault("kept", first)
    put("view", values["view"])
    st.segmented_control(
        say("views.label"),
        VIEWS,
        key="view",
        format_func=lambda name: say(f"views.{name}"),
        label_visibility="collapsed",
        required=True,
        help=say("help.view"),
        on_change=keep,
        args=("view",),
    )
    with st.sidebar:
        sidebar(values)


st.set_page_config(page_title=say("title"), layout="wide")
if os.environ.get("FREEZE"):
    freeze()
main()
