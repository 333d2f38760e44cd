"""What comes after the layer, changed: each change is a pure function, like those of page.py."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.changing import settled_crop
from explorer.decimals import Unreadable, parse_number
from explorer.notice import Notice
from explorer.session.page import Change, Page


def set_crop(page: Page, ends: Sequence[int]) -> Change:
    """Crop the layer's output after it: cells at the top, the bottom, the left and the right."""
    top, bottom, left, right = ends
    crop, notices = settled_crop(((top, bottom), (left, right)), page.settings.layer, page.settings.size)
    new = replace(page, settings=replace(page.settings, crop=crop))
    return Change(new, tuple(notices), undo="move crop")


def set_bias(page: Page, texts: Sequence[str]) -> Change:
    """Add a number to each output channel; where one cannot be read, nothing changes."""
    found = []
    for text in texts:
        try:
            found.append(parse_number(text))
        except Unreadable as error:
            return Change(page, (Notice.of(error.key, field="bias", value=text),))
    return Change(replace(page, settings=replace(page.settings, bias=tuple(found))), undo="bias")
