"""Foreign sockets and uploads are refused before Streamlit sees them."""

import asyncio

import pytest

from explorer.pages.guarding import Guarding


def answered(scope, allowed=()):
    """What is sent, and the origin that Streamlit saw: None where it saw nothing, "" where there was none."""
    sent, seen = [], []

    async def inner(scope, receive, send):
        seen.append(dict(scope["headers"]).get(b"origin", b"").decode())

    async def send(message):
        sent.append(message)

    asyncio.run(Guarding(inner, allowed)(scope, None, send))
    return sent, seen[0] if seen else None


def socket(origin, host="course.example:8501"):
    headers = [(b"host", host.encode())] if host else []
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    return {"type": "websocket", "path": "/_stcore/stream", "headers": headers}


FOREIGN = [
    *("https://evil.example", "null", "", "http://", "http://[", "https://course.example.evil.example", "file://"),
    *("http://course.example:8502", "http://course.example", "http://evil.example#course.example:8501"),
    *("http://evil.example/course.example:8501", "http://course.example:8501@evil.example", "course.example:8501"),
]


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_page_opens_no_socket(origin):
    assert answered(socket(origin)) == ([{"type": "websocket.close", "code": 1008}], None)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://course.example:8501", ()),
        ("https://course.example:8501", ()),  # behind a proxy that speaks TLS
        ("http://localhost:8080", ()),
        ("http://127.0.0.1", ()),
        ("https://Other.example", {"other.example"}),
        ("https://any.example", None),
    ],
)
def test_streamlit_has_nothing_to_look_up_for_a_page_that_may(origin, allowed):
    sent, seen = answered(socket(origin), allowed)
    assert sent == []
    assert seen == (origin if allowed is None else "http://course.example:8501")


def test_a_program_says_no_origin_and_a_page_some_host():
    assert answered(socket(None)) == ([], "")
    assert answered(socket("https://evil.example", host=""))[1] is None


@pytest.mark.parametrize("path", ["/_stcore/upload_file/a/b", "/lab/conv/_stcore/upload_file/a/b"])
@pytest.mark.parametrize("method", ["PUT", "POST", "OPTIONS", "DELETE"])
def test_no_upload_reaches_streamlit(path, method):
    sent, seen = answered({"type": "http", "method": method, "path": path, "headers": []})
    assert (sent[0]["status"], seen) == (403, None)


def test_all_else_passes():
    for path in ("/", "/upsample", "/_stcore/health"):
        assert answered({"type": "http", "method": "GET", "path": path, "headers": []}) == ([], "")
