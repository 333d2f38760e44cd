"""The texts below the grids: the sentence with its chips, in lines, and the formulas of the sizes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from explorer.breaking import belong_together, is_chinese, pieces
from explorer.documents.messages import speak
from explorer.documents.schema import Formula, Message
from explorer.export.picture.drawing import escaped, tag
from explorer.export.picture.fonts import SEMIBOLD, text_width
from explorer.export.picture.inks import Inks
from explorer.export.picture.words import Part
from explorer.text import say

SENTENCE, LINE, PADDING = 16.0, 26.0, 14.0  # the font of the sentence, from line to line, around its lines
CHIP_PADDING, CHIP_HEIGHT, CHIP_LINE = 6.0, 21.0, 2.0
FORMULA, FORMULA_LINE, FORMULA_GAP = 14.0, 18.0, 36.0
LETTERS = ("n", "s", "p", "d", "k", "o")
BRACKET = 0.36  # em: the width of ⌊ and ⌋, which are drawn, because few fonts have them
DRAWN = "⌊⌋"


class Run(NamedTuple):
    """A piece of a line: where it begins, its width with a chip's padding, and the piece."""

    x: float
    width: float
    part: Part


def _width(part: Part) -> float:
    own = text_width(part.text, SENTENCE, part.style in ("bold", "chip"))
    return own + 2 * CHIP_PADDING if part.style in ("chip", "vain", "other") else own


def lines_of(parts: list[Part], room: float) -> list[list[Run]]:
    """A sentence in lines of so much room: plain words and Chinese wrap, a chip stays whole.

    >>> [[run.part.text for run in line] for line in lines_of([Part("one two three")], 60)]
    [['one two'], ['three']]
    """
    lines: list[list[Run]] = [[]]
    x = 0.0
    for words in _together(parts):
        if lines[-1] and x + sum(map(_width, words)) > room and words[0].text.strip():
            lines.append([])
            x = 0.0
        for word in words:
            if not lines[-1] and not word.text.strip():
                continue  # no line begins with a space
            lines[-1].append(Run(x, _width(word), word))
            x += _width(word)
    return [list(_joined(line)) for line in lines]


def _together(parts: list[Part]) -> list[list[Part]]:
    """Words, spaces and chips; in a Chinese sentence a stop or a bracket stays with the chip beside it."""
    found: list[list[Part]] = []
    is_marked = any(is_chinese(part.text) for part in parts)
    for word in _words(parts):
        if found and is_marked and belong_together(found[-1][-1].text, word.text):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _words(parts: list[Part]) -> Iterator[Part]:
    """Words, spaces and chips."""
    for part in parts:
        if part.style in ("chip", "vain", "other", "more"):
            yield part
        else:
            yield from (part._replace(text=text) for text in pieces(part.text))


def _joined(line: list[Run]) -> Iterator[Run]:
    """Words of one style side by side as one piece."""
    while line and not line[-1].part.text.strip():
        line = line[:-1]
    before: Run | None = None
    for run in line:
        is_plain = run.part.style in ("", "bold", "missing")
        if before and is_plain and before.part.style == run.part.style:
            text = before.part.text + run.part.text
            before = Run(before.x, before.width + run.width, before.part._replace(text=text))
            continue
        if before:
            yield before
        before = run
    if before:
        yield before


def sentence_height(lines: int) -> float:
    """The height of the box around so many lines."""
    return lines * LINE + 2 * PADDING - 8


def draw_sentence(lines: list[list[Run]], width: float, least: int, inks: Inks) -> str:
    """The sentence in its box, which has room for so many lines at least."""
    palette, height = inks.palette, sentence_height(max(len(lines), least))
    box = {"width": width, "height": height, "rx": 10, "fill": palette.surface, "stroke": palette.border}
    drawn = [
        tag("g", (_run(run, inks) for run in line), transform=f"translate({PADDING:g} {PADDING + 13 + n * LINE:g})")
        for n, line in enumerate(lines)
    ]
    words = tag("g", drawn, class_="sentence", font_size=SENTENCE, fill=palette.text)
    return tag("rect", **box) + words


def _run(run: Run, inks: Inks) -> str:
    """A piece of a line: what stands behind it, and its text."""
    part, palette = run.part, inks.palette
    if part.style in ("", "bold", "more", "missing"):
        weight = SEMIBOLD if part.style == "bold" else None
        fill = {"more": palette.primary, "missing": palette.muted}.get(part.style)
        return _fitted(part.text, run.x, run.width, font_weight=weight, fill=fill)
    top, is_vain = -SENTENCE * 0.33 - CHIP_HEIGHT / 2, part.style == "vain"
    box = {"x": run.x, "width": run.width}
    ground = tag("rect", y=top, height=CHIP_HEIGHT, rx=5, fill=inks.chip(part.colour, is_vain), **box)
    foot = tag("rect", y=top + CHIP_HEIGHT - CHIP_LINE, height=CHIP_LINE, rx=1, fill=part.colour, **box)
    weight, fill = (SEMIBOLD, None) if part.style == "chip" else (None, palette.muted if is_vain else None)
    inside = _fitted(part.text, run.x + CHIP_PADDING, run.width - 2 * CHIP_PADDING, font_weight=weight, fill=fill)
    return tag("g", ground + foot + inside, class_="chip", data_colour=part.colour)


