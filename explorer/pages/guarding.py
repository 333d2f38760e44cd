"""What the server refuses before Streamlit sees it: sockets that a foreign page opens, and uploads."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

UPLOADS = "/_stcore/upload_file"
"""Streamlit takes and keeps files here, even of pages that have no uploader; ours have none."""
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def host_of(origin: str) -> str:
    """The host that an origin names, without its port; "" where it names none.

    >>> host_of("https://Course.example:8443"), host_of("null"), host_of("http://[::1]:8501"), host_of("http://[")
    ('course.example', '', '::1', '')
    """
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""


def is_own(origin: str, host: str, allowed: Collection[str]) -> bool:
    """Whether a page of ``origin`` may open a socket that is addressed to ``host``, as the browser says both.

    It is the server's own page, or one of this machine (a proxy here may have named the server otherwise), or of a host
    that is ``allowed``.

    >>> is_own("http://a:8501", "a:8501", ()), is_own("http://a", "b", {"a"}), is_own("http://a.b", "b", {"c"})
    (True, True, False)
    """
    name = host_of(origin)
    return bool(name) and (origin.partition("://")[2] == host or name in OWN_MACHINE or name in allowed)


class Guarding:
    """Refuses foreign sockets and every upload with 403, unheard.

    Streamlit itself would ask a foreign host for this machine's address before it refuses a socket, and would let
    everybody wait for the answer. ``allowed`` are hosts whose pages may open sockets; None allows every page.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str] | None = ()) -> None:
        self.app, self.allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and UPLOADS in scope["path"]:
            await Response(status_code=403)(scope, receive, send)
            return
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin, host = headers.get("origin"), headers.get("host", "")
            if origin is not None and self.allowed is not None:
                if not is_own(origin, host, self.allowed):
                    await send({"type": "websocket.close", "code": 1008})  # before it is accepted: 403
                    return
                scope = with_origin(scope, f"http://{host}")
        await self.app(scope, receive, send)


def with_origin(scope: Scope, origin: str) -> Scope:
    """A request whose page is the server's own, so that Streamlit has nothing to look up."""
    changed = {**scope, "headers": list(scope["headers"])}
    MutableHeaders(scope=changed)["origin"] = origin
    return changed
