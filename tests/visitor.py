"""A visitor without a browser: one page of a running server over Streamlit's own websocket protocol.

Benchmarks measure with it, and tests knock at a server's doors. Its messages are those of ``streamlit.proto``.
"""

import asyncio
import json
import time
from contextlib import AsyncExitStack
from itertools import cycle
from typing import Any, NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash
from websockets.asyncio.client import connect

LONGEST_RUN, MOST_MESSAGES = 60, 10_000  # seconds, and messages of one run


class Run(NamedTuple):
    """One run of a script: kB of all messages, kB and kind of the largest, and ms to the end."""

    size: float
    largest: tuple[float, str]
    time: float


def shown(name: str, widget: Any) -> WidgetState:
    """Write what a widget shows when it comes, as the browser sends it: what the server set, else its default."""
    fields, options = widget.DESCRIPTOR.fields_by_name, getattr(widget, "options", ())
    raw = next((name for name in ("raw_value", "raw_values") if name in fields), "value")
    source = ("value" if "value" in fields and not options else raw) if widget.set_value else "default"
    value = getattr(widget, source)
    many = fields[source].is_repeated
    if not many and fields[source].has_presence and not widget.HasField(source):
        return WidgetState(id=name)
    if source == "default" and options:  # choices by number; the browser sends their texts
        pairs = [(getattr(one, "content_icon", ""), getattr(one, "content", one)) for one in options]
        texts = [" ".join(filter(None, pair)) for pair in pairs]
        value = [texts[int(n)] for n in value] if many else texts[value]
    if many:
        kind = "double_array_value" if value and not isinstance(value[0], str) else "string_array_value"
        return WidgetState(id=name, **{kind: {"data": value}})
    kinds = {bool: "bool_value", int: "int_value", float: "double_value", str: "string_value"}
    return WidgetState(id=name, **{kinds[type(value)]: value})


class Visitor:
    """One browser's page: what its widgets show, and the large messages that a browser keeps for a few runs."""

    def __init__(self, connection: Any, page: str, query: str) -> None:
        self.connection, self.query, self.url = connection, query.removeprefix("?"), page + query
        self.script, self.age, self.count = "", 0, 0  # age: for how many runs it keeps a message
        self.states: dict[str, WidgetState] = {}
        self.fragments: dict[str, str] = {}  # of each element of the last run
        self.components: dict[str, str] = {}  # of each component's key: its element
        self.data: dict[str, dict[str, Any]] = {}  # of each component's key: what the server told it last
        self.kept: dict[str, tuple[ForwardMsg, int]] = {}
        self.strides = cycle((2, 3, 4, 1))

    async def move(self, stride: int) -> Run:
        """Move the stride slider, as a drag's end does."""
        return await self.slide("stride", stride)

    async def slide(self, control: str, value: int) -> Run:
        """Move a slider to a number, by the key of its widget."""
        name = next((name for name in self.states if name.endswith(f"-{control}")), "")
        if not name:
            raise RuntimeError(f"the page has no slider {control}")
        self.states[name] = WidgetState(id=name, double_array_value={"data": [value]})
        return await self.run(self.fragments[name])

    async def send(self, component: str, message: dict[str, Any]) -> Run:
        """Send what a component's script would: ``{"commands": […]}`` of the stage, ``{"sent": {…}}`` of a panel."""
        name = self.components[component]
        self.states[name] = WidgetState(id=name, json_value=json.dumps(message))
        return await self.run(self.fragments[name])

    async def move_until(self, end: float) -> list[Run]:
        """Move the stride slider again and again."""
        runs = []
        while time.perf_counter() < end:
            runs.append(await self.move(next(self.strides)))
        return runs

    async def run(self, fragment: str = "") -> Run:
        """Ask for a run with all widgets' values, and read what comes until the script has finished."""
        client = ClientState(query_string=self.query, page_script_hash=self.script, fragment_id=fragment)
        client.widget_states.widgets.extend(self.states.values())
        client.cached_message_hashes.extend(self.kept)
        client.context_info.MergeFrom(ContextInfo(timezone="UTC", locale="en-US", url=self.url, color_scheme="light"))
        self.fragments, messages, start = {}, [], time.perf_counter()
        async with asyncio.timeout(LONGEST_RUN):
            await self.connection.send(BackMsg(rerun_script=client).SerializeToString())
            for _ in range(MOST_MESSAGES):
                data = await self.connection.recv()
                message = ForwardMsg.FromString(data)
                messages.append((len(data) / 1e3, self.take(message)))
                if message.WhichOneof("type") == "script_finished" and self.finishes(message.script_finished):
                    ms = 1000 * (time.perf_counter() - start)
                    return Run(sum(size for size, _ in messages), max(messages), ms)
        raise RuntimeError(f"a run sent more than {MOST_MESSAGES} messages")

    def take(self, message: ForwardMsg) -> str:
        """Take in a message, and return its kind, or the kind of its element."""
        sent = message.WhichOneof("type") or ""
        if sent == "ref_hash":
            message = self.kept[message.ref_hash][0]
        if message.metadata.cacheable:
            self.kept[message.hash] = (message, self.count)
        if sent == "new_session":
            self.script = message.new_session.page_script_hash
            self.age = message.new_session.config.max_cached_message_age
        if not message.delta.HasField("new_element"):
            return sent
        kind = message.delta.new_element.WhichOneof("type")
        element = getattr(message.delta.new_element, kind)
        if kind == "exception" and not element.is_warning:
            raise RuntimeError(f"the page shows {element.type}: {element.message}")
        name = getattr(element, "id", "")
        self.fragments[name] = message.delta.fragment_id
        if kind == "bidi_component":
            key = name.rpartition("-")[2]
            self.components[key], self.data[key] = name, json.loads(element.json or element.mixed.json)
        valued = name and kind != "chat_input" and "set_value" in element.DESCRIPTOR.fields_by_name
        if valued and (element.set_value or name not in self.states):
            self.states[name] = shown(name, element)
        return kind if sent == "delta" else sent

    def finishes(self, status: int) -> bool:
        """Say whether a status ends the run; a browser then forgets widgets that are gone, and old messages."""
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise RuntimeError("the page's script does not compile")
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if status == ForwardMsg.FINISHED_SUCCESSFULLY:
            self.states = {name: value for name, value in self.states.items() if name in self.fragments}
        self.count += 1
        self.kept = {name: kept for name, kept in self.kept.items() if self.count - kept[1] <= self.age}
        return True


async def visit(
    stack: AsyncExitStack,
    address: str,
    query: str = "",
    page: str = "",
    cookie: str = "",
    kind: type[Visitor] = Visitor,
) -> Any:
    """Open a page of the server at an address, as ``http://localhost:8501/``; ``page`` is "", "learn", "layer", …

    Returns a visitor of that ``kind``.
    """
    origin, names = address.rstrip("/"), ["streamlit", "PLACEHOLDER_AUTH_TOKEN"]  # the frontend's, if nobody logged in
    options = {"origin": _origin(origin), "subprotocols": names, "proxy": None, "max_size": None, "ping_interval": None}
    options["additional_headers"] = {"Cookie": cookie} if cookie else {}
    opening = connect(f"{origin.replace('http', 'ws', 1)}/_stcore/stream", **options)
    visitor = kind(await stack.enter_async_context(opening), f"{origin}/{page}", query)
    visitor.script = calc_hash(page) if page else ""
    return visitor


def _origin(address: str) -> str:
    """An address without its path.

    >>> _origin("http://127.0.0.1:8501/lab")
    'http://127.0.0.1:8501'
    """
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
