"""The address: every page as a query string, and back. Nothing that an address says can break the page."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from explorer.afterwards import MOST_CROP, bias_for
from explorer.changing import settled_crop
from explorer.fills import UPSTREAM, Seeds
from explorer.layer import Pair
from explorer.limits import LONGEST
from explorer.mistakes import MISTAKES
from explorer.placing import grid_shape
from explorer.presets import FIRST, VERSION, presets_of
from explorer.session.names import LANGUAGE, OWN, name_notices
from explorer.session.reader import Reader
from explorer.session.values import (
    LARGEST_SEED,
    read_bias,
    read_cell,
    read_channels,
    read_crop,
    read_grid,
    read_one_of,
    read_pair,
    read_seeds,
    read_upstream,
    read_whole,
    seeds_in_use,
    write_grid,
    write_seeds,
    write_upstream,
)
from explorer.settings import (
    CHANNELS,
    LIMITS,
    PAIRS,
    Notice,
    Settings,
    bias_text,
    crop_text,
    frozen,
    one_dimension,
    pair_text,
    settle,
    shape_text,
)
from explorer.text import languages
from explorer.views import VIEWS, View, last_step, nearest_channel
from explorer.views.tracing import channel_of, shows

__all__ = ["OWN", "from_query", "query_of", "to_query"]

RESULT = "result"
"""What ``hide`` hides: Y, or backward dX."""


def _rule(grid: str, field: str, most: int) -> dict[str, Any]:
    """What a notice says of how large a grid may be; ``most`` counts its blocks."""
    rows, columns = (LIMITS[f"{field}_{side}"][1] for side in ("height", "width"))
    return {"grid": grid, "rows": rows, "columns": columns, "longest": LONGEST, "most": most}


_INS, _OUTS = LIMITS["in_channels"][1], LIMITS["out_channels"][1]
GRIDS = {"x": _rule("X", "input", _INS), "k": _rule("K", "kernel", _INS * _OUTS)}


def query_of(search: str) -> dict[str, str]:
    """The parameters of an address as the browser writes it.

    >>> query_of("?x=1%2C2&view=matrix")
    {'x': '1,2', 'view': 'matrix'}
    """
    return dict(parse_qsl(search.removeprefix("?"), keep_blank_values=True))


def from_query(query: Mapping[str, str]) -> tuple[Settings, View, list[Notice]]:
    """Settings and view that an address says; what is bad in it is ignored, and a notice names it.

    What the other parameters do not say is the preset's, or the bare page's.

    >>> settings, view, notices = from_query({"x": "1,2;3,4", "stride": "9"})
    >>> settings.input, settings.layer.stride, notices[0].key
    ((((1.0, 2.0), (3.0, 4.0)),), (1, 1), 'outside_pair')
    """
    reader = Reader(query)
    take = reader.take
    newest = VERSION if "v" in query else 1  # a link without a version is from the time before there were any
    version = take("v", lambda text: read_whole(text, 1, VERSION), newest, low=1, high=VERSION)
    presets = presets_of(version)
    preset = take("preset", lambda text: read_one_of(text, presets), FIRST)
    settings = _settings(reader, presets[preset].settings)
    most = max(settings.layer.in_channels, settings.layer.out_channels) - 1
    channel = take("channel", lambda text: read_channels(text, most), (0, 0), low=0, high=most)
    shape = grid_shape(settings, "upstream")
    read = partial(read_upstream, shape=shape)
    upstream, own = take("upstream", read, (UPSTREAM[0], ()), shape=shape_text(shape))
    view = View(
        view=take("view", lambda text: read_one_of(text, VIEWS), presets[preset].view),
        channel=nearest_channel(settings, channel),
        preset=preset,
        seeds=seeds_in_use(take("seed", read_seeds, Seeds(), low=0, high=LARGEST_SEED), settings, upstream),
        backward=take("backward", lambda text: read_one_of(text, ("0", "1")), "0") == "1",
        upstream=upstream,
        upstream_values=own,
        version=version,
        what_if=take("what_if", lambda text: read_one_of(text, MISTAKES), ""),
    )
    if view.channel != channel:
        reader.notices.append(Notice.of("channel_moved", value="{},{}".format(*view.channel)))
    view = _with_own(reader, settings, view)
    check_language(reader)
    return settings, view, [*reader.notices, *name_notices(query)]


def check_language(reader: Reader) -> None:
    """Say it where an address names a language that there is not. No page is another one in another language."""
    reader.take(LANGUAGE, lambda text: read_one_of(text, languages()), "")


def _with_own(reader: Reader, settings: Settings, view: View) -> View:
    """The view with what the stage itself writes into the address: step, trace, present and hide.

    A traced cell that is not shown chooses the channel, unless the address says one.

    >>> _with_own(Reader({"step": "9"}), Settings(), View()).step
    4
    """
    trace = reader.take("trace", lambda text: read_cell(text, settings), "")
    if trace and "channel" not in reader.query and not shows(settings, view, trace):
        view = replace(view, channel=channel_of(settings, trace, view.channel) or view.channel)
    if trace and not shows(settings, view, trace):
        reader.notices.append(Notice.of("trace_hidden", value=trace))
        trace = ""
    last = last_step(settings, view)
    step = reader.take("step", lambda text: read_whole(text, 0, 10**9), None, low=0, high=last)
    present = reader.take("present", lambda text: read_one_of(text, ("0", "1")), "0") == "1"
    if step is not None and step > last:
        reader.notices.append(Notice.of("step_moved", value=step, last=last))
        step = last
    hide = reader.take("hide", lambda text: read_one_of(text, (RESULT,)), "") == RESULT
    return replace(view, step=step, trace=trace, present=present, hide=hide)


def _settings(reader: Reader, base: Settings) -> Settings:
    x, weight = _grids(reader, base)
    blocks = weight.reshape(-1, *weight.shape[-2:])
    wanted: dict[str, Any] = {"in_channels": len(x), "kernel_size": blocks.shape[1:]}
    for name in CHANNELS[1:]:
        low, high = LIMITS[name]
        read = partial(read_whole, low=low, high=high)
        wanted[name] = reader.take(name, read, getattr(base.layer, name), low=low, high=high)
    for name in PAIRS:
        low, high = LIMITS[name]
        read_both = partial(read_pair, low=low, high=high)
        wanted[name] = reader.take(name, read_both, getattr(base.layer, name), low=low, high=high)
    if x.shape[1] == blocks.shape[1] == 1:
        wanted |= _along_width(wanted, _is_long(x, blocks))
    layer, moved = settle(wanted, x.shape[1:])
    reader.notices += moved
    shape = layer.weight_shape
    if len(blocks) != shape[0] * shape[1]:
        reader.notices.append(Notice.of("refilled", blocks=len(blocks), needed=shape[0] * shape[1]))
        blocks = np.arange(np.prod(shape), dtype=float)
    return _afterwards(reader, Settings(layer, frozen(x), frozen(blocks.reshape(shape))), base)


def _afterwards(reader: Reader, settings: Settings, base: Settings) -> Settings:
    """The settings with what is cropped and added after the layer."""
    layer, count = settings.layer, settings.layer.out_channels
    read = partial(read_crop, is_line=one_dimension(settings))
    wanted = reader.take("crop", read, base.crop, low=0, high=MOST_CROP)
    crop, notices = settled_crop(wanted, layer, settings.size)
    reader.notices += notices
    otherwise = bias_for(base.bias, count)
    bias = reader.take("bias", lambda text: read_bias(text, count), otherwise, channels=count)
    return replace(settings, crop=crop, bias=bias)


def _along_width(wanted: Mapping[str, Any], is_long: bool) -> dict[str, Pair]:
    """padding and output_padding of one row: a single number is meant for the width.

    A row that is no longer than `LIMITS` may have an output of several rows, as it always could.
    """
    padding, output_padding = wanted["padding"], wanted["output_padding"]
    if is_long:
        output_padding = (0, output_padding[1])
    if output_padding[0] == 0 and padding[0] == padding[1]:
        padding = (0, padding[1])
    return {"padding": padding, "output_padding": output_padding}


def _grids(reader: Reader, base: Settings) -> tuple[np.ndarray, np.ndarray]:
    """X and K, as blocks or in the shape of the weight. What is longer than `LIMITS` needs one row in both.

    The one that the address does not say is its first row then.
    """
    x = reader.take("x", lambda text: read_grid(text, "input", GRIDS["x"]["most"]), np.array(base.input), **GRIDS["x"])
    weight = np.array(base.weight)
    k = reader.take("k", lambda text: read_grid(text, "kernel", GRIDS["k"]["most"]), weight, **GRIDS["k"])
    if not _is_long(x, k) or x.shape[-2] == k.shape[-2] == 1:
        return x, k
    long, other = ("x", "k") if x.shape[-1] > GRIDS["x"]["columns"] else ("k", "x")
    if other in reader.query:
        reader.refuse(long, "too_large_grid", **GRIDS[long])
        return (np.array(base.input), k) if long == "x" else (x, weight)
    reader.notices.append(Notice.of("first_row", grid=GRIDS[other]["grid"], other=GRIDS[long]["grid"]))
    return (x, k[..., :1, :]) if long == "x" else (x[..., :1, :], k)


def _is_long(x: np.ndarray, k: np.ndarray) -> bool:
    """Whether X or K is longer than a grid of several rows may be."""
    return bool(x.shape[-1] > GRIDS["x"]["columns"] or k.shape[-1] > GRIDS["k"]["columns"])


def to_query(settings: Settings, view: View) -> dict[str, str]:
    """The address of a page, what is as it is by default (or in the view's preset) left out.

    >>> to_query(Settings.of([[1, 2]], [[1]], stride=2), View(step=1))
    {'x': '1,2', 'k': '1', 'stride': '2', 'step': '1'}
    """
    preset = presets_of(view.version)[view.preset]
    base = preset.settings
    query = {"preset": view.preset} if view.preset != FIRST else {}
    if settings.input != base.input:
        query["x"] = write_grid(settings.input)
    if settings.weight != base.weight:
        query["k"] = write_grid(settings.weight)
    for name in (*PAIRS, *CHANNELS[1:]):
        value = getattr(settings.layer, name)
        if value != getattr(base.layer, name):
            query[name] = pair_text(value) if name in PAIRS else str(value)
    if settings.crop != base.crop:
        query["crop"] = crop_text(settings.crop, one_dimension(settings))
    if settings.bias != bias_for(base.bias, settings.layer.out_channels):
        query["bias"] = bias_text(settings.biases)
    if view.view != preset.view:
        query["view"] = view.view
    optional = {
        "channel": "{},{}".format(*view.channel) if view.channel != (0, 0) else None,
        "step": view.step,
        "trace": view.trace or None,
        "seed": write_seeds(view.seeds, settings, view.upstream) or None,
        "backward": 1 if view.backward else None,
        "upstream": write_upstream(view),
        "present": 1 if view.present else None,
        "what_if": view.what_if or None,
        "hide": RESULT if view.hide else None,
        "v": view.version if view.version != 1 else None,
    }
    return {**query, **{name: str(value) for name, value in optional.items() if value is not None}}
