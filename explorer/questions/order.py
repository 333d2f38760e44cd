"""The order of four steps of Scatter, from their pictures."""

from typing import Any

import numpy as np

from explorer.documents.messages import message
from explorer.layer import Layer, Pair
from explorer.operation import run
from explorer.questions.answers import Unread, read_order
from explorer.questions.drawing import LARGEST, Picture, bound_of, draw, spoken
from explorer.questions.likely import likeliest
from explorer.questions.picture import NAMES
from explorer.questions.question import Kind, Option, Question, Verdict
from explorer.questions.varying import easy, near
from explorer.questions.wording import listed, one_pair
from explorer.settings import Settings, one_dimension
from explorer.views import View

COUNT = len(NAMES)


def ask(settings: Settings, seed: int) -> Question | None:
    """A question for the order of steps: with even seeds of the sums so far, with odd ones of single stamps.

    >>> question = ask(Settings(), 0)
    >>> sorted(question.answer)
    ['a', 'b', 'c', 'd']
    """
    single = one_pair(settings)
    own = near(single, seed, fits)
    if own is None:
        return None
    own = easy(own, seed)
    chosen = steps_of(own, seed)
    pictures = [picture_at(own, step, is_stamp(seed)) for step in chosen]
    order = _shuffled(np.random.default_rng(seed))
    bound = bound_of(pictures)
    options = tuple(
        Option(
            name,
            spoken(pictures[at]),
            draw(pictures[at], message("questions.picture.name", name=name.upper()), bound=bound),
        )
        for name, at in zip(NAMES, order, strict=True)
    )
    kind = "stamps" if is_stamp(seed) else "sums"
    return Question(
        kind="order",
        seed=seed,
        settings=own,
        view=View(mask=("output",)),
        ask=message(f"questions.order.ask_line_{kind}" if one_dimension(own) else f"questions.order.ask_{kind}"),
        form="order",
        answer=[NAMES[order.index(at)] for at in range(COUNT)],
        reveal=View(step=0),
        options=options,
    )


def is_stamp(seed: int) -> bool:
    """Whether the pictures show single stamps, and not the sums so far."""
    return seed % 2 == 1


def fits(layer: Layer, size: Pair) -> bool:
    """Whether there are four steps on a canvas that is read in a small picture, each of which changes something."""
    return size[0] * size[1] >= COUNT and max(layer.canvas_size(size)) <= LARGEST


def steps_of(settings: Settings, seed: int) -> list[int]:
    """The four steps, from 0, in their order: of many cells those of a block of two rows and two columns."""
    height, width = settings.size
    random = np.random.default_rng(seed)
    if height < 2 or width < 2:
        first = int(random.integers(height * width - COUNT + 1)) if seed else 0
        return list(range(first, first + COUNT))
    i, j = (int(random.integers(n - 1)) if seed else 0 for n in (height, width))
    return [row * width + column for row in (i, i + 1) for column in (j, j + 1)]


def picture_at(settings: Settings, step: int, alone: bool) -> Picture:
    """The canvas after a step (from 0), or with the stamp of that step ``alone``; NaN where nothing has come.

    >>> picture_at(Settings(), 1, alone=True).values.tolist()
    [[nan, 0.0, 1.0], [nan, 2.0, 3.0], [nan, nan, nan]]
    """
    steps = run(settings).scatter_steps(0)
    canvas = np.full(steps.canvas.size, np.nan)
    cells = steps.cells.reshape(-1, steps.cells.shape[-1])
    for number in [step] if alone else range(step + 1):
        canvas[cells[number]] = np.nan_to_num(canvas[cells[number]]) + steps.products[number]
    return Picture(canvas.reshape(steps.canvas.shape))


def _shuffled(random: np.random.Generator) -> list[int]:
    """An order of the four that is not already right."""
    while True:
        order: list[int] = random.permutation(COUNT).tolist()
        if order != list(range(COUNT)):
            return order


def wrong_orders(question: Question) -> dict[str, list[str]]:
    """The orders that mistakes give: backwards, and column by column where the pictures show single stamps."""
    right = question.answer
    found = {"backwards": right[::-1]}
    if is_stamp(question.seed):
        width = question.settings.size[1]
        steps = steps_of(question.settings, question.seed)
        by_column = sorted(range(COUNT), key=lambda at: (steps[at] % width, steps[at] // width))
        found["rows_and_columns"] = [right[at] for at in by_column]
    return {name: order for name, order in found.items() if order != right}


def mark(question: Question, given: Any) -> Verdict:
    """What is said of an order: how many are in their places, and which mistake orders them so."""
    try:
        order = read_order(given, [option.name for option in question.options])
    except Unread as error:
        return error.verdict
    right = listed([name.upper() for name in question.answer])
    if order == question.answer:
        return Verdict("right", message(f"questions.order.right_{_how(question)}", order=right))
    names = likeliest(name for name, wrong in wrong_orders(question).items() if wrong == order)
    if names:
        return Verdict("wrong", message(f"questions.order.mistakes.{names[0]}", order=right), names)
    placed = sum(1 for one, other in zip(order, question.answer, strict=True) if one == other)
    said = message(f"questions.order.wrong_{_how(question)}", order=right, placed=placed, all=COUNT)
    return Verdict("wrong", said)


def _how(question: Question) -> str:
    return "stamps" if is_stamp(question.seed) else "sums"


ORDER = Kind(ask, mark)
