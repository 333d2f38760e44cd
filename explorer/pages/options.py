"""What the server's options say of where it is. They are Streamlit's, from its configuration or the command line."""

import streamlit as st

from explorer.pages.guarding import host_of
from explorer.text import say

EVERYWHERE = {"", "0.0.0.0", "::"}
"""Values of server.address that stand for every interface of the machine."""


def base_path() -> str:
    """The path below which the server is, with its first slash; "" where it is at the root."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def allowed_hosts() -> set[str] | None:
    """Hosts whose pages may open sockets besides the server's own; None where Streamlit is told to allow all."""
    if not st.get_option("server.enableCORS"):
        return None
    named = [st.get_option("browser.serverAddress"), *st.get_option("server.corsAllowedOrigins")]
    return {host_of(one if "://" in one else f"//{one}") for one in map(str.strip, named)} - {""}


def welcome() -> str:
    """What the server says when it is ready: where it is, and who else can open it."""
    listening = st.get_option("server.address") or ""
    is_everywhere = listening in EVERYWHERE
    named = st.get_option("browser.serverAddress")
    host = named if named != "localhost" or is_everywhere else listening
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    port = st.get_option("browser.serverPort")
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{base_path() and f'{base_path()}/'}"
    return say("server.everywhere" if is_everywhere else "server.ready", address=address)
