"""Parts of sentences that several kinds of questions share, as messages."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from explorer.documents.formula import formula
from explorer.documents.messages import message
from explorer.documents.schema import Message
from explorer.layer import Layer, Pair
from explorer.operation import run
from explorer.settings import Settings, one_dimension, shape_text
from explorer.views import View

PARAMETERS = {"stride": (1, 1), "padding": (0, 0), "output_padding": (0, 0), "dilation": (1, 1)}
"""The parameters that are named in a question, and at which value they do nothing."""


def joined(parts: Sequence[Message]) -> Message:
    """Messages as one, with a comma between them.

    >>> from explorer.documents.messages import speak
    >>> speak(joined([message("formula.height"), message("formula.width")]))
    'H′, W′'
    """
    return reduce(lambda before, last: message("questions.joined", before=before, last=last), parts)


def listed(parts: Sequence[str]) -> Message | str:
    """Names or numbers as one list.

    >>> from explorer.documents.messages import speak
    >>> speak(listed(["B", "A"]))
    'B, A'
    """
    first, *others = parts
    said: Message | str = first
    for last in others:
        said = message("questions.listed", before=said, last=last)
    return said


def lengths_text(pair: Pair, is_line: bool = False) -> str:
    """A size, or a parameter's value, that a sentence names; of one row its length alone.

    >>> lengths_text((2, 3)), lengths_text((1, 3), is_line=True)
    ('2×3', '3')
    """
    return str(pair[1]) if is_line else shape_text(pair)


def value_text(pair: Pair, is_line: bool = False) -> str:
    """A parameter's value: one number where height and width have the same.

    >>> value_text((2, 2)), value_text((2, 1)), value_text((1, 2), is_line=True)
    ('2', '2×1', '2')
    """
    return str(pair[1]) if is_line or pair[0] == pair[1] else shape_text(pair)


def grids(settings: Settings) -> Message:
    """What sizes X and K have, and which parameters do something: "X is 2×2, K is 3×3, stride 2"."""
    layer, is_line = settings.layer, one_dimension(settings)
    own = message(
        f"questions.given.{'line' if is_line else 'grids'}",
        input=lengths_text(settings.size, is_line),
        kernel=lengths_text(layer.kernel_size, is_line),  # type: ignore[arg-type]
    )
    return joined([own, *parameters(layer, is_line)])


def parameters(layer: Layer, is_line: bool) -> list[Message]:
    """The parameters that do something, and always the stride."""
    return [
        parameter(name, getattr(layer, name), is_line)
        for name, idle in PARAMETERS.items()
        if name == "stride" or getattr(layer, name) != idle
    ]


def parameter(name: str, value: Pair, is_line: bool) -> Message:
    """A parameter and its value: "stride 2"."""
    return message(f"questions.given.{name}", value=value_text(value, is_line))


def sizes(settings: Settings) -> Message:
    """The formula of Y's size with the numbers: "H′ = W′ = (2−1)·1 − 2·0 + 1·(2−1) + 0 + 1 = 3".

    >>> from explorer.documents.messages import speak
    >>> speak(sizes(Settings()))
    'H′ = W′ = (2−1)·1 − 2·0 + 1·(2−1) + 0 + 1 = 3'
    """
    layer = settings.layer
    plain = Settings.of(  # the formula knows sizes only: one channel of zeros has them
        [[0] * settings.size[1]] * settings.size[0],
        [[0] * layer.weight_shape[3]] * layer.weight_shape[2],
        **{name: getattr(layer, name) for name in PARAMETERS},
    )
    found = formula(run(plain), View())
    return joined(
        [message("questions.equation", name=one["letters"]["values"]["name"], numbers=one["numbers"]) for one in found]
    )


def cell_text(settings: Settings, cell: str) -> str:
    """What a cell of X or Y is called in a sentence: Y[0,1] in the output's own coordinates, of several channels
    Y[0,0,1].

    >>> cell_text(Settings.of([[0, 1], [2, 3]], [[0, 1], [2, 3]], padding=1), "output:0,1,1")
    'Y[0,0]'
    """
    grid, _, indices = cell.partition(":")
    at = [int(index) for index in indices.split(",")]
    if grid == "output":
        top, left = settings.layer.padding  # type: ignore[misc]
        at = [at[0], at[1] - top, at[2] - left]
    letter = {"input": "X", "output": "Y"}[grid]
    if settings.layer.in_channels == settings.layer.out_channels == 1:
        at = at[1:]
    return f"{letter}[{','.join(map(str, at))}]"


def one_pair(settings: Settings, pair: Pair = (0, 0)) -> Settings:
    """The settings between one input and one output channel only, its numbers those of that pair.

    >>> one_pair(Settings.of([[[1]], [[2]]], [[[[3]]], [[[4]]]]), (1, 0)).input
    (((2.0,),),)
    """
    layer = settings.layer
    if (layer.in_channels, layer.out_channels) == (1, 1):
        return settings
    single = replace(layer, in_channels=1, out_channels=1, groups=1)
    block = pair[1] % (layer.out_channels // layer.groups)
    return Settings(single, (settings.input[pair[0]],), ((settings.weight[pair[0]][block],),))


MOST_SAID = 9
"""Products of a sum that are said; of more the last ones are counted."""


def added(products: Sequence[Message]) -> Message:
    """Products with + between them.

    >>> from explorer.documents.messages import speak
    >>> speak(added([message("formula.height"), message("formula.width")]))
    'H′ + W′'
    """
    said = reduce(lambda before, last: message("questions.value.plus", before=before, last=last), products[:MOST_SAID])
    rest = len(products) - MOST_SAID
    return message("questions.value.more", before=said, count=rest) if rest > 0 else said
