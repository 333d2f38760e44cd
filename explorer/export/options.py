"""What can be chosen of a file: one value for all formats; each format says which parts of it it uses."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from explorer.figures.palette import PALETTES
from explorer.text import Listed, say

PLOTLY = ("inside", "beside")
"""Where an .html file has plotly.js: in it, or not at all."""
BACKGROUNDS = ("transparent",)
SLIDERS = ("stride", "dilation", "groups", "output_padding", "padding")
"""The parameters that can have a slider in a file, in the order in which the ones before limit the ones behind."""
WIDTHS = (200, 4096)
"""Smallest and largest width of a picture, in px."""
PACES = (50, 10_000)
"""Shortest and longest time of a step in an animation, in ms."""


class OptionError(ValueError):
    """An option with a value that it cannot have, or one that a format does not use; the text names it."""


@dataclass(frozen=True)
class Options:
    """What is chosen of a file. A field that is left as it is leaves the choice to the format.

    ``theme``: ``light``, ``dark``, or empty, the reader's own where a format can follow it. ``width``: of the picture,
    in px. ``pace``: how long a step of an animation is shown, in ms. ``sliders``: the parameters, of `SLIDERS`, that
    can be moved in the file. ``background``: ``transparent``, or empty, the theme's. ``plotly``: ``beside``, or empty:
    inside the file. Raises `OptionError` for a value that cannot be.

    >>> Options(theme="dark").chosen
    {'theme': 'dark'}
    >>> Options(sliders=("kernel",))
    Traceback (most recent call last):
    explorer.export.options.OptionError: sliders: kernel: must be among stride, dilation, …
    """

    theme: str = ""
    width: int | None = None
    pace: int | None = None
    sliders: tuple[str, ...] = ()
    background: str = ""
    plotly: str = ""

    def __post_init__(self) -> None:
        if self.theme not in ("", *PALETTES):
            raise OptionError(say("export.bad_name", option="theme", value=self.theme, names=Listed(PALETTES)))
        for name, names in (("background", BACKGROUNDS), ("plotly", PLOTLY[1:])):
            if getattr(self, name) not in ("", *names):
                raise OptionError(say("export.bad_name", option=name, value=getattr(self, name), names=Listed(names)))
        for name, (low, high) in (("width", WIDTHS), ("pace", PACES)):
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise OptionError(say("export.bad_number", option=name, value=value, low=low, high=high))
        for one in self.sliders:
            if one not in SLIDERS:
                raise OptionError(say("export.bad_name", option="sliders", value=one, names=Listed(SLIDERS)))
        if len(set(self.sliders)) < len(self.sliders):
            raise OptionError(say("export.twice", option="sliders", value=",".join(self.sliders)))

    @property
    def chosen(self) -> dict[str, Any]:
        """The options that are not left to the format."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) != one.default}

    def only(self, names: Collection[str]) -> "Options":
        """These options, all others left as they are.

        >>> Options(theme="dark", width=800).only(["width"])
        Options(theme='', width=800, pace=None, sliders=(), background='', plotly='')
        """
        return replace(Options(), **{name: value for name, value in self.chosen.items() if name in names})
