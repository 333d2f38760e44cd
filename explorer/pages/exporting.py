"""The dialog that gives the page away: as a file of every kind, and as a link, a frame or a citation."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.export import FORMATS, OptionError, Options, content
from explorer.export.combinations import possible_sliders
from explorer.export.options import BACKGROUNDS, PLOTLY, WIDTHS
from explorer.export.picture.animation import MOST_WIDTH
from explorer.export.quoting import KINDS, quotation
from explorer.figures.palette import PALETTES
from explorer.pages.dialogs import choice
from explorer.pages.speaking import open_dialog
from explorer.session.page import Page
from explorer.text import say

FILE_NAME = "transposed_convolution"
ROW = 3
"""Options beside one another."""
USED = {name for one in FORMATS.values() for name in one.uses}
"""The options that some format uses."""
MADE = "export_made"
"""Where the session keeps the files that took long, while the dialog is open: suffix -> what it was made of, bytes."""


def show_export(page: Page, address: str, on_dismiss: Callable[[], None], on_qr: Callable[[], None]) -> None:
    """Open the dialog; ``address`` is the page's whole link.

    ``on_dismiss`` is called when the visitor closes it, ``on_qr`` when the link's QR code is to take its place.
    """

    def forget() -> None:
        st.session_state.pop(MADE, None)
        on_dismiss()

    open_dialog(say("export.dialog.title"), forget, _export, page, address, on_qr)


def _export(page: Page, address: str, on_qr: Callable[[], None]) -> None:
    st.markdown(f"**{say('export.dialog.files')}**")
    options = _options(page)
    columns = st.columns(2, gap="medium")
    asked: dict[str, DeltaGenerator] = {}
    for at, suffix in enumerate(FORMATS):
        used, place = options.only(FORMATS[suffix].uses), columns[at % 2].empty()
        if not FORMATS[suffix].reports(used):
            _button(place, _named("file", suffix), suffix, partial(content, suffix, address, used))
        elif _kept(suffix, address, used):
            _download(place, suffix)
        elif st.session_state.pop(_asked(suffix), False):
            asked[suffix] = place
        else:
            key, ask = f"export_make_{suffix[1:]}", partial(st.session_state.__setitem__, _asked(suffix), True)
            place.button(_named("make", suffix), key=key, on_click=ask, width="stretch")
    st.caption(say("export.dialog.made"))
    st.markdown(f"**{say('export.dialog.quote')}**")
    _quotations(address)
    if st.button(say("export.qr.show"), key="export_qr"):
        on_qr()
        st.rerun()
    for suffix, place in asked.items():  # when all else is there: a button that is pressed meanwhile ends it
        _make(place, suffix, address, options.only(FORMATS[suffix].uses))


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


def _asked(suffix: str) -> str:
    """The key under which a button leaves that it was pressed: in the run that follows, the bar is in its place."""
    return f"export_asked_{suffix[1:]}"


def _named(key: str, suffix: str, **others: Any) -> str:
    return say(f"export.dialog.{key}", suffix=suffix, about=say(f"export.files.{suffix[1:]}"), **others)


def _button(place: DeltaGenerator, label: str, suffix: str, data: bytes | Callable[[], bytes]) -> None:
    """The button that gives a file, and what is in it; ``data`` may make it then, in a thread of its own."""
    place.download_button(
        label,
        data,
        f"{FILE_NAME}{suffix}",
        mime=FORMATS[suffix].media,
        key=f"export_{suffix[1:]}",
        on_click="ignore",
        width="stretch",
    )


def _kept(suffix: str, address: str, options: Options) -> bool:
    """Whether the file is there, of this page and with these options."""
    return st.session_state.get(MADE, {}).get(suffix, ("",))[0] == (address, options)


def _download(place: DeltaGenerator, suffix: str) -> None:
    data = st.session_state[MADE][suffix][1]
    _button(place, _named("download", suffix, kilobytes=f"{-(-len(data) // 1000):,}"), suffix, data)


def _make(place: DeltaGenerator, suffix: str, address: str, options: Options) -> None:
    """Make a file that takes long, in the place of its button: how far it is, and then the button to download it."""

    def report(done: int, total: int) -> None:
        place.progress(done / total, text=say(f"export.dialog.progress.{suffix[1:]}", done=done, total=total))

    try:
        data = content(suffix, address, options, report)
    except OptionError as error:
        place.error(str(error))
        return
    st.session_state.setdefault(MADE, {})[suffix] = ((address, options), data)
    _download(place, suffix)


def _quotations(address: str) -> None:
    kind = choice(say("export.dialog.quote"), KINDS, "export_quote", "export.quotes")
    st.code(quotation(kind, address), language=None, wrap_lines=True)
