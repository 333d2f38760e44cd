"""The views in each direction: their grids, steps, marks, words, and what stands beside what.

A new view of the stage (``explorer/stage/views``) has its entry here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from explorer.decimals import number_text
from explorer.documents.schema import BACKWARD, FORWARD, Document
from explorer.export.picture import kinds
from explorer.export.picture.arranging import Axis, Column, Gridded, Node, Rest, Row, Sign
from explorer.export.picture.gather import mark_window, mark_zero, say_window
from explorer.export.picture.gradients import GRADIENT_WORDS
from explorer.export.picture.kinds import Kind
from explorer.export.picture.links import bias_of
from explorer.export.picture.marks import STAMP_MARKS, Marking
from explorer.export.picture.stamps import STAMP_WORDS, say_input
from explorer.export.picture.steps import GATHERING, GRADIENTS, STAMPS, Steps
from explorer.export.picture.words import Words, bracketed
from explorer.text import say

Form = Callable[[Document], Node]
"""What stands beside what."""


@dataclass(frozen=True)
class Direction:
    """A view in one direction. ``modes``: whose words it takes; ``letters``: what the input and the output are called.

    ``form`` arranges its grids, ``line`` those of one dimension where it has such a form.
    ``is_stamped``: a step has a sentence of its own. ``is_tight``: so many grids stand here that gaps are small.
    """

    grids: Mapping[str, Kind]
    steps: Steps
    marks: Marking
    words: Words
    modes: tuple[str, ...]
    letters: tuple[str, str]
    form: Form
    line: Form | None = None
    is_stamped: bool = False
    is_tight: bool = False


def _rest(document: Document) -> list[Node]:
    """What else is summed over: one channel is only a part of the sum, where there are others; and the bias."""
    gradient, bias = document["gradient"], bias_of(document)
    count = gradient["others"] if gradient else len(document["channels"]["inputs"]) - 1
    said = [say("stage.rest", count=count)] if count else []
    said += [say("stage.rest_bias", bias=bracketed(number_text(bias)))] if bias else []
    return [Rest(" ".join(said))] if said else []


def _three(first: str, sign: str, second: str, other: str, third: str, has_rest: bool = False) -> Form:
    """Three grids and the signs between them."""

    def form(document: Document) -> Node:
        more = _rest(document) if has_rest else []
        return Row(Gridded(first), Sign(sign), Gridded(second), Sign(other), Gridded(third), *more)

    return form


def _line(*names: str, has_rest: bool = False) -> Form:
    """Rows of one dimension under one another: grids, and signs before them."""

    def form(document: Document) -> Node:
        parts: list[Node] = [Gridded(name) if name in document["grids"] else Sign(name) for name in names]
        return Axis(*parts, *(_rest(document) if has_rest else []))

    return form


def _gathered(document: Document) -> Node:
    """X over K → the zero-inserted X ★ K flipped = Y; the signs between the large grids stand over and below K."""
    return Row(
        Column(Gridded("input"), Gridded("kernel")),
        Sign("→"),
        Gridded("zero_inserted"),
        Column(Sign("★"), Gridded("flipped"), *_rest(document), Sign("="), is_centred=True),
        Gridded("output"),
    )


def _gathered_line(document: Document) -> Node:
    given: list[Node] = [Gridded("kernel"), Gridded("input"), Sign("→"), Gridded("zero_inserted")]
    return Axis(*given, Sign("★"), Gridded("flipped"), *_rest(document), Sign("="), Gridded("output"))


def _multiplied(whole: str, factor: str, product: str, *parts: str, second: str = "") -> Form:
    """The matrix, its vector and the product, and the grids that they are made of."""

    def form(document: Document) -> Node:
        own = [Gridded(whole), Sign("·"), Gridded(factor), *_rest(document), Sign("="), Gridded(product)]
        other = [Gridded(second)] if second in document["grids"] else []
        return Row(Row(*own, low=(whole, product)), Column(Row(*map(Gridded, parts)), *other))

    return form


SCATTER = Direction(
    grids={"input": kinds.INPUT, "kernel": kinds.KERNEL, "output": kinds.OUTPUT},
    steps=STAMPS,
    marks=STAMP_MARKS,
    words=STAMP_WORDS,
    modes=("scatter",),
    letters=("X", "Y"),
    form=_three("input", "×", "kernel", "→", "output"),
    line=_line("input", "×", "kernel", "→", "output"),
    is_stamped=True,
)
SCATTER_BACKWARD = Direction(
    grids={"gradient": kinds.GRADIENT, "kernel": kinds.KERNEL, "upstream": kinds.UPSTREAM},
    steps=GRADIENTS,
    marks=STAMP_MARKS,
    words=GRADIENT_WORDS,
    modes=("scatter_backward", "backward"),
    letters=("dX", "dY"),
    form=_three("gradient", "=", "kernel", "★", "upstream", has_rest=True),
    line=_line("gradient", "=", "kernel", "★", "upstream", has_rest=True),
)
VIEWS: Mapping[tuple[str, str], Direction] = {
    ("scatter", FORWARD): SCATTER,
    ("scatter", BACKWARD): SCATTER_BACKWARD,
    ("gather", FORWARD): replace(
        SCATTER,
        grids={**SCATTER.grids, "zero_inserted": kinds.ZERO_INSERTED, "flipped": kinds.FLIPPED},
        steps=GATHERING,
        marks={**STAMP_MARKS, "output": mark_window, "zero_inserted": mark_zero},
        words={"input": say_input, "output": say_window},
        modes=("gather",),
        form=_gathered,
        line=_gathered_line,
        is_stamped=False,
    ),
    ("gather", BACKWARD): replace(SCATTER_BACKWARD, modes=("gather_backward", "backward")),
    ("matrix", FORWARD): replace(
        SCATTER,
        grids={
            **SCATTER.grids,
            "WT": kinds.WT,
            "W": kinds.W,
            "vec_input": kinds.VEC_INPUT,
            "vec_output": kinds.VEC_OUTPUT,
        },
        modes=("matrix",),
        form=_multiplied("WT", "vec_input", "vec_output", "input", "kernel", "output", second="W"),
        line=None,
        is_tight=True,
    ),
    ("matrix", BACKWARD): replace(
        SCATTER_BACKWARD,
        grids={
            **SCATTER_BACKWARD.grids,
            "W": kinds.W,
            "vec_upstream": kinds.VEC_UPSTREAM,
            "vec_gradient": kinds.VEC_GRADIENT,
        },
        modes=("matrix_backward", "backward"),
        form=_multiplied("W", "vec_upstream", "vec_gradient", "gradient", "kernel", "upstream"),
        line=None,
        is_tight=True,
    ),
}


def direction_of(document: Document) -> Direction:
    """How a document is shown: its view in its direction."""
    return VIEWS[document["view"], document["direction"]]
