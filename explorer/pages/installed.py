"""The server of the installed package: `python -m explorer` runs this file, with the options in .streamlit here."""

import streamlit as st

from explorer.pages.server import SERVER

app = st.App(**SERVER)
