"""An error in a page: the visitor is told what to do, and nothing else."""

from streamlit.testing.v1 import AppTest

from explorer.text import say


def page():
    from explorer.pages.failing import show_failure

    try:
        raise KeyError("/home/somebody/secret.py")
    except KeyError as error:
        assert show_failure(error)


def test_a_visitor_sees_what_to_do_and_nothing_of_the_server():
    (shown,) = AppTest.from_function(page).run().exception
    assert (shown.message, list(shown.stack_trace)) == (say("server.failed"), [])
    assert "secret" not in str(shown.proto)
