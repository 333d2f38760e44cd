"""How many visitors a server carries and what it sends: `python tests/benchmarks/load.py [--beside DIR]`, on Linux.

It speaks Streamlit's websocket protocol as a browser does, without one: each session moves the stride slider, waits for
the end of the run, and moves it again. The app, its widgets without a stage (widgets_page.py) and with ``--beside`` the
app of another checkout take turns; their ratios are what to quote. It prints; nothing here passes or fails.
"""

import argparse
import asyncio
import os
import signal
import statistics
import sys
import time
from contextlib import AsyncExitStack, ExitStack
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

sys.path.insert(0, str(Path(__file__).parent))
from stage import largest, server

ROOT = Path(__file__).parents[2]
ROUNDS = 3  # each server's seconds come in so many turns, so that a slow minute of the machine meets all
LONGEST_RUN, MOST_MESSAGES = 60, 10_000  # seconds, and messages of one run
VIEWS = ("scatter", "gather", "matrix", "matrix&backward=1")
PAGES = {"bare": ""} | {f"largest, {view}": f"{largest()}&view={view}" for view in VIEWS}


class Run(NamedTuple):
    """One run of a script: kB of all messages, kB and kind of the largest, and ms to the end."""

    size: float
    largest: tuple[float, str]
    time: float


def told(runs: list[Run]) -> str:
    """Say how large and how long runs are."""
    size, (part, kind), _ = statistics.median_high(runs)
    times = sorted(run.time for run in runs)
    half, late = statistics.median(times), times[int(len(times) * 0.95)]
    return f"{size:6.1f} kB, {part:6.1f} of it {kind:14}  p50 {half:4.0f} ms  p95 {late:4.0f} ms"


class Server:
    """A Streamlit process, and what was measured of it."""

    def __init__(self, name: str, address: str) -> None:
        self.name, self.host = name, address.removeprefix("http://").strip("/")
        port = f"--server.port\0{self.host.partition(':')[2]}\0".encode()
        self.process = next(file.parent for file in Path("/proc").glob("[0-9]*/cmdline") if port in file.read_bytes())
        self.visitors: list[Visitor] = []
        self.runs: list[Run] = []
        self.seconds = self.cpu = 0.0

    def cpu_now(self) -> float:
        """Read the processor time of all its threads, user and system, in ms."""
        times = (self.process / "stat").read_text().rpartition(")")[2].split()[11:13]  # utime, stime: man proc
        return 1000 * sum(map(int, times)) / os.sysconf("SC_CLK_TCK")

    async def measure(self, seconds: float) -> None:
        """Let every visitor move the slider for some seconds, and end the run that it began."""
        cpu, start = self.cpu_now(), time.perf_counter()
        for runs in await asyncio.gather(*(visitor.move_until(start + seconds) for visitor in self.visitors)):
            self.runs += runs
        self.seconds += time.perf_counter() - start
        self.cpu += self.cpu_now() - cpu

    def report(self) -> tuple[float, float, float]:
        """Print what was measured; return CPU ms a run, runs a second, and kB a run."""
        memory = int((self.process / "status").read_text().partition("VmRSS:")[2].split()[0]) / 1024
        cpu, rate = self.cpu / len(self.runs), len(self.runs) / self.seconds
        print(f"  {self.name:15} {rate:5.1f} runs/s  CPU {cpu:5.1f} ms a run  {memory:4.0f} MB  {told(self.runs)}")
        return cpu, rate, statistics.median_high(self.runs).size


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
        self.kept: dict[str, tuple[ForwardMsg, int]] = {}
        self.strides = cycle((2, 3, 4, 1))

    async def move(self, stride: int) -> Run:
        """Move the stride slider, as a drag's end does."""
        name = next((name for name in self.states if name.endswith("-stride")), "")
        if not name:
            raise RuntimeError("the page has no slider stride")
        self.states[name] = WidgetState(id=name, double_array_value={"data": [stride]})
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


async def visit(host: Server, stack: AsyncExitStack, query: str = "") -> Visitor:
    """Open a page."""
    page, names = f"http://{host.host}", ["streamlit", "PLACEHOLDER_AUTH_TOKEN"]  # the frontend's, if nobody logged in
    options = {"origin": page, "subprotocols": names, "proxy": None, "max_size": None, "ping_interval": None}
    opening = connect(f"ws://{host.host}/_stcore/stream", **options)
    return Visitor(await stack.enter_async_context(opening), f"{page}/", query)


async def alone(host: Server) -> None:
    """Measure single sessions: the first run, moves there and back, and there again, of which a browser kept parts."""
    print(f"one session, {host.name}: kB of the first run, of a move, and of the same move again")
    for name, query in PAGES.items():
        pages = []
        for _ in range(3):
            async with AsyncExitStack() as stack:
                visitor = await visit(host, stack, query)
                first, moves = await visitor.run(), (3, 4, 3) if query else (2, 1, 2)
                pages.append((first, *[await visitor.move(stride) for stride in moves]))
        first, there, back, again = zip(*pages, strict=True)
        ends = statistics.median_high(first).size, statistics.median_high(again).size
        print(f"  {name:26} first {ends[0]:6.1f}   move {told([*there, *back])}   again {ends[1]:6.1f}")


async def measure(servers: list[Server], sessions: int, seconds: float) -> None:
    """Measure the servers by turns, all sessions of one at once; then single sessions; print the ratios."""
    print(f"{sessions} sessions, {seconds:g} s, the stride slider 1 → 2 → 3 → 4 → 1 …")
    async with AsyncExitStack() as stack:
        for host in servers:
            host.visitors = await asyncio.gather(*(visit(host, stack) for _ in range(sessions)))
            await asyncio.gather(*(visitor.run() for visitor in host.visitors))
            for _ in range(4):
                await asyncio.gather(*(visitor.move(next(visitor.strides)) for visitor in host.visitors))
        for _ in range(ROUNDS):
            for host in servers:
                await host.measure(seconds / ROUNDS)
        ours, *others = [host.report() for host in servers]
    for host in servers:
        if host.name in ("app", "beside"):
            await alone(host)
    print("app ÷ other        CPU a run    runs/s   payload")
    for host, figures in zip(servers[1:], others, strict=True):
        print(f"  {host.name:15}", *(f"{mine / other:9.2f}" for mine, other in zip(ours, figures, strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--app", type=Path, default=ROOT, help="a checkout other than this one")
    parser.add_argument("--beside", type=Path, help="a checkout to compare with")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end too
    app, widgets = options.app.resolve(), Path(__file__).with_name("widgets_page.py")
    pages = [("app", app / "app.py", app, ""), ("widgets", widgets, app, ""), ("widgets, frozen", widgets, app, "1")]
    if options.beside:
        pages.append(("beside", options.beside.resolve() / "app.py", options.beside, ""))
    try:
        with ExitStack() as stack:
            servers, only = [], {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
            for name, script, folder, freeze in pages:
                servers.append(Server(name, stack.enter_context(server(script, folder, FREEZE=freeze, **only))))
            asyncio.run(measure(servers, options.sessions, options.seconds))
    except (RuntimeError, OSError) as error:
        sys.exit(f"load: {str(error) or 'a run did not end within a minute'}")


if __name__ == "__main__":
    main()