def _fitted(text: str, x: float, width: float, **style: object) -> str:
    """A text that is as wide as it is meant to be in any font. Spaces at its ends are room only."""
    start = x + text_width(text[: len(text) - len(text.lstrip())], SENTENCE)
    ends = text_width(" " * (len(text) - len(text.strip())), SENTENCE)
    if not text.strip():
        return ""
    length = {"textLength": width - ends, "lengthAdjust": "spacingAndGlyphs"}
    return tag("text", escaped(text.strip()), x=start, y=0, **length, **style)


# ---- formulas
def draw_formulas(formulas: list[Formula], inks: Inks) -> tuple[str, float]:
    """The formulas beside one another, in letters and with their numbers below, and their width."""
    drawn, x = [], 0.0
    for formula in formulas:
        rows = [_columns(formula["letters"]), _columns(formula["numbers"])]
        widths = [max(_formula_width(text, letter) for text, letter in column) for column in zip(*rows, strict=True)]
        for n, row in enumerate(rows):
            drawn.append(tag("g", _formula_row(row, widths, inks), transform=f"translate({x:g} {n * FORMULA_LINE:g})"))
        x += sum(widths) + FORMULA_GAP
    attributes = {"class_": "formula", "font_size": FORMULA, "fill": inks.palette.muted}
    return tag("g", drawn, **attributes), max(x - FORMULA_GAP, 0.0)


def _columns(message: Message) -> list[tuple[str, str]]:
    """A formula's texts and letters in turns: (text, letter or empty)."""
    columns = [("", "")]
    for index, text in enumerate(re.split(r"\{(\w+)\}", say_template(message))):
        if index % 2 and text in LETTERS:
            columns += [(_spoken(message, text), text), ("", "")]
        else:
            columns[-1] = (columns[-1][0] + (_spoken(message, text) if index % 2 else text), "")
    return columns


def say_template(message: Message) -> str:
    """The sentence of a message with its places open."""
    return say(message["key"], **{name: f"{{{name}}}" for name in message["values"]})


def _spoken(message: Message, name: str) -> str:
    value = message["values"][name]
    return speak(value) if isinstance(value, dict) else str(value)


def _formula_width(text: str, letter: str) -> float:
    plain = re.sub(f"[{DRAWN}]", "", text)
    return text_width(plain, FORMULA, bool(letter)) + BRACKET * FORMULA * (len(text) - len(plain))


def _formula_row(row: list[tuple[str, str]], widths: list[float], inks: Inks) -> Iterator[str]:
    """Each text in its column: the first ends there, the last begins, all others stand in the middle."""
    x = 0.0
    for n, ((text, letter), width) in enumerate(zip(row, widths, strict=True)):
        free = width - _formula_width(text, letter)
        share = 1.0 if n == 0 else 0.0 if n == len(row) - 1 else 0.5
        fill, weight = (inks.palette.letters[letter], SEMIBOLD) if letter else (None, None)
        yield from _formula_text(text, x + free * share, fill, weight, inks)
        x += width


def _formula_text(text: str, x: float, fill: str | None, weight: int | None, inks: Inks) -> Iterator[str]:
    for piece in re.split(f"([{DRAWN}])", text):
        if piece and piece in DRAWN:
            yield _bracket(piece, x, inks)
        elif piece.strip():
            begin = x + text_width(piece[: len(piece) - len(piece.lstrip())], FORMULA)
            wide = text_width(piece.strip(), FORMULA, bool(weight))
            place = {"x": begin, "y": 0, "textLength": wide, "lengthAdjust": "spacingAndGlyphs"}
            yield tag("text", escaped(piece.strip()), fill=fill, font_weight=weight, **place)
        x += _formula_width(piece, "n" if weight else "")


def _bracket(piece: str, x: float, inks: Inks) -> str:
    """⌊ or ⌋ as a line."""
    top, foot, stem, toe = -0.75 * FORMULA, 0.18 * FORMULA, 0.12 * FORMULA, 0.2 * FORMULA
    line = f"M{x + stem:g},{top:g}V{foot:g}h{toe:g}"
    if piece == "⌋":
        line = f"M{x + stem + toe:g},{top:g}V{foot:g}h{-toe:g}"
    return tag("path", d=line, fill="none", stroke=inks.palette.muted, stroke_width=1.1, class_=f"drawn-{ord(piece):x}")
