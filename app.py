"""The server of this folder: `streamlit run app.py`. What it is made of is in `explorer.pages.server`."""

import streamlit as st

from explorer.pages.server import SERVER

app = st.App(**SERVER)
