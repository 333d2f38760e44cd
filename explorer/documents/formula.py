"""The formula of the sizes: in letters, and below them the page's numbers."""

from collections.abc import Iterable

from explorer.documents.messages import message
from explorer.documents.schema import Formula, Message
from explorer.layer import Pair
from explorer.operation import Operation
from explorer.settings import one_dimension
from explorer.views import View

AXES = ("height", "width")
INPUT_LETTERS, OUTPUT_LETTERS = ("H", "W"), ("H′", "W′")


def formula(operation: Operation, view: View) -> list[Formula]:
    """The output's size from the input's, backward the convolution's: two where the axes differ, one row has one.

    Forward as the shape section of ``torch.nn.ConvTranspose2d`` has it, backward as that of ``torch.nn.Conv2d``.

    >>> from explorer.documents.messages import speak
    >>> from explorer.operation import run
    >>> from explorer.settings import Settings
    >>> found = formula(run(Settings()), View())[0]
    >>> print(speak(found["letters"]), speak(found["numbers"]), sep="; ")
    H′ = W′ = (H−1)·s − 2p + d(k−1) + o + 1; = (2−1)·1 − 2·0 + 1·(2−1) + 0 + 1 = 3
    """
    axes = list(_backward(operation) if view.backward else _forward(operation))
    letters, direction = (OUTPUT_LETTERS, "backward") if view.backward else (INPUT_LETTERS, "forward")
    found = list(zip(AXES, letters, axes, strict=True))
    if one_dimension(operation.settings):
        found = found[1:]
    elif axes[0] == axes[1]:
        found = [("both", letters[0], axes[0])]
    return [
        {
            "letters": _letters(direction, name, letter, key),
            "numbers": message(f"formula.{key}_numbers", **numbers),
        }
        for name, letter, numbers in found
        for key in [f"{direction}_cropped" if "start" in numbers else direction]
    ]


def _letters(direction: str, name: str, letter: str, key: str) -> Message:
    result = message(f"formula.{name}" if direction == "forward" else f"formula.{name}_backward")
    return message(f"formula.{key}", name=result, n=letter, s="s", p="p", d="d", k="k", o="o")


def _forward(operation: Operation) -> Iterable[dict[str, int]]:
    """The numbers of each axis."""
    layer, size = operation.layer, operation.settings.size
    settings = operation.settings
    for n, out, (k, s, p, o, d), ends in zip(size, settings.output_size, layer.axes, settings.crop, strict=True):
        yield {"n": n, "s": s, "p": p, "d": d, "k": k, "o": o, "out": out, **_ends(ends)}


def _backward(operation: Operation) -> Iterable[dict[str, int]]:
    """The numbers of each axis; the convolution has no output_padding."""
    layer, settings = operation.layer, operation.settings
    for n, (k, s, p, _, d), ends in zip(settings.output_size, layer.axes, settings.crop, strict=True):
        size = (n + sum(ends) + 2 * p - d * (k - 1) - 1) // s + 1
        yield {"n": n, "s": s, "p": p, "d": d, "k": k, "out": size, **_ends(ends)}


def _ends(ends: Pair) -> dict[str, int]:
    """What is cropped after the layer at each end of an axis, where anything is."""
    return dict(zip(("start", "end"), ends, strict=True)) if any(ends) else {}
