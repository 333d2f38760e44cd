"""A visitor who sends what no page of ours sends, and looks at what comes of it."""

import json
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

from explorer.text import say
from tests.visitor import Run, Visitor

MOST_BEYOND = 20.0
"""kB of an answer beyond what the page itself weighs."""


class Knocker(Visitor):
    """A visitor who notices whatever says that the page failed."""

    own = 0.0  # kB of the page

    def take(self, message: ForwardMsg) -> str:
        kind = super().take(message)
        if kind == "exception":
            raise AssertionError(message.delta.new_element.exception)
        if kind == "alert":
            body = message.delta.new_element.alert.body
            assert body != say("failed")
            assert "Traceback" not in body and "/" not in body, body
        return kind

    async def knock(self, *states: WidgetState) -> Run:
        """Ask for a run in which some widgets say what they cannot; what they said before is said afterwards again."""
        before = dict(self.states)
        self.states |= {str(at): state for at, state in enumerate(states)}
        found = await self.run()
        self.states = {name: state for name, state in self.states.items() if name in before or name in self.fragments}
        for state in states:  # what it shows is what it showed
            if state.id in before:
                self.states[state.id] = before[state.id]
        assert found.size <= self.own + MOST_BEYOND, (found, states)
        return found

    async def say(self, component: str, text: str) -> Run:
        """Send a text as a component's state."""
        return await self.knock(WidgetState(id=self.components[component], json_value=text))

    async def raw(self, data: bytes | str) -> None:
        """Send something as it is; nothing is waited for."""
        await self.connection.send(data)

    async def settle(self) -> None:
        """A run of the page as it is: its weight is known then."""
        self.kept = {}  # all of it is sent
        self.own = (await self.run()).size

    @property
    def shown(self) -> Any:
        """What must not change where a message is refused: the document and the address."""
        stage = self.data["stage"]
        return json.dumps([stage["address"], stage["number"], stage["document"]])


def envelope(**fields: Any) -> bytes:
    """A request for a run as bytes."""
    client = ClientState()
    context = fields.pop("context", None)
    for name, value in fields.items():
        if isinstance(value, list):
            getattr(client, name).extend(value)
        else:
            setattr(client, name, value)
    if context:
        client.context_info.MergeFrom(ContextInfo(**context))
    return BackMsg(rerun_script=client).SerializeToString()


__all__ = ["Knocker", "connect", "envelope"]
