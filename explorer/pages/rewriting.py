"""Requests and answers of Streamlit's server that are changed on their way."""

import json
from collections.abc import Callable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.pages.compressing import takes_gzip

Rewrite = Callable[[bytes], bytes]

BASE_SCRIPT = b'<script>window.__streamlit = { BACKEND_BASE_URL: new URL("./", location.href).href };</script>'
"""Tells Streamlit's page where its server is. Without it the page of a path tries that path first: two failed requests,
in the console of every visitor."""


def without_error_dialogs(body: bytes) -> bytes:
    """Streamlit's host configuration without its own dialog of a lost connection: the stage says so itself.

    >>> without_error_dialogs(b'{"a": 1}')
    b'{"a": 1, "blockErrorDialogs": true}'
    """
    try:
        return json.dumps({**json.loads(body), "blockErrorDialogs": True}).encode()
    except (ValueError, TypeError):
        return body  # no JSON object: it goes as it is


def with_base(body: bytes) -> bytes:
    """Streamlit's page with `BASE_SCRIPT` before its first script.

    >>> with_base(b"<head><script>").count(b"<script>")
    2
    """
    return body.replace(b"<script", BASE_SCRIPT + b"<script", 1)


class Encodings:
    """Takes Accept-Encoding out of a request that refuses gzip: Streamlit only looks whether the word is in it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        await self.app(scope, receive, send)


UNWANTED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""Headers of a request that would be answered by something else than the whole text."""


class Rewriting:
    """Rewrites the answers at some paths; ``rewrites`` is {the path's end: what makes the new body}."""

    def __init__(self, app: ASGIApp, rewrites: dict[str, Rewrite]) -> None:
        self.app, self.rewrites = app, rewrites

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "") if scope["type"] == "http" else ""
        rewrite = next((made for end, made in self.rewrites.items() if path.endswith(end)), None)
        if rewrite is None:
            await self.app(scope, receive, send)
            return
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        plain = [(name, value) for name, value in scope["headers"] if name not in UNWANTED]
        method = "GET" if scope["method"] == "HEAD" else scope["method"]  # the same headers; its body is not sent
        await self.app({**scope, "headers": plain, "method": method}, receive, keep)
        await send_rewritten(messages, rewrite, send)


async def send_rewritten(messages: list[Message], rewrite: Rewrite, send: Send) -> None:
    """Send a whole answer with another body; one without a body goes as it is."""
    start, *rest = messages
    body: Any = b"".join(one.get("body", b"") for one in rest)
    if not body:
        for message in messages:
            await send(message)
        return
    body = rewrite(body)
    headers = MutableHeaders(scope=start)
    headers["content-length"] = str(len(body))
    for name in ("etag", "last-modified"):  # they name the text as it was
        del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": body})
