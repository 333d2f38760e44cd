"""The page as one value, and each change of it as a pure function: page in, `Change` out."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from explorer.edits import Refusal, edited
from explorer.fills import FILLS
from explorer.layer import Pair
from explorer.presets import PRESETS, VERSION, presets_of
from explorer.session.address import from_query, query_of, to_query
from explorer.settings import PAIRS, Memory, Notice, Settings, changed, largest, with_grid
from explorer.views import View, nearest_channel


@dataclass(frozen=True)
class Page:
    """All that a page shows, except what is open over it.

    ``apart``: height and width have controls of their own. ``memory``: the numbers that smaller grids hide. ``entry``:
    which of the browser's history entries the page stands in, counted from the one where the session began.
    """

    settings: Settings = field(default_factory=Settings)
    view: View = field(default_factory=View)
    apart: bool = False
    memory: Memory = field(default_factory=Memory.empty, compare=False)
    entry: int = field(default=0, compare=False)

    @property
    def address(self) -> dict[str, str]:
        """The page's address without step, trace and present: those the stage adds itself."""
        return to_query(self.settings, replace(self.view, step=None, trace="", present=False))

    @property
    def content(self) -> tuple:
        """What undo and redo bring back and an address says, as one value: all but how it is looked at."""
        return self.settings, *(getattr(self.view, name) for name in CONTENT)

    def seen_as(self, view: View) -> "Page":
        """This page's content, looked at as in another view."""
        own = {name: getattr(self.view, name) for name in CONTENT}
        kept = replace(view, **own, channel=nearest_channel(self.settings, view.channel))
        return replace(self, view=kept)


CONTENT = ("preset", "seed", "upstream", "version")
"""The fields of a view that belong to the content."""


class Change(NamedTuple):
    """What a command makes of a page.

    ``undo`` names the change where undo takes it back; ``entry``: Back returns to before it; ``arrives``: it is a page
    of its own, so the view's step, trace and present count.
    """

    page: Page
    notices: tuple[Notice, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    undo: str = ""
    entry: bool = False
    arrives: bool = False


def page_at(search: str, entry: int = 0) -> Change:
    """The page that an address says.

    >>> page_at("?stride=2").page.settings.layer.stride
    (2, 2)
    """
    settings, view, notices = from_query(query_of(search))
    return Change(Page(settings, view, is_apart(settings), entry=entry), tuple(notices), arrives=True)


def move(page: Page, name: str, value: int | Pair) -> Change:
    """A control moved to a value: it settles, and the notices say what else had to move."""
    settings, notices = changed(page.settings, name, value, page.memory)
    view = replace(page.view, channel=nearest_channel(settings, page.view.channel))
    memory = page.memory.keep(page.settings).keep(settings)
    new = replace(page, settings=settings, view=view, memory=memory, apart=page.apart or is_apart(settings))
    return Change(new, tuple(notices), undo=f"move {name}")


def set_apart(page: Page, apart: bool) -> Change:
    """Give height and width controls of their own, or join them: the width follows the height as far as it can."""
    if apart:
        return Change(replace(page, apart=True))
    settings, notices = page.settings, []
    for name in ("stride", "dilation", "output_padding", "padding"):  # padding last: it gives way to the others
        most = min(largest(settings.layer, settings.size, name))
        height = min(getattr(settings.layer, name)[0], most)
        settings, moved = changed(settings, name, (height, height))
        notices += moved
    return Change(replace(page, settings=settings, apart=is_apart(settings)), tuple(notices), undo="apart")


def choose(page: Page, name: str) -> Change:
    """Show an example, all of it done. A view that somebody chose stays, unless the example has one of its own."""
    old, own = page.view, PRESETS[name].view
    chosen = old.view != presets_of(old.version)[old.preset].view
    view = View(
        view=old.view if chosen and own == View.view else own,
        preset=name,
        backward=old.backward,
        upstream=old.upstream,
        version=VERSION,
    )
    settings = PRESETS[name].settings
    new = Page(settings, view, is_apart(settings), entry=page.entry)
    return Change(new, undo="preset", entry=True, arrives=True)


def fill(page: Page, grid: str, name: str) -> Change:
    """Fill X (``input``), K (``kernel``) or dY (``upstream``); each random fill takes the next seed."""
    view = page.view
    if name == "random":
        view = replace(view, seed=0 if view.seed is None else (view.seed + 1) % 2**32)
    if grid == "upstream":
        return Change(replace(page, view=replace(view, upstream=name)), undo="fill", entry=True)
    shape = np.shape(page.settings.input if grid == "input" else page.settings.weight)
    settings = with_grid(page.settings, grid, FILLS[name](shape, view.seed or 0))
    new = replace(page, settings=settings, view=view, memory=page.memory.keep(settings))
    return Change(new, undo="fill", entry=True)


def look_as(page: Page, name: str) -> Change:
    """Another view of the same settings."""
    return Change(replace(page, view=replace(page.view, view=name)), entry=True)


def set_backward(page: Page, on: bool) -> Change:
    """Show the gradient over the same links, or the forward pass again."""
    return Change(replace(page, view=replace(page.view, backward=on)), entry=True)


def show_channel(page: Page, side: str, channel: int, other: int = 0) -> Change:
    """Show another channel (``in``, ``out`` or ``both``), and on the other side one of the same group."""
    layer, (shown_in, shown_out) = page.settings.layer, page.view.channel
    channel = min(channel, (layer.out_channels if side == "out" else layer.in_channels) - 1)
    if side == "both":
        wanted = (channel, other)
    elif side == "out":
        wanted = (shown_in, channel)
    else:
        reached = layer.out_channels // layer.groups
        group = channel // (layer.in_channels // layer.groups)
        wanted = (channel, shown_out if shown_out // reached == group else group * reached)
    return Change(replace(page, view=replace(page.view, channel=nearest_channel(page.settings, wanted))))


def edit(page: Page, grid: str, at: tuple[int, ...], text: str) -> Change:
    """Put a typed number or a pasted block into X or K; a text that is no number is refused, the old number stays."""
    settings, refusals, notices = edited(page.settings, grid, at, text)
    view = replace(page.view, channel=nearest_channel(settings, page.view.channel))
    new = replace(page, settings=settings, view=view, memory=page.memory.keep(settings))
    undo = "edit" if settings != page.settings else ""
    return Change(new, tuple(notices), tuple(refusals), undo=undo)


def is_apart(settings: Settings) -> bool:
    """Whether some hyper-parameter differs between height and width."""
    return any(len(set(getattr(settings.layer, name))) > 1 for name in PAIRS)


def shapes(page: Page) -> tuple[Any, Any]:
    """The shapes of X and K: while they stay, each cell is still the same cell."""
    return np.shape(page.settings.input), np.shape(page.settings.weight)
