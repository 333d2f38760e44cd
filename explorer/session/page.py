"""The page as one value, and each change of it as a pure function: page in, `Change` out."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from explorer.changing import changed, together
from explorer.edits import Refusal
from explorer.fills import Seeds
from explorer.layer import Pair
from explorer.limits import LIMITS, PAIRS, largest
from explorer.memory import Memory
from explorer.mistakes import first_possible
from explorer.notice import Notice
from explorer.placing import fitted, grid_shape
from explorer.presets import PRESETS, VERSION, presets_of
from explorer.session.address import from_query, query_of, to_query
from explorer.settings import Settings, frozen, one_dimension
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
    memory: Memory = field(default_factory=lambda: memory_of(Settings(), View()), compare=False)
    entry: int = field(default=0, compare=False)

    @cached_property
    def address(self) -> dict[str, str]:
        """The page's address without step, trace, present and hide: those the stage adds itself."""
        return to_query(self.settings, replace(self.view, step=None, trace="", present=False, hide=False))

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


ANY_MISTAKE = "any"
"""What stands in the place of a mistake's name where any will do."""

CONTENT = ("preset", "seeds", "upstream", "upstream_values", "version")
"""The fields of a view that belong to the content."""


def memory_of(settings: Settings, view: View) -> Memory:
    """What is known of a page's grids when it arrives: their numbers, and which fill makes them."""
    return Memory.of(settings.input, settings.weight, view.seeds[:2])


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
    page = Page(settings, view, is_apart(settings), memory_of(settings, view), entry)
    return Change(page, tuple(notices), arrives=True)


def move(page: Page, name: str, value: int | Pair) -> Change:
    """A control moved to a value: it settles, and the notices say what else had to move.

    In one dimension a single number is meant for the width.
    """
    if name in PAIRS and one_dimension(page.settings) and not isinstance(value, tuple):
        value = along_width(name, value)
    settings, notices = changed(page.settings, name, value, page.memory)
    new = holding(page, settings, page.memory.keep(settings.input, settings.weight))
    return Change(replace(new, apart=page.apart or is_apart(settings)), tuple(notices), undo=f"move {name}")


def holding(page: Page, settings: Settings, memory: Memory) -> Page:
    """The page with other settings: the shown channels are theirs, and only grids that still are random have a seed."""
    seeds = Seeds(*memory.seeds(settings.input, settings.weight), page.view.seeds.upstream)
    view = replace(page.view, channel=nearest_channel(settings, page.view.channel), seeds=seeds)
    return replace(page, settings=settings, view=view, memory=memory)


def along_width(name: str, value: int) -> Pair:
    """A hyper-parameter of one row: padding and output_padding would add to the height, the others do nothing to it.

    >>> along_width("stride", 2), along_width("padding", 2)
    ((2, 2), (0, 2))
    """
    return (0 if name.endswith("padding") else value), value


def set_apart(page: Page, apart: bool) -> Change:
    """Give height and width controls of their own, or join them: the width follows the height as far as it can.

    One row has only a width.
    """
    if one_dimension(page.settings):
        return Change(page)
    if apart:
        return Change(replace(page, apart=True))
    settings, notices = _joined(page.settings, 0)
    return Change(replace(page, settings=settings, apart=is_apart(settings)), tuple(notices), undo="apart")


def _joined(settings: Settings, side: int) -> tuple[Settings, list[Notice]]:
    """Each hyper-parameter the same along height and width: as it is along a side (0: height), as far as it can be."""
    notices = []
    for name in ("stride", "dilation", "output_padding", "padding"):  # padding last: it gives way to the others
        most = min(largest(settings.layer, settings.size, name))
        value = min(getattr(settings.layer, name)[side], most)
        settings, moved = changed(settings, name, (value, value))
        notices += moved
    return settings, notices


def set_one_dimension(page: Page, on: bool) -> Change:
    """Make X and K one row, the first of each; or give them back the rows that they had, two where they had one."""
    settings, notices, memory = page.settings, [], page.memory
    if one_dimension(settings) == on:
        return Change(page)
    if on:
        for name in ("padding", "output_padding", "stride", "dilation"):  # padding first: else less height leaves none
            settings, _ = changed(settings, name, along_width(name, getattr(settings.layer, name)[1]))
    for grid, kept in (("kernel", memory.kernel), ("input", memory.input)):
        field = f"{grid}_height"
        rows = 1 if on else max(2, min(kept.numbers.shape[-2], LIMITS[field][1]))
        settings, moved = changed(settings, field, rows, memory)
        notices += moved
    if not on:
        settings, moved = _joined(settings, 1)
        notices += moved
    new = holding(page, settings, memory.keep(settings.input, settings.weight))
    return Change(replace(new, apart=is_apart(settings)), tuple(together(notices)), undo="one_dimension")


def choose(page: Page, name: str) -> Change:
    """Show an example, all of it done. A view that somebody chose stays, unless the example has one of its own."""
    old, own = page.view, PRESETS[name].view
    chosen = old.view != presets_of(old.version)[old.preset].view
    view = View(
        view=old.view if chosen and own == View.view else own,
        preset=name,
        backward=old.backward,
        upstream=old.upstream,
        seeds=Seeds(upstream=old.seeds.upstream),
        version=VERSION,
        what_if=old.what_if,
    )
    settings = PRESETS[name].settings
    new = Page(settings, view, is_apart(settings), memory_of(settings, view), page.entry)
    return Change(new, undo="preset", entry=True, arrives=True)


def look_as(page: Page, name: str) -> Change:
    """Another view of the same settings."""
    return Change(replace(page, view=replace(page.view, view=name)), entry=True)


def set_backward(page: Page, on: bool) -> Change:
    """Show the gradient over the same links, or the forward pass again."""
    return Change(replace(page, view=replace(page.view, backward=on)), entry=True)


def set_what_if(page: Page, name: str) -> Page:
    """The page with a mistake's result beside the right one; without, where the name is empty.

    `ANY_MISTAKE` is the first that changes something.

    >>> set_what_if(Page(), "no_flip").address
    {'what_if': 'no_flip'}
    """
    wanted = first_possible(page.settings) if name == ANY_MISTAKE else name
    return replace(page, view=replace(page.view, what_if=wanted))


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


def is_apart(settings: Settings) -> bool:
    """Whether some hyper-parameter differs between height and width; one row has only a width."""
    return not one_dimension(settings) and any(len(set(getattr(settings.layer, name))) > 1 for name in PAIRS)


def shapes(page: Page) -> tuple[Any, Any]:
    """The shapes of X and K: while they stay, each cell is still the same cell."""
    return np.shape(page.settings.input), np.shape(page.settings.weight)
