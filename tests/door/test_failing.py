"""What a visitor sees where a page's script fails: what to do, and nothing of the program."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from streamlit.testing.v1 import AppTest

from explorer.pages.server import SERVER
from explorer.text import say
from tests.browser.conftest import ROOT, free_port, serving
from tests.visitor import Visitor, visit

APP = """
import sys
sys.path.insert(0, ROOT)
import streamlit as st
from explorer.pages.server import SERVER
app = st.App(**{**SERVER, "script_path": PAGE})
"""
FAILING = """
import streamlit as st
st.write("before")
if st.query_params.get("stop"):
    st.stop()
raise ValueError("a secret of the program")
"""


class Reader(Visitor):
    """A visitor who keeps all that a page shows."""

    def take(self, message):
        self.read = getattr(self, "read", "") + str(message.delta)
        return super().take(message)


def test_it_says_what_to_do():
    def page():
        from explorer.pages.failing import show_failure

        assert show_failure(ValueError("a secret of the program"))

    shown = AppTest.from_function(page, default_timeout=60).run()
    assert [one.value for one in shown.error] == [say("failed")]
    assert not shown.exception


@pytest.mark.parametrize("word", ["Reload", "address"])
def test_the_sentence_helps(word):
    assert word in say("failed")


def test_a_page_that_fails_says_so_and_shows_nothing_of_the_program(tmp_path):
    page, log = tmp_path / "page.py", tmp_path / "log.txt"
    page.write_text(FAILING, encoding="utf-8")
    (tmp_path / "app.py").write_text(
        APP.replace("PAGE", repr(str(page))).replace("ROOT", repr(str(ROOT))), encoding="utf-8"
    )

    async def read(query: str) -> str:
        async with AsyncExitStack() as stack:
            visitor = await visit(stack, address, query, kind=Reader)
            await visitor.run()
            return visitor.read

    with serving(free_port(), log, root=tmp_path) as address:
        failed, stopped = asyncio.run(read("")), asyncio.run(read("?stop=1"))
    assert say("failed") in failed.replace("\\'", "'")
    assert "before" in failed
    for secret in ("secret", "ValueError", "Traceback", str(tmp_path), "site-packages"):
        assert secret not in failed, secret
    assert "a secret of the program" in log.read_text(encoding="utf-8")  # whoever runs the server finds it
    assert "before" in stopped  # that a script ends early is no failure
    assert say("failed")[:20] not in stopped


def test_the_server_knows_what_to_show():
    from explorer.pages.failing import show_failure

    assert SERVER["on_script_error"] is show_failure
