"""Which language a page speaks: its address says it, else the browser that was told once, else what that prefers."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.types import Scope

from explorer.text import LANGUAGE, languages, speak_in, spoken, texts, texts_in

COOKIE = "tconv-language"
"""What a browser keeps of the choice; `explorer/stage/hosts/streamlit/languages.js` writes it."""


def preferred(accepted: str) -> str:
    """The language that an Accept-Language header likes best, of those that there are (RFC 9110, 12.5.4).

    >>> preferred("de, zh-TW;q=0.8, en;q=0.5"), preferred("fr"), preferred("zh;q=0, en;q=0.1")
    ('zh', 'en', 'en')
    """
    weighed = []
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        found = next((re.fullmatch(r"q=([01](\.[0-9]{0,3})?)", one) for one in parameters), None)
        weight = float(found[1]) if found else 1.0
        language = name.partition("-")[0]
        if language in languages() and weight > 0:
            weighed.append((weight, language))
    return max(weighed, key=lambda one: one[0])[1] if weighed else LANGUAGE


def chosen(said: str | None, cookies: Mapping[str, str], headers: Mapping[str, str], locale: str | None = "") -> str:
    """The language of a page, given what its address ``said``; ``locale`` is a browser's that sends no such header.

    >>> chosen("zh", {COOKIE: "en"}, {}), chosen(None, {COOKIE: "zh"}, {}), chosen("?", {}, {"Accept-Language": "zh"})
    ('zh', 'zh', 'zh')
    """
    kept = next((one for one in (said, cookies.get(COOKIE)) if one in languages()), None)
    return kept or preferred(headers.get("Accept-Language") or locale or "")


def language_of_request(scope: Scope) -> str:
    """The language of the page that a browser asks for."""
    asking = HTTPConnection(scope)
    said = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [None])
    return chosen(said[-1], asking.cookies, asking.headers)


def speak_as_asked() -> None:
    """Speak this visit's language for the rest of a run of the script.

    What the browser says of itself is asked once a session: that takes milliseconds, and stays.
    """
    if "language" not in st.session_state:
        st.session_state.language = chosen(None, st.context.cookies, st.context.headers, st.context.locale)
    said = said_in_address()
    speak_in(st.session_state.language if said is None or said not in languages() else said)


def said_in_address() -> str | None:
    """What the address says of the language, whatever it is; None where it says nothing."""
    return st.query_params.get("lang")


def widget_words() -> list[tuple[str, str]]:
    """Streamlit's own words, each with what the page says for it; none where that is the same.

    >>> widget_words()
    []
    """
    theirs, ours = texts_in(LANGUAGE)["streamlit"], texts()["streamlit"]
    return [(theirs[name], ours[name]) for name in theirs if theirs[name] != ours[name]]


def open_dialog(title: str, on_dismiss: Callable[[], None], draw: Callable[..., None], *arguments: Any) -> None:
    """Open a dialog. Streamlit runs what ``draw`` draws again by itself, without the page around it."""
    language = spoken()

    @wraps(draw)
    def in_language(*given: Any) -> None:
        speak_in(language)
        draw(*given)

    st.dialog(title, width="large", on_dismiss=on_dismiss)(in_language)(*arguments)
