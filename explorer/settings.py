"""Everything one transposed convolution is computed from, within the page's limits, and how a change settles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import gcd
from typing import Any

import numpy as np

from explorer.layer import Layer, LayerError, Pair

LIMITS: Mapping[str, tuple[int, int]] = {
    "input_height": (1, 8),
    "input_width": (1, 8),
    "kernel_height": (1, 5),
    "kernel_width": (1, 5),
    "stride": (1, 4),
    "padding": (0, 4),
    "output_padding": (0, 3),
    "dilation": (1, 3),
    "in_channels": (1, 4),
    "out_channels": (1, 4),
    "groups": (1, 4),
}
"""Smallest and largest value of each control; the Python functions have no such limits."""

LARGEST_NUMBER = 1e6
PAIRS = ("stride", "padding", "output_padding", "dilation")
CHANNELS = ("in_channels", "out_channels", "groups")


@dataclass(frozen=True)
class Notice:
    """Something the page did unasked: ``key`` names its sentence in explorer/text, ``values`` fill it."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, key: str, **values: object) -> "Notice":
        """A notice with its values as text.

        >>> Notice.of("padding_moved", field="padding", value=1).values
        (('field', 'padding'), ('value', '1'))
        """
        return cls(key, tuple((name, str(value)) for name, value in values.items()))


def frozen(array: np.ndarray) -> tuple:
    """An array as nested tuples, so that it can be a part of a cache key.

    >>> frozen(np.eye(2))
    ((1.0, 0.0), (0.0, 1.0))
    """
    return tuple(map(frozen, array)) if array.ndim > 1 else tuple(array.tolist())


@dataclass(frozen=True)
class Settings:
    """One computation: a layer, an input (C_in, H, W) and a weight of the layer's shape, as nested tuples.

    Hashable: it is the cache key of all that is computed. Raises `LayerError` where they do not fit.

    >>> Settings().layer.output_size(Settings().size)
    (3, 3)
    """

    layer: Layer = Layer()  # noqa: RUF009 (frozen)
    input: tuple = (((0.0, 1.0), (2.0, 3.0)),)
    weight: tuple = ((((0.0, 1.0), (2.0, 3.0)),),)

    def __post_init__(self) -> None:
        self.layer.checked(np.array(self.input), np.array(self.weight))

    @property
    def size(self) -> Pair:
        """(H, W) of the input."""
        return len(self.input[0]), len(self.input[0][0])

    @classmethod
    def of(cls, input: Any, weight: Any, **layer: Any) -> "Settings":
        """Settings from nested lists or arrays; a grid alone stands for one channel. Sizes and C_in follow from them.

        >>> Settings.of([[1, 2, 3]], [[1, 1]], stride=2).layer.kernel_size
        (1, 2)
        """
        x, k = np.array(input, float), np.array(weight, float)
        x, k = x.reshape((1,) * (3 - x.ndim) + x.shape), k.reshape((1,) * (4 - k.ndim) + k.shape)
        groups = layer.get("groups", 1)
        built = Layer(in_channels=len(x), out_channels=k.shape[1] * groups, kernel_size=k.shape[2:], **layer)
        return cls(built, frozen(x), frozen(k))


def common_divisors(layer: Layer) -> list[int]:
    """The values that groups can have: what divides both channel counts.

    >>> common_divisors(Layer(in_channels=4, out_channels=2))
    [1, 2]
    """
    common = gcd(layer.in_channels, layer.out_channels)
    return [n for n in range(1, common + 1) if common % n == 0]


