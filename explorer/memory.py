"""What X and K hold at another size: the numbers that a smaller grid hides, and the fill that made a grid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from explorer.fills import FILLS

DETECTED = ("arange", "ones", "zeros", "impulse", "identity", "checkerboard", "bilinear", "average", "sobel")
"""The order in which a grid is compared with the fills; the first that makes the same numbers counts."""


@dataclass(frozen=True, eq=False)
class Kept:
    """The numbers of one grid, also those that its present size hides.

    ``numbers`` holds NaN where there never was a number. ``fill`` names the fill that made all of them, with ``seed``
    where it is random; it is empty once somebody changed one of them.
    """

    numbers: np.ndarray
    fill: str = ""
    seed: int = 0

    @classmethod
    def of(cls, grid: Any, seed: int | None = None) -> "Kept":
        """A grid's numbers, and the fill that makes the same ones: the random one where it does so with the seed.

        >>> Kept.of([[[0, 1], [2, 3]]]).fill, Kept.of([[[0, 1], [2, 4]]]).fill
        ('arange', '')
        """
        array = np.array(grid, float)
        for name in DETECTED if seed is None else ("random", *DETECTED):
            if np.array_equal(FILLS[name](array.shape, seed or 0), array):
                return cls(array, name, seed or 0)
        return cls(array)

    def at(self, shape: Sequence[int]) -> np.ndarray:
        """What the grid holds in a shape.

        Numbers that fit stay, and hidden ones come back. Where the shape goes beyond all that is kept, a fill is made
        anew in that shape; own numbers stay, and new cells are 0.

        >>> Kept.of([[[0, 1], [2, 3]]]).at((1, 3, 3))[0].astype(int).tolist()
        [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
        >>> Kept.of([[[5, 1], [2, 3]]]).at((1, 2, 3))[0].astype(int).tolist()
        [[5, 1, 0], [2, 3, 0]]
        """
        if self.fill and not self._holds(shape):
            return FILLS[self.fill](shape, self.seed)
        new = np.zeros(shape)
        both = tuple(slice(min(pair)) for pair in zip(self.numbers.shape, shape, strict=True))
        new[both] = np.nan_to_num(self.numbers[both], nan=0.0)
        return new

    def growth(self, before: Sequence[int], shape: Sequence[int]) -> str:
        """How the grid comes by its numbers where its shape changes.

        ``fill`` where they are its fill's in the new shape, ``own`` where new cells are 0; empty where all were there.

        >>> Kept.of([[[0, 1]]]).growth((1, 1, 2), (1, 2, 2)), Kept.of([[[7, 1]]]).growth((1, 1, 2), (1, 2, 2))
        ('fill', 'own')
        """
        if tuple(before) == tuple(shape) or (self._holds(before) and self._holds(shape)):
            return ""
        if self.fill:
            return "fill"
        return (
            "own" if not self._holds(shape) and any(new > old for old, new in zip(before, shape, strict=True)) else ""
        )

    def keep(self, grid: Any) -> "Kept":
        """This with a grid's numbers written over it; itself where the grid is what it holds in that shape."""
        array = np.array(grid, float)
        if np.array_equal(self.at(array.shape), array):
            return self
        room = np.full(np.maximum(self.numbers.shape, array.shape), np.nan)
        for numbers in (self.numbers, array):
            room[tuple(map(slice, numbers.shape))] = numbers
        return Kept(room)

    def seed_of(self, shape: Sequence[int]) -> int | None:
        """The seed where the grid of that shape is the random fill; else None."""
        if self.fill != "random" or not np.array_equal(self.at(shape), FILLS["random"](shape, self.seed)):
            return None
        return self.seed

    def _holds(self, shape: Sequence[int]) -> bool:
        """Whether every cell of a shape has a number."""
        if any(new > kept for new, kept in zip(shape, self.numbers.shape, strict=True)):
            return False
        return not np.isnan(self.numbers[tuple(map(slice, shape))]).any()


@dataclass(frozen=True, eq=False)
class Memory:
    """What is kept of X (``input``) and of K (``kernel``), so that a slider dragged down and up again loses nothing."""

    input: Kept
    kernel: Kept

    @classmethod
    def of(cls, input: Any, weight: Any, seeds: Sequence[int | None] = (None, None)) -> "Memory":
        """A page as it arrives: its grids, and the fills that make them; ``seeds`` are those of X and K."""
        return cls(Kept.of(input, seeds[0]), Kept.of(weight, seeds[1]))

    @classmethod
    def own(cls, input: Any, weight: Any) -> "Memory":
        """Grids whose numbers are somebody's own: what is new in them is 0, whatever they hold."""
        return cls(Kept(np.array(input, float)), Kept(np.array(weight, float)))

    def keep(self, input: Any, weight: Any) -> "Memory":
        """This memory with the grids' numbers written over it."""
        return Memory(self.input.keep(input), self.kernel.keep(weight))

    def seeds(self, input: Any, weight: Any) -> tuple[int | None, int | None]:
        """The seeds of X and K, where they are what the random fill makes of them."""
        return self.input.seed_of(np.shape(input)), self.kernel.seed_of(np.shape(weight))

    def filled(self, grid: str, name: str, shape: Sequence[int], seed: int = 0) -> "Memory":
        """This memory after a fill of ``input`` or ``kernel``: what was hidden there is gone.

        >>> Memory.own([[[5]]], [[[[6]]]]).filled("input", "ones", (1, 2, 2)).input.numbers.tolist()
        [[[1.0, 1.0], [1.0, 1.0]]]
        """
        kept = Kept(FILLS[name](shape, seed), name, seed)
        return replace(self, input=kept) if grid == "input" else replace(self, kernel=kept)
