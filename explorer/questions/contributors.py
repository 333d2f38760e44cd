"""Which cells contribute to an output cell: cells of X, of K or entries of W to click."""

import re
from typing import Any

import numpy as np

from explorer.documents.messages import message
from explorer.documents.schema import Message
from explorer.layer import Layer, Pair
from explorer.questions.answers import Unread
from explorer.questions.likely import likeliest
from explorer.questions.question import Kind, Question, Verdict
from explorer.questions.reaching import AXES, PICKS, everything, picked, wrong_cells
from explorer.questions.value import has_overlap, most_stamps
from explorer.questions.varying import easy, near, some
from explorer.questions.wording import added, cell_text, one_pair
from explorer.settings import Settings
from explorer.views import View, cell_ranges

MOST_PICKED = 6
"""Cells that a person clicks."""
LARGEST_W = (16, 64)
"""Rows and columns of a W in which entries can be clicked."""


def ask(settings: Settings, seed: int, pick: str = "") -> Question | None:
    """A question for the cells of ``pick``, one of `PICKS`; without one the seed chooses it.

    >>> ask(Settings(), 0, "input").answer
    ['input:0,0,1', 'input:0,1,1']
    """
    grid = pick or PICKS[seed % len(PICKS)]
    own = _settings(one_pair(settings), seed, grid)
    if own is None:
        return None
    own = easy(own, seed)
    place = _place(own, seed, grid)
    cell = f"output:0,{place[0]},{place[1]}"
    view = "matrix" if grid == "W" else "scatter"
    return Question(
        kind="contributors",
        seed=seed,
        settings=own,
        view=View(view),
        ask=message(f"questions.contributors.ask_{grid}", cell=cell_text(own, cell)),
        form="cells",
        answer=sorted(picked(own, place, grid, "right")),
        reveal=View(view, trace=cell),
        pick=grid,
        cell=cell,
    )


def is_reached(layer: Layer, size: Pair) -> bool:
    """Whether a stamp reaches a cell of the output, and there is a choice.

    >>> is_reached(Layer(stride=3, padding=2), (2, 2)), is_reached(Layer(stride=3, padding=1), (2, 2))
    (False, True)
    """
    return size != (1, 1) and layer.kernel_size != (1, 1) and most_stamps(layer, size) > 0


def _is_small(layer: Layer, size: Pair) -> bool:
    """Whether entries of W can be clicked."""
    height, width = layer.output_size(size)
    return size[0] * size[1] <= LARGEST_W[0] and height * width <= LARGEST_W[1]


def _overlaps(layer: Layer, size: Pair) -> bool:
    return is_reached(layer, size) and has_overlap(layer, size)


def _overlaps_small(layer: Layer, size: Pair) -> bool:
    return _overlaps(layer, size) and _is_small(layer, size)


def _settings(settings: Settings, seed: int, grid: str) -> Settings | None:
    """The settings for a seed: with seed 0 the stage's own, else such that stamps overlap."""
    layer, size = settings.layer, settings.size
    if seed == 0 and is_reached(layer, size) and (grid != "W" or _is_small(layer, size)):
        return settings
    return near(settings, seed, _overlaps_small if grid == "W" else _overlaps)


def _place(settings: Settings, seed: int, pick: str) -> Pair:
    """The output cell to ask about, in the canvas: of those worth most one by the seed, with seed 0 the middle one."""
    top, left, height, width = settings.layer.window(settings.size)
    cells = [(row, column) for row in range(top, top + height) for column in range(left, left + width)]
    cells = some([cell for cell in cells if picked(settings, cell, pick, "right")], seed)
    worth = [_worth(settings, cell, pick) for cell in cells]
    best = [cell for cell, own in zip(cells, worth, strict=True) if own >= max(worth) - 1]
    return best[int(np.random.default_rng(seed).integers(len(best))) if seed else len(best) // 2]


def _worth(settings: Settings, place: Pair, pick: str) -> int:
    """How interesting a cell is: that a few cells reach it, not all, and how many answers mistakes give."""
    right = picked(settings, place, pick, "right")
    answers = len(set(wrong_cells(settings, place, pick).values()))
    is_some = 2 <= len(right) <= MOST_PICKED and right != everything(settings, place, pick)
    return answers + (20 if is_some else 10 - max(len(right) - MOST_PICKED, 0))


def mark(question: Question, given: Any) -> Verdict:
    """What is said of clicked cells: how many are missing or too many, and which mistake picks exactly these."""
    try:
        cells = _read(given, question)
    except Unread as error:
        return error.verdict
    right = frozenset(question.answer)
    values: dict[str, str | int | Message] = {
        "given": len(cells),
        "all": len(right),
        "missing": len(right - cells),
        "extra": len(cells - right),
        "links": links_of(question),
    }
    if cells == right:
        return Verdict("right", message("questions.contributors.right", **values))
    row, column = place_of(question)
    found = wrong_cells(question.settings, (row, column), question.pick)
    names = likeliest(name for name, wrong in found.items() if wrong == cells)
    if names:
        return Verdict("wrong", message(f"questions.contributors.mistakes.{names[0]}", **values), names)
    how = "both" if right - cells and cells - right else "missing" if right - cells else "extra"
    return Verdict("wrong", message(f"questions.contributors.{how}", **values))


def place_of(question: Question) -> Pair:
    """The canvas row and column of the asked cell."""
    _, row, column = map(int, question.cell.partition(":")[2].split(","))
    return row, column


def _read(given: Any, question: Question) -> frozenset[str]:
    """The clicked cells. Raises `Unread` where none is, or where one is of no such grid."""
    cells = list(given) if isinstance(given, (list, tuple, set, frozenset)) else []
    grid = {"input": "X", "kernel": "K", "W": "W"}[question.pick]
    if not cells:
        raise Unread(message("questions.unread.cells", grid=grid))
    ranges = cell_ranges(question.settings)[question.pick]
    for cell in cells:
        name, _, indices = str(cell).partition(":")
        at = [int(index) if re.fullmatch("[0-9]{1,6}", index) else -1 for index in indices.split(",")]
        inside = len(at) == len(ranges) and all(0 <= n < most for n, most in zip(at, ranges, strict=True))
        if name != question.pick or not inside:
            raise Unread(message("questions.unread.cell", cell=str(cell)[:40], grid=grid))
    return frozenset(map(str, cells))


def links_of(question: Question) -> Message:
    """What the asked cell is made of, in names: "Y[1,0] = X[0,0]·K[1,0] + X[1,0]·K[0,0]".

    >>> from explorer.documents.messages import speak
    >>> speak(links_of(ask(Settings(), 0, "input")))
    'Y[1,2] = X[0,1]·K[1,1] + X[1,1]·K[0,1]'
    """
    settings, (row, column) = question.settings, place_of(question)
    down, across = (
        AXES["right"](n, k, s, p, d, at)
        for n, (k, s, p, _, d), at in zip(settings.size, settings.layer.axes, (row, column), strict=True)
    )
    parts: list[Message] = [
        message("questions.value.term", x=f"X[{i},{j}]", k=f"K[{a},{b}]") for i, a in down for j, b in across
    ]
    name = cell_text(settings, question.cell)
    return message("questions.contributors.links", cell=name, terms=added(parts))


CONTRIBUTORS = Kind(ask, mark)
