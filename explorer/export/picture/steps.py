"""What a step is, as in ``explorer/stage/steps.js``. Step 1 is the first; None means that all of them are done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from explorer.export.picture.links import Links, Trace, bias_of, input_name, output_name

Values = Sequence[float | None]
"""Flat cells; None is an empty one."""


class Canvas(NamedTuple):
    """The canvas at a step, and which of its cells are stamped by then (None: all is done)."""

    values: Values
    touched: set[int] | None


class Lack(NamedTuple):
    """What a traced cell still lacks: the key of a sentence, and how many of all its terms are done."""

    key: str
    done: int = 0
    all: int = 0


@dataclass(frozen=True)
class Steps:
    """The steps of a view in a direction.

    ``channel_at`` is the input channel that a step is about (None: any), ``cell_name`` its cell, ``canvas_at`` the
    canvas after it, ``lacks`` what a traced cell still lacks after it.
    """

    channel_at: Callable[[Links, int], int | None]
    cell_name: Callable[[Links, int], str]
    canvas_at: Callable[[Links, int | None], Canvas]
    lacks: Callable[[Links, int, Trace], Lack | None]


def _stamped_channel(links: Links, step: int) -> int:
    return (step - 1) // links.input_cells


def _stamped_cell(links: Links, step: int) -> str:
    return input_name(links, _stamped_channel(links, step), (step - 1) % links.input_cells)


def _step_of(links: Links, channel: int, cell: int) -> int:
    return channel * links.input_cells + cell + 1


def _stamped(links: Links, step: int | None) -> Canvas:
    """The canvas after so many stamps; the bias is there from the start."""
    output, sums = links.document["output"], links.document["sums"]
    if step is None or sums is None:
        return Canvas(output, None)
    bias = bias_of(links.document)
    values, touched = [bias if column >= 0 else 0.0 for column in links.column_of], set[int]()
    for index, row in enumerate(sums[:step]):
        if row is None:  # an input channel of another group
            continue
        for canvas, value in zip(links.stamps[index % links.input_cells], row, strict=True):
            values[canvas] = value
            touched.add(canvas)
    return Canvas(values, touched)


def _lacks_stamps(links: Links, step: int, trace: Trace) -> Lack | None:
    if trace.grid == "input" and trace.pairs and _step_of(links, trace.channel or 0, trace.cell) > step:
        return Lack("not_stamped")
    if trace.grid != "output":
        return None
    done = sum(1 for pair in trace.pairs if _step_of(links, pair.channel, pair.cell) <= step)
    return Lack("so_far", done, len(trace.pairs)) if done < len(trace.pairs) else None


def _gathered(links: Links, step: int | None) -> Canvas:
    """The canvas whose first cells are gathered; all others are empty."""
    output = links.document["output"]
    if step is None:
        return Canvas(output, None)
    return Canvas(
        [value if 0 <= cell < step else None for value, cell in zip(output, links.column_of, strict=True)], None
    )


def _lacks_gathering(links: Links, step: int, trace: Trace) -> Lack | None:
    is_later = trace.grid == "output" and links.column_of[trace.canvas] >= step
    return Lack("not_gathered") if is_later else None


def _upstream(links: Links, step: int | None) -> Canvas:
    """The canvas holds dY from the start."""
    gradient = links.document["gradient"]
    assert gradient is not None
    return Canvas(gradient["upstream"], None)


def _lacks_collecting(links: Links, step: int, trace: Trace) -> Lack | None:
    is_later = trace.grid == "input" and _step_of(links, trace.channel or 0, trace.cell) > step
    return Lack("not_collected") if is_later else None


STAMPS = Steps(_stamped_channel, _stamped_cell, _stamped, _lacks_stamps)
"""Step n: input cell n stamps, channel by channel, row by row."""
GATHERING = Steps(
    lambda links, step: None,
    lambda links, step: output_name(links, links.canvas_of[step - 1]),
    _gathered,
    _lacks_gathering,
)
"""Step n: output cell n is gathered. A cell that is not gathered yet is empty."""
GRADIENTS = Steps(_stamped_channel, _stamped_cell, _upstream, _lacks_collecting)
"""Step n: input cell n collects its gradient."""
