"""What the page's controls say: which of them somebody moved, and on which page that was meant."""

from collections.abc import Mapping
from typing import Any

from explorer.session.page import Page
from explorer.settings import PAIRS, one_dimension

KEPT = 8
"""Marks that are remembered; what a browser says of older controls is dropped."""
ANYWHERE = ("preset", "view")
"""Controls whose value means the same on every page; the others are dropped where the page changed meanwhile."""
SIZES = ("in_channels", "out_channels", "input_height", "input_width", "kernel_height", "kernel_width")
"""The controls of sizes, in the order in which they stand on the page."""


def controls_of(page: Page) -> dict[str, Any]:
    """Each control's key and the value that it shows for a page.

    >>> controls_of(Page())["kernel_height"]
    2
    """
    layer, line = page.settings.layer, one_dimension(page.settings)
    shown: dict[str, Any] = {"preset": page.view.preset, "view": page.view.view, "one_dimension": line}
    if not line:
        shown["apart"] = page.apart
    for name in PAIRS:
        height, width = getattr(layer, name)
        shown[name] = width if line else height
        if page.apart and not line:
            shown[f"{name}_w"] = width
    counts = (layer.in_channels, layer.out_channels, *page.settings.size, *layer.weight_shape[2:])
    found = dict(zip(SIZES, counts, strict=True))
    return {**shown, **{name: found[name] for name in sizes_of(page)}, "groups": layer.groups}


def sizes_of(page: Page) -> list[str]:
    """The controls of sizes that a page has: in one dimension there are no heights."""
    return [name for name in SIZES if not (one_dimension(page.settings) and name.endswith("height"))]


class Controls:
    """The controls as they were drawn, each time under another mark.

    Streamlit sends the values of all controls with each message, also those of controls that the browser has not drawn
    anew yet. The mark is drawn behind the controls and comes back with them. So it says what they showed, and only what
    differs from that was moved by a person.
    """

    def __init__(self, session: str) -> None:
        self.session = session
        self.mark = ""
        self._drawn = 0
        self._shown: dict[str, dict[str, Any]] = {}

    def draw(self, values: Mapping[str, Any]) -> str:
        """The mark of controls with these values: a new one where they show something else than before."""
        if self._shown.get(self.mark) != values:
            self._drawn += 1
            self.mark = f"{self.session}.{self._drawn}"
            self._shown[self.mark] = dict(values)
            self._shown.pop(f"{self.session}.{self._drawn - KEPT}", None)
        return self.mark

    def moved(self, mark: str, values: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
        """What a person moved, by key, given the values that came back with a mark, and what the page says ``now``.

        Left out is a control that the page itself changed after it was drawn: what it says was meant for another page;
        and a value that was drawn since: it is on its way to the mark.

        >>> controls = Controls("s")
        >>> mark = controls.draw({"stride": 1, "padding": 1})
        >>> controls.moved(mark, {"stride": 2, "padding": 1}, {"stride": 1, "padding": 1})
        {'stride': 2}
        >>> controls.moved(mark, {"stride": 3, "padding": 2}, {"stride": 2, "padding": 0})
        {'stride': 3}
        """
        known = self._shown.get(mark)
        if known is None:
            return {}
        marks = list(self._shown)
        later = [self._shown[one] for one in marks[marks.index(mark) + 1 :]]
        found = {key: value for key, value in values.items() if key in known and value != known[key]}
        meant = {key: value for key, value in found.items() if key in ANYWHERE or known[key] == now.get(key)}
        known.update(found)
        drawn = {key for key, value in meant.items() if any(shown.get(key) == value for shown in (now, *later))}
        return {key: value for key, value in meant.items() if key not in drawn}
