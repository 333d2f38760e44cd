"""The dialog that gives the page away: as a file of every kind, and as a link, a frame or a citation."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from explorer.export import FORMATS, Options, content
from explorer.export.combinations import possible_sliders
from explorer.export.options import WIDTHS
from explorer.export.quoting import KINDS, quotation
from explorer.figures.palette import PALETTES
from explorer.session.page import Page
from explorer.text import say

FILE_NAME = "transposed_convolution"
USED = {name for one in FORMATS.values() for name in one.uses}
"""The options that some format uses."""


def show_export(page: Page, address: str, on_dismiss: Callable[[], None]) -> None:
    """Open the dialog; ``address`` is the page's whole link, ``on_dismiss`` is called when the visitor closes it."""
    st.dialog(say("export.dialog.title"), width="large", on_dismiss=on_dismiss)(_export)(page, address)


def _export(page: Page, address: str) -> None:
    st.markdown(f"**{say('export.dialog.files')}**")
    options = _options(page)
    columns = st.columns(2, gap="medium")
    for at, suffix in enumerate(FORMATS):
        with columns[at % 2]:
            _file(suffix, address, options)
    st.caption(say("export.dialog.made"))
    st.markdown(f"**{say('export.dialog.quote')}**")
    _quotations(address)


def _options(page: Page) -> Options:
    """What the visitor chooses for all files; each takes what it uses."""
    places = st.columns(3, gap="medium")
    theme = places[0].segmented_control(
        say("export.dialog.theme"),
        ["", *PALETTES],
        default="",
        key="export_theme",
        format_func=lambda name: say(f"export.dialog.themes.{name or 'reader'}"),
        required=True,
    )
    width, sliders = None, []
    if "width" in USED:
        width = places[1].number_input(say("export.dialog.width"), *WIDTHS, value=None, step=100, key="export_width")
    if "sliders" in USED:
        sliders = places[2].multiselect(
            say("export.dialog.sliders"),
            possible_sliders(page),
            key="export_sliders",
            help=say("export.dialog.sliders_help"),
        )
    return Options(theme=theme or "", width=width, sliders=tuple(sliders))


def _file(suffix: str, address: str, options: Options) -> None:
    """The button that makes a file when it is pressed, in a thread of its own, and what is in the file."""
    name = suffix.removeprefix(".")
    st.download_button(
        f"**{suffix}** · {say(f'export.files.{name}')}",
        partial(content, suffix, address, options.only(FORMATS[suffix].uses)),
        f"{FILE_NAME}{suffix}",
        mime=FORMATS[suffix].media,
        key=f"export_{name}",
        on_click="ignore",
        width="stretch",
    )


def _quotations(address: str) -> None:
    kind = st.segmented_control(
        say("export.dialog.quote"),
        KINDS,
        default=KINDS[0],
        key="export_quote",
        format_func=lambda name: say(f"export.quotes.{name}"),
        label_visibility="collapsed",
        required=True,
    )
    st.code(quotation(kind, address), language=None, wrap_lines=True)
