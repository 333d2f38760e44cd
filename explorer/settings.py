"""Everything one transposed convolution is computed from, within the page's limits, and how a change settles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from explorer.layer import Layer, LayerError, Pair
from explorer.limits import CHANNELS, LIMITS, PAIRS, common_divisors, is_one_row, largest, limits
from explorer.memory import Memory

LARGEST_NUMBER = 1e6
NAMES = {"input": "X", "kernel": "K"}
SIDES = ("height", "width")


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


def one_dimension(settings: Settings) -> bool:
    """Whether X, K and what the output can hold are one row, so that the height has nothing to say.

    >>> one_dimension(Settings.of([[1, 2, 3]], [[1, 1]], stride=2)), one_dimension(Settings())
    (True, False)
    """
    return is_one_row(settings.layer, settings.size)


def limits_of(settings: Settings) -> Mapping[str, tuple[int, int]]:
    """`LIMITS` as they are for the settings.

    >>> limits_of(Settings.of([[1, 2]], [[1]]))["input_width"], limits_of(Settings())["input_width"]
    ((1, 16), (1, 8))
    """
    return limits(settings.layer, settings.size)


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


def shape_text(shape: Sequence[int]) -> str:
    """A shape as it is written: its sizes with × between them.

    >>> shape_text((1, 2, 2))
    '1×2×2'
    """
    return "×".join(map(str, shape))


def changed(
    settings: Settings, field: str, value: int | Pair, memory: Memory | None = None
) -> tuple[Settings, list[Notice]]:
    """The settings after one control moved, and what else had to move for it.

    ``field`` is a name of `LIMITS`; a value outside its limits raises `LayerError`. A grid that another size enlarges
    gets its numbers from the ``memory``, and a notice says how; without one its numbers stay and new cells are 0.

    >>> moved, _ = changed(Settings(), "kernel_height", 3)
    >>> moved.layer.kernel_size, moved.weight[0][0][2]
    ((3, 2), (0.0, 0.0))
    """
    low, high = limits_of(settings)[field]
    for number in value if isinstance(value, tuple) else (value,):
        if not low <= number <= high:
            raise LayerError(field, value, f"must be from {low} to {high}")
    layer = settings.layer
    wanted: dict[str, Any] = {name: getattr(layer, name) for name in (*CHANNELS, *PAIRS)}
    sizes = {"input": list(settings.size), "kernel": list(layer.weight_shape[2:])}
    grid, _, side = field.partition("_")
    if side in SIDES:
        sizes[grid][SIDES.index(side)] = value  # type: ignore[assignment]
    else:
        wanted[field] = value
    cut = shorten(sizes, wanted["output_padding"])
    height, width = sizes["input"]
    new, moved = settle({**wanted, "kernel_size": tuple(sizes["kernel"])}, (height, width))
    kept = (memory or Memory.own(settings.input, settings.weight)).keep(settings.input, settings.weight)
    shapes = (new.in_channels, height, width), new.weight_shape
    grown = _growth(kept, settings, shapes) if memory else []
    return Settings(new, frozen(kept.input.at(shapes[0])), frozen(kept.kernel.at(shapes[1]))), moved + cut + grown


def shorten(sizes: dict[str, list[int]], output_padding: int | Pair) -> list[Notice]:
    """Shorten what is too long where X, K or what output_padding adds has several rows, and say so.

    ``sizes`` are [rows, columns] of ``input`` and ``kernel``; they are changed.

    >>> sizes = {"input": [1, 12], "kernel": [2, 2]}
    >>> shorten(sizes, 0)[0].key, sizes["input"]
    ('shortened', [1, 8])
    """
    said = []
    added = output_padding[0] if isinstance(output_padding, tuple) else output_padding
    if max(sizes["input"][0], sizes["kernel"][0], added + 1) > 1:
        for grid, size in sizes.items():
            most = LIMITS[f"{grid}_width"][1]
            if size[1] > most:
                size[1] = most
                said.append(Notice.of("shortened", grid=NAMES[grid], most=most))
    return said


def _growth(kept: Memory, settings: Settings, shapes: Sequence[Sequence[int]]) -> list[Notice]:
    """How the grids come by their numbers in other shapes, where not all of them were there before."""
    said = []
    grids = (("input", kept.input, settings.input), ("kernel", kept.kernel, settings.weight))
    for (grid, one, values), shape in zip(grids, shapes, strict=True):
        growth = one.growth(np.shape(values), shape)
        if growth:
            said.append(Notice.of(f"grown_{growth}", grid=NAMES[grid], fill=one.fill))
    return together(said)


def together(notices: Sequence[Notice]) -> list[Notice]:
    """The notices, where the same is said of how X and K grow as one of both.

    >>> said = together([Notice.of("grown_own", grid=grid, fill="") for grid in ("X", "K")])
    >>> [notice.key for notice in said]
    ['grown_own_both']
    """
    found = list(notices)
    for notice in notices:
        fill = dict(notice.values).get("fill", "")
        pair = [Notice.of(notice.key, grid=grid, fill=fill) for grid in NAMES.values()]
        if notice == pair[0] and pair[1] in found:
            found[found.index(notice)] = Notice.of(f"{notice.key}_both", fill=fill)
            found.remove(pair[1])
    return found


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
