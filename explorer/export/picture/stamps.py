"""An input cell and its stamp, an output cell and its sum: scatter and matrix say them alike."""

from typing import Any

from explorer.decimals import number_text
from explorer.export.picture.links import Trace, bias_of
from explorer.export.picture.scene import Scene
from explorer.export.picture.words import Part, Speech, Words, bracketed
from explorer.text import Listed, say


def stamp_values(speech: Speech, trace: Trace) -> dict[str, Any]:
    """What the sentence of a stamp is filled with."""
    scene = speech.scene
    row, column = scene.links.input_at(trace.cell)
    channel, landing = trace.channel or 0, scene.document["landing"]
    value = speech.input(channel, trace.cell)
    return {
        "cell": speech.chip(speech.x(channel, trace.cell)),
        "value": value,
        "factor": bracketed(value),
        "reach": _landing_text(scene, landing["rows"][row], landing["columns"][column]),
        "products": speech.numbers(map(speech.product, trace.pairs), " "),
        "channel": str(scene.document["channels"]["shown"][1]),
    }


def say_stamp(speech: Speech, step: int, trace: Trace) -> list[Part]:
    """The sentence of a step that stamps."""
    key = "stamp" if speech.scene.document["weight"][trace.channel or 0] else "elsewhere"
    return speech.say(key, step=str(step), **stamp_values(speech, trace))


def say_input(speech: Speech, trace: Trace) -> list[Part]:
    """The sentence of an input cell."""
    key = "input" if speech.scene.document["weight"][trace.channel or 0] else "input_elsewhere"
    return speech.say(key, **stamp_values(speech, trace))


def say_output(speech: Speech, trace: Trace) -> list[Part]:
    """The sentence of an output cell."""
    cell = speech.chip(speech.y(trace.canvas))
    value = Part(speech.output(trace.canvas, speech.scene.document["output"]), "bold")
    if not trace.pairs:
        return say_empty(speech, trace, cell, value)
    names = [
        speech.term(pair.channel, f"{speech.x(pair.channel, pair.cell)}·{speech.k(pair.channel, pair.q)}", pair.q)
        for pair in trace.pairs
    ]
    name, bias = bias_texts(speech, trace)
    numbers = speech.numbers(map(speech.product, trace.pairs))
    terms = [*speech.names(names), Part(name), Part(" = "), *numbers, Part(bias)]
    key = "output" if speech.is_kept(trace.canvas) else cropped_key(speech, trace)
    return speech.say(key, cell=cell, terms=terms, value=value)


def bias_texts(speech: Speech, trace: Trace) -> tuple[str, str]:
    """What the bias adds to a sum, as its name and as its number; both empty where it adds nothing."""
    bias = bias_of(speech.scene.document)
    if not bias or not speech.is_kept(trace.canvas):
        return "", ""
    return say("sentences.plus_bias"), f" + {bracketed(number_text(bias))}"


def cropped_key(speech: Speech, trace: Trace, key: str = "cropped") -> str:
    """The key of what is said of a cropped cell: padding has cropped it, or what comes after the layer."""
    document, (row, column) = speech.scene.document, trace.at[1:]
    (above, _), (before, _) = document["afterwards"]["crop"]
    top, left = document["sizes"]["window"][0] - above, document["sizes"]["window"][1] - before
    height, width = document["afterwards"]["size"]
    is_of_layer = top <= row < top + height and left <= column < left + width
    return f"{key}_then" if is_of_layer else key


def say_empty(speech: Speech, trace: Trace, cell: Part, value: Part) -> list[Part]:
    """An output cell that no stamp reaches: inside, cropped, or added by output_padding."""
    (rows, columns), (row, column) = speech.scene.document["sizes"]["full"], trace.at[1:]
    if not speech.is_kept(trace.canvas):
        return speech.say(cropped_key(speech, trace, "cropped_empty"), cell=cell, value=value)
    key = "added" if row >= rows or column >= columns else "output_empty"
    return speech.say(f"{key}_bias" if bias_of(speech.scene.document) else key, cell=cell, value=value)


def _landing_text(scene: Scene, rows: list[int], columns: list[int]) -> str:
    """Where canvas rows and columns are in Y: only what is cropped is called by the canvas's own numbers."""
    top, left, height, width = scene.document["sizes"]["window"]
    own = [
        [n - first for n in reached if 0 <= n - first < count]
        for reached, first, count in ((rows, top, height), (columns, left, width))
    ]
    if not all(own):
        return say("sentences.lands_outside", rows=reach_text("row", rows), columns=reach_text("column", columns))
    is_whole = len(own[0]) == len(rows) and len(own[1]) == len(columns)
    key = "sentences.lands" if is_whole else "sentences.lands_partly"
    return say(key, rows=reach_text("row", own[0]), columns=reach_text("column", own[1]))


def reach_text(kind: str, reached: list[int]) -> str:
    """What rows or columns are called.

    >>> reach_text("row", [3]), reach_text("row", [3, 4, 5]), reach_text("row", [3, 5])
    ('row 3', 'rows 3–5', 'rows 3, 5')
    """
    first, last = reached[0], reached[-1]
    if first == last:
        return say(f"sentences.{kind}", first=first)
    if last - first + 1 == len(reached):
        return say(f"sentences.{kind}s", first=first, last=last)
    return say(f"sentences.{kind}s_spread", list=Listed(map(str, reached)))


STAMP_WORDS: Words = {"input": say_input, "output": say_output}
