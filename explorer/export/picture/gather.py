"""Gather's own marks and words, as in ``explorer/stage/views/gather.js``: an output cell and the window it gathers."""

from explorer.export.picture.links import Trace, window_at
from explorer.export.picture.marks import Frame, Mark, Marks, mark_traced_output, shown
from explorer.export.picture.stamps import bias_texts, say_empty, say_output
from explorer.export.picture.words import Part, Speech, Term, product_text
from explorer.text import say

MOST_SORTED = 6  # products of a window that are said in the window's own order


def mark_window(own: Marks, trace: Trace) -> None:
    """An output cell, and the window that it gathers: products with a zero that was put in are dashed."""
    scene = own.scene
    for _, cell, q, _ in shown(scene, trace):
        own.input(cell, own.colour(q))
    mark_traced_output(own, trace)
    under = window_at(scene.links, trace.canvas)
    for q, spread in enumerate(under):
        is_vain = spread < 0 or scene.links.input_under[spread] < 0
        shade = own.palette.muted if is_vain and own.labelled else own.colour(q)
        own.kernel(q, shade)
        if is_vain and spread >= 0:
            own.marks["zero_inserted"].append(Mark(spread, shade, kind="vain"))
    inserted = scene.document["zero_inserted"]
    if inserted is not None and min(under) >= 0:
        own.frames["zero_inserted"].append(_frame_around(under, inserted["size"][1]))


def _frame_around(cells: list[int], width: int) -> Frame:
    """The block that flat cells span."""
    rows, columns = [cell // width for cell in cells], [cell % width for cell in cells]
    row, column = min(rows), min(columns)
    return Frame("solid", row, column, max(rows) - row + 1, max(columns) - column + 1)


def mark_zero(own: Marks, trace: Trace) -> None:
    """A zero that was put in, and the windows that meet it."""
    for canvas, q in trace.met:
        own.kernel(q)
        own.output(canvas, own.colour(q))
    own.marks["zero_inserted"].append(Mark(trace.spread, own.palette.traced))


def say_window(speech: Speech, trace: Trace) -> list[Part]:
    """The sentence of an output cell and its window."""
    if not speech.is_kept(trace.canvas):
        return say_output(speech, trace)
    document = speech.scene.document
    cell = speech.chip(speech.y(trace.canvas))
    value = Part(speech.output(trace.canvas, document["output"]), "bold")
    (rows, columns), (row, column) = document["sizes"]["full"], trace.at[1:]
    if row >= rows or column >= columns:
        return say_empty(speech, trace, cell, value)
    products, wasted = _window_values(speech, trace)
    bias = Part(bias_texts(speech, trace)[1])
    return speech.say("output", cell=cell, value=value, products=[*products, bias], wasted=wasted)


def _window_values(speech: Speech, trace: Trace) -> tuple[list[Part], str]:
    """The products of a window, of a large one those with the input's cells first; and how many are in vain."""
    positions = range(len(window_at(speech.scene.links, trace.canvas)))[::-1]
    real = {(pair.channel, pair.q): speech.product(pair) for pair in trace.pairs}
    channels = speech.scene.document["channels"]["inputs"]
    every = [(channel, q) for channel in channels for q in positions]
    ordered = sorted(every, key=lambda at: at not in real) if len(positions) > MOST_SORTED else every
    terms = [real[at] if at in real else _vain(speech, *at) for at in ordered]
    zeros = len(every) - len(real)
    key = "wasted_none" if zeros == 0 else "wasted" if real else "wasted_all"
    return speech.numbers(terms), say(f"sentences.{key}", zeros=zeros, count=len(every))


def _vain(speech: Speech, channel: int, q: int) -> Term:
    """The product of a kernel cell with a zero that was put in."""
    term = speech.term(channel, product_text("0", speech.weight(channel, q)), q)
    return term._replace(part=term.part._replace(style="vain"))
