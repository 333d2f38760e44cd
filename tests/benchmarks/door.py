"""What hostile messages cost: `python tests/benchmarks/door.py`, on a quiet machine. Nothing here passes or fails.

It starts a server of its own on 127.0.0.1, sends it 2,000 generated messages through every door, and the heaviest of
each kind on the largest page. Printed are, for each, ms beyond a run of the page in which nothing is said, and the
largest answer; and how long another visitor's slider takes alone and beside all of it.
"""

import asyncio
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
from stage import grids, server  # noqa: E402

from explorer.session.commands import MOST_COMMANDS  # noqa: E402
from tests.door import hostile  # noqa: E402
from tests.door.knocking import Knocker  # noqa: E402
from tests.visitor import Visitor, visit  # noqa: E402

SEED, EACH, IDLE = 1, 250, 8.0  # IDLE: seconds in which the other visitor is alone
LESSON = "?lesson=padding-crops"
LARGEST = f"{grids(8, 4, 0.5)}&stride=4&dilation=2"
BLOCK = "\n".join(["\t".join(["1"] * 8)] * 8)
BAD_BLOCK = BLOCK.replace("1", "x")
HEAVY: dict[str, tuple[str, dict[str, Any]]] = {
    "edits": ("edit", {"grid": "input", "at": [0, 0, 0], "text": "1"}),
    "blocks": ("edit", {"grid": "input", "at": [0, 0, 0], "text": BLOCK}),
    "refused blocks": ("edit", {"grid": "input", "at": [0, 0, 0], "text": BAD_BLOCK}),
    "long edits": ("edit", {"grid": "input", "at": [0, 0, 0], "text": "1\t" * 10_000}),
    "pastes": ("paste", {"grid": "input", "text": BLOCK, "channel": [0, 0]}),
    "long pastes": ("paste", {"grid": "input", "text": "1 2\n" * 5000, "channel": [0, 0]}),
    "previews": ("preview", {"grid": "input", "text": "1&2\\\\" * 4000}),
    "fills": ("fill", {"grid": "kernel", "name": "random"}),
    "gradients": ("fill", {"grid": "upstream", "name": "random"}),
    "moves": ("move", {"name": "stride", "value": 3}),
    "views": ("backward", {"on": True}),
    "undo": ("undo", {}),
    "addresses": ("go", {"search": LARGEST, "entry": 0}),
    "long addresses": ("go", {"search": "?" + "&".join(f"p{n}=1" for n in range(13_000)), "entry": 0}),
    "biases": ("bias", {"texts": ["1"] * 4}),
    "unknown": ("x" * 1000, {}),
}
"""Of each kind of heavy message: the command that it holds as often as it may."""


def texts(door: str) -> Iterator[str]:
    """The messages for a door."""
    chance = random.Random(SEED)
    name = "sent" if door in ("layer", "upsample") else "commands"
    states = hostile.states(chance, name)
    while True:
        if chance.random() < 0.5:
            yield next(states)
        elif name == "sent":
            fields = {"search": "?stride=2", "number": 7, chance.choice(("edit", "file", "train", "pasted", "have")): 0}
            yield hostile.text_of({"sent": {**fields, chance.choice(list(fields)): hostile.value(chance)}})
        else:
            yield hostile.text_of(
                {"commands": [hostile.command(chance, n, "a.1", door == "learn") for n in range(1, 9)]}
            )


def heavy(visitor: Visitor, name: str, arguments: dict[str, Any]) -> str:
    """A message with one command as often as it may be."""
    stage = visitor.data["stage"]
    document, first = f"{stage['session']}.{stage['number']}", stage["done"] + 1
    numbers = range(first, first + MOST_COMMANDS)
    made = [{"id": n, "name": name, "arguments": arguments, "document": document} for n in numbers]
    return hostile.text_of({"commands": made[: max(1, 900_000 // (len(str(made[0])) + 1))]})


async def knocked(visitor: Knocker, component: str, said: Iterable[str]) -> tuple[list[float], float]:
    """Ms of each message beyond a run in which nothing is said, and kB of the largest answer."""
    usual = statistics.median([(await visitor.run()).time for _ in range(10)])
    found, largest = [], 0.0
    for text in said:
        run = await visitor.knock(WidgetState(id=visitor.components[component], json_value=text))
        found.append(run.time - usual)
        largest = max(largest, run.size)
    return found, largest


def line(name: str, times: list[float], largest: float) -> None:
    late = sorted(times)[int(0.95 * (len(times) - 1))]
    print(f"{name:24s} p95 {late:7.1f} ms  most {max(times):7.1f} ms  n {len(times):4d}  {largest:6.1f} kB", flush=True)


async def doors(address: str) -> None:
    """Every door, with generated messages and with the heaviest."""
    for door, query in {"": "", "learn": LESSON, "layer": "", "upsample": ""}.items():
        async with AsyncExitStack() as stack:
            visitor = await visit(stack, address, query, door, kind=Knocker)
            await visitor.settle()
            visitor.own = float("inf")
            component = door if door in ("layer", "upsample") else "stage"
            line(door or "explore", *await knocked(visitor, component, islice(texts(door), 2 * EACH)))
    for kind, (name, arguments) in HEAVY.items():
        async with AsyncExitStack() as stack:
            visitor = await visit(stack, address, LARGEST, kind=Knocker)
            await visitor.settle()
            visitor.own = float("inf")
            line(kind, *await knocked(visitor, "stage", (heavy(visitor, name, arguments) for _ in range(8))))


async def main() -> None:
    with server(ROOT / "app.py", ROOT) as address:
        async with AsyncExitStack() as stack:
            other = await visit(stack, address)
            await other.run()
            alone = [run.time for run in await other.move_until(time.perf_counter() + IDLE)]
            knocking = asyncio.ensure_future(doors(address))
            beside = []
            while not knocking.done():
                beside.append((await other.move(next(other.strides))).time)
            await knocking
            line("another, alone", alone, 0)
            line("another, beside", beside, 0)


if __name__ == "__main__":
    asyncio.run(main())
