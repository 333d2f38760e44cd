"""The sentence of a scene, as in ``explorer/stage/words.js``: templates filled with names, numbers and chips."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from explorer.decimals import number_text
from explorer.export.picture.links import Pair, Trace, entry_name, input_name, kernel_name, output_name
from explorer.export.picture.marks import Colours
from explorer.export.picture.scene import Scene
from explorer.figures.palette import Palette
from explorer.text import say, texts

MOST_TERMS = 6
WITH_CHANNELS = {"names": 4, "numbers": 8}  # with channels the names are longer, and the sums too
MINUS = "−"


class Part(NamedTuple):
    """A piece of a sentence: its text, its style, and a chip's colour.

    A style is "", "bold", "more" or "missing", or that of a chip: "chip", "vain" or "other".
    """

    text: str
    style: str = ""
    colour: str = ""


class Term(NamedTuple):
    """A term of a sum, and its input channel."""

    channel: int
    part: Part


Value = str | Part | Sequence[str | Part]
Words = dict[str, Callable[["Speech", Trace], list[Part]]]
"""The sentence of each kind of traced cell."""


def bracketed(text: str) -> str:
    """A negative factor stands in brackets.

    >>> bracketed("−0.5"), bracketed("2")
    ('(−0.5)', '2')
    """
    return f"({text})" if text.startswith(MINUS) else text


def product_text(*factors: str) -> str:
    """2·(−0.5).

    >>> product_text("2", "−0.5")
    '2·(−0.5)'
    """
    return "·".join(map(bracketed, factors))


@dataclass(frozen=True)
class Speech:
    """What the sentences of a scene are made of.

    ``modes``: whose words the view takes, the most special first; ``letters``: what input and output are called.
    """

    scene: Scene
    palette: Palette
    colour: Colours
    modes: tuple[str, ...]
    letters: tuple[str, str]

    def say(self, key: str, **values: Value) -> list[Part]:
        """The sentence of a key in the view's words."""
        sentences = texts()["sentences"]
        own = next((f"{key}_{mode}" for mode in self.modes if f"{key}_{mode}" in sentences), key)
        return filled(sentences[own], values)

    # ---- names
    def _name(self, letter: str, channel: object, indices: Iterable[int]) -> str:
        shown = [channel] if self.scene.has_channels else []
        return f"{letter}[{','.join(map(str, [*shown, *indices]))}]"

    def x(self, channel: int, cell: int) -> str:
        """X[0,1], with several channels X[0,0,1]."""
        return self._name(self.letters[0], channel, self.scene.links.input_at(cell))

    def k(self, channel: int, q: int) -> str:
        """K[0,1], with several channels K[0,0,0,1]."""
        block = self.scene.document["channels"]["block"]
        return self._name("K", f"{channel},{block}", self.scene.links.kernel_at(q))

    def y(self, canvas: int) -> str:
        """Y[0,1]; a cropped cell is called by its place on the canvas."""
        links, (top, left, _, _) = self.scene.links, self.scene.document["sizes"]["window"]
        row, column = links.canvas_at(canvas)
        if links.column_of[canvas] < 0:
            return say("sentences.canvas_cell", r=row, c=column)
        return self._name(self.letters[1], self.scene.document["channels"]["shown"][1], [row - top, column - left])

    # ---- numbers, which a masked cell does not tell
    def number(self, name: str, value: float | None) -> str:
        """The number of a cell."""
        if self.scene.is_masked(name):
            return say("stage.hidden")
        return "" if value is None else number_text(value)

    def input(self, channel: int, cell: int) -> str:
        """The number of an input cell."""
        return self.number(input_name(self.scene.links, channel, cell), self.scene.document["input"][channel][cell])

    def weight(self, channel: int, q: int) -> str:
        """The number of a kernel cell."""
        kernel = self.scene.document["weight"][channel]
        return self.number(kernel_name(self.scene.links, channel, q), kernel[q] if kernel else None)

    def gradient(self, channel: int, cell: int) -> str:
        """The number of a cell of dX."""
        gradient = self.scene.document["gradient"]
        assert gradient is not None
        return self.number(input_name(self.scene.links, channel, cell), gradient["result"][channel][cell])

    def output(self, canvas: int, values: Sequence[float | None]) -> str:
        """The number of an output cell, from the values of its canvas."""
        return self.number(output_name(self.scene.links, canvas), values[canvas])

    def entry(self, trace: Trace) -> str:
        """The number of an entry of the matrix."""
        channel, links = trace.channel or 0, self.scene.links
        if trace.q is None:
            return self.number(entry_name(links, channel, trace.cell, links.column_of[trace.canvas]), 0.0)
        if self.scene.is_masked(entry_name(links, channel, trace.cell, links.column_of[trace.canvas])):
            return say("stage.hidden")
        return self.weight(channel, trace.q)

    # ---- pieces
    def chip(self, text: str, q: int | None = None) -> Part:
        """A piece in the colour of a kernel position; without one, in that of the traced cell."""
        return Part(text, "chip", self.palette.traced if q is None else self.colour(q))

    def term(self, channel: int, text: str, q: int) -> Term:
        """A term of a sum; other channels' cells are not drawn and have no colour."""
        is_own = channel == self.scene.channel
        return Term(channel, self.chip(text, q) if is_own else Part(text, "other", self.palette.muted))

    def product(self, pair: Pair) -> Term:
        """2·3: an input's and a kernel's number."""
        text = product_text(self.input(pair.channel, pair.cell), self.weight(pair.channel, pair.q))
        return self.term(pair.channel, text, pair.q)

    def is_kept(self, canvas: int) -> bool:
        """Whether a canvas cell is in Y."""
        return self.scene.links.column_of[canvas] >= 0

    # ---- sums: cut after a few terms, the shown channel's first
    def numbers(self, terms: Iterable[Term], by: str = " + ") -> list[Part]:
        """Products in numbers; each other channel's name stands before its terms."""
        return self._joined(list(terms), by, "numbers")

    def names(self, terms: Iterable[Term]) -> list[Part]:
        """Products in names, which say their channel themselves."""
        return self._joined(list(terms), " + ", "names")

    def _joined(self, terms: list[Term], by: str, kind: str) -> list[Part]:
        most = WITH_CHANNELS[kind] if self.scene.has_channels else MOST_TERMS
        ordered = sorted(terms, key=lambda term: term.channel != self.scene.channel)
        parts: list[Part] = []
        before = self.scene.channel
        for at, (channel, part) in enumerate(ordered[:most]):
            parts += [Part(by)] if at else []
            if kind == "numbers" and channel != before:
                parts.append(Part(say("sentences.from_channel", channel=channel)))
            parts.append(part)
            before = channel
        rest = len(ordered) - most
        return [*parts, Part(by), Part(say("sentences.more", count=rest), "more")] if rest > 0 else parts


def filled(template: str, values: dict[str, Any]) -> list[Part]:
    """A template whose places are filled with texts and pieces.

    >>> [part.text for part in filled("{cell} = {value}", {"cell": Part("Y[0,0]", "chip"), "value": "3"})]
    ['Y[0,0]', ' = ', '3']
    """
    parts: list[Part] = []
    for index, text in enumerate(re.split(r"\{(\w+)\}", template)):
        found = values.get(text, "") if index % 2 else text
        listed = [found] if isinstance(found, (str, Part)) else found
        parts += [one if isinstance(one, Part) else Part(one) for one in listed]
    return [part for part in parts if part.text]
