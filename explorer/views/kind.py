"""What a view is made of: in each direction its steps, its grids, and the document's tables that it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from explorer.operation import Gradient, Operation, ScatterSteps
from explorer.settings import Settings
from explorer.views.view import View


class Phrase(NamedTuple):
    """A text of ``explorer/text`` by its dotted ``key``, and what fills its places."""

    key: str
    values: Mapping[str, str]


def phrase(key: str, /, **values: str) -> Phrase:
    """A phrase by its key, its places named.

    >>> phrase("grids.cropped", canvas="3×3").values
    {'canvas': '3×3'}
    """
    return Phrase(key, values)


class Grid(NamedTuple):
    """One grid of a view: its rows and columns, what its colours run to, and what it is.

    Colours run from −``bound`` to ``bound``. ``shape`` is the shape of the whole array; empty where it is not said.
    """

    rows: int
    columns: int
    bound: float
    name: Phrase
    shape: tuple[int, ...] = ()
    note: Phrase | None = None


class Shown(NamedTuple):
    """What a view shows: an operation, the ``steps`` of its shown output channel, and backward the gradient."""

    operation: Operation
    view: View
    steps: ScatterSteps
    gradient: Gradient | None = None


Table = Literal["products", "sums", "zero_inserted", "windows"]


@dataclass(frozen=True)
class Direction:
    """A view in one direction.

    ``steps`` counts its steps. ``grids`` gives its grids by name, in their order on the stage. ``tables`` are those of
    `explorer.documents.schema.Document` which only some views need.
    """

    steps: Callable[[Settings], int]
    grids: Callable[[Shown], dict[str, Grid]]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class ViewKind:
    """A view: forward the transposed convolution, backward the gradient with respect to its input."""

    forward: Direction
    backward: Direction


def bound_of(values: np.ndarray) -> float:
    """The largest magnitude among the finite values, on which colours are centred; 1 where all are 0.

    >>> bound_of(np.array([2.0, -3.0, np.nan])), bound_of(np.zeros(2))
    (3.0, 1.0)
    """
    return float(np.max(np.abs(values), initial=0.0, where=np.isfinite(values))) or 1.0
