"""The formula of the sizes: in letters, and below them the page's numbers."""

from collections.abc import Iterable

from explorer.documents.messages import message
from explorer.documents.schema import Formula, Message
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
            "letters": _letters(direction, name, letter),
            "numbers": message(f"formula.{direction}_numbers", **numbers),
        }
        for name, letter, numbers in found
    ]


def _letters(direction: str, name: str, letter: str) -> Message:
    result = message(f"formula.{name}" if direction == "forward" else f"formula.{name}_backward")
    return message(f"formula.{direction}", name=result, n=letter, s="s", p="p", d="d", k="k", o="o")


def _forward(operation: Operation) -> Iterable[dict[str, int]]:
    """The numbers of each axis."""
    layer, size = operation.layer, operation.settings.size
    for n, out, (k, s, p, o, d) in zip(size, layer.output_size(size), layer.axes, strict=True):
        yield {"n": n, "s": s, "p": p, "d": d, "k": k, "o": o, "out": out}


def _backward(operation: Operation) -> Iterable[dict[str, int]]:
    """The numbers of each axis; the convolution has no output_padding."""
    layer, size = operation.layer, operation.settings.size
    for n, (k, s, p, _, d) in zip(layer.output_size(size), layer.axes, strict=True):
        yield {"n": n, "s": s, "p": p, "d": d, "k": k, "out": (n + 2 * p - d * (k - 1) - 1) // s + 1}
