"""Whether a training keeps others waiting: `python tests/benchmarks/upsample.py`, on Linux.

One session moves the stride of the page of upsampling, alone and while others train; its times and their ratio are
printed, of the built-in pictures as a browser sees them: from the message to the end of the answer. Nothing here passes
or fails. It speaks Streamlit's websocket protocol, as a browser does.
"""

import argparse
import asyncio
import statistics
import sys
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from serving import server

from tests.visitor import Run, Visitor, visit

ROOT = Path(__file__).parents[2]
NUMBERS = count(1)
KERNELS = count(0)


async def opened(address: str, stack: AsyncExitStack) -> Visitor:
    """A session whose panel has had its first answer."""
    visitor = await visit(stack, address, page="upsample")
    await visitor.run()
    return visitor


async def asked(visitor: Visitor, message: dict[str, Any]) -> Run:
    """Send what the panel would, and wait for the answer."""
    return await visitor.send("upsample", {"sent": {"number": next(NUMBERS), "have": "", **message}})


async def slide(visitor: Visitor, moves: int) -> list[Run]:
    """Move the stride; a kernel that nobody had before, so that no answer is kept."""
    runs = []
    for move in range(moves):
        seed = next(KERNELS)
        search = f"?kernel=random&seed={seed}&size=5&stride={2 + move % 3}"
        runs.append(await asked(visitor, {"search": search}))
        await asyncio.sleep(0.1)  # a hand on a slider
    return runs


async def train(visitor: Visitor, until: asyncio.Event) -> int:
    """Train again and again; returns how many chunks were made."""
    chunks = 0
    for run in count(1):
        for _ in range(30):
            if until.is_set():
                return chunks
            await asked(visitor, {"search": "?kernel=ones&size=4", "train": run})
            chunks += 1
    return chunks


def said(name: str, runs: list[Run]) -> float:
    """Print how long answers took, and return their median in ms."""
    times = sorted(run.time for run in runs)
    size = statistics.median(run.size for run in runs)
    half = statistics.median(times)
    print(f"  {name:28} p50 {half:4.0f} ms  p95 {times[int(len(times) * 0.95)]:4.0f} ms  {size:5.0f} kB an answer")
    return half


async def measure(address: str, moves: int, trainers: int) -> None:
    """Measure a session alone and beside trainings, by turns."""
    alone: list[Run] = []
    beside: list[Run] = []
    chunks = 0
    async with AsyncExitStack() as stack:
        mover = await opened(address, stack)
        others = [await opened(address, stack) for _ in range(trainers)]
        await slide(mover, 6)
        for _ in range(3):
            alone += await slide(mover, moves // 3)
            end = asyncio.Event()
            running = [asyncio.create_task(train(other, end)) for other in others]
            beside += await slide(mover, moves // 3)
            end.set()
            chunks += sum(await asyncio.gather(*running))
    first, second = said("alone", alone), said(f"beside {trainers} training", beside)
    print(f"  ratio {second / first:.2f}; {chunks} chunks of steps were made meanwhile")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=60)
    parser.add_argument("--trainers", type=int, default=1)
    options = parser.parse_args()
    with server(ROOT / "app.py", ROOT) as address:
        asyncio.run(measure(address, options.moves, options.trainers))


if __name__ == "__main__":
    main()
