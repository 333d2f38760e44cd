"""New numbers in X, K and dY: filled, typed or pasted. Each change is a pure function, like those of page.py."""

from dataclasses import replace

import numpy as np

from explorer.edits import Edited, edited, pasted
from explorer.fills import FILLS
from explorer.layer import Pair
from explorer.memory import Memory
from explorer.session.page import Change, Page, holding
from explorer.settings import Settings, frozen, with_grid
from explorer.views import View, upstream_of


def fill(page: Page, grid: str, name: str) -> Change:
    """Fill X (``input``), K (``kernel``) or dY (``upstream``); each random fill takes a seed that no grid has."""
    view = page.view
    seed = (max((one for one in view.seeds if one is not None), default=-1) + 1) % 2**32 if name == "random" else None
    if grid == "upstream":
        view = replace(view, upstream=name, upstream_values=(), seeds=view.seeds._replace(upstream=seed))
        return Change(replace(page, view=view), undo="fill", entry=True)
    shape = np.shape(page.settings.input if grid == "input" else page.settings.weight)
    memory = page.memory.filled(grid, name, shape, seed or 0)
    settings = with_grid(page.settings, grid, FILLS[name](shape, seed or 0))
    return Change(holding(page, settings, memory), undo="fill", entry=True)


def edit(page: Page, grid: str, at: tuple[int, ...], text: str) -> Change:
    """Put typed or pasted numbers into X, K or dY from a cell on; where they cannot be read, nothing changes."""
    done = edited(page.settings, grid, at, text, upstream_of(page.settings, page.view))
    return _with_numbers(page, grid, done, page.memory.keep(done.settings.input, done.settings.weight))


def paste(page: Page, grid: str, text: str, channel: Pair) -> Change:
    """Replace X, K or dY, or the channel of it that is shown, by pasted numbers."""
    upstream = upstream_of(page.settings, page.view)
    done = pasted(page.settings, grid, index_of_channel(page.settings, grid, channel), text, upstream)
    return _with_numbers(page, grid, done, Memory.own(done.settings.input, done.settings.weight))


def _with_numbers(page: Page, grid: str, done: Edited, memory: Memory) -> Change:
    """The page with what came of a text; the page as it is where the text was refused."""
    if done.refusals:
        return Change(page, refusals=tuple(done.refusals))
    new = holding(page, done.settings, memory)
    if grid == "upstream" and done.upstream is not None:
        own = frozen(done.upstream)
        seeds = new.view.seeds._replace(upstream=None)
        new = replace(new, view=replace(new.view, upstream=View.upstream, upstream_values=own, seeds=seeds))
    return Change(new, tuple(done.notices), undo="edit" if new.content != page.content else "")


def index_of_channel(settings: Settings, grid: str, channel: Pair) -> tuple[int, ...]:
    """The index in a grid's array of the channel, or the kernel, between an input and an output channel.

    >>> index_of_channel(Settings.of([[[1]], [[2]]], [[[[1]]], [[[2]]]], groups=2), "kernel", (1, 1))
    (1, 0)
    """
    shown_in, shown_out = channel
    if grid == "kernel":
        return shown_in, shown_out % settings.layer.weight_shape[1]
    return (shown_in if grid == "input" else shown_out,)
