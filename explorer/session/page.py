"""The page as one value, and each change of it as a pure function: page in, `Change` out."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from explorer.edits import Edited, Refusal, edited, pasted
from explorer.fills import FILLS
from explorer.layer import Pair
from explorer.placing import fitted, grid_shape
from explorer.presets import PRESETS, VERSION, presets_of
from explorer.session.address import from_query, query_of, to_query
from explorer.settings import PAIRS, Memory, Notice, Settings, changed, frozen, largest, with_grid
from explorer.views import View, nearest_channel, upstream_of


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

    def with_fitting_upstream(self) -> "Page":
        """This page, dY's own numbers in the output's shape: what fits stays, new cells are 0."""
        own, shape = self.view.upstream_values, grid_shape(self.settings, "upstream")
        if not own or np.shape(own) == shape:
            return self
        return replace(self, view=replace(self.view, upstream_values=frozen(fitted(np.array(own), shape))))


CONTENT = ("preset", "seed", "upstream", "upstream_values", "version")
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
        return Change(replace(page, view=replace(view, upstream=name, upstream_values=())), undo="fill", entry=True)
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
    """Put typed or pasted numbers into X, K or dY from a cell on; where they cannot be read, nothing changes."""
    done = edited(page.settings, grid, at, text, upstream_of(page.settings, page.view))
    return _with_numbers(page, grid, done, page.memory)


def paste(page: Page, grid: str, text: str, channel: Pair) -> Change:
    """Replace X, K or dY, or the channel of it that is shown, by pasted numbers."""
    upstream = upstream_of(page.settings, page.view)
    done = pasted(page.settings, grid, channel_of(page.settings, grid, channel), text, upstream)
    return _with_numbers(page, grid, done, Memory.empty())  # what a larger grid held is replaced, too


def _with_numbers(page: Page, grid: str, done: Edited, memory: Memory) -> Change:
    """The page with what came of a text; the page as it is where the text was refused."""
    if done.refusals:
        return Change(page, refusals=tuple(done.refusals))
    view = replace(page.view, channel=nearest_channel(done.settings, page.view.channel))
    if grid == "upstream" and done.upstream is not None:
        view = replace(view, upstream=View.upstream, upstream_values=frozen(done.upstream))
    new = replace(page, settings=done.settings, view=view, memory=memory.keep(done.settings))
    return Change(new, tuple(done.notices), undo="edit" if new.content != page.content else "")


def channel_of(settings: Settings, grid: str, channel: Pair) -> tuple[int, ...]:
    """The index in a grid's array of the channel, or the kernel, between an input and an output channel.

    >>> channel_of(Settings.of([[[1]], [[2]]], [[[[1]]], [[[2]]]], groups=2), "kernel", (1, 1))
    (1, 0)
    """
    shown_in, shown_out = channel
    if grid == "kernel":
        return shown_in, shown_out % settings.layer.weight_shape[1]
    return (shown_in if grid == "input" else shown_out,)


def is_apart(settings: Settings) -> bool:
    """Whether some hyper-parameter differs between height and width."""
    return any(len(set(getattr(settings.layer, name))) > 1 for name in PAIRS)


def shapes(page: Page) -> tuple[Any, Any]:
    """The shapes of X and K: while they stay, each cell is still the same cell."""
    return np.shape(page.settings.input), np.shape(page.settings.weight)
