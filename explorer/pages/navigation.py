"""The way from one page to another: links in one row, so that each page begins as its own address says."""

from html import escape

import streamlit as st

from explorer.text import say

PAGES = {"explore": "./", "learn": "learn"}
"""Each page's name and its address beside the others'."""


def navigation(here: str) -> None:
    """The links to the pages; the one that is ``here`` is marked. At somebody's first visit the course is offered."""
    links = [
        f'<a href="{address}" target="_self"{current(name == here)}>{escape(say(f"pages.{name}"))}</a>'
        for name, address in PAGES.items()
    ]
    label = escape(say("pages.label"), quote=True)
    offer = f'<a class="offer" href="{PAGES["learn"]}" target="_self">{escape(say("pages.offer"))}</a>'
    st.html(f'<nav class="tconv-pages" aria-label="{label}">{"".join(links)}{offer if here != "learn" else ""}</nav>')


def current(is_here: bool) -> str:
    """The attribute that marks the link to the present page.

    >>> current(True), current(False)
    (' aria-current="page"', '')
    """
    return ' aria-current="page"' if is_here else ""
