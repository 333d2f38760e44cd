"""The dialog that shows the page's link as a QR code, large enough for a class."""

from collections.abc import Callable

import streamlit as st

from explorer.export.qr import LinkTooLong, qr_svg
from explorer.pages.speaking import open_dialog
from explorer.text import say

FILE_NAME = "transposed_convolution_qr.svg"


def show_qr(address: str, on_dismiss: Callable[[], None]) -> None:
    """Open the dialog; ``address`` is the page's whole link, ``on_dismiss`` is called when the visitor closes it."""
    open_dialog(say("export.qr.title"), on_dismiss, _qr, address)


def _qr(address: str) -> None:
    try:
        svg = qr_svg(address)
    except LinkTooLong as error:
        st.warning(str(error))
        st.code(address, language=None, wrap_lines=True)
        return
    with st.container(key="qr"):
        st.image(svg, width="stretch", alt=say("export.qr.picture"))
    text, button = st.columns([4, 1], gap="small")
    text.code(address, language=None, wrap_lines=True)
    button.download_button(
        say("export.qr.download"),
        lambda: svg,  # made at the click: a file made now is looked for now, and gone with the dialog
        FILE_NAME,
        mime="image/svg+xml",
        key="qr_download",
        on_click="ignore",
        width="stretch",
    )
