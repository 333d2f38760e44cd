"""Which of four pictures is the output: the others are what mistakes give."""

from typing import Any

import numpy as np

from explorer.documents.messages import message
from explorer.layer import Layer, Pair
from explorer.mistakes import MISTAKES, wrong_output
from explorer.operation import run
from explorer.questions.answers import Unread, read_choice
from explorer.questions.drawing import LARGEST, Picture, bound_of, draw, room_of, spoken
from explorer.questions.likely import likeliest
from explorer.questions.question import Kind, Option, Question, Verdict
from explorer.questions.value import sum_of, telling_cell
from explorer.questions.varying import easy, near
from explorer.questions.wording import sizes
from explorer.relation import inputs_of
from explorer.settings import Settings, one_dimension
from explorer.views import View

NAMES = ("a", "b", "c", "d")
"""The options, as they stand on the page."""
LEFT_OUT = ("pseudo_inverse",)
"""Mistakes whose pictures are told by their fractions at first sight."""
TRIES, FAR = 6, 97
"""How many settings are tried for three wrong pictures, and how far apart their seeds are."""


def ask(settings: Settings, seed: int) -> Question | None:
    """A question for the picture of Y.

    >>> question = ask(Settings(), 0)
    >>> len(question.options), question.answer in NAMES
    (4, True)
    """
    best: tuple[Settings, list[tuple[Picture, tuple[str, ...]]]] | None = None
    for attempt in range(TRIES):
        own = near(settings, seed + FAR * attempt, fits)
        if own is None:
            return None
        own = easy(own, seed)
        wrong = wrong_pictures(own, channel_of(own, seed))
        if best is None or len(wrong) > len(best[1]):
            best = own, wrong
        if len(wrong) >= len(NAMES) - 1:
            break
    if best is None or not best[1]:
        return None
    return _question(best[0], seed, best[1])


def fits(layer: Layer, size: Pair) -> bool:
    """Whether the output's numbers are read in a small picture."""
    height, width = layer.output_size(size)
    return max(height, width) <= LARGEST - 1 and height * width > 1


def channel_of(settings: Settings, seed: int) -> int:
    """The output channel that is shown."""
    return seed % settings.layer.out_channels


def wrong_pictures(settings: Settings, channel: int) -> list[tuple[Picture, tuple[str, ...]]]:
    """What mistakes give in an output channel, each with all mistakes that give it, the likeliest first.

    Only what is read in a small picture, and is not the right one.
    """
    found: list[tuple[Picture, list[str]]] = []
    right = run(settings).output[channel]
    for name in likeliest(_mistakes(settings)):
        output = wrong_output(name, settings)
        if output is None or channel >= len(output) or max(output[channel].shape) > LARGEST:
            continue
        picture = Picture(output[channel])
        if picture.values.size == 0 or same(picture.values, right):
            continue
        known = next((names for one, names in found if same(one.values, picture.values)), None)
        if known is None:
            found.append((picture, [name]))
        else:
            known.append(name)
    return [(picture, tuple(names)) for picture, names in found]


def _mistakes(settings: Settings) -> list[str]:
    """The mistakes that make pictures; a row has no rows and columns to change places."""
    left_out = (*LEFT_OUT, "rows_and_columns") if one_dimension(settings) else LEFT_OUT
    return [name for name in MISTAKES if name not in left_out]


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two grids are the same, but for what sums round.

    >>> same(np.ones((1, 2)), np.ones((2, 1))), same(np.ones(2), np.ones(2) + 1e-12)
    (False, True)
    """
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-9, atol=1e-9))


def _question(settings: Settings, seed: int, wrong: list[tuple[Picture, tuple[str, ...]]]) -> Question:
    channel, random = channel_of(settings, seed), np.random.default_rng(seed)
    chosen = _chosen(wrong, random)
    right: tuple[Picture, tuple[str, ...]] = (Picture(run(settings).output[channel]), ())
    shown = [right, *chosen]
    order = random.permutation(len(shown))
    room, bound = room_of([one for one, _ in shown]), bound_of([right[0]])
    options = []
    for name, at in zip(NAMES, order, strict=False):
        picture, mistakes = shown[at]
        drawn = draw(
            picture, message("questions.picture.name", name=name.upper()), room, max(bound, bound_of([picture]))
        )
        options.append(Option(name, spoken(picture), drawn, mistakes))
    has_channels = settings.layer.out_channels > 1
    shows = inputs_of(settings.layer, channel)[0], channel
    return Question(
        kind="picture",
        seed=seed,
        settings=settings,
        view=View(mask=("output",), channel=shows),
        ask=message("questions.picture.ask_channel", channel=channel)
        if has_channels
        else message("questions.picture.ask"),
        form="choice",
        answer=NAMES[order.tolist().index(0)],
        reveal=View(channel=shows),
        options=tuple(options),
    )


def _chosen(
    wrong: list[tuple[Picture, tuple[str, ...]]], random: np.random.Generator
) -> list[tuple[Picture, tuple[str, ...]]]:
    """Three of the wrong pictures: the likeliest, and two others."""
    rest = wrong[1:]
    taken = random.permutation(len(rest))[: len(NAMES) - 2]
    return [wrong[0], *(rest[at] for at in sorted(taken))]


def mark(question: Question, given: Any) -> Verdict:
    """What is said of a chosen picture: the mistake that made it."""
    try:
        name = read_choice(given, [option.name for option in question.options])
    except Unread as error:
        return error.verdict
    shown, right = (message("questions.picture.name", name=one.upper()) for one in (name, question.answer))
    added = sum_of(question.settings, cell_of(question))
    if name == question.answer:
        return Verdict(
            "right", message("questions.picture.right", given=shown, formula=sizes(question.settings), sum=added)
        )
    names = next(option.mistakes for option in question.options if option.name == name)
    reason = message(f"questions.mistakes.{names[0]}", given=shown)
    return Verdict("wrong", message("questions.picture.mistake", reason=reason, right=right, sum=added), names)


def cell_of(question: Question) -> str:
    """The cell of the shown output channel whose sum is said."""
    cell = telling_cell(question.settings, 0, question.view.channel[1])
    return f"output:{','.join(map(str, cell))}"


PICTURE = Kind(ask, mark)
