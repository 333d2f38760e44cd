"""A page as a file, by the file's suffix. A new kind of file is a module of its own here, and an entry in `FORMATS`."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

import explorer
from explorer.export import picture
from explorer.export.html import offline_page


def _json(address: str, theme: str) -> bytes:
    """The document of the page, one value; it has no colours, so the theme changes nothing."""
    return f"{json.dumps(explorer.document(address), ensure_ascii=False, allow_nan=False)}\n".encode()


def _html(address: str, theme: str) -> bytes:
    return offline_page(address, theme).encode()


def _svg(address: str, theme: str) -> bytes:
    return picture.svg(explorer.document(address), theme or "light").encode()


def _png(address: str, theme: str) -> bytes:
    return picture.png(explorer.document(address), theme=theme or "light")


def _gif(address: str, theme: str) -> bytes:
    return picture.gif(explorer.document(address), theme=theme or "light")


FORMATS: Mapping[str, Callable[[str, str], bytes]] = MappingProxyType(
    {".svg": _svg, ".png": _png, ".gif": _gif, ".html": _html, ".json": _json}
)
"""What makes the content of a file, given a page's address and a theme ("light", "dark"; "": the visitor's own)."""
