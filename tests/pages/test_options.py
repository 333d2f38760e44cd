"""What the server's options say of where it is."""

import pytest
import streamlit as st

from explorer.pages import options
from explorer.text import say

DEFAULTS = {
    "server.address": None,
    "server.baseUrlPath": "",
    "server.corsAllowedOrigins": [],
    "server.enableCORS": True,
    "server.sslCertFile": None,
    "browser.serverAddress": "localhost",
    "browser.serverPort": 8501,
}


@pytest.fixture
def given(monkeypatch):
    """given({"server.address": "::1"}): other options than those of a server that was told nothing."""
    return lambda more: monkeypatch.setattr(options.st, "get_option", {**DEFAULTS, **more}.__getitem__)


def test_these_are_streamlits_own_defaults():
    configured = {"server.address", "server.baseUrlPath", "server.corsAllowedOrigins", "browser.serverAddress"}
    assert {name: st.get_option(name) for name in configured} == {name: DEFAULTS[name] for name in configured}


@pytest.mark.parametrize(
    ("path", "wanted"), [("", ""), ("/", ""), ("lab/conv", "/lab/conv"), ("/lab/conv/", "/lab/conv")]
)
def test_the_path_below_which_the_server_is(given, path, wanted):
    given({"server.baseUrlPath": path})
    assert options.base_path() == wanted


@pytest.mark.parametrize(
    ("more", "address", "is_everywhere"),
    [
        ({}, "http://localhost:8501", True),
        ({"server.address": "0.0.0.0"}, "http://localhost:8501", True),
        ({"server.address": "::"}, "http://localhost:8501", True),
        ({"server.address": "127.0.0.1"}, "http://127.0.0.1:8501", False),
        ({"server.address": "::1"}, "http://[::1]:8501", False),
        ({"server.address": "localhost", "server.baseUrlPath": "lab"}, "http://localhost:8501/lab/", False),
        ({"browser.serverAddress": "course.example", "browser.serverPort": 80}, "http://course.example:80", True),
        ({"browser.serverAddress": "course.example", "server.address": "::1"}, "http://course.example:8501", False),
        ({"server.sslCertFile": "a.pem"}, "https://localhost:8501", True),
    ],
)
def test_what_the_server_says_when_it_is_ready(given, more, address, is_everywhere):
    given(more)
    assert options.welcome() == say("server.everywhere" if is_everywhere else "server.ready", address=address)


def test_whose_pages_may_open_sockets(given):
    given({})
    assert options.allowed_hosts() == {"localhost"}
    given({"browser.serverAddress": "Course.example/path", "server.corsAllowedOrigins": [" https://a.example:1 ", "b"]})
    assert options.allowed_hosts() == {"course.example", "a.example", "b"}
    given({"server.enableCORS": False})
    assert options.allowed_hosts() is None
