"""The value of a hidden cell: a number to type."""

from functools import lru_cache
from itertools import combinations
from math import prod
from typing import Any, NamedTuple

import numpy as np

from explorer import relation
from explorer.decimals import number_text
from explorer.documents.messages import message
from explorer.documents.schema import Message
from explorer.layer import Layer, Pair
from explorer.mistakes import wrong_values
from explorer.operation import run
from explorer.questions.answers import Unread, read_number
from explorer.questions.likely import likeliest
from explorer.questions.question import Kind, Question, Verdict
from explorer.questions.varying import easy, near, some
from explorer.questions.wording import added, cell_text
from explorer.settings import Settings, one_dimension
from explorer.views import View

MOST_TERMS = 4
"""Products that a person adds in the head."""
TOLERANCE = 1e-9


class Term(NamedTuple):
    """One product of a cell's sum: the shown input channel, and its factors."""

    channel: int
    x: float
    k: float

    @property
    def product(self) -> float:
        """What it adds."""
        return self.x * self.k


def terms(settings: Settings, cell: tuple[int, int, int]) -> list[Term]:
    """The products that a canvas cell (channel, row, column) sums, read off the relation.

    >>> terms(Settings(), (0, 0, 1))
    [Term(channel=0, x=0.0, k=1.0), Term(channel=0, x=1.0, k=0.0)]
    """
    layer, (out_channel, row, column) = settings.layer, cell
    flat = row * layer.canvas_size(settings.size)[1] + column
    block = out_channel % (layer.out_channels // layer.groups)
    links = np.argwhere(relation.stamps(layer, settings.size) == flat)
    return [
        Term(channel, settings.input[channel][i][j], settings.weight[channel][block][a][b])
        for channel in relation.inputs_of(layer, out_channel)
        for i, j, a, b in links
    ]


def ask(settings: Settings, seed: int) -> Question | None:
    """A question for the value of a cell that several stamps reach.

    >>> question = ask(Settings(), 0)
    >>> question.cell, question.answer
    ('output:0,1,1', 4.0)
    """
    own = settings if seed == 0 else near(settings, seed, has_overlap) or near(settings, seed)
    if own is None:
        return None
    own = easy(own, seed)
    at = telling_cell(own, seed)
    cell = f"output:{','.join(map(str, at))}"
    channel = relation.inputs_of(own.layer, at[0])[0], at[0]
    return Question(
        kind="value",
        seed=seed,
        settings=own,
        view=View(mask=(cell,), channel=channel),
        ask=message("questions.value.ask", cell=cell_text(own, cell)),
        form="number",
        answer=_value(own, at),
        reveal=View(trace=cell, channel=channel),
        cell=cell,
    )


def has_overlap(layer: Layer, size: Pair) -> bool:
    """Whether two stamps meet in the output."""
    return most_stamps(layer, size) >= 2


@lru_cache(maxsize=4096)
def most_stamps(layer: Layer, size: Pair) -> int:
    """How many stamps of one input channel meet in the output, where the most of them do.

    >>> most_stamps(Layer(kernel_size=2), (2, 2)), most_stamps(Layer(kernel_size=2, stride=2), (2, 2))
    (4, 1)
    """
    top, left, height, width = layer.window(size)
    canvas = layer.canvas_size(size)
    counts = np.bincount(relation.stamps(layer, size).ravel(), minlength=prod(canvas))
    return int(counts.reshape(canvas)[top : top + height, left : left + width].max())


def _value(settings: Settings, at: tuple[int, int, int]) -> float:
    top, left = settings.layer.padding  # type: ignore[misc]
    return float(run(settings).output[at[0], at[1] - top, at[2] - left])


@lru_cache(maxsize=256)
def telling_cell(settings: Settings, seed: int, channel: int | None = None) -> tuple[int, int, int]:
    """The cell that tells most, in canvas coordinates, in one output channel or in any.

    Of several one by the seed, with seed 0 the first.
    """
    top, left, height, width = settings.layer.window(settings.size)
    places = [(row, column) for row in range(top, top + height) for column in range(left, left + width)]
    channels = range(settings.layer.out_channels) if channel is None else [channel]
    cells = [(one, row, column) for one in channels for row, column in some(places, seed)]
    worth = [_worth(settings, cell) for cell in cells]
    best = [cell for cell, own in zip(cells, worth, strict=True) if own == max(worth)]
    return best[int(np.random.default_rng(seed).integers(len(best))) if seed else 0]


def _worth(settings: Settings, cell: tuple[int, int, int]) -> tuple[int, int, int]:
    """How much a cell tells: that it is a short sum and not 0, how near it is to that, how many answers mistakes give.

    Each is larger the more it tells.
    """
    count = sum(1 for term in terms(settings, cell) if term.product)
    is_number = abs(_value(settings, cell)) > TOLERANCE
    answers = len(set(wrong_values(settings, cell).values()))
    if 2 <= count <= MOST_TERMS and is_number:
        return 2, 0, answers
    return (1 if is_number else 0), -count, answers


def wrong(question: Question) -> dict[str, list[float]]:
    """What each mistake gives in the asked cell: the whole operation's mistakes, and a product left out."""
    at = _place(question.cell)
    found = {name: [value] for name, value in wrong_values(question.settings, at).items()}
    if one_dimension(question.settings):  # a row has no rows and columns to change places
        found.pop("rows_and_columns", None)
    products = [term.product for term in terms(question.settings, at) if term.product]
    parts = {sum(part) for count in range(1, len(products)) for part in combinations(products, count)}
    left_out = [part for part in sorted(parts) if not _same(part, question.answer)]
    return {**found, "term_forgotten": left_out} if left_out and len(products) <= MOST_TERMS else found


def _place(cell: str) -> tuple[int, int, int]:
    channel, row, column = map(int, cell.partition(":")[2].split(","))
    return channel, row, column


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(1.0, abs(other))


def mark(question: Question, given: Any) -> Verdict:
    """What is said of a value: its sum in numbers, and which mistake gives the one that was typed."""
    try:
        typed = read_number(given, "value")
    except Unread as error:
        return error.verdict
    shown, total = number_text(typed), sum_of(question.settings, question.cell)
    if _same(typed, question.answer):
        return Verdict("right", message("questions.value.right", sum=total))
    names = likeliest(name for name, known in wrong(question).items() if any(_same(typed, value) for value in known))
    if not names:
        return Verdict("wrong", message("questions.value.wrong", given=shown, sum=total))
    reason = message(f"questions.mistakes.{names[0]}", given=shown)
    return Verdict("wrong", message("questions.value.mistake", reason=reason, sum=total), names)


def sum_of(settings: Settings, cell: str) -> Message:
    """The sum of a cell with its numbers: "Y[1,1] = 1·2 + 2·1 = 4"; where nothing reaches it, that it is 0.

    >>> from explorer.documents.messages import speak
    >>> speak(sum_of(Settings(), "output:0,1,1"))
    'Y[1,1] = 0·3 + 1·2 + 2·1 + 3·0 = 4'
    """
    at = _place(cell)
    name, value = cell_text(settings, cell), number_text(_value(settings, at))
    products: list[Message] = [
        message("questions.value.term", x=_factor(term.x), k=_factor(term.k)) for term in terms(settings, at)
    ]
    if not products:
        return message("questions.value.no_sum", cell=name, value=value)
    return message("questions.value.sum", cell=name, terms=added(products), value=value)


def _factor(value: float) -> str | Message:
    """A factor as a sum has it, a negative one in brackets."""
    text = number_text(value)
    return message("questions.value.negative", value=text) if value < 0 else text


VALUE = Kind(ask, mark)
