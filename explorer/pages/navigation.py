"""The way from one page to another: links in one row, so that each page begins as its own address says."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement, tostring

import streamlit as st

from explorer.text import say

PAGES = {"explore": "./", "learn": "learn", "layer": "layer", "upsample": "upsample"}
"""Each page's name and its address beside the others'."""


def navigation(here: str, addresses: Mapping[str, str] | None = None) -> None:
    """The links to the pages; the one that is ``here`` is marked. At somebody's first visit the course is offered.

    ``addresses`` are those of pages that go on with what is on this one.
    In a frame there are no links, but the styles of a page in a frame are in their place.
    """
    st.html(_framed() if st.context.is_embedded else links(here, addresses or {}))


@cache
def _framed() -> str:
    """Streamlit leaves styles where they are beside an element; the page's styles take what is first for the links."""
    style = files(__package__).joinpath("framed.css").read_text(encoding="utf-8")
    return f"<nav hidden></nav><style>{style}</style>"


def links(here: str, addresses: Mapping[str, str] = MappingProxyType({})) -> str:
    """The links as HTML.

    >>> 'href="learn"' in links("explore"), links("learn").count("aria-current")
    (True, 1)
    """
    nav = Element("nav", {"class": "tconv-pages", "aria-label": say("pages.label")})
    for name, address in PAGES.items():
        link = SubElement(nav, "a", {"href": addresses.get(name, address), "target": "_self"})
        link.text = say(f"pages.{name}")
        if name == here:
            link.set("aria-current", "page")
    if here != "learn":
        SubElement(nav, "a", {"href": PAGES["learn"], "target": "_self", "class": "offer"}).text = say("pages.offer")
    return tostring(nav, encoding="unicode", method="html")
