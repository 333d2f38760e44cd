"""The page that a notebook shows: an address, with a caller's own numbers and layer in place of those it says."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import numpy as np

from explorer.changing import refitted
from explorer.layer import Layer, LayerError
from explorer.limits import limits
from explorer.links import search_of
from explorer.notices import notice_text
from explorer.session.address import to_query
from explorer.session.page import Page, memory_of
from explorer.session.session import Session
from explorer.settings import LARGEST_NUMBER, LIMITS, PAIRS
from explorer.views import nearest_channel


def session_of(address: str = "", input: Any = None, weight: Any = None, layer: Layer | None = None) -> Session:
    """A session that shows an address's page, with what is given in place of what the address says.

    ``input`` is (H, W) or (C_in, H, W), ``weight`` (kH, kW) or (C_in, C_out // groups, kH, kW). Without a ``layer`` its
    channels and kernel_size follow from them. What is not given follows from the rest, as where a control is moved: a
    fill goes on, of other numbers those that fit stay and new cells are 0. Raises `LayerError` where the shapes do not
    fit, and where something is beyond what a page can show.

    >>> session_of("?stride=2", weight=np.ones((3, 3))).page.settings.layer
    Layer(in_channels=1, out_channels=1, kernel_size=(3, 3), stride=(2, 2), padding=(0, 0), output_padding=(0, 0), \
dilation=(1, 1), groups=1)
    """
    session = Session.at(search_of(address))
    if input is None and weight is None and layer is None:
        return session
    old, view = session.page.settings, session.page.view
    x = None if input is None else _grids("input", input, 3)
    k = None if weight is None else _grids("weight", weight, 4)
    layer = layer or _layer_of(old.layer, x, k)
    _check_limits(layer, old.size if x is None else x.shape[1:])
    memory = memory_of(old, view)
    if x is None:
        x = memory.input.at((layer.in_channels, *old.size))
    if k is None:
        k = memory.kernel.at(layer.weight_shape)
    settings, moved = refitted(old, layer, x, k)
    view = replace(view, channel=nearest_channel(settings, view.channel))
    view = Page(settings, view).with_fitting_upstream().view
    found = Session.at(f"?{urlencode(to_query(settings, view))}")
    found.notices = [*session.notices, *map(notice_text, moved), *found.notices]
    return found


def _grids(name: str, value: Any, ndim: int) -> np.ndarray:
    """An array of numbers of so many dimensions; a grid alone stands for one channel."""
    array = np.asarray(value, float)
    if array.ndim not in (2, ndim):
        raise LayerError(name, array.shape, f"must have 2 or {ndim} dimensions")
    if not (np.abs(array) <= LARGEST_NUMBER).all():  # NaN is not
        beyond = array[~(np.abs(array) <= LARGEST_NUMBER)][0]
        raise LayerError(name, beyond, f"must hold numbers between -{LARGEST_NUMBER:.0f} and {LARGEST_NUMBER:.0f}")
    return array.reshape((1,) * (ndim - array.ndim) + array.shape)


def _layer_of(layer: Layer, x: np.ndarray | None, k: np.ndarray | None) -> Layer:
    """The layer with the channels and the kernel_size that an input and a weight have."""
    if k is not None:
        kernel_size = (k.shape[2], k.shape[3])
        layer = replace(layer, in_channels=len(k), out_channels=k.shape[1] * layer.groups, kernel_size=kernel_size)
    return layer if x is None else replace(layer, in_channels=len(x))


def _check_limits(layer: Layer, size: tuple[int, ...]) -> None:
    """Refuse what a page cannot show."""
    values: dict[str, Any] = dict(zip(("input_height", "input_width"), size, strict=True))
    values |= dict(zip(("kernel_height", "kernel_width"), layer.kernel_size, strict=True))  # type: ignore[arg-type]
    values |= {name: getattr(layer, name) for name in LIMITS if name not in values}
    allowed = limits(layer, (size[0], size[1]))
    for name, value in values.items():
        low, high = allowed[name]
        for number in value if name in PAIRS else (value,):
            if not low <= number <= high:
                raise LayerError(name, value, f"must be from {low} to {high} to be shown")