def largest(layer: Layer, size: Pair, field: str) -> Pair:
    """The largest possible value of a paired field on each axis, all else as it is, within `LIMITS`.

    >>> largest(Layer(kernel_size=2), (2, 2), "padding")
    (1, 1)
    """
    limit = LIMITS[field][1]
    if field == "output_padding":
        height, width = (min(limit, max(s, d) - 1) for _, s, _, _, d in layer.axes)
    elif field == "padding":
        full = layer.full_size(size)
        height, width = (min(limit, (n + o - 1) // 2) for n, (_, _, _, o, _) in zip(full, layer.axes, strict=True))
    else:
        height = width = limit
    return height, width


def settle(wanted: Mapping[str, Any], size: Pair) -> tuple[Layer, list[Notice]]:
    """The layer nearest to the wanted values that torch accepts, and a notice for each value that had to move.

    ``wanted`` holds values that are valid alone; what moves is groups, then output_padding, then padding.

    >>> layer, notices = settle({"padding": 2}, (2, 2))
    >>> layer.padding, notices[0].key
    ((1, 1), 'padding_moved')
    """
    notices = []
    values = dict(wanted)
    plain = Layer(**{name: value for name, value in values.items() if name not in ("groups", *PAIRS[1:3])})
    divisors = common_divisors(plain)
    groups = values.get("groups", 1)
    if groups not in divisors:
        nearest = max(n for n in divisors if n <= groups)
        channels = f"{plain.in_channels}, {plain.out_channels}"
        notices.append(Notice.of("groups_moved", was=groups, value=nearest, channels=channels))
        groups = nearest
    layer = replace(plain, groups=groups)
    for field in ("output_padding", "padding"):
        value = values.get(field, (0, 0))
        was: Pair = value if isinstance(value, tuple) else (value, value)
        bound = largest(layer, size, field)
        height, width = (min(pair) for pair in zip(was, bound, strict=True))
        if (height, width) != was:
            notices.append(Notice.of(f"{field}_moved", was=pair_text(was), value=pair_text((height, width))))
        layer = replace(layer, **{field: (height, width)})  # type: ignore[arg-type]
    return layer, notices


def pair_text(pair: Pair) -> str:
    """``2`` or ``2x1``, height × width, as the address writes it.

    >>> pair_text((2, 2)), pair_text((2, 1))
    ('2', '2x1')
    """
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}x{pair[1]}"


def resized(array: np.ndarray, shape: Sequence[int], remembered: np.ndarray | None = None) -> np.ndarray:
    """The array in another shape: numbers that still fit stay, the others come back from ``remembered``.

    ``remembered`` has room for every shape and NaN where there never was a number; a cell that is new
    altogether gets the number that arange gives it.

    >>> resized(np.array([[5.0, 6.0]]), (2, 2)).tolist()
    [[5.0, 6.0], [2.0, 3.0]]
    """
    new = np.arange(np.prod(shape), dtype=float).reshape(shape)
    inside = tuple(slice(n) for n in shape)
    if remembered is not None:
        new = np.where(np.isnan(remembered[inside]), new, remembered[inside])
    kept = tuple(slice(min(pair)) for pair in zip(array.shape, shape, strict=True))
    new[kept] = array[kept]
    return new


@dataclass(frozen=True)
class Memory:
    """The numbers that a smaller grid hides, so that a slider dragged down and up again loses none."""

    input: np.ndarray
    weight: np.ndarray

    @classmethod
    def empty(cls) -> "Memory":
        """Room for the largest grids, and nothing remembered."""
        rows, columns = LIMITS["input_height"][1], LIMITS["input_width"][1]
        below, across = LIMITS["kernel_height"][1], LIMITS["kernel_width"][1]
        ins, outs = LIMITS["in_channels"][1], LIMITS["out_channels"][1]
        return cls(np.full((ins, rows, columns), np.nan), np.full((ins, outs, below, across), np.nan))

    def keep(self, settings: Settings) -> "Memory":
        """This memory with the settings' numbers written over it; itself where it holds them already."""
        return Memory(_written(self.input, settings.input), _written(self.weight, settings.weight))


def _written(room: np.ndarray, values: tuple) -> np.ndarray:
    """The room with the values in its corner; the same array where they stand there already."""
    new = np.array(values)
    corner = tuple(slice(n) for n in new.shape)
    if (room[corner] == new).all():
        return room
    room = room.copy()
    room[corner] = new
    return room


def changed(
    settings: Settings, field: str, value: int | Pair, memory: Memory | None = None
) -> tuple[Settings, list[Notice]]:
    """The settings after one control moved, and what else had to move for it.

    ``field`` is a name of `LIMITS`; a value outside its limits raises `LayerError`.

    >>> moved, notices = changed(Settings(), "kernel_height", 3)
    >>> moved.layer.kernel_size, moved.weight[0][0][2]
    ((3, 2), (4.0, 5.0))
    """
    low, high = LIMITS[field]
    for number in value if isinstance(value, tuple) else (value,):
        if not low <= number <= high:
            raise LayerError(field, value, f"must be from {low} to {high}")
    layer, size = settings.layer, settings.size
    wanted: dict[str, Any] = {name: getattr(layer, name) for name in (*CHANNELS, *PAIRS)}
    kernel: Any = layer.kernel_size
    if field.startswith("input"):
        size = (value, size[1]) if field.endswith("height") else (size[0], value)  # type: ignore[assignment]
    elif field.startswith("kernel"):
        kernel = (value, kernel[1]) if field.endswith("height") else (kernel[0], value)
    else:
        wanted[field] = value
    new, notices = settle({**wanted, "kernel_size": kernel}, size)
    remembered = memory.keep(settings) if memory else Memory.empty()
    x = resized(np.array(settings.input), (new.in_channels, *size), remembered.input)
    k = resized(np.array(settings.weight), new.weight_shape, remembered.weight)
    return Settings(new, frozen(x), frozen(k)), notices


def with_number(settings: Settings, grid: str, at: Sequence[int], value: float) -> Settings:
    """The settings with one number of ``input`` (at c, i, j) or ``kernel`` (at ci, co, a, b) replaced.

    >>> with_number(Settings(), "input", (0, 1, 0), 9.0).input
    (((0.0, 1.0), (9.0, 3.0)),)
    """
    array = np.array(settings.input if grid == "input" else settings.weight)
    array[tuple(at)] = value
    return with_grid(settings, grid, array)


def with_grid(settings: Settings, grid: str, array: np.ndarray) -> Settings:
    """The settings with other numbers in ``input`` or ``kernel``, of the same shape."""
    return replace(settings, input=frozen(array)) if grid == "input" else replace(settings, weight=frozen(array))
