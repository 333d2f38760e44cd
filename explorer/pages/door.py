"""The door: every message of a browser is checked before Streamlit sees it.

Streamlit trusts that its own page sends the messages: a value of another kind than a widget's, or JSON that nests
without end, raises in its own code before a page's script runs. Here all is left out that no page of ours sends: a
widget whose value is left out keeps the one that it had.
"""

from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo

from explorer.pages.states import LONGEST as LONGEST_STATE
from explorer.pages.states import sound
from explorer.session.commands import LONGEST_ADDRESS

LARGEST_MESSAGE = LONGEST_STATE + 500_000
"""Bytes: the state of a panel with a file in it, an address, and what the other widgets show."""
MOST_WIDGETS = 100
MOST_HASHES = 2_000
"""Messages that a browser says it has kept."""
LONGEST_NAME = 100
"""Characters of a name: a page's, a fragment's, a place in the world."""
HARMLESS = ("stop_script", "app_heartbeat")
"""What a browser may ask for besides a run: the others empty everybody's caches, write files or ask git."""
PROTOCOL_ERROR, NO_BYTES, TOO_LARGE = 1002, 1003, 1009
"""Why a connection is closed, as RFC 6455 has it."""


class Broken(ValueError):
    """Bytes that no browser's page sends; ``code`` is why the connection is closed."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def checked(data: bytes | None) -> bytes | None:
    """A message as Streamlit may have it; None where nothing of it may pass. Raises `Broken`.

    >>> checked(BackMsg(clear_cache=True).SerializeToString())
    >>> checked(b"no message")
    Traceback (most recent call last):
    explorer.pages.door.Broken: 1002
    """
    if data is None:
        raise Broken(NO_BYTES)
    if len(data) > LARGEST_MESSAGE:
        raise Broken(TOO_LARGE)
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        raise Broken(PROTOCOL_ERROR) from None
    check = CHECKS.get(message.WhichOneof("type") or "", _nothing)
    if not check(message):
        return None
    message.DiscardUnknownFields()
    return message.SerializeToString()


def _run(message: BackMsg) -> bool:
    """Leave out of a request for a run what no page sends; whether there is one to be made."""
    client = message.rerun_script
    if not all(_is_name(getattr(client, name)) for name in ("page_script_hash", "page_name", "fragment_id")):
        return False
    if len(client.query_string) > LONGEST_ADDRESS or len(client.widget_states.widgets) > MOST_WIDGETS:
        return False
    hashes = client.cached_message_hashes
    if len(hashes) > MOST_HASHES or not all(map(_is_name, hashes)):
        client.ClearField("cached_message_hashes")  # they are sent anew
    _leave_out_states(client)
    if client.HasField("context_info"):
        _leave_out_context(client.context_info)
    return True


def _leave_out_states(client: ClientState) -> None:
    """Leave out the states that are none of a widget of ours."""
    states = [state for state in client.widget_states.widgets if sound(state)]
    if len(states) == len(client.widget_states.widgets):
        return
    kept = [type(state).FromString(state.SerializeToString()) for state in states]
    del client.widget_states.widgets[:]
    client.widget_states.widgets.extend(kept)


def _leave_out_context(context: ContextInfo) -> None:
    """Leave out what a browser says of itself where it is longer than anything that it could say."""
    for name, longest in {"timezone": LONGEST_NAME, "locale": LONGEST_NAME, "url": LONGEST_ADDRESS}.items():
        if len(getattr(context, name)) > longest:
            context.ClearField(name)  # type: ignore[arg-type]
    if context.color_scheme not in ("light", "dark"):
        context.ClearField("color_scheme")


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and (not text or text.isprintable())


def _operation(message: BackMsg) -> bool:
    """Whether it asks for a file that a button gives; the other operations are for whoever writes the pages."""
    request = message.backend_operation_request
    ids = (request.request_id, request.session_id, request.deferred_file.file_id)
    return request.WhichOneof("payload") == "deferred_file" and all(map(_is_name, ids))


def _anything(message: BackMsg) -> bool:
    return True


def _nothing(message: BackMsg) -> bool:
    return False


CHECKS: Mapping[str, Callable[[BackMsg], bool]] = {
    "rerun_script": _run,
    "backend_operation_request": _operation,
    **dict.fromkeys(HARMLESS, _anything),
}
"""Of each kind of message that may pass: what leaves out the rest of it, and says whether it passes."""


class Door:
    """Checks what comes over a websocket; closes it where that is no message at all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        is_closed = False

        async def receive_checked() -> Message:
            nonlocal is_closed
            while True:
                message: Any = await receive()
                if message["type"] != "websocket.receive":
                    return message
                try:
                    passed = checked(message.get("bytes"))
                except Broken as error:
                    is_closed = True
                    await send({"type": "websocket.close", "code": error.code})
                    return {"type": "websocket.disconnect", "code": error.code}
                if passed is not None:
                    return {"type": "websocket.receive", "bytes": passed}

        async def send_while_open(message: Message) -> None:
            if not is_closed:  # the page's script may still be at work for a connection that is gone
                await send(message)

        await self.app(scope, receive_checked, send_while_open)
