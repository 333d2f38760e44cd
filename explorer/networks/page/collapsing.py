"""Sizes there and back along an axis: which ones a convolution takes to the same, and a range of inputs."""

from collections.abc import Sequence
from typing import Any

from explorer.layer import LayerError
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.following import Row
from explorer.networks.page.schema import VerdictData
from explorer.networks.page.spans import Span
from explorer.networks.page.writing import count_text, listed, short, sizes_of
from explorer.sizes import Lane, lanes
from explorer.text import Listed, say

MOST_LANES = 14
MOST_POINTS = 128
"""Sizes of a range that are drawn; of a longer one as many, evenly spread, and both its ends."""


def lanes_data(row: Row, side: int) -> dict[str, Any]:
    """The sizes around the layer's output, what its convolution makes of each, and what brings each back."""
    call = row.call
    axis, n = call.axes[side], row.given[side]
    alone = LayerCall((axis,)).layer
    now = axis.transposed_size(n)
    same = sizes_of(axis, n)
    values = {"n": count_text(n), "sizes": listed(same), "layer": short(LayerCall((axis,)))}
    key = "none" if not same else "one" if axis.stride == 1 else "text"
    found: list[dict[str, Any]] = []
    for shown in _around(axis, n):
        found += [_gap(found[-1])] if found else []
        found += [_lane(lane, n, now) for lane in lanes(alone, shown, 1) if lane.result is not None]
    return {
        "text": say(f"layer_page.lanes.{key}", **values),
        "titles": {name: say(f"layer_page.lanes.{name}") for name in ("size", "result", "back", "output_padding")},
        "all": found,
    }


def _lane(lane: Lane, n: int, now: int) -> dict[str, Any]:
    names = ("size", "result", "back", "output_padding")
    texts = {name: count_text(getattr(lane, name)) for name in names}
    return {**texts, "isPicked": lane.result == n, "isChosen": lane.result == n and lane.size == now}


def _gap(before: dict[str, Any]) -> dict[str, Any]:
    """What stands for sizes that are left out: they have the same result."""
    return {**before, "size": "…", "output_padding": "…", "isChosen": False}


def _around(axis: AxisCall, n: int) -> list[Sequence[int]]:
    """The sizes that become n−1, n and n+1; fewer of the neighbours where these are many, and of n's both ends.

    >>> _around(AxisCall.of(3, 2, 1), 16)
    [range(29, 35)]
    """
    first, last = sizes_of(axis, n).start, sizes_of(axis, n).stop
    spare = min(axis.stride, max((MOST_LANES - axis.stride) // 2, 1))
    start, end = max(first - spare, 1), max(last + spare, 1)
    if end - start <= MOST_LANES + 2:
        return [range(start, end)]
    return [range(start, start + MOST_LANES - 3), range(end - 3, end)]


def range_data(calls: Sequence[LayerCall], span: Span, target: Span | None, side: int) -> dict[str, Any] | None:
    """The chain's output for every size of a range, along one axis; None where no range is asked for."""
    if not span.is_range or not calls:
        return None
    first, last = span.size[0], span.last
    sizes = _spread(first, last)
    wanted = target.on(len(calls[0].axes)) if target else None
    hit = wanted[side] if wanted else None
    points = [
        {"n": n, "size": (size := through(calls, side, n)), "isHit": size is not None and size == hit} for n in sizes
    ]
    reached = [point["size"] for point in points if point["size"]]
    if not reached:
        return None
    values = {"first": count_text(first), "last": count_text(last)}
    ends = {"low": count_text(min(reached)), "high": count_text(max(reached))}
    key = "text" if len(sizes) > last - first else "some"
    text = say(f"layer_page.range.{key}", count=len(sizes), **ends, **values)
    return {
        "text": text,
        "label": say("layer_page.range.label", **values),
        "titles": [say("layer_page.range.given"), say("layer_page.range.size")],
        "points": points,
        "verdict": _range_verdict(points, hit, ends, values),
        "target": hit,
        "ticks": {"x": _ticks(first, last), "y": _ticks(0, max([*reached, hit or 0]))},
    }


def _range_verdict(
    points: Sequence[dict[str, Any]], hit: int | None, ends: dict[str, str], values: dict[str, str]
) -> VerdictData:
    hits = [count_text(point["n"]) for point in points if point["isHit"]]
    target = {"target": count_text(hit), "inputs": Listed(hits)}
    key, tone = ("range_plain", "plain") if hit is None else ("range_hit", "good") if hits else ("range_missed", "bad")
    title = say(f"layer_page.verdict.{key}", **target, **ends)
    return {"tone": tone, "title": title, "text": say("layer_page.verdict.range", **values), "ways": []}


def through(calls: Sequence[LayerCall], side: int, n: int) -> int | None:
    """The size along one axis after a chain, None where a layer leaves nothing.

    >>> through([LayerCall((AxisCall.of(4, 2, 1),))] * 3, 0, 8)
    64
    """
    for call in calls:
        try:
            (n,) = LayerCall((call.axes[side],), kind=call.kind).size((n,))
        except LayerError:
            return None
    return n


def _spread(first: int, last: int) -> list[int]:
    count = last - first
    if count < MOST_POINTS:
        return list(range(first, last + 1))
    return sorted({first + count * at // (MOST_POINTS - 1) for at in range(MOST_POINTS)})


def _ticks(low: int, high: int) -> list[int]:
    """Round numbers from low to high for an axis of a chart.

    >>> _ticks(0, 128), _ticks(1, 64)
    ([0, 50, 100], [20, 40, 60])
    """
    step = 1
    while (high - low) / step > 5:
        step = {1: 2, 2: 5, 5: 10}[int(str(step)[0])] * 10 ** (len(str(step)) - 1)
    return [tick for tick in range(-(-low // step) * step, high + 1, step)]
