"""What is usual: which hyper-parameters networks have, and what speaks for and against any others.

Facts with their sources are data here. What counts against an answer are numbers; their sum orders the answers, the
smallest first, and the same judgements are the reasons that a page gives.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import gcd
from typing import NamedTuple

from explorer.solving.ways import Axis, Way


@lru_cache
def patterns(axis: Axis, s: int) -> Mapping[Way, str]:
    """Hyper-parameters that published networks have at a stride, the most usual first -> the key of the fact.

    ``double``: kernel twice the stride, half a stride cropped: PyTorch's DCGAN example (4, 2, 1), HiFi-GAN
    (16, 8, 4), and with output_padding where the stride is odd MelGAN. ``three``: CycleGAN's generator. ``blocks``:
    U-Net, blocks side by side. ``five``: CompressAI's decoders. ``bilinear``: the smallest odd kernel that holds
    bilinear interpolation, with which FCN begins. ``same``: 3×3, the size stays. ``whole``: DCGAN's first layer, in
    which one cell becomes the kernel.

    >>> [way[:4] for way in patterns(Axis(16, 32), 2)]
    [(4, 2, 1, 0), (3, 2, 1, 1), (2, 2, 0, 0), (5, 2, 2, 1)]
    """
    if s == 1:
        whole = {Way(axis.target, 1, 0, 0, 1): "whole"} if axis.size == 1 else {}
        return whole | {Way(3, 1, 1, 0, 1): "same"}
    double, blocks = Way(2 * s, s, (s + 1) // 2, s % 2, 1), Way(s, s, 0, 0, 1)
    if s == 2:
        return {double: "double", Way(3, 2, 1, 1, 1): "three", blocks: "blocks", Way(5, 2, 2, 1, 1): "five"}
    if s % 2:
        return {double: "double", blocks: "blocks", Way(2 * s - 1, s, (s - 1) // 2, 0, 1): "bilinear"}
    return {double: "double", blocks: "blocks"}


def usual_name(axis: Axis, way: Way) -> str:
    """The key of the pattern that one axis of an answer is, empty where it is none."""
    return patterns(axis, way.stride).get(way, "")


class Facts(NamedTuple):
    """What is true of one axis of an answer; counts in cells, 0 or empty where there is nothing to say.

    ``usual``: the key of its pattern. ``gap``: cells of each stride that no stamp reaches; of one input cell's stamp,
    cells of each dilation. ``uneven``: overlaps differ from cell to cell though there is no gap. ``tail``: cells at the
    end that output_padding adds beyond every stamp. ``overcropped``: what padding crops at both ends together, less a
    stamp's reach d(k−1). ``idle``: one input cell has no next one that the stride could place. ``multiple``: the output
    is so many times the input for every size of input, 0 if not. ``misses``: the target is a multiple of the size, and
    this layer makes that multiple of some sizes only. ``distance``: quarters of a stride from a kernel of two strides.
    """

    usual: str
    gap: int
    uneven: bool
    tail: int
    overcropped: int
    idle: bool
    multiple: int
    misses: bool
    distance: int


def facts(axis: Axis, way: Way) -> Facts:
    """What is true of one axis of an answer.

    >>> facts(Axis(16, 32), Way(3, 2, 1, 1, 1))[:4]
    ('three', 0, True, 0)
    """
    k, s, p, o, d = way
    n, t = axis
    reached = min(k, s // gcd(d, s))  # cells of each stride, by their place in it
    gap = s - reached if n > 1 else min(k - 1, 1) * (d - 1)
    multiple = s if d * (k - 1) + 1 - 2 * p + o == s else 0
    return Facts(
        usual=usual_name(axis, way),
        gap=gap,
        uneven=n > 1 and not gap and k % s > 0,
        tail=max(o - p, 0),
        overcropped=max(2 * p - d * (k - 1), 0),
        idle=n == 1 and s > 1,
        multiple=multiple,
        misses=n > 1 and t % n == 0 and not multiple,
        distance=4 * abs(k - 2 * s) // s,
    )


USUAL = -100
"""What a pattern of `patterns` counts, and one more for each that is more usual."""

# What counts against an answer. Of cells that are too many, eighths of a stride count on top.
DILATED, OVERCROPPED, GAP, IDLE, TAIL, MISSES, UNEVEN, OUTPUT_PADDING = 50, 40, 30, 20, 8, 6, 2, 1
CROP_LESS = 3  # output_padding gives two cells back that one cell of padding less would not have cropped


def price(axis: Axis, way: Way) -> int:
    """What counts against one axis of an answer: the less, the more usual.

    >>> price(Axis(16, 32), Way(4, 2, 1, 0, 1)) < price(Axis(16, 32), Way(6, 2, 2, 0, 1))
    True
    """
    known = facts(axis, way)
    if known.usual:
        return USUAL + list(patterns(axis, way.stride)).index(way)
    total = DILATED * (way.dilation - 1) + known.distance + CROP_LESS * (way.output_padding // 2)
    if known.overcropped:
        total += OVERCROPPED + 8 * known.overcropped // way.stride
    if known.gap:
        total += GAP + 8 * known.gap // way.stride
    if known.tail:
        total += TAIL + 8 * known.tail // way.stride
    if known.idle:
        total += IDLE
    if known.misses:
        total += MISSES
    if known.uneven:
        total += UNEVEN
    return total + OUTPUT_PADDING if way.output_padding else total


def is_sound(axis: Axis, way: Way) -> bool:
    """Whether nothing speaks against one axis: stamps reach every cell, and padding crops half of a stamp at most."""
    known = facts(axis, way)
    return not (known.gap or known.tail or known.overcropped or known.idle) and way.dilation == 1
