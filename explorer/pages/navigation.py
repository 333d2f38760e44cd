"""The way from one page to another: links in one row, so that each page begins as its own address says."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

import streamlit as st

from explorer.pages.speaking import said_in_address
from explorer.text import languages, say, spoken

PAGES = {"explore": "./", "learn": "learn", "layer": "layer", "upsample": "upsample"}
"""Each page's name and its address beside the others'."""
SCROLLED = ("upsample",)
"""The pages that scroll, and their links with them."""


def navigation(here: str, addresses: Mapping[str, str] | None = None) -> None:
    """The links to the pages; the one that is ``here`` is marked. At somebody's first visit the course is offered.

    ``addresses`` are those of pages that go on with what is on this one.
    In a frame there are no links, but the styles of a page in a frame are in their place.
    """
    if st.context.is_embedded:
        st.html("<nav hidden></nav>" + _style("framed"))  # the page's styles take what is first for the links
    else:
        st.html(links(here, addresses or {}, said_in_address()) + (_style("scrolled") if here in SCROLLED else ""))


@cache
def _style(name: str) -> str:
    """Styles of some pages only: Streamlit leaves them where they are beside an element."""
    return f"<style>{files(__package__).joinpath(f'{name}.css').read_text(encoding='utf-8')}</style>"


def links(here: str, addresses: Mapping[str, str] = MappingProxyType({}), asked: str | None = None) -> str:
    """The links as HTML, and those to the same page in the other languages; ``asked`` is the address's own language.

    >>> 'href="learn"' in links("explore"), links("learn").count("aria-current"), 'href="?lang=zh"' in links("learn")
    (True, 1, True)
    """
    nav = Element("nav", {"class": "tconv-pages", "aria-label": say("pages.label")})
    for name, address in PAGES.items():
        link = SubElement(nav, "a", {"href": in_language(addresses.get(name, address), asked), "target": "_self"})
        link.text = say(f"pages.{name}")
        if name == here:
            link.set("aria-current", "page")
    if here != "learn":
        offer = in_language(PAGES["learn"], asked)
        SubElement(nav, "a", {"href": offer, "target": "_self", "class": "offer"}).text = say("pages.offer")
    _add_languages(nav)
    return tostring(nav, encoding="unicode", method="html")


def _add_languages(nav: Element) -> None:
    """Links to this page in the other languages; of more than one in a menu: beside the pages is room for one."""
    others = {language: name for language, name in languages().items() if language != spoken()}
    place = SubElement(nav, "span", {"class": "languages", "role": "group", "aria-label": say("pages.languages")})
    if len(others) > 1:
        menu = SubElement(place, "details")
        SubElement(menu, "summary", {"aria-label": languages()[spoken()]}).text = spoken().upper()
        place = SubElement(menu, "div")
    for language, name in others.items():
        said = {"href": f"?lang={language}", "target": "_self", "hreflang": language, "lang": language}
        SubElement(place, "a", said).text = name


def in_language(address: str, asked: str | None) -> str:
    """An address with the language that was asked for.

    >>> in_language("upsample?k=1", "zh"), in_language("learn", "zh"), in_language("learn", None)
    ('upsample?k=1&lang=zh', 'learn?lang=zh', 'learn')
    """
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'lang': asked})}" if asked in languages() else address
