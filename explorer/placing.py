"""Numbers that were read, put into X, K or dY: which channels they go to, what they enlarge, what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from explorer.changing import refitted, shorten
from explorer.layer import Layer, Pair
from explorer.limits import CHANNELS, LIMITS, PAIRS, limits
from explorer.notice import Notice
from explorer.settings import Settings, settle, shape_text

NAMES = {"input": "X", "kernel": "K", "upstream": "dY"}
"""The grids that a person can write into, and what they are called on the page."""


class Misfit(ValueError):
    """Numbers whose shape does not fit the grid; ``key`` names the reason in the texts and ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = {name: str(value) for name, value in values.items()}


@dataclass(frozen=True)
class Place:
    """Where numbers go: the ``grid``, its shown channel, (c,) or (ci, co), and the ``corner`` from which they go down
    and right. Without a corner they replace what is there."""

    grid: str
    channel: tuple[int, ...]
    corner: Pair | None = None


class Placed(NamedTuple):
    """The settings and dY (C_out, H', W') with the numbers in them; ``is_whole``: they went into every channel."""

    settings: Settings
    upstream: np.ndarray | None
    notices: list[Notice]
    is_whole: bool


class _Target(NamedTuple):
    """The numbers as (…, rows, columns), the channels of the grid that they fill, and how many it has with them."""

    numbers: np.ndarray
    where: tuple[slice, ...]
    channels: tuple[int, ...]
    groups: int


def grid_shape(settings: Settings, grid: str) -> tuple[int, ...]:
    """The shape of X, K or dY.

    >>> grid_shape(Settings(), "upstream")
    (1, 3, 3)
    """
    layer, size = settings.layer, settings.size
    shapes = {"input": (layer.in_channels, *size), "upstream": settings.output_shape}
    return shapes.get(grid, layer.weight_shape)


def fitted(array: np.ndarray, shape: Sequence[int]) -> np.ndarray:
    """The array in another shape: numbers that fit stay, new cells are 0.

    >>> fitted(np.array([[5.0, 6.0]]), (2, 1)).tolist()
    [[5.0], [0.0]]
    """
    new = np.zeros(shape)
    kept = tuple(slice(min(pair)) for pair in zip(array.shape, shape, strict=True))
    new[kept] = array[kept]
    return new


def placed(settings: Settings, numbers: np.ndarray, place: Place, upstream: np.ndarray | None = None) -> Placed:
    """The settings, or dY, with numbers of 2 to 4 dimensions put in their place.

    One block goes into the shown channel; the others keep their numbers, and new cells are 0. Several blocks go into
    all channels, whose count becomes theirs, and the other grid follows. X and K grow as far as `LIMITS` go; dY keeps
    its shape. Numbers beyond are left out, and a notice says so. Raises `Misfit` where the shape does not fit.

    >>> placed(Settings(), np.array([[5.0, 6.0, 7.0]]), Place("input", (0,), (1, 0))).settings.input
    (((0.0, 1.0, 0.0), (5.0, 6.0, 7.0)),)
    """
    given = {"input": settings.input, "kernel": settings.weight, "upstream": upstream}[place.grid]
    old = np.array(given, float)
    target = _target(settings.layer, numbers, place)
    most = _most(settings, target.numbers.shape[-2], place)
    size = _size(old.shape[-2:], target.numbers.shape[-2:], place, most)
    new = fitted(old, (*target.channels, *size))
    is_cut = _write(new, target, place)
    notices = (
        [Notice.of("cut", grid=NAMES[place.grid], shape=shape_text(_limits(old.shape, target, place, most)))]
        if is_cut
        else []
    )
    is_whole = all(part == slice(0, count) for part, count in zip(target.where, target.channels, strict=True))
    if place.grid == "upstream":
        return Placed(settings, new, notices, is_whole)
    if place.corner and new.shape != old.shape:
        shape = new.shape[-2:] if target.channels == old.shape[:-2] else new.shape
        notices.insert(0, Notice.of("enlarged", grid=NAMES[place.grid], shape=shape_text(shape)))
    changed, more = _settled(settings, place.grid, new, target.groups)
    return Placed(changed, upstream, [*notices, *more], is_whole)


def _target(layer: Layer, numbers: np.ndarray, place: Place) -> _Target:
    """Which channels numbers go to. A leading dimension of 1 is that of a batch, or of the shown channel."""
    shown = tuple(slice(one, one + 1) for one in place.channel)
    channels = layer.weight_shape[:2] if place.grid == "kernel" else (_count(layer, place.grid),)
    if numbers.ndim == 2 or (numbers.ndim == 3 and len(numbers) == 1):
        return _Target(numbers.reshape((1,) * len(shown) + numbers.shape[-2:]), shown, channels, layer.groups)
    if place.grid == "kernel":
        return _kernels(layer, numbers)
    if numbers.ndim == 4 and len(numbers) > 1:
        raise Misfit("batch", grid=NAMES[place.grid], shape=shape_text(numbers.shape), batch=len(numbers))
    blocks = numbers[0] if numbers.ndim == 4 else numbers
    count = min(len(blocks), LIMITS["in_channels"][1])
    if place.grid == "upstream" and len(blocks) != channels[0]:
        raise Misfit("channels", grid="dY", shape=shape_text(numbers.shape), channels=channels[0])
    return _Target(blocks, (slice(0, count),), (count,), layer.groups)


