"""The words of the backward direction, as in ``explorer/stage/views/gradients.js``."""

from explorer.export.picture.links import Trace
from explorer.export.picture.stamps import cropped_key, say_empty, stamp_values
from explorer.export.picture.words import Part, Speech, Term, Value, Words, product_text
from explorer.text import say


def say_collected(speech: Speech, trace: Trace) -> list[Part]:
    """dX of a cell: what its window over dY collects."""
    document, channel = speech.scene.document, trace.channel or 0
    if not document["weight"][channel]:
        return speech.say("input_elsewhere", **stamp_values(speech, trace))
    kept = [pair for pair in trace.pairs if speech.is_kept(pair.canvas)]
    names = [speech.term(channel, f"{speech.y(pair.canvas)}·{speech.k(channel, pair.q)}", pair.q) for pair in kept]
    products = [_product(speech, pair.canvas, channel, pair.q) for pair in kept]
    terms: Value = [*speech.names(names), " = ", *speech.numbers(products)] if kept else say("sentences.nothing")
    gradient = document["gradient"]
    others = gradient["others"] if gradient else 0
    return speech.say(
        "input",
        cell=speech.chip(speech.x(channel, trace.cell)),
        value=Part(speech.gradient(channel, trace.cell), "bold"),
        terms=terms,
        others=say("sentences.others", count=others) if others else "",
    )


def say_upstream(speech: Speech, trace: Trace) -> list[Part]:
    """dY of a cell: where it goes back to."""
    cell = speech.chip(speech.y(trace.canvas))
    value = Part(_upstream(speech, trace.canvas), "bold")
    if not trace.pairs:
        return say_empty(speech, trace, cell, value)
    terms = [_product(speech, trace.canvas, pair.channel, pair.q) for pair in trace.pairs]
    products = speech.numbers(terms, say("joints.list"))
    key = "output" if speech.is_kept(trace.canvas) else cropped_key(speech, trace)
    return speech.say(key, cell=cell, value=value, products=products)


def _upstream(speech: Speech, canvas: int) -> str:
    gradient = speech.scene.document["gradient"]
    assert gradient is not None
    return speech.output(canvas, gradient["upstream"])


def _product(speech: Speech, canvas: int, channel: int, q: int) -> Term:
    return speech.term(channel, product_text(_upstream(speech, canvas), speech.weight(channel, q)), q)


GRADIENT_WORDS: Words = {"input": say_collected, "output": say_upstream}
