"""How many visitors a server carries and what it sends: `python tests/benchmarks/load.py [--beside DIR]`, on Linux.

It speaks Streamlit's websocket protocol as a browser does, without one: each session moves the stride slider, waits for
the end of the run, and moves it again. The app, its widgets without a stage (widgets_page.py) and with ``--beside`` the
app of another checkout take turns; their ratios are what to quote. It prints; nothing here passes or fails.
"""

import argparse
import asyncio
import signal
import statistics
import sys
import time
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from serving import Process, server
from stage import largest

from tests.visitor import Run, Visitor, visit

ROOT = Path(__file__).parents[2]
ROUNDS = 3  # each server's seconds come in so many turns, so that a slow minute of the machine meets all
VIEWS = ("scatter", "gather", "matrix", "matrix&backward=1")
PAGES = {"bare": ""} | {f"largest, {view}": f"{largest()}&view={view}" for view in VIEWS}


def told(runs: list[Run]) -> str:
    """Say how large and how long runs are."""
    size, (part, kind), _ = statistics.median_high(runs)
    times = sorted(run.time for run in runs)
    half, late = statistics.median(times), times[int(len(times) * 0.95)]
    return f"{size:6.1f} kB, {part:6.1f} of it {kind:14}  p50 {half:4.0f} ms  p95 {late:4.0f} ms"


class Server(Process):
    """A Streamlit process, and what was measured of it."""

    def __init__(self, name: str, address: str) -> None:
        super().__init__(address)
        self.name = name
        self.visitors: list[Visitor] = []
        self.runs: list[Run] = []
        self.seconds = self.cpu = 0.0

    async def measure(self, seconds: float) -> None:
        """Let every visitor move the slider for some seconds, and end the run that it began."""
        cpu, start = self.cpu_now(), time.perf_counter()
        for runs in await asyncio.gather(*(visitor.move_until(start + seconds) for visitor in self.visitors)):
            self.runs += runs
        self.seconds += time.perf_counter() - start
        self.cpu += self.cpu_now() - cpu

    def report(self) -> tuple[float, float, float]:
        """Print what was measured; return CPU ms a run, runs a second, and kB a run."""
        cpu, rate = self.cpu / len(self.runs), len(self.runs) / self.seconds
        memory = f"{self.memory_now():4.0f} MB"
        print(f"  {self.name:15} {rate:5.1f} runs/s  CPU {cpu:5.1f} ms a run  {memory}  {told(self.runs)}")
        return cpu, rate, statistics.median_high(self.runs).size


async def visit_page(host: Server, stack: AsyncExitStack, query: str = "") -> Visitor:
    """Open a page of a server."""
    return await visit(stack, f"http://{host.host}/", query)


async def alone(host: Server) -> None:
    """Measure single sessions: the first run, moves there and back, and there again, of which a browser kept parts."""
    print(f"one session, {host.name}: kB of the first run, of a move, and of the same move again")
    for name, query in PAGES.items():
        pages = []
        for _ in range(3):
            async with AsyncExitStack() as stack:
                visitor = await visit_page(host, stack, query)
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
            host.visitors = await asyncio.gather(*(visit_page(host, stack) for _ in range(sessions)))
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
