"""How many visitors one machine carries: `python tests/benchmarks/crowd.py MEASURE…`, on Linux.

It speaks Streamlit's websocket protocol as browsers do, to a server of its own on 127.0.0.1. Each measure is bounded in
sessions, runs and seconds, and ends by itself; without a name all are made. It prints; nothing here passes or fails.

- together: all sessions move a slider at once, and each waits for its answer before it moves again;
- steady: each session moves a slider every two seconds;
- arrive: sessions open within some seconds, each with all of the page's files as an empty cache asks for them, read,
  and move once before they leave;
- runs: how memory grows over many runs in a few sessions;
- leave: waves of sessions come, move and leave; what memory there is after each.

Memory is the server's alone; its processor time and this program's are shares of one processor. A session that ends
before its time, an answer that shows an exception and one that does not come within a minute are failures.
"""

import argparse
import asyncio
import resource
import signal
import sys
import time
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from crowding import AT_ONCE, QUERIES, Crowd, waits
from fetching import fetch_page
from serving import Process, server

from tests.visitor import Visitor

ROOT = Path(__file__).parents[2]
PAUSE = 2  # seconds between two moves of a visitor who tries something
OPEN_FILES = 1024  # that the server may have when it starts: what a shell or a service usually gives
LARGEST = {"sessions": 500, "seconds": 600, "reading": 300, "count": 50_000, "waves": 20, "kept": 300}
QUICK = {"sessions": 3, "seconds": 1, "count": 30, "waves": 1, "reading": 1, "kept": 1}
USUAL = {
    "together": {"sessions": 30, "seconds": 20},
    "steady": {"sessions": 60, "seconds": 120},
    "arrive": {"sessions": 300, "seconds": 60, "reading": 30},
    "runs": {"sessions": 10, "count": 10_000},
    "leave": {"sessions": 60, "waves": 5, "kept": 120},
}


async def together(crowd: Crowd, options: argparse.Namespace) -> None:
    """Let all sessions move at once, again and again."""
    async with AsyncExitStack() as stack:
        visitors = await crowd.open_all(stack, options.sessions)
        end = time.perf_counter() + options.seconds

        async def move_until_end(visitor: Visitor) -> None:
            for n in count():
                if time.perf_counter() > end:
                    return
                await crowd.move(visitor, n)

        with crowd.watching("together", len(visitors)):
            await asyncio.gather(*(crowd.attempt(move_until_end(one)) for one in visitors))


async def steady(crowd: Crowd, options: argparse.Namespace) -> None:
    """Let each session move every `PAUSE` seconds, spread evenly."""
    async with AsyncExitStack() as stack:
        visitors = await crowd.open_all(stack, options.sessions)
        start = time.perf_counter()

        async def move_steadily(number: int, visitor: Visitor) -> None:
            for n in range(max(1, int(options.seconds / PAUSE))):
                due = start + PAUSE * (n + number / len(visitors))
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                await crowd.move(visitor, n)

        with crowd.watching("steady", len(visitors)):
            await asyncio.gather(*(crowd.attempt(move_steadily(*one)) for one in enumerate(visitors)))


async def arrive(crowd: Crowd, options: argparse.Namespace) -> None:
    """Let sessions open one after the other, read, and move once more."""
    async with AsyncExitStack() as stack:
        first = min(options.sessions, AT_ONCE)  # what the server loads for the first ones is not measured
        await crowd.open_all(stack, first)
        await asyncio.gather(*(fetch_page(crowd.server.host) for _ in range(first)))
        before, start = crowd.server.memory_now(), time.perf_counter()

        async def come_and_read(number: int) -> None:
            await asyncio.sleep(options.seconds * number / options.sessions)
            visitor = await crowd.open(stack, has_files=True)
            await asyncio.sleep(max(0.0, start + options.seconds + options.reading - time.perf_counter()))
            await asyncio.sleep(options.seconds / 4 * number / options.sessions)
            await crowd.move(visitor, 1)

        with crowd.watching("arrive", options.sessions):
            await asyncio.gather(*(crowd.attempt(come_and_read(number)) for number in range(options.sessions)))
        each = (crowd.server.memory_now() - before) / options.sessions
        print(
            f"  files and first run: {len(crowd.openings)} openings, {waits(crowd.openings)}; {each:.2f} MB a session"
        )