def _count(layer: Layer, grid: str) -> int:
    return layer.in_channels if grid == "input" else layer.out_channels


def _kernels(layer: Layer, numbers: np.ndarray) -> _Target:
    """The channels that several kernels go to, in the order of torch's weight."""
    ins, per_group = layer.weight_shape[:2]
    groups = layer.groups
    if numbers.ndim == 3:
        sizes = numbers.shape[1:]
        if len(numbers) == ins * per_group:
            numbers = numbers.reshape(ins, per_group, *sizes)
        elif ins == 1:
            numbers = numbers[np.newaxis]
        elif layer.out_channels == 1:
            numbers = numbers[:, np.newaxis]
        else:
            values = {"ins": ins, "outs": layer.out_channels, "needed": ins * per_group}
            raise Misfit("kernels", shape=shape_text(numbers.shape), count=len(numbers), **values)
    count = min(len(numbers), LIMITS["in_channels"][1])
    groups = groups if count % groups == 0 else 1
    each = min(numbers.shape[1], LIMITS["out_channels"][1] // groups)
    return _Target(numbers, (slice(0, count), slice(0, each)), (count, each), groups)


def _most(settings: Settings, rows: int, place: Place) -> Pair:
    """The most rows and columns of a grid with a block of so many rows in it: one row of X and K may be `LONGEST`."""
    if place.grid == "upstream":
        return settings.output_size
    (kernel_rows, *_), _ = settings.layer.axes
    held = {"input": settings.size[0], "kernel": kernel_rows}
    held[place.grid] = rows if place.corner is None else max(held[place.grid], place.corner[0] + rows)
    layer = replace(settings.layer, kernel_size=(held["kernel"], settings.layer.weight_shape[3]))
    found = limits(layer, (held["input"], settings.size[1]))
    return found[f"{place.grid}_height"][1], found[f"{place.grid}_width"][1]


def _limits(old: tuple[int, ...], target: _Target, place: Place, size: Pair) -> tuple[int, ...]:
    """The largest shape that the grid can have; its channels are named where some found no room."""
    if place.grid == "upstream":
        return old[-2:]
    is_beyond = any(n > part.stop - part.start for n, part in zip(target.numbers.shape, target.where, strict=False))
    return (*target.channels, *size) if is_beyond else size


def _size(old: Sequence[int], block: Sequence[int], place: Place, most: Pair) -> Pair:
    """Rows and columns of the grid with a block in it."""
    if place.grid == "upstream":
        return old[0], old[1]
    corner = place.corner or (0, 0)
    reached = [min(first + length, limit) for first, length, limit in zip(corner, block, most, strict=True)]
    return (reached[0], reached[1]) if place.corner is None else (max(old[0], reached[0]), max(old[1], reached[1]))


def _write(array: np.ndarray, target: _Target, place: Place) -> bool:
    """Write the numbers into an array; whether some found no room."""
    part = array[target.where]
    if place.corner is None:
        part[...] = 0.0
    top, left = place.corner or (0, 0)
    room = part[..., top:, left:]
    both = tuple(slice(min(pair)) for pair in zip(room.shape, target.numbers.shape, strict=True))
    room[both] = target.numbers[both]
    return any(there < wanted for there, wanted in zip(room.shape, target.numbers.shape, strict=True))


def _settled(settings: Settings, grid: str, array: np.ndarray, groups: int) -> tuple[Settings, list[Notice]]:
    """The settings with another X or K, and what had to move for it.

    The other grid follows in its channels, and it is shortened where it is too long beside several rows.
    """
    layer = settings.layer
    wanted: dict[str, Any] = {name: getattr(layer, name) for name in (*CHANNELS, *PAIRS)}
    sizes = {"input": list(settings.size), "kernel": list(layer.weight_shape[2:])} | {grid: list(array.shape[-2:])}
    notices = shorten(sizes, layer.output_padding)
    array = array[..., : sizes[grid][1]]
    height, width = sizes["input"]
    wanted |= {"kernel_size": tuple(sizes["kernel"]), "in_channels": len(array)}
    if grid == "kernel":
        wanted |= {"out_channels": array.shape[1] * groups, "groups": groups}
        if groups != layer.groups:
            channels = f"{len(array)}, {array.shape[1]}"
            notices.append(Notice.of("groups_moved", was=layer.groups, value=groups, channels=channels))
    new, moved = settle(wanted, (height, width))
    x = array if grid == "input" else fitted(np.array(settings.input), (new.in_channels, height, width))
    k = array if grid == "kernel" else fitted(np.array(settings.weight), new.weight_shape)
    for name, now, before in (("input", x, settings.input), ("kernel", k, settings.weight)):
        if name != grid and now.shape != np.shape(before):
            notices.append(Notice.of("followed", grid=NAMES[name], shape=shape_text(now.shape)))
    found, after = refitted(settings, new, x, k)
    return found, [*notices, *moved, *after]
