"""The pages that sliders lead to: one for every combination of their parameters' values that is possible."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from explorer.changing import refitted
from explorer.export.options import SLIDERS, OptionError
from explorer.layer import Layer, LayerError
from explorer.limits import LIMITS, PAIRS, common_divisors
from explorer.session.page import Page, along_width, holding
from explorer.settings import Settings, one_dimension, pair_text
from explorer.text import say

Values = tuple[int, ...]


def combinations(page: Page, names: Sequence[str]) -> dict[Values, Page]:
    """The page at every possible combination of the values that these parameters have on it, by the values.

    ``names`` are of `SLIDERS`, and the values are in the order of that. A parameter is the same along height and
    width, as a page's slider sets it. Raises `OptionError` where it is not so on the page itself.

    >>> found = combinations(Page(), ["padding", "stride"])
    >>> list(found)[:3], len(found), found[2, 1].settings.layer.padding
    ([(1, 0), (1, 1), (2, 0)], 10, (1, 1))
    """
    ordered = ordered_names(names)
    own = own_values(page, ordered)
    choices = [_choices(page.settings.layer, name) for name in ordered]
    moved = {values: _moved(page, dict(zip(ordered, values, strict=True))) for values in product(*choices)}
    return {values: page if values == own else one for values, one in moved.items() if one}


def ordered_names(names: Sequence[str]) -> list[str]:
    """The names in the order of `SLIDERS`."""
    return [name for name in SLIDERS if name in names]


def _value(settings: Settings, name: str) -> int:
    value: Any = getattr(settings.layer, name)
    if name not in PAIRS:
        return value
    if value[0] != value[1] and not one_dimension(settings):
        raise OptionError(say("export.apart", option="sliders", name=name, value=pair_text(value)))
    return value[1]


def own_values(page: Page, names: Sequence[str]) -> Values:
    """The combination that the page itself is.

    >>> own_values(Page(), ["padding", "stride"])
    (1, 0)
    """
    return tuple(_value(page.settings, name) for name in ordered_names(names))


def possible_sliders(page: Page) -> list[str]:
    """The parameters that can have a slider in a file of the page: the same along both sides, and with a choice.

    >>> possible_sliders(Page())
    ['stride', 'dilation', 'padding']
    """
    found = []
    for name in SLIDERS:
        try:
            found += [name] if len(combinations(page, [name])) > 1 else []
        except OptionError:
            continue
    return found


def _choices(layer: Layer, name: str) -> Sequence[int]:
    low, high = LIMITS[name]
    return common_divisors(layer) if name == "groups" else range(low, high + 1)


def _moved(page: Page, values: Mapping[str, int]) -> Page | None:
    """The page with these values, all of it done; None where torch rejects them."""
    settings, line = page.settings, one_dimension(page.settings)
    wanted = {name: along_width(name, value) if line and name in PAIRS else value for name, value in values.items()}
    try:
        layer = replace(settings.layer, **wanted)  # type: ignore[arg-type]
        layer.output_size(settings.size)
    except LayerError:
        return None
    memory = page.memory.keep(settings.input, settings.weight)
    found, _ = refitted(settings, layer, np.array(settings.input), memory.kernel.at(layer.weight_shape))
    moved = holding(page, found, memory).with_fitting_upstream()
    return replace(moved, view=replace(moved.view, step=None, trace="", present=False, hide=False))
