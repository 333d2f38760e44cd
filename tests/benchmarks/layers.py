"""How long the page of layers takes for a chain of 30 layers: `python tests/benchmarks/layers.py`, ms of each part."""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from explorer.networks.page.sheet import sheet
from explorer.networks.page.state import SECTIONS, from_query

CHAIN = "\n".join(
    ["nn.ConvTranspose2d(64, 64, 3, 1, 1)", "nn.ReLU()"] * 25 + ["nn.ConvTranspose2d(64, 64, 4, 2, 1)"] * 5
)
TIMES = 20


def milliseconds(**query: str) -> list[float]:
    """The times of several sheets for one state, sorted."""
    page, notices = from_query({"layer": CHAIN, "input": "16x16", "target": "500x500", **query})
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        sheet(page, notices)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)


if __name__ == "__main__":
    for opened in ("none", "lanes", "trip", "program", "-".join(SECTIONS)):
        times = milliseconds(open=opened)
        print(f"{opened:45} median {statistics.median(times):6.1f} ms, slowest {times[-1]:6.1f} ms")
