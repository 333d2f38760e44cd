"""Which sentence a scene has: the traced cell's, else the step's; and what every view says in the same words."""

from explorer.decimals import number_text
from explorer.documents.messages import speak
from explorer.export.picture.links import Trace, bias_of
from explorer.export.picture.stamps import say_stamp
from explorer.export.picture.views import Direction
from explorer.export.picture.words import Part, Speech, filled
from explorer.text import in_a_row, say, texts


def sentence(speech: Speech, direction: Direction) -> list[Part]:
    """The sentence of a scene in its pieces."""
    scene = speech.scene
    if scene.traced:
        return words_of_trace(speech, direction, scene.traced)
    frame = list(map(speak, scene.document["frame"]))
    more = [Part(in_a_row(["", *frame]))] if frame else []
    return [*_words_of_step(speech, direction), *more]


def lack(speech: Speech, direction: Direction) -> str:
    """What the traced cell still lacks at the step, or an empty text."""
    scene = speech.scene
    if not scene.traced or scene.step is None:
        return ""
    found = direction.steps.lacks(scene.links, scene.step, scene.traced)
    if found is None:
        return ""
    value = speech.output(scene.traced.canvas, scene.canvas.values) if found.key == "so_far" else ""
    values = {"step": scene.step, "last": scene.document["steps"], "done": found.done, "all": found.all}
    return say(f"stage.{found.key}", value=value, **values)


def words_of_trace(speech: Speech, direction: Direction, trace: Trace) -> list[Part]:
    """The sentence of a traced cell."""
    return {**COMMON, **direction.words}[trace.grid](speech, trace)


def _words_of_step(speech: Speech, direction: Direction) -> list[Part]:
    scene, last = speech.scene, str(speech.scene.document["steps"])
    if scene.step is None:
        return _done(speech, last)
    if scene.step == 0 or scene.trace is None:
        bias = bias_of(scene.document)
        return speech.say("start_bias" if bias else "start", last=last, bias=number_text(bias))
    if direction.is_stamped:
        return say_stamp(speech, scene.step, scene.trace)
    return words_of_trace(speech, direction, scene.trace)


def _done(speech: Speech, last: str) -> list[Part]:
    """What is said of the result: nothing can be played or pointed at in a picture."""
    own = texts()["export"]["done"]
    mode = next((mode for mode in (*speech.modes, "") if mode in own or f"done_{mode}" in texts()["sentences"]), "")
    if mode in own:
        return filled(own[mode], {"last": last})
    return speech.say("done", last=last) if mode else filled(own["scatter"], {"last": last})


def _kernel(speech: Speech, trace: Trace) -> list[Part]:
    channel, q = trace.channel or 0, trace.q or 0
    return speech.say(
        "kernel",
        cell=speech.chip(speech.k(channel, q), q),
        value=speech.weight(channel, q),
        count=str(sum(1 for pair in trace.pairs if speech.is_kept(pair.canvas))),
        all=str(len(trace.pairs)),
    )


def _entry(speech: Speech, trace: Trace) -> list[Part]:
    channel = trace.channel or 0
    names: list[str | Part] = []
    for at, name in enumerate(_names_of_entry(speech, trace)):
        names += [" = "] if at else []
        names.append(speech.chip(name, trace.q))
    values = {
        "entry": names,
        "kernel": "" if trace.q is None else speech.k(channel, trace.q),
        "value": Part(speech.entry(trace), "bold"),
        "input": speech.x(channel, trace.cell),
        "output": speech.y(trace.canvas),
    }
    return filled(texts()["sentences"]["no_entry" if trace.q is None else "entry"], values)


def _names_of_entry(speech: Speech, trace: Trace) -> list[str]:
    """What an entry is called in each matrix that is shown: Wᵀ[column,row], W[row,column]."""
    grids, (row, column) = speech.scene.document["grids"], trace.at
    transposed = [f"Wᵀ[{column},{row}]"] if "WT" in grids else []
    return [*transposed, f"W[{row},{column}]"] if "W" in grids or not transposed else transposed


def _zero(speech: Speech, trace: Trace) -> list[Part]:
    return speech.say("zero" if trace.met else "zero_never", count=str(len(trace.met)))


COMMON = {"kernel": _kernel, "W": _entry, "zero_inserted": _zero}
