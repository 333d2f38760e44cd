"""The dialog that gives the page away: as a file of every kind, and as a link, a frame or a citation."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from explorer.export import FORMATS, Options, content
from explorer.export.combinations import possible_sliders
from explorer.export.options import BACKGROUNDS, PLOTLY, WIDTHS
from explorer.export.picture.animation import MOST_WIDTH
from explorer.export.quoting import KINDS, quotation
from explorer.figures.palette import PALETTES
from explorer.pages.dialogs import choice
from explorer.session.page import Page
from explorer.text import say

FILE_NAME = "transposed_convolution"
ROW = 3
"""Options beside one another."""
USED = {name for one in FORMATS.values() for name in one.uses}
"""The options that some format uses."""


def show_export(page: Page, address: str, on_dismiss: Callable[[], None], on_qr: Callable[[], None]) -> None:
    """Open the dialog; ``address`` is the page's whole link.

    ``on_dismiss`` is called when the visitor closes it, ``on_qr`` when the link's QR code is to take its place.
    """
    st.dialog(say("export.dialog.title"), width="large", on_dismiss=on_dismiss)(_export)(page, address, on_qr)


def _export(page: Page, address: str, on_qr: Callable[[], None]) -> None:
    st.markdown(f"**{say('export.dialog.files')}**")
    options = _options(page)
    columns = st.columns(2, gap="medium")
    for at, suffix in enumerate(FORMATS):
        with columns[at % 2]:
            _file(suffix, address, options)
    st.caption(say("export.dialog.made"))
    st.markdown(f"**{say('export.dialog.quote')}**")
    _quotations(address)
    if st.button(say("export.qr.show"), key="export_qr"):
        on_qr()
        st.rerun()


def _options(page: Page) -> Options:
    """What the visitor chooses for all files; each takes what it uses."""
    fields: dict[str, Callable[[], Any]] = {"theme": _theme, "width": _width, "sliders": lambda: _sliders(page)}
    fields |= {"background": _background, "plotly": _plotly}
    shown = [name for name in fields if name in USED]
    chosen: dict[str, Any] = {}
    for first in range(0, len(shown), ROW):
        for name, place in zip(shown[first : first + ROW], st.columns(ROW, gap="medium"), strict=False):
            with place:
                chosen[name] = fields[name]()
    return Options(**chosen)


def _theme() -> str:
    return st.segmented_control(
        say("export.dialog.theme"),
        ["", *PALETTES],
        default="",
        key="export_theme",
        format_func=lambda name: say(f"export.dialog.themes.{name or 'reader'}"),
        required=True,
    )


def _width() -> int | None:
    return st.number_input(say("export.dialog.width"), WIDTHS[0], MOST_WIDTH, value=None, step=100, key="export_width")


def _background() -> str:
    return BACKGROUNDS[0] if st.toggle(say("export.dialog.transparent"), key="export_background") else ""


def _plotly() -> str:
    return PLOTLY[1] if st.toggle(say("export.dialog.small"), key="export_plotly") else ""


def _sliders(page: Page) -> tuple[str, ...]:
    offered, said = possible_sliders(page), say("export.dialog.sliders_help")
    return tuple(st.multiselect(say("export.dialog.sliders"), offered, key="export_sliders", help=said))


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
    kind = choice(say("export.dialog.quote"), KINDS, "export_quote", "export.quotes")
    st.code(quotation(kind, address), language=None, wrap_lines=True)
