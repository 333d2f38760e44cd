"""The output's size: two numbers to type, in one dimension one."""

from dataclasses import replace
from typing import Any

from explorer.documents.messages import message
from explorer.documents.schema import Message
from explorer.layer import Layer, Pair
from explorer.limits import is_one_row
from explorer.mistakes import wrong_sizes
from explorer.questions.answers import FIELDS, Unread, read_lengths
from explorer.questions.likely import likeliest
from explorer.questions.question import Kind, Question, Verdict
from explorer.questions.varying import near
from explorer.questions.wording import PARAMETERS, grids, lengths_text, sizes
from explorer.settings import Settings, one_dimension
from explorer.views import View


def fits(layer: Layer, size: Pair) -> bool:
    """Whether some mistake gives another size."""
    return bool(wrong(layer, size))


def wrong(layer: Layer, size: Pair) -> dict[str, Pair]:
    """The size that each mistake gives; in one dimension that of a square of the same length.

    The height of a row would keep mistakes away that leave no height of 1.

    >>> wrong(Layer(kernel_size=(1, 2)), (1, 2))["last_cell_forgotten"]
    (2, 2)
    """
    if not is_one_row(layer, size):
        return wrong_sizes(layer, size)
    pairs = {name: (getattr(layer, name)[1],) * 2 for name in ("kernel_size", *PARAMETERS)}
    return wrong_sizes(replace(layer, **pairs), (size[1], size[1]))  # type: ignore[arg-type]


def ask(settings: Settings, seed: int) -> Question | None:
    """A question for the size of Y, near the settings.

    >>> ask(Settings(), 0).answer
    [3, 3]
    """
    own = near(settings, seed, fits)
    if own is None:
        return None
    is_line = one_dimension(own)
    height, width = own.layer.output_size(own.size)
    return Question(
        kind="size",
        seed=seed,
        settings=own,
        view=View(mask=("output",)),
        ask=message(f"questions.size.{'ask_line' if is_line else 'ask'}", given=grids(own)),
        form="number" if is_line else "size",
        answer=width if is_line else [height, width],
        reveal=View(step=None),
    )


def mark(question: Question, given: Any) -> Verdict:
    """What is said of a size: the formula in numbers, and which mistake gives the size that was typed."""
    settings, is_line = question.settings, question.form == "number"
    try:
        read = read_lengths(given, ["length"] if is_line else FIELDS)
    except Unread as error:
        return error.verdict
    typed: Pair = (1, read[0]) if is_line else (read[0], read[1])
    height, width = settings.layer.output_size(settings.size)
    values: dict[str, str | Message] = {"given": lengths_text(typed, is_line), "formula": sizes(settings)}
    if typed[1] == width and (is_line or typed[0] == height):
        return Verdict("right", message("questions.size.right", **values))
    found = wrong(settings.layer, settings.size)
    names = likeliest(name for name, pair in found.items() if _same(pair, typed, is_line))
    if not names:
        return Verdict("wrong", message("questions.size.wrong", **values))
    return Verdict("wrong", message(f"questions.size.mistakes.{names[0]}", **values), names)


def _same(pair: Pair, typed: Pair, is_line: bool) -> bool:
    return pair[1] == typed[1] if is_line else tuple(pair) == typed


SIZE = Kind(ask, mark)
