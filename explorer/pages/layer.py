"""The page of layers: what follows from the state that the browser or its address says. It only places things."""

import streamlit as st

from explorer.networks.page.sheet import sheet
from explorer.networks.page.state import from_query
from explorer.pages.asking import LAYER
from explorer.pages.navigation import navigation
from explorer.session.address import query_of
from explorer.text import say


def main() -> None:
    """Draw the page. The address is the state: nothing of it is kept here."""
    message = LAYER.heard()
    search = message.get("search")
    query = st.query_params.to_dict() if search is None else query_of(search)
    page, notices = from_query(query)
    navigation("layer")
    with st.container(key="layer_page"):
        found = sheet(page, notices, message.get("edit"))
        LAYER.draw({**found, "number": message.get("number", 0)})


st.set_page_config(page_title=say("layer_page.page_title"), layout="wide", initial_sidebar_state="collapsed")
main()
