"""What people believe, beside what is so: a mistake's result, the right one, and the map of their difference."""

import numpy as np

from explorer.documents.facts import number
from explorer.documents.messages import message
from explorer.documents.schema import Compared, Message, WhatIf
from explorer.mistakes import MISTAKES, right_output, wrong_output
from explorer.operation import Operation
from explorer.settings import shape_text
from explorer.views import View
from explorer.views.kind import bound_of

ROUNDED = 1e-13
"""A difference that is no larger, beside the largest number, is rounding."""


def what_if(operation: Operation, view: View) -> WhatIf | None:
    """What the view's mistake makes of the shown output channel; None where the view asks for none.

    >>> from explorer.documents.messages import speak
    >>> from explorer.operation import run
    >>> from explorer.settings import Settings
    >>> found = what_if(run(Settings()), View(what_if="no_flip"))
    >>> found["wrong"]["rows"], speak(found["messages"][1])
    ([[0.0, 3.0, 2.0], [6.0, 14.0, 6.0], [2.0, 3.0, 0.0]], '7 of 9 cells differ, by up to 10.')
    """
    if not view.what_if:
        return None
    settings, channel = operation.settings, view.channel[1]
    right, wrong = right_output(settings), wrong_output(view.what_if, settings)
    title = message(f"mistakes.{view.what_if}.title")
    gaps = None if wrong is None else difference(wrong, right)
    named = {"channel": str(channel)}
    many = "_channel" if settings.layer.out_channels > 1 else ""
    return {
        "name": view.what_if,
        "thread": MISTAKES[view.what_if].thread,
        "offered": {name: wrong_output(name, settings) is not None for name in MISTAKES},
        "right": compared(right, channel, message(f"what_if.right{many}", **named)),
        "wrong": None if wrong is None else compared(wrong, channel, message(f"what_if.wrong{many}", **named)),
        "difference": None if gaps is None else compared(gaps, channel, message("what_if.difference")),
        "messages": [message(f"mistakes.{view.what_if}.why"), *_messages(right, wrong, title)],
    }


def difference(wrong: np.ndarray, right: np.ndarray) -> np.ndarray:
    """wrong − right, read at the same index; NaN where only one of them has the cell.

    >>> difference(np.array([[[1.0, 5.0]]]), np.array([[[1.0], [2.0]]])).tolist()
    [[[0.0, nan], [nan, nan]]]
    """
    sizes = [max(pair) for pair in zip(wrong.shape, right.shape, strict=True)]
    found = np.full(sizes, np.nan)
    both = tuple(slice(min(pair)) for pair in zip(wrong.shape, right.shape, strict=True))
    found[both] = wrong[both] - right[both]
    return found


def compared(array: np.ndarray, channel: int, title: Message) -> Compared:
    """One channel of a result as it is drawn; None where it has no cell.

    >>> compared(np.array([[[1.0, np.nan]]]), 0, message("what_if.difference"))["rows"]
    [[1.0, None]]
    """
    rows = [[value if np.isfinite(value) else None for value in row] for row in array[channel].tolist()]
    return {"shape": list(array.shape), "rows": rows, "bound": bound_of(array), "title": title}


def _messages(right: np.ndarray, wrong: np.ndarray | None, title: Message) -> list[Message]:
    """How far the wrong result is from the right one, in all channels."""
    if wrong is None:
        return [message("what_if.nothing", title=title)]
    said = []
    if wrong.shape != right.shape:
        said.append(message("what_if.size", wrong=shape_text(wrong.shape[1:]), right=shape_text(right.shape[1:])))
    gaps = difference(wrong, right)
    both = np.abs(gaps[np.isfinite(gaps)])
    rounded = ROUNDED * float(max(np.abs(right).max(), np.abs(wrong).max()))
    key = "what_if.differs" if wrong.shape == right.shape else "what_if.differs_in_both"
    said.append(message(key, count=int((both > rounded).sum()), all=both.size, most=number(both.max(initial=0.0))))
    return said
