"""What a visitor reads where a page's script fails. The server's log has the error; nothing of it is shown."""

import streamlit as st

from explorer.text import say


def show_failure(error: Exception) -> bool:
    """Say what to do; True: Streamlit says nothing itself."""
    st.error(say("failed"))
    return True
