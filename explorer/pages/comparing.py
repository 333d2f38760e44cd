"""The dialog that compares Y with a grid from elsewhere, and says which mistake gives exactly that grid."""

import re
from collections.abc import Callable

import streamlit as st

from explorer.documents.comparison import Comparison, comparison, thread_of
from explorer.documents.messages import speak
from explorer.figures.comparison import comparison_figure
from explorer.pages.dialogs import palette
from explorer.pages.speaking import open_dialog
from explorer.reading import LONGEST_TEXT, NumbersError, parse_numbers
from explorer.session.page import Page
from explorer.text import in_a_row, say

HEIGHT = 100  # px of the text's field
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~$:.-])")


def show_compare(page: Page, on_dismiss: Callable[[], None]) -> None:
    """Open the dialog; ``on_dismiss`` is called when the visitor closes it."""
    open_dialog(say("compare.title"), on_dismiss, _compare, page)


def _compare(page: Page) -> None:
    text = st.text_area(
        say("compare.label"),
        st.session_state.get("compare_kept", ""),
        height=HEIGHT,
        max_chars=LONGEST_TEXT,
        placeholder=say("compare.placeholder"),
        help=say("compare.help"),
        key="compare_text",
    )
    st.button(say("compare.button"), key="compare_button", type="primary")
    st.session_state.compare_kept = text  # a dialog that is opened again has it still
    if not text.strip():
        return
    try:
        numbers = parse_numbers(text)
    except NumbersError as error:
        st.error(plain(str(error)))
        return
    _show(comparison(page.settings, numbers, page.view.channel[1]))


def _show(found: Comparison) -> None:
    """What the comparison says, the mistakes that give the grid, and the map of the difference."""
    said = plain(in_a_row(map(speak, found.messages)))
    {"same": st.success, "other": st.warning, "misfit": st.error}[found.state](said)
    if found.state == "misfit":
        return
    if found.found:
        st.markdown("\n".join([f"**{say('compare.found')}**", "", *map(_line, found.found)]))
    elif found.state == "other":
        st.markdown(say("compare.unknown"))
    if len(found.grids) > 1:
        figure = comparison_figure(found.grids, palette())
        st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, key="compare_figure")


def _line(name: str) -> str:
    """A mistake that gives the grid, why it is one, and where it happened."""
    thread = thread_of(name)
    said = [say(f"mistakes.{name}.why"), *([say("compare.thread", thread=thread)] if thread else [])]
    return f"- {say('compare.line', title=plain(say(f'mistakes.{name}.title')), why=plain(in_a_row(said)))}"


def plain(text: str) -> str:
    """A text for Markdown, none of it taken for markup.

    >>> print(plain("2*3_4"))
    2\\*3\\_4
    """
    return _MARKUP.sub(r"\\\1", text)
