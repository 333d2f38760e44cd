"""How long the methods take on this machine."""

from time import perf_counter

import numpy as np

from explorer.cost import costs
from explorer.failing import reason
from explorer.layer import Layer
from explorer.methods import METHODS

METHOD_OF = {"scatter": "naive", "gather": "zero_insertion", "sparse": "matrix"}
"""The method that goes each way of `explorer.cost`; the dense matrix is counted only."""

LONGEST = 1.0
"""Seconds beyond which a method is not run."""
LARGEST = 64_000_000
"""Bytes beyond which a method is not run: it shares a server's memory with every visitor."""
BUDGET = 0.1
"""Seconds after which a measurement is not repeated."""
REPEATS = 20
PROBE = 16


def measured(layer: Layer, side: int, method: str) -> float | None:
    """Seconds of the quickest of a few runs of a method for a square input of ``side`` cells; its numbers are seeded.

    None where a probe at a smaller side says that it would take longer than `LONGEST`, or `LARGEST` is not enough.
    Raises `LayerError` where no output is left, and what the method raises where it `fails`.

    >>> measured(Layer(), 2, "naive") < LONGEST
    True
    """
    found = costs(layer, (side, side))
    if any(found[way].bytes > LARGEST for way, name in METHOD_OF.items() if name == method):
        return None
    if side > PROBE and _quickest(layer, PROBE, method, 0.0) * (side / PROBE) ** 2 > LONGEST:
        return None
    return _quickest(layer, side, method, BUDGET)


def fails(method: str) -> str:
    """What stops a method on this machine, found with the smallest layer; empty where it works.

    >>> fails("naive")
    ''
    """
    layer = Layer(kernel_size=1)
    try:
        METHODS[method](np.ones((1, 1, 1)), np.ones(layer.weight_shape), layer)
    except Exception as error:
        return reason(error)
    return ""


def _quickest(layer: Layer, side: int, method: str, budget: float) -> float:
    """After one run to warm up, the best of at most `REPEATS` that begin within the budget of seconds, at least one."""
    generator = np.random.default_rng(0)
    x, k = generator.standard_normal((layer.in_channels, side, side)), generator.standard_normal(layer.weight_shape)
    METHODS[method](x, k, layer)
    times: list[float] = []
    end = perf_counter() + budget
    while not times or (len(times) < REPEATS and perf_counter() < end):
        start = perf_counter()
        METHODS[method](x, k, layer)
        times.append(perf_counter() - start)
    return min(times)
