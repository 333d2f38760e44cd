"""A grid from elsewhere beside Y: whether they are the same, where not, and which mistake gives exactly that grid."""

from dataclasses import dataclass, field

import numpy as np

from explorer.documents.facts import number
from explorer.documents.messages import message
from explorer.documents.schema import Compared, Message
from explorer.documents.what_if import compared, difference
from explorer.mistakes import MISTAKES, crop_of, diagnose, diagnose_size, right_output
from explorer.mistakes.arrays import is_same, tolerance
from explorer.mistakes.diagnosing import rounding
from explorer.settings import Settings, shape_text


@dataclass(frozen=True)
class Comparison:
    """``state``: ``same``, ``other`` or ``misfit`` (it has not Y's channels). ``messages`` say how far it is from Y.

    ``found`` names the mistakes and relations that give exactly it (`explorer.mistakes.diagnose`). ``grids`` are the
    given one, Y, and where they have one shape the map of their difference.
    """

    state: str
    messages: list[Message]
    found: list[str] = field(default_factory=list)
    grids: list[Compared] = field(default_factory=list)


def comparison(settings: Settings, given: np.ndarray, channel: int) -> Comparison:
    """Compare numbers of 2 to 4 dimensions with Y; one block alone with its ``channel`` where Y has several.

    >>> comparison(Settings(), np.array([[0, 3, 2], [6, 14, 6], [2, 3, 0]]), 0).found
    ['no_flip', 'flipped_kernel']
    """
    right, said = right_output(settings), []
    if given.ndim == 4 and len(given) > 1:
        return Comparison("misfit", [message("compare.batch", shape=shape_text(given.shape))])
    grid = given.reshape(-1, *given.shape[-2:]).astype(float)
    if grid.shape != right.shape and grid.size == right.size and min(grid.shape[1:]) == len(grid) == 1:
        grid = grid.reshape(right.shape)
        said.append(message("compare.vector", shape=shape_text(right.shape)))
    if len(grid) not in (1, len(right)):
        return Comparison("misfit", [message("compare.channels", given=len(grid), right=len(right))])
    only = channel if len(grid) < len(right) else None
    if only is not None:
        right = right[only : only + 1]
        said.append(message("compare.one_channel", channel=str(only)))
    if is_same(grid, right, rounding(grid) + tolerance(settings)):
        return Comparison("same", [*said, _same(grid, right)], grids=[_named(grid, 0, "given", only)])
    said += _sizes(settings, grid) if grid.shape != right.shape else [_differs(grid, right, only)]
    found = diagnose(settings, grid, only)
    cut = crop_of(settings, grid, only) if "another_crop" in found else None
    if cut:
        said.append(message("compare.crop", **dict(zip(("top", "bottom", "left", "right"), cut, strict=True))))
    return Comparison("other", said, found, _grids(grid, right, only))


def _same(grid: np.ndarray, right: np.ndarray) -> Message:
    most = float(np.abs(grid - right).max())
    return message("compare.same_rounded", most=most) if most else message("compare.same")


def _sizes(settings: Settings, grid: np.ndarray) -> list[Message]:
    """That the sizes differ, and which mistakes in the size give just that one."""
    size = settings.output_size
    given = (grid.shape[1], grid.shape[2])
    (top, bottom), (left, right) = settings.crop
    found = diagnose_size(settings.layer, settings.size, (given[0] + top + bottom, given[1] + left + right))
    said = message("compare.size", given=shape_text(given), right=shape_text(size))
    return [said, *(message("compare.size_found", why=message(f"size_mistakes.{name}")) for name in found)]


def _differs(grid: np.ndarray, right: np.ndarray, only: int | None) -> Message:
    """How many cells differ, and which one most: [row, column], with its channel in front where there are several."""
    gaps = np.abs(grid - right)
    at = [int(n) for n in np.unravel_index(gaps.argmax(), gaps.shape)]
    at[0] += only or 0
    shown = at if len(right) > 1 or only is not None else at[1:]
    cell = ",".join(map(str, shown))
    count = int((gaps > rounding(grid)).sum())
    return message("compare.differs", count=count, all=gaps.size, most=number(gaps.max()), cell=cell)


def _grids(grid: np.ndarray, right: np.ndarray, only: int | None) -> list[Compared]:
    """The given channel, Y's and the difference; of several channels the one that differs most."""
    if grid.shape != right.shape:
        return [_named(grid, 0, "given", only), _named(right, 0, "right", only)]
    gaps = difference(grid, right)
    at = int(np.abs(gaps).max(axis=(1, 2)).argmax())
    shown = at if len(right) > 1 else only
    arrays = {"given": grid, "right": right, "difference": gaps}
    return [_named(array, at, name, shown) for name, array in arrays.items()]


def _named(array: np.ndarray, at: int, name: str, channel: int | None) -> Compared:
    title = message(f"compare.{name}")
    if channel is not None:
        title = message("compare.channel", name=title, channel=str(channel))
    return compared(array, at, title)


def thread_of(name: str) -> str:
    """Where a mistake happened; empty for a relation.

    >>> thread_of("flipped_kernel")
    ''
    """
    return MISTAKES[name].thread if name in MISTAKES else ""
