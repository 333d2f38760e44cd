"""The script of every visit: it runs the page that the address's path names."""

from pathlib import Path

import streamlit as st

from explorer.pages.speaking import speak_as_asked
from explorer.text import say

HERE = Path(__file__).parent

speak_as_asked()
st.navigation(
    [
        st.Page(HERE / "explore.py", title=say("title"), default=True),
        st.Page(HERE / "learn.py", title=say("learn.page_title"), url_path="learn"),
        st.Page(HERE / "layer.py", title=say("layer_page.page_title"), url_path="layer"),
        st.Page(HERE / "upsample.py", title=say("upsample_page.page_title"), url_path="upsample"),
    ],
    position="hidden",
).run()
