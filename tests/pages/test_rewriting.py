"""What is changed of the server's answers, and what is left as it is; through the whole server in tests/test_app.py."""

import asyncio

import pytest

from explorer.pages.rewriting import Encodings, Rewriting

HEADERS = [(b"content-length", b"5"), (b"etag", b"a"), (b"last-modified", b"b"), (b"content-type", b"text/html")]


def sent(path, bodies, headers=(), kind="http", method="GET"):
    """(what the server behind was asked, what came out) of an answer in pieces, where /page is rewritten."""
    asked, messages = [], []

    async def behind(scope, receive, send):
        asked.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": list(HEADERS)})
        for body in bodies:
            await send({"type": "http.response.body", "body": body, "more_body": body is not bodies[-1]})

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        messages.append(message)

    rewriting = Rewriting(behind, {"/page": lambda body: body.upper() + b"!"})
    scope = {"type": kind, "path": path, "headers": list(headers)} | ({"method": method} if kind == "http" else {})
    asyncio.run(rewriting(scope, receive, send))
    return asked[0], messages


def test_an_answer_in_pieces_is_rewritten_as_a_whole():
    _, (start, body) = sent("/base/page", [b"he", b"llo"])
    assert body["body"] == b"HELLO!"
    assert dict(start["headers"]) == {b"content-length": b"6", b"content-type": b"text/html"}


def test_the_server_is_asked_for_the_whole_text():
    headers = [(b"accept-encoding", b"gzip"), (b"if-none-match", b"a"), (b"range", b"bytes=0-1"), (b"cookie", b"c")]
    assert sent("/page", [b"hello"], headers)[0]["headers"] == [(b"cookie", b"c")]
    assert sent("/other", [b"hello"], headers)[0]["headers"] == headers


def test_who_asks_for_the_headers_alone_gets_those_of_the_whole_answer():
    asked, (start, _) = sent("/page", [b"hello"], method="HEAD")
    assert asked["method"] == "GET"
    assert dict(start["headers"])[b"content-length"] == b"6"
    assert sent("/other", [b"hello"], method="HEAD")[0]["method"] == "HEAD"


@pytest.mark.parametrize(
    ("accepted", "passed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("identity, gzip;q=0.0", False), ("br", False)],
)
def test_whoever_refuses_gzip_does_not_name_it(accepted, passed):
    asked = []

    async def behind(scope, receive, send):
        asked.append(dict(scope["headers"]))

    headers = [(b"accept-encoding", accepted.encode()), (b"cookie", b"c")]
    asyncio.run(Encodings(behind)({"type": "http", "path": "/", "headers": headers}, None, None))
    assert asked == [dict(headers) if passed else {b"cookie": b"c"}]


@pytest.mark.parametrize(
    ("path", "bodies", "kind"),
    [("/other", [b"he", b"llo"], "http"), ("/page", [b""], "http"), ("/page", [b"hello"], "websocket")],
    ids=["another path", "no body", "no request"],
)
def test_everything_else_goes_as_it_is(path, bodies, kind):
    _, (start, *rest) = sent(path, bodies, kind=kind)
    assert start["headers"] == HEADERS
    assert [message["body"] for message in rest] == bodies
