"""The least that a visitor of a Streamlit page waits for: one word."""

import streamlit as st

st.text("here")
