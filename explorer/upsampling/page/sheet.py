"""The whole page of upsampling as data: pure, the same for the same address and picture."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from explorer.layer import Pair
from explorer.limits import LIMITS
from explorer.notice import Notice
from explorer.notices import notice_text
from explorer.session.address import to_query
from explorer.settings import Settings
from explorer.text import say
from explorer.upsampling.page.card import card_data
from explorer.upsampling.page.gallery import Picture, built_in, gallery_data
from explorer.upsampling.page.reader import LARGEST_KERNEL
from explorer.upsampling.page.stacking import stacked_data
from explorer.upsampling.page.state import OWN, UPLOAD, UpsamplePage
from explorer.views import View


def picture_of(page: UpsamplePage, uploaded: Picture | None) -> Picture:
    """The page's picture; where an upload is not there, the first of our own."""
    if page.picture == UPLOAD:
        return uploaded or built_in("scene")
    return built_in(page.picture)


def sheet(page: UpsamplePage, notices: Sequence[Notice] = (), uploaded: Picture | None = None) -> dict[str, Any]:
    """All that the page shows for a state.

    >>> found = sheet(UpsamplePage())
    >>> found["card"]["verdict"]["tone"], len(found["gallery"]["tiles"])
    ('warn', 7)
    """
    said = [notice_text(notice) for notice in notices]
    if page.problem:
        said.append(say("upsample_page.no_kernel", reason=page.problem))
    return {
        "state": page.texts,
        "notices": said,
        "sliders": sliders(page),
        "card": card_data(page),
        "gallery": gallery_data(page, picture_of(page, uploaded)),
        "stacked": stacked_data(page) if "stacked" in page.open else None,
        "explore": explore_address(page),
        "needsUpload": page.picture == UPLOAD and uploaded is None,
    }


def sliders(page: UpsamplePage) -> list[dict[str, Any]]:
    """The sliders: of an own kernel, and of one that its stride gives, the size is fixed."""
    layer = page.layer
    fixed = page.kernel in (OWN, "bilinear")
    return [
        slider("size", layer.kernel_size, 1, LARGEST_KERNEL, fixed),  # type: ignore[arg-type]
        slider("stride", layer.stride, *LIMITS["stride"]),  # type: ignore[arg-type]
        slider("dilation", layer.dilation, *LIMITS["dilation"]),  # type: ignore[arg-type]
    ]


def slider(name: str, pair: Pair, low: int, high: int, is_off: bool = False) -> dict[str, Any]:
    """One slider, for both axes; ``text`` tells them apart.

    >>> slider("stride", (2, 1), 1, 4)["text"]
    '2×1'
    """
    text = str(pair[0]) if pair[0] == pair[1] else "×".join(map(str, pair))
    label = say(f"upsample_page.sliders.{name}")
    return {"name": name, "label": label, "value": max(pair), "text": text, "low": low, "high": high, "isOff": is_off}


def explore_address(page: UpsamplePage) -> str:
    """The explorer with this kernel and layer; empty where it draws no kernel of this size."""
    settings = page.settings
    if settings is None:
        if max(page.shown.shape) > LIMITS["kernel_height"][1]:
            return ""
        ones = (((1.0,) * 3,) * 3,)
        settings = Settings(page.layer, ones, page.weight)
    ci, co = map(int, page.channel.split(","))
    return f"./?{urlencode(to_query(settings, View(channel=(ci, co))), safe=',;|')}"
