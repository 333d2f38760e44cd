"""A page as a file, by the file's suffix. A new kind of file is a module of its own here, and an entry in `FORMATS`."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import explorer
from explorer.export import picture
from explorer.export.html import offline_page
from explorer.export.ipynb import notebook
from explorer.export.npz import arrays
from explorer.export.options import OptionError, Options
from explorer.export.program import programs
from explorer.export.progress import Report, unreported
from explorer.text import say

__all__ = ["FORMATS", "Format", "OptionError", "Options", "content"]


class Format(NamedTuple):
    """A kind of file: what makes its content from an address, which `Options` it takes by name, its media type.

    ``reports``: whether making it takes so long, with these options, that it says how far it is.
    """

    make: Callable[..., bytes]
    uses: tuple[str, ...]
    media: str
    reports: Callable[[Options], bool] = lambda options: False


def _json(address: str) -> bytes:
    """The document of the page, one value."""
    return f"{json.dumps(explorer.document(address), ensure_ascii=False, allow_nan=False)}\n".encode()


def _html(address: str, **chosen: Any) -> bytes:
    return offline_page(address, **chosen).encode()


def _svg(address: str, **chosen: Any) -> bytes:
    return picture.svg(explorer.document(address), **chosen).encode()


def _png(address: str, **chosen: Any) -> bytes:
    return picture.png(explorer.document(address), **chosen)


def _gif(address: str, **chosen: Any) -> bytes:
    return picture.gif(explorer.document(address), **chosen)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".svg": Format(_svg, ("theme", "background"), "image/svg+xml"),
        ".png": Format(_png, ("theme", "width", "background"), "image/png"),
        ".gif": Format(_gif, ("theme", "width", "pace"), "image/gif", lambda options: True),
        ".html": Format(_html, ("theme", "sliders", "plotly"), "text/html", lambda options: bool(options.sliders)),
        ".json": Format(_json, (), "application/json"),
        ".npz": Format(arrays, (), "application/octet-stream"),
        ".py": Format(programs, (), "text/x-python"),
        ".ipynb": Format(notebook, (), "application/x-ipynb+json"),
    }
)
"""Every kind of file by its suffix."""


def content(
    suffix: str,
    address: str,
    options: Options = Options(),  # noqa: B008 (frozen)
    report: Report = unreported,
) -> bytes:
    """The content of a file of a page: ``suffix`` is one of `FORMATS`, ``address`` the page's. ``report``
    hears how far it is, where the format `Format.reports`.

    Raises `OptionError` where an option is chosen that the format does not use, ValueError for a text that is no
    address.

    >>> content(".json", "?stride=2")[:1]
    b'{'
    >>> content(".json", "?stride=2", Options(width=800))
    Traceback (most recent call last):
    explorer.export.options.OptionError: width: not used by .json
    """
    made = FORMATS[suffix]
    for name in options.chosen:
        if name not in made.uses:
            raise OptionError(say("export.unused", option=name, suffixes=suffix))
    heard = {"report": report} if made.reports(options) else {}
    return made.make(address, **options.chosen, **heard)
