"""The address: every page as a query string, and back. Nothing that an address says can break the page."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from explorer.decimals import LONGEST_NUMBER, Unreadable, format_number, parse_number
from explorer.fills import UPSTREAM
from explorer.layer import Pair
from explorer.presets import FIRST, VERSION, presets_of
from explorer.settings import CHANNELS, LIMITS, PAIRS, Notice, Settings, frozen, pair_text, settle
from explorer.views import VIEWS, View, cell_ranges, last_step, nearest_channel
from explorer.views.tracing import channel_of, shows

OWN = (
    *("preset", "x", "k", *PAIRS, *CHANNELS[1:], "view", "channel", "step", "trace", "seed", "backward", "upstream"),
    *("present", "v"),
)
"""The names that an address of ours may have; all others belong to somebody else and stay as they are."""


def query_of(search: str) -> dict[str, str]:
    """The parameters of an address as the browser writes it.

    >>> query_of("?x=1%2C2&view=matrix")
    {'x': '1,2', 'view': 'matrix'}
    """
    return dict(parse_qsl(search.removeprefix("?"), keep_blank_values=True))


def _write(array: Any) -> str:
    """The blocks of an array (..., rows, columns): , between cells, ; between rows, | between blocks."""
    array = np.array(array)
    blocks = array.reshape(-1, *array.shape[-2:])
    return "|".join(";".join(",".join(map(format_number, row)) for row in block) for block in blocks)


def _read(text: str, field: str, most_blocks: int) -> np.ndarray:
    """The blocks (n, rows, columns) that `_write` wrote; bounded before anything is allocated."""
    rows, columns = (LIMITS[f"{field}_{side}"][1] for side in ("height", "width"))
    if text.count("|") >= most_blocks or len(text) > most_blocks * rows * columns * LONGEST_NUMBER:
        raise Unreadable("too_many_blocks")
    blocks = [[row.split(",") for row in block.split(";")] for block in text.split("|")]
    if len({(len(block), len(row)) for block in blocks for row in block}) != 1:
        raise Unreadable("ragged")
    if len(blocks[0]) > rows or len(blocks[0][0]) > columns:
        raise Unreadable("too_large_grid")
    return np.array([[[parse_number(cell) for cell in row] for row in block] for block in blocks])


def _whole(text: str, low: int, high: int) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", text) or not low <= int(text) <= high:
        raise Unreadable("outside")
    return int(text)


def _pair(text: str, low: int, high: int) -> Pair:
    parts = text.split("x")
    if len(parts) > 2:
        raise Unreadable("outside")
    return _whole(parts[0], low, high), _whole(parts[-1], low, high)


def from_query(query: Mapping[str, str]) -> tuple[Settings, View, list[Notice]]:
    """Settings and view that an address says; what is bad in it is ignored, and a notice names it.

    What the other parameters do not say is the preset's, or the bare page's.

    >>> settings, view, notices = from_query({"x": "1,2;3,4", "stride": "9"})
    >>> settings.input, settings.layer.stride, notices[0].key
    ((((1.0, 2.0), (3.0, 4.0)),), (1, 1), 'outside')
    """
    notices: list[Notice] = []
    take = _taker(query, notices)
    newest = VERSION if "v" in query else 1  # a link without a version is from the time before there were any
    version = take("v", lambda text: _whole(text, 1, VERSION), newest, low=1, high=VERSION)
    presets = presets_of(version)
    preset = take("preset", lambda text: _one_of(text, presets), FIRST)
    settings = _settings(take, presets[preset].settings, notices)
    most = max(settings.layer.in_channels, settings.layer.out_channels) - 1
    channel = take("channel", lambda text: _pair(text.replace(",", "x"), 0, most), (0, 0), low=0, high=most)
    view = View(
        view=take("view", lambda text: _one_of(text, VIEWS), presets[preset].view),
        channel=nearest_channel(settings, channel),
        preset=preset,
        seed=take("seed", lambda text: _whole(text, 0, 2**32 - 1), None, low=0, high=2**32 - 1),
        backward=take("backward", lambda text: _one_of(text, ("0", "1")), "0") == "1",
        upstream=take("upstream", lambda text: _one_of(text, UPSTREAM), UPSTREAM[0]),
        version=version,
    )
    if view.channel != channel:
        notices.append(Notice.of("channel_moved", value="{},{}".format(*view.channel)))
    view, more = _with_own(query, settings, view)
    notices += more
    return settings, view, notices


def _with_own(query: Mapping[str, str], settings: Settings, view: View) -> tuple[View, list[Notice]]:
    """The view with what the stage itself writes into the address: step, trace and present.

    A traced cell that is not shown chooses the channel, unless the address says one.

    >>> _with_own({"step": "9"}, Settings(), View())[0].step
    4
    """
    notices: list[Notice] = []
    take = _taker(query, notices)
    trace = take("trace", lambda text: _cell(text, settings), "")
    if trace and "channel" not in query and not shows(settings, view, trace):
        view = replace(view, channel=channel_of(settings, trace, view.channel) or view.channel)
    if trace and not shows(settings, view, trace):
        notices.append(Notice.of("trace_hidden", value=trace))
        trace = ""
    last = last_step(settings, view)
    step = take("step", lambda text: _whole(text, 0, 10**9), None, low=0, high=last)
    present = take("present", lambda text: _one_of(text, ("0", "1")), "0") == "1"
    if step is not None and step > last:
        notices.append(Notice.of("step_moved", value=step, last=last))
        step = last
    return replace(view, step=step, trace=trace, present=present), notices


def _taker(query: Mapping[str, str], notices: list[Notice]) -> Callable[..., Any]:
    """take(name, read, otherwise): what the query says for a name, or otherwise, and a notice where it is bad."""

    def take(name: str, read: Callable[[str], Any], otherwise: Any, **rule: object) -> Any:
        if name not in query:
            return otherwise
        try:
            return read(query[name])
        except Unreadable as error:
            shown = query[name] if len(query[name]) <= 40 else query[name][:40] + "…"
            notices.append(Notice.of(error.key, field=name, value=shown, **rule))
            return otherwise

    return take


def _settings(take: Callable[..., Any], base: Settings, notices: list[Notice]) -> Settings:
    most = LIMITS["in_channels"][1]
    x = take("x", lambda text: _read(text, "input", most), np.array(base.input))
    weight = np.array(base.weight)
    k = take("k", lambda text: _read(text, "kernel", most * LIMITS["out_channels"][1]), weight)
    blocks = k.reshape(-1, *k.shape[-2:])
    wanted: dict[str, Any] = {"in_channels": len(x), "kernel_size": blocks.shape[1:]}
    for name in ("out_channels", "groups", *PAIRS):
        low, high = LIMITS[name]
        read = _pair if name in PAIRS else _whole
        wanted[name] = take(
            name,
            lambda text, read=read, low=low, high=high: read(text, low, high),
            getattr(base.layer, name),
            low=low,
            high=high,
        )
    layer, moved = settle(wanted, x.shape[1:])
    notices += moved
    shape = layer.weight_shape
    if len(blocks) != shape[0] * shape[1]:
        notices.append(Notice.of("refilled", blocks=len(blocks), needed=shape[0] * shape[1]))
        blocks = np.arange(np.prod(shape), dtype=float)
    return Settings(layer, frozen(x), frozen(blocks.reshape(shape)))


def _one_of(text: str, names: Any) -> str:
    if text not in names:
        raise Unreadable("unknown")
    return text


def _cell(text: str, settings: Settings) -> str:
    grid, _, indices = text.partition(":")
    ranges = cell_ranges(settings).get(grid, ())
    numbers = indices.split(",")
    if not ranges or len(numbers) != len(ranges):
        raise Unreadable("no_cell")
    for number, count in zip(numbers, ranges, strict=True):
        if not re.fullmatch(r"[0-9]{1,6}", number) or int(number) >= count:
            raise Unreadable("no_cell")
    return f"{grid}:{','.join(str(int(number)) for number in numbers)}"


def to_query(settings: Settings, view: View) -> dict[str, str]:
    """The address of a page, what is as it is by default (or in the view's preset) left out.

    >>> to_query(Settings.of([[1, 2]], [[1]], stride=2), View(step=1))
    {'x': '1,2', 'k': '1', 'stride': '2', 'step': '1'}
    """
    preset = presets_of(view.version)[view.preset]
    base = preset.settings
    query = {"preset": view.preset} if view.preset != FIRST else {}
    if settings.input != base.input:
        query["x"] = _write(settings.input)
    if settings.weight != base.weight:
        query["k"] = _write(settings.weight)
    for name in (*PAIRS, *CHANNELS[1:]):
        value = getattr(settings.layer, name)
        if value != getattr(base.layer, name):
            query[name] = pair_text(value) if name in PAIRS else str(value)
    if view.view != preset.view:
        query["view"] = view.view
    optional = {
        "channel": "{},{}".format(*view.channel) if view.channel != (0, 0) else None,
        "step": view.step,
        "trace": view.trace or None,
        "seed": view.seed,
        "backward": 1 if view.backward else None,
        "upstream": view.upstream if view.upstream != UPSTREAM[0] else None,
        "present": 1 if view.present else None,
        "v": view.version if view.version != 1 else None,
    }
    return {**query, **{name: str(value) for name, value in optional.items() if value is not None}}
