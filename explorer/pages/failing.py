"""What a visitor sees of an error in a page: what to do, and nothing of the server."""

import streamlit as st

from explorer.text import say


class PageFailed(Exception):
    """A page's script ended with an error. It has no traceback and names no cause: the server's log has both."""


def show_failure(error: Exception) -> bool:
    """Say on the page that it could not be made, in place of the error itself; Streamlit has logged that."""
    st.exception(PageFailed(say("server.failed")))
    return True
