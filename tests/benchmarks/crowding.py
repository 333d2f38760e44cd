"""Sessions of one server, what their visitors do, and how long that takes."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count

from fetching import FetchingError, fetch_page
from serving import Process
from websockets.exceptions import WebSocketException

from tests.visitor import Visitor, visit

AT_ONCE = 10  # sessions that open at the same time where opening is not what is measured
MIXED = ("",) * 14 + ("learn",) * 4 + ("layer", "upsample")  # 70, 20, 5 and 5 of a hundred visitors
QUERIES = {"learn": "?lesson=stride-spaces-stamps&part=2"}


async def slide(visitor: Visitor, n: int) -> None:
    """Move the stride and the padding by turns, so that each move is one to undo."""
    await (visitor.slide("stride", 1 + n // 2 % 4) if n % 2 else visitor.slide("padding", n // 2 % 2))


async def slide_stride(visitor: Visitor, n: int) -> None:
    """Move the stride, which the part of a lesson lets one move."""
    await visitor.slide("stride", 1 + n % 4)


async def ask_layer(visitor: Visitor, n: int) -> None:
    """Ask the page of layers about another layer."""
    text = f"nn.ConvTranspose2d(64, 32, 4, {1 + n % 4}, 1)"
    await visitor.send("layer", {"sent": {"number": n + 1, "search": f"?layer={text}&input=8x8"}})


async def ask_upsample(visitor: Visitor, n: int) -> None:
    """Ask the page of upsampling for another kernel."""
    search = f"?kernel=ones&size={2 + n % 3}&stride=2"
    await visitor.send("upsample", {"sent": {"number": n + 1, "have": "", "search": search}})


MOVES = {"": slide, "learn": slide_stride, "layer": ask_layer, "upsample": ask_upsample}


@dataclass
class Crowd:
    """Sessions of one server: what they waited for, and what went wrong."""

    server: Process
    page: str
    times: list[float] = field(default_factory=list)  # ms, from a message to the end of its run
    openings: list[float] = field(default_factory=list)  # ms, from the first request to the end of the first run
    runs: int = 0  # all that were made, also those that are not measured
    failures: Counter[str] = field(default_factory=Counter)
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def address(self) -> str:
        """Where the server is."""
        return f"http://{self.server.host}/"

    async def open(self, stack: AsyncExitStack, has_files: bool = False) -> Visitor:
        """Open one more session: of the page that is asked for, or of the next one of a mixed crowd."""
        number = next(self.numbers)
        page = MIXED[number * 7 % len(MIXED)] if self.page == "mixed" else self.page.removeprefix("explore")
        start = time.perf_counter()
        if has_files:
            await fetch_page(self.server.host, page)
        visitor = await visit(stack, self.address, QUERIES.get(page, ""), page)
        await visitor.run()
        self.runs += 1
        self.openings.append(1000 * (time.perf_counter() - start))
        return visitor

    async def move(self, visitor: Visitor, n: int) -> None:
        """Let a visitor do something, and wait for the answer."""
        page = visitor.url.removeprefix(self.address).partition("?")[0]
        start = time.perf_counter()
        await MOVES[page](visitor, n)
        self.runs += 1
        self.times.append(1000 * (time.perf_counter() - start))

    async def attempt(self, what: Awaitable[object]) -> object:
        """Wait for something; what goes wrong is counted."""
        try:
            return await what
        except (RuntimeError, OSError, TimeoutError, WebSocketException, FetchingError) as error:
            self.failures[f"{type(error).__name__}: {error}"[:100]] += 1
            return None

    async def open_all(self, stack: AsyncExitStack, sessions: int) -> list[Visitor]:
        """Open sessions, a few at once."""
        visitors: list[Visitor] = []
        for first in range(0, sessions, AT_ONCE):
            some = range(first, min(first + AT_ONCE, sessions))
            found = await asyncio.gather(*(self.attempt(self.open(stack)) for _ in some))
            visitors += [one for one in found if isinstance(one, Visitor)]
        for n in range(2):  # what only a first move computes is not measured
            await asyncio.gather(*(self.attempt(self.move(one, n)) for one in visitors))
        self.times.clear()
        self.openings.clear()
        return visitors

    async def move_often(self, visitor: Visitor, moves: int) -> None:
        """Let a visitor do several things, one after the other."""
        for n in range(moves):
            await self.move(visitor, n)

    @contextmanager
    def watching(self, name: str, sessions: int) -> Iterator[None]:
        """Print what a time of the server's was like."""
        cpu, own, start, runs = self.server.cpu_now(), time.process_time(), time.perf_counter(), self.runs
        yield
        seconds, spent = time.perf_counter() - start, self.server.cpu_now() - cpu
        own = time.process_time() - own
        each = spent / max(self.runs - runs, 1)
        made = f"{len(self.times)} answers, {sum(self.failures.values())} failures, {waits(self.times)}"
        share = f"CPU of the server {spent / 10 / seconds:.0f} %, {each:.1f} ms a run, of this program"
        made = f"{made}, {len(self.times) / seconds:.1f} runs/s, {share} {100 * own / seconds:.0f} %, {self.told()}"
        print(f"{name}: {sessions} sessions, {seconds:.0f} s, {made}", flush=True)
        for failure, number in self.failures.most_common(5):
            print(f"  {number} × {failure}")

    def told(self) -> str:
        """What the server's process holds now."""
        own = self.server
        return f"{own.memory_now():.0f} MB, {own.threads_now()} threads, {own.files_now()} open files"


def waits(times: list[float]) -> str:
    """Say how long half, 95 and 99 of a hundred waited."""
    ordered = sorted(times) or [float("nan")]
    return "  ".join(f"p{part} {ordered[int(len(ordered) * part / 100)]:.0f} ms" for part in (50, 95, 99))
