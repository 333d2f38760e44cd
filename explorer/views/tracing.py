"""Whether a view shows a cell, and in which channels it does."""

import numpy as np

from explorer import relation
from explorer.layer import Pair
from explorer.settings import Settings
from explorer.views import View, direction_of, nearest_channel


def channel_of(settings: Settings, cell: str, channel: Pair) -> Pair | None:
    """The (in, out) channel, near ``channel``, that shows a cell; None where none does: W's zeros between groups.

    ``cell`` is a name of `explorer.views.cell_ranges`.

    >>> settings = Settings.of([[1]], [[[[1]], [[2]]]])
    >>> channel_of(settings, "output:1,0,0", (0, 0))
    (0, 1)
    """
    grid, _, indices = cell.partition(":")
    at = [int(index) for index in indices.split(",")]
    layer = settings.layer
    if grid == "output":
        return nearest_channel(settings, (channel[0], at[0]))
    if grid == "kernel":
        group = at[0] // (layer.in_channels // layer.groups)
        return at[0], group * layer.weight_shape[1] + at[1]
    if grid == "W":
        into = int(np.prod(settings.size)), int(np.prod(settings.output_size))
        shown = at[0] // into[0], at[1] // into[1]
        return shown if shown[0] in relation.inputs_of(layer, shown[1]) else None
    return channel


def shows(settings: Settings, view: View, cell: str) -> bool:
    """Whether a view, in its shown channels, shows a cell of that name.

    >>> settings = Settings.of([[1]], [[[[1]], [[2]]]])
    >>> shows(settings, View(), "output:0,0,0"), shows(settings, View(), "output:1,0,0")
    (True, False)
    """
    grid = cell.partition(":")[0]
    if grid == "zero_inserted":
        return "zero_inserted" in direction_of(view).tables
    if grid == "input":  # the stage shows the channel of the cell that is traced
        return True
    found = channel_of(settings, cell, view.channel)
    return found is not None and found[1] == view.channel[1]
