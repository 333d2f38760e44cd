"""Everything one transposed convolution is computed from, within the page's limits, and how a change settles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from explorer.afterwards import (
    NO_CROP,
    Block,
    Ends,
    checked_bias,
    checked_crop,
    cropped,
    trimmed,
    with_bias,
)
from explorer.layer import Layer, Pair
from explorer.limits import CHANNELS, LIMITS, PAIRS, common_divisors, is_one_row, largest, limits
from explorer.notice import Notice

__all__ = [
    "CHANNELS",
    "LARGEST_NUMBER",
    "LIMITS",
    "PAIRS",
    "Notice",
    "Settings",
    "bias_text",
    "crop_text",
    "frozen",
    "limits_of",
    "one_dimension",
    "pair_text",
    "settle",
    "shape_text",
    "with_grid",
    "with_number",
]

LARGEST_NUMBER = 1e6


def frozen(array: np.ndarray) -> tuple:
    """An array as nested tuples, so that it can be a part of a cache key; equal rows of floats are one and the same.

    >>> frozen(np.eye(2))
    ((1.0, 0.0), (0.0, 1.0))
    """
    if array.ndim > 1:
        return tuple(map(frozen, array))
    return _row(array.tobytes()) if array.dtype == np.float64 else tuple(array.tolist())


@lru_cache(maxsize=4096)
def _row(values: bytes) -> tuple[float, ...]:
    """The float64 numbers of a row. Visitors, and the pages that undo brings back, share most of them."""
    return tuple(memoryview(values).cast("d"))


@dataclass(frozen=True)
class Settings:
    """One computation: a layer, an input (C_in, H, W) and a weight of the layer's shape, as nested tuples.

    After the layer, and no part of it, ``crop`` cuts ((top, bottom), (left, right)) cells from its output, and then
    ``bias`` adds a number to each output channel (empty: none). See `explorer.afterwards`.
    Hashable: it is the cache key of all that is computed. Raises `LayerError` where they do not fit.

    >>> Settings().layer.output_size(Settings().size), Settings(crop=((0, 1), (0, 0))).output_size
    ((3, 3), (2, 3))
    """

    layer: Layer = Layer()  # noqa: RUF009 (frozen)
    input: tuple = (((0.0, 1.0), (2.0, 3.0)),)
    weight: tuple = ((((0.0, 1.0), (2.0, 3.0)),),)
    crop: Ends = NO_CROP
    bias: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        self.layer.checked(np.array(self.input), np.array(self.weight))
        object.__setattr__(self, "crop", checked_crop(self.crop, self.layer.output_size(self.size)))
        object.__setattr__(self, "bias", checked_bias(self.bias, self.layer.out_channels))

    @property
    def size(self) -> Pair:
        """(H, W) of the input."""
        return len(self.input[0]), len(self.input[0][0])

    @property
    def window(self) -> Block:
        """(top, left, height, width) of the output within the canvas, once it is cropped."""
        return trimmed(self.layer.window(self.size), self.crop)

    @property
    def output_size(self) -> Pair:
        """(H', W') of the output, once it is cropped."""
        return self.window[2:]

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(C_out, H', W') of the output, once it is cropped."""
        return self.layer.out_channels, *self.output_size

    @property
    def zero_inserted_window(self) -> Block:
        """What the flipped kernel slides over for the output, once it is cropped, as `Layer.zero_inserted_window`."""
        return trimmed(self.layer.zero_inserted_window(self.size), self.crop)

    @property
    def biases(self) -> tuple[float, ...]:
        """The number that is added to each output channel."""
        return self.bias or (0.0,) * self.layer.out_channels

    @property
    def plain(self) -> "Settings":
        """The layer alone: nothing is cropped or added after it."""
        return replace(self, crop=NO_CROP, bias=())

    def after(self, output: np.ndarray) -> np.ndarray:
        """What an output (C_out, h, w) of the layer becomes: cropped, then with the bias.

        >>> Settings(crop=((0, 2), (0, 2)), bias=(0.5,)).after(np.ones((1, 3, 3))).tolist()
        [[[1.5]]]
        """
        return with_bias(cropped(output, self.crop), self.bias)

    @classmethod
    def of(
        cls, input: Any, weight: Any, *, crop: Any = NO_CROP, bias: Sequence[float] = (), **layer: Any
    ) -> "Settings":
        """Settings from nested lists or arrays; a grid alone stands for one channel. Sizes and C_in follow from them.

        >>> Settings.of([[1, 2, 3]], [[1, 1]], stride=2).layer.kernel_size
        (1, 2)
        """
        x, k = np.array(input, float), np.array(weight, float)
        x, k = x.reshape((1,) * (3 - x.ndim) + x.shape), k.reshape((1,) * (4 - k.ndim) + k.shape)
        groups = layer.get("groups", 1)
        built = Layer(in_channels=len(x), out_channels=k.shape[1] * groups, kernel_size=k.shape[2:], **layer)
        return cls(built, frozen(x), frozen(k), crop, tuple(bias))


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


def crop_text(crop: Ends, is_line: bool = False) -> str:
    """``0,1`` or ``0,1;2,0``, start and end of height and width, as the address writes it; one row has no height.

    >>> crop_text(((0, 1), (0, 1))), crop_text(((0, 1), (2, 0))), crop_text(((0, 0), (2, 0)), True)
    ('0,1', '0,1;2,0', '2,0')
    """
    height, width = ("{},{}".format(*ends) for ends in crop)
    return width if height == width or is_line else f"{height};{width}"


def bias_text(bias: Sequence[float]) -> str:
    """``0.5`` where all channels have that, else ``0.5,1``, as the address writes it.

    >>> bias_text((0.5, 0.5)), bias_text((0.5, 1.0))
    ('0.5', '0.5,1')
    """
    shown = bias[:1] if len(set(bias)) == 1 else bias
    return ",".join(np.format_float_positional(value + 0.0, trim="-") for value in shown)


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
