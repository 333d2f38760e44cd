"""How a page shows a computation: the view, its step, the shown channels, and the names of the cells."""

from dataclasses import dataclass

import numpy as np

from explorer import relation
from explorer.fills import FILLS, UPSTREAM, Seeds
from explorer.layer import Pair
from explorer.presets import FIRST, VERSION
from explorer.settings import Settings


@dataclass(frozen=True)
class View:
    """How a page shows its settings; nothing here changes a number.

    ``view`` is a name of `explorer.views.VIEWS`. ``step`` None is everything done. ``trace`` is a cell's name,
    ``channel`` the shown (in, out) channel, ``backward`` the gradient with respect to the input, ``upstream`` the
    fill of dY; in its place ``upstream_values`` are dY's own numbers (C_out, H', W') where it has any. ``seeds`` are
    those of the grids that are random. ``version`` is the version of the addresses by which ``preset`` is understood.
    ``hide``: the result is hidden at first, so that a class is asked. ``mask`` names the cells that are hidden until
    they are revealed, or whole grids; an address does not say it.
    ``what_if`` names one of `explorer.mistakes.MISTAKES`, whose result is shown beside the right one.
    """

    view: str = "scatter"
    step: int | None = None
    trace: str = ""
    channel: Pair = (0, 0)
    preset: str = FIRST
    seeds: Seeds = Seeds()  # noqa: RUF009 (frozen)
    present: bool = False
    hide: bool = False
    backward: bool = False
    upstream: str = UPSTREAM[0]
    upstream_values: tuple = ()
    version: int = VERSION
    mask: tuple[str, ...] = ()
    what_if: str = ""


def nearest_channel(settings: Settings, channel: Pair) -> Pair:
    """The shown (in, out) channel kept within the layer; of two channels in different groups, the output's decides.

    >>> nearest_channel(Settings(), (3, 0))
    (0, 0)
    """
    shown_out = min(channel[1], settings.layer.out_channels - 1)
    inputs = relation.inputs_of(settings.layer, shown_out)
    return channel[0] if channel[0] in inputs else inputs[0], shown_out


def upstream_of(settings: Settings, view: View) -> np.ndarray:
    """The upstream gradient dY (C_out, H', W'): the view's own numbers, or what its fill gives.

    >>> upstream_of(Settings(), View(upstream="ones")).shape
    (1, 3, 3)
    """
    if view.upstream_values:
        return np.array(view.upstream_values)
    return FILLS[view.upstream](settings.output_shape, view.seeds.upstream or 0)


def cell_ranges(settings: Settings) -> dict[str, tuple[int, ...]]:
    """How many values each index of a cell's name has, by the grid's name.

    >>> cell_ranges(Settings())["output"]
    (1, 3, 3)
    """
    layer = settings.layer
    height, width = settings.output_size
    return {
        "input": (layer.in_channels, *settings.size),
        "kernel": layer.weight_shape,
        "output": (layer.out_channels, *layer.canvas_size(settings.size)),
        "zero_inserted": layer.zero_inserted_size(settings.size),
        "W": (layer.in_channels * settings.size[0] * settings.size[1], layer.out_channels * height * width),
    }
