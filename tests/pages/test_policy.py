"""The policy's parts: who may embed the page, and which scripts may stand in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.pages.policy import AncestorsError, checked_ancestors, inline_scripts, policy, script_hash

ROOT = Path(__file__).parents[2]
REFUSED = [
    *("", "   ", "self", "none", "'self", "“self”", "'self' 'none'", "'none' https://course.example"),
    *("'self'\nhttps://course.example", "'self'\r\nX: 1", "'self';script-src *", "'self', https://course.example"),
    *("https://kurs.exämple", "https://course.example/page", "ftp://course.example", "'self'\thttps://a", "a" + "\0"),
    *("https://", "https://*", "**", "https://course.example:port", "'unsafe-inline'", "https://a b;", "\udcff"),
]
TAKEN = [
    *("'self'", "'none'", "*", "'SELF'", "https:", "localhost:8888", "course.example", "http://127.0.0.1:*"),
    *("'self' https://course.example", "*.course.example", "https://*.course.example:8443 https://xn--exmple-cua.com"),
]


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_what_no_browser_could_follow_is_refused_with_the_rule(text):
    with pytest.raises(AncestorsError) as caught:
        checked_ancestors(text)
    message = str(caught.value)
    assert f"FRAME_ANCESTORS is {text!a}" in message
    assert "'self'" in message and "https://course.example" in message
    assert message.isascii() and message.isprintable()


@pytest.mark.parametrize("text", TAKEN)
def test_what_a_browser_follows_is_taken(text):
    assert checked_ancestors(f" {text.replace(' ', '   ')} ") == text
    assert policy([], text).endswith(f"; frame-ancestors {text}")


def test_the_server_ends_with_one_message_before_it_answers():
    """A browser would get no answer of a server whose headers cannot be sent."""
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"],
        cwd=ROOT,
        env={**os.environ, "FRAME_ANCESTORS": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "FRAME_ANCESTORS is ''" in done.stderr


def test_a_script_is_known_by_its_text_to_the_letter():
    page = "<script>\n  let a = 1 < 2\n</script><script type=module src=a.js></script><SCRIPT>b</SCRIPT>"
    assert inline_scripts(page) == ["\n  let a = 1 < 2\n", "b"]
    assert script_hash("b") != script_hash("b ")
    assert script_hash("b") in policy(["b"], "'self'")
