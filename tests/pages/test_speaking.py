"""Which language a page speaks, and that it goes on speaking it."""

import re
from pathlib import Path

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer.pages.speaking import COOKIE, chosen, language_of_request, preferred, widget_words
from explorer.text import LANGUAGE, languages, speak_in, speaking, spoken, texts, texts_in

SCRIPT = Path(__file__).parents[2] / "explorer" / "pages" / "pages.py"


@pytest.mark.parametrize(
    ("said", "cookie", "accepted", "language"),
    [
        (None, None, "", "en"),
        (None, None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, None, "en-US,en;q=0.9,zh;q=0.8", "en"),
        (None, None, "de-DE,de;q=0.9", "en"),
        (None, None, "de, ZH-Hant-TW;q=0.3", "zh"),
        (None, "zh", "en-US", "zh"),
        (None, "en", "zh-CN", "en"),
        (None, "tlh", "zh-CN", "zh"),
        ("en", "zh", "zh-CN", "en"),
        ("zh", "en", "en-US", "zh"),
        ("tlh", "zh", "en", "zh"),
        ("", None, "zh", "zh"),
        ("ZH", None, "", "en"),
    ],
)
def test_the_address_comes_first_then_what_the_browser_keeps_then_what_it_prefers(said, cookie, accepted, language):
    cookies = {} if cookie is None else {COOKIE: cookie}
    assert chosen(said, cookies, {"Accept-Language": accepted}) == language


def test_a_browser_that_sends_no_such_header_says_its_locale():
    assert chosen(None, {}, {}, "zh-CN") == "zh"
    assert chosen(None, {}, {"Accept-Language": "en"}, "zh-CN") == "en"
    assert chosen(None, {}, {}, None) == "en"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("en;q=0.5, zh;q=0.501", "zh"), ("zh;q=0", "en"), ("zh;q=2, en", "zh"), ("*", "en"), ("zh;q=,en", "zh")],
)
def test_weights_decide_and_of_equal_ones_the_first(accepted, language):
    assert preferred(accepted) == language


@given(st.text())
def test_any_header_has_a_language(accepted):
    assert preferred(accepted) in languages()


def test_the_page_that_is_asked_for_is_read_like_the_visit_that_follows():
    headers = [(b"accept-language", b"zh-CN"), (b"cookie", f"a=b; {COOKIE}=en".encode())]
    scope = {"type": "http", "query_string": b"stride=2", "headers": headers}
    assert language_of_request(scope) == "en"
    assert language_of_request({**scope, "query_string": b"lang=zh&stride=2"}) == "zh"
    assert language_of_request({**scope, "query_string": b"lang=%ff"}) == "en"
    assert language_of_request({**scope, "headers": headers[:1]}) == "zh"


def test_the_script_of_a_visit_speaks_as_the_address_says():
    test = AppTest.from_file(str(SCRIPT), default_timeout=60)
    test.query_params["lang"] = "zh"
    test.run()
    assert not test.exception
    assert test.slider(key="stride").label.startswith("步幅")
    assert spoken() == "en"  # the visit spoke in a thread of its own


def test_one_who_speaks_in_between_leaves_the_language_as_it_was():
    with speaking("zh"):
        assert spoken() == "zh"
        speak_in("en")
        assert spoken() == "en"
    assert spoken() == "en"


def test_streamlits_own_words_are_those_that_it_has():
    """An English text that Streamlit writes otherwise one day would be seen by no one until then."""
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    written = "\n".join(path.read_text(encoding="utf-8") for path in scripts.glob("*.js"))
    made_of_two = {"enter": "Press Enter to ", "enter_with_ctrl": "+Enter to ", "enter_with_command": "+Enter to "}
    made_of_two |= {"some_options": " options`", "one_option": " option`"}
    for name, text in texts_in(LANGUAGE)["streamlit"].items():
        parts = re.split(r"\{\w+\}", made_of_two.get(name, text))
        assert re.search(r"\$\{[^{}]*\}".join(map(re.escape, parts)), written), text


def test_each_of_streamlits_words_is_said_in_another_language():
    assert widget_words() == []
    with speaking("zh"):
        words, theirs = widget_words(), texts_in(LANGUAGE)["streamlit"]
        assert dict(words) == {theirs[name]: ours for name, ours in texts()["streamlit"].items()}
    assert len(dict(words)) == len(theirs)
