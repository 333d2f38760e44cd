"""The ways to look at a computation. A view is a module of this package, an entry in `VIEWS`, and its texts."""

from collections.abc import Mapping

from explorer.settings import Settings
from explorer.views.gather import GATHER
from explorer.views.kind import Direction, ViewKind
from explorer.views.matrix import MATRIX
from explorer.views.scatter import SCATTER
from explorer.views.view import View, cell_ranges, nearest_channel, upstream_of

__all__ = ["VIEWS", "View", "cell_ranges", "direction_of", "last_step", "nearest_channel", "upstream_of"]

VIEWS: Mapping[str, ViewKind] = {"scatter": SCATTER, "gather": GATHER, "matrix": MATRIX}
"""Every view by its name, in the order in which a page offers them."""


def direction_of(view: View) -> Direction:
    """The direction in which a view is looked at: what it steps through, shows and needs.

    >>> direction_of(View(view="gather")).tables
    ('products', 'zero_inserted', 'windows')
    """
    kind = VIEWS[view.view]
    return kind.backward if view.backward else kind.forward


def last_step(settings: Settings, view: View) -> int:
    """How many steps a view has: one an input cell; in Gather one an output cell of the shown channel.

    >>> last_step(Settings(), View()), last_step(Settings(), View(view="gather"))
    (4, 9)
    """
    return direction_of(view).steps(settings)