async def runs(crowd: Crowd, options: argparse.Namespace) -> None:
    """Make many runs, and print what memory there is meanwhile."""
    async with AsyncExitStack() as stack:
        visitors = await crowd.open_all(stack, options.sessions)
        each = options.count // len(visitors)
        with crowd.watching("runs", len(visitors)):
            sizes = []
            for share in (0.2, 0.2, 0.2, 0.2, 0.2):
                moves = round(each * share)
                await asyncio.gather(*(crowd.attempt(crowd.move_often(one, moves)) for one in visitors))
                sizes.append(crowd.server.memory_now())
        growth = 100 * (sizes[-1] / sizes[0] - 1)
        told = ", ".join(f"{size:.0f}" for size in sizes)
        print(f"  MB after each fifth of the runs: {told}; growth after the first fifth {growth:.1f} %")


async def leave(crowd: Crowd, options: argparse.Namespace) -> None:
    """Let waves of sessions come and leave, and print what memory there is after each."""
    print(f"leave: {options.kept} s are kept of a session that has left; before {crowd.told()}")
    for wave in range(options.waves):
        async with AsyncExitStack() as stack:
            with crowd.watching(f"  wave {wave + 1}", options.sessions):
                visitors = await crowd.open_all(stack, options.sessions)
                await asyncio.gather(*(crowd.attempt(crowd.move_often(one, 5)) for one in visitors))
            crowd.times.clear()
        await asyncio.sleep(options.kept + 1)
        async with AsyncExitStack() as stack:  # whoever leaves makes Streamlit look for sessions whose time is over
            await crowd.attempt(crowd.open(stack))
        await asyncio.sleep(1)
        print(f"  left: {crowd.told()}", flush=True)


MEASURES = {one.__name__: one for one in (together, steady, arrive, runs, leave)}


async def measure(names: list[str], options: argparse.Namespace, process: Process) -> None:
    """Make measures one after the other, each with its usual numbers where no others are given."""
    given = {key: value for key, value in vars(options).items() if value is not None}
    for name in names:
        numbers = {**USUAL[name], **(QUICK if options.quick else {}), **given}
        await MEASURES[name](Crowd(process, options.page), argparse.Namespace(**numbers))


def read_options() -> argparse.Namespace:
    """Read the command line; what is beyond bounds ends the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=", ".join(MEASURES))
    for name, most in LARGEST.items():
        parser.add_argument(f"--{name}", type=int, help=f"at most {most}; else as the measure has it")
    parser.add_argument("--page", default="explore", choices=["explore", *QUERIES, "layer", "upsample", "mixed"])
    parser.add_argument("--app", type=Path, default=ROOT, help="a checkout other than this one")
    parser.add_argument("--quick", action="store_true", help="a few sessions and runs: only whether all of this works")
    options = parser.parse_args()
    wrong = [one for one in options.measures if one not in MEASURES]
    wrong += [f"--{name}" for name, most in LARGEST.items() if not 0 < (getattr(options, name) or 1) <= most]
    if wrong:
        parser.error(f"unknown or out of bounds: {', '.join(wrong)}")
    return options


def main() -> None:
    """Measure a server of its own."""
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends too
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(OPEN_FILES, most), most))
    kept = options.kept or (QUICK if options.quick else USUAL["leave"])["kept"]
    only = {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(kept)}
    with server(options.app.resolve() / "app.py", options.app.resolve(), **only) as address:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # this program has files of its own
        asyncio.run(measure(options.measures or list(MEASURES), options, Process(address)))


if __name__ == "__main__":
    main()
