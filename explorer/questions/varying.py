"""Settings near the stage's own: another question for every seed, and numbers for the head."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np

from explorer.layer import Layer, LayerError, Pair
from explorer.settings import Settings, frozen, one_dimension

Fits = Callable[[Layer, Pair], bool]

LARGEST_CANVAS = 81
"""Cells of the canvas of settings that a seed makes."""
EASY, STEP = 12, 0.5
"""Numbers for the head are multiples of ``STEP`` up to ``EASY``."""
NEW = 3
"""How far from the stage's own settings a parameter leads that they do not use; another value of one they use: 1."""


def always(layer: Layer, size: Pair) -> bool:
    """Whether a kind takes a layer and an input's size: any."""
    return True


def near(settings: Settings, seed: int, fits: Fits = always) -> Settings | None:
    """Settings for a seed: 0 is the nearest to the settings, which are their own where they fit; None where none fit.

    Numbers of X and K stay where their shapes do and the seed is 0; else they are small whole numbers.

    >>> near(Settings(), 0) == Settings(), near(Settings(), 1) == near(Settings(), 2)
    (True, False)
    """
    found = pool(settings.layer, settings.size, one_dimension(settings), fits)
    if not found:
        return None
    layer, size = found[seed % len(found)]
    if seed == 0 and (layer, size) == (settings.layer, settings.size):
        return settings
    return numbered(layer, size, np.random.default_rng(seed))


def numbered(layer: Layer, size: Pair, random: np.random.Generator) -> Settings:
    """Settings with small whole numbers; 0 is none of them, so that every product is seen.

    >>> numbered(Layer(), (2, 2), np.random.default_rng(0)).size
    (2, 2)
    """
    x = random.integers(1, 6, (layer.in_channels, *size)).astype(float)
    k = random.integers(1, 5, layer.weight_shape).astype(float)
    flat = k.reshape(-1)
    if flat.size > 1 and (flat == flat[0]).all():  # such a kernel shows neither its rows nor its columns
        flat[0] += 1
    return Settings(layer, frozen(x), frozen(k))


def is_easy(settings: Settings) -> bool:
    """Whether all numbers are for the head.

    >>> is_easy(Settings()), is_easy(Settings.of([[0.3]], [[1]]))
    (True, False)
    """
    numbers = np.concatenate([np.ravel(settings.input), np.ravel(settings.weight)])
    return bool((np.abs(numbers) <= EASY).all() and (numbers % STEP == 0).all())


def easy(settings: Settings, seed: int) -> Settings:
    """The settings, with small whole numbers where theirs are not for the head."""
    return settings if is_easy(settings) else numbered(settings.layer, settings.size, np.random.default_rng(seed))


@lru_cache(maxsize=64)
def pool(layer: Layer, size: Pair, is_line: bool, fits: Fits) -> list[tuple[Layer, Pair]]:
    """Layers and input sizes that fit, the nearest to the given ones first."""
    found = [(far, at, pair) for at, (far, pair) in enumerate(_near_ones(layer, size, is_line)) if fits(*pair)]
    shuffled = np.random.default_rng(1).permutation(len(found))  # of equal distance: in an order that is no slope
    ranked = sorted(zip(found, shuffled, strict=True), key=lambda one: (one[0][0], one[1]))
    return [pair for (_, _, pair), _ in ranked]


@lru_cache(maxsize=64)
def _near_ones(layer: Layer, size: Pair, is_line: bool) -> tuple[tuple[int, tuple[Layer, Pair]], ...]:
    """The candidates, made once for all kinds of questions."""
    return tuple(_candidates(layer, size, is_line))


def _candidates(layer: Layer, size: Pair, is_line: bool) -> Iterator[tuple[int, tuple[Layer, Pair]]]:
    """(distance, (layer, size)): the given ones at distance 0, and small ones."""
    yield 0, (layer, size)

    def pairs(own: int | Pair, idle: int, values: range, *more: Pair) -> list[tuple[int, Pair]]:
        own = own if isinstance(own, tuple) else (own, own)
        cost = NEW if own[1] == idle and (is_line or own[0] == idle) else 1
        if is_line:
            others = [(idle, value) for value in values if value != own[1]]
        else:
            others = [pair for pair in (*((value, value) for value in values), *more) if pair != own]
        return [(0, own), *((cost, other) for other in others)]

    choices = product(
        pairs(layer.kernel_size, 1, range(2, 5 if is_line else 4)),
        pairs(layer.stride, 1, range(1, 4)),
        pairs(layer.padding, 0, range(3)),
        pairs(layer.output_padding, 0, range(2)),
        pairs(layer.dilation, 1, range(1, 3)),
        pairs(size, 1, range(2, 6 if is_line else 5), (2, 3), (3, 2)),
    )
    for chosen in choices:
        far = sum(cost for cost, _ in chosen)
        kernel, stride, padding, output_padding, dilation, shape = (pair for _, pair in chosen)
        if far == 0:
            continue
        try:
            other = Layer(
                layer.in_channels,
                layer.out_channels,
                kernel,
                stride,
                padding,
                output_padding,
                dilation=dilation,
                groups=layer.groups,
            )
            if prod(other.canvas_size(shape)) <= LARGEST_CANVAS:
                yield far, (other, shape)
        except LayerError:
            continue


MOST_CELLS = 48
"""Cells among which the one to ask about is looked for."""


def some(cells: list[Pair], seed: int) -> list[Pair]:
    """The cells, of very many as many of them as are looked at, in the same order.

    >>> len(some([(0, n) for n in range(1000)], 0)), some([(0, 1)], 0)
    (48, [(0, 1)])
    """
    if len(cells) <= MOST_CELLS:
        return cells
    taken = np.random.default_rng(seed).choice(len(cells), MOST_CELLS, replace=False)
    return [cells[at] for at in sorted(taken.tolist())]
