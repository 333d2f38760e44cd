"""Which parameter was changed between two pictures."""

from dataclasses import replace
from typing import Any

import numpy as np

from explorer.documents.messages import message
from explorer.documents.schema import Message
from explorer.layer import Layer, LayerError, Pair
from explorer.limits import LIMITS, is_one_row
from explorer.methods import METHODS
from explorer.questions.answers import Unread, read_choice
from explorer.questions.drawing import LARGEST, Picture, bound_of, draw, room_of, spoken
from explorer.questions.picture import same
from explorer.questions.question import Kind, Option, Question, Verdict
from explorer.questions.varying import easy, near
from explorer.questions.wording import PARAMETERS, lengths_text, one_pair, value_text
from explorer.settings import Settings, one_dimension
from explorer.views import View

BEFORE, AFTER = "before", "after"


def ask(settings: Settings, seed: int) -> Question | None:
    """A question for what was changed: the first picture is of ``settings``, the second of ``after``.

    >>> question = ask(Settings(), 0)
    >>> [option.name for option in question.options]
    ['stride', 'padding', 'output_padding', 'dilation']
    """
    single = one_pair(settings)
    own = near(single, seed, fits)
    if own is None:
        return None
    own = easy(own, seed)
    found = changes(own)
    if not found:
        return None
    random = np.random.default_rng(seed)
    name = sorted(found)[int(random.integers(len(found)))]
    after = found[name][int(random.integers(len(found[name])))]
    pictures = [picture_of(own), picture_of(after)]
    room, bound = room_of(pictures), bound_of(pictures)
    shown = tuple(
        Option(which, spoken(picture), draw(picture, message(f"questions.changed.{which}"), room, bound))
        for which, picture in zip((BEFORE, AFTER), pictures, strict=True)
    )
    return Question(
        kind="changed",
        seed=seed,
        settings=own,
        view=View(),
        ask=message("questions.changed.ask"),
        form="choice",
        answer=name,
        reveal=View(),
        options=tuple(
            Option(one, message(f"controls.{one}"), mistakes=() if one == name else (mistake(one, name),))
            for one in PARAMETERS
        ),
        pictures=shown,
        after=after,
    )


def mistake(chosen: str, right: str) -> str:
    """The name of the mistake that takes one parameter for another.

    >>> mistake("stride", "dilation")
    'stride_for_dilation'
    """
    return f"{chosen}_for_{right}"


def fits(layer: Layer, size: Pair) -> bool:
    """Whether a change can be seen in small pictures."""
    return any(True for name in PARAMETERS for _ in _neighbours(layer, size, name))


def _neighbours(layer: Layer, size: Pair, name: str) -> list[Layer]:
    """The layers with another value of a parameter, all of whose canvases fit a small picture."""
    found, is_line = [], is_one_row(layer, size)
    if max(layer.canvas_size(size)) > LARGEST:
        return []
    low, high = LIMITS[name]
    for value in range(low, high + 1):
        own = getattr(layer, name)
        pair = (own[0], value) if is_line else (value, value)
        if pair == own:
            continue
        try:
            other = replace(layer, **{name: pair})  # type: ignore[arg-type]
            if max(other.canvas_size(size)) <= LARGEST:
                found.append(other)
        except LayerError:
            continue
    return found


def changes(settings: Settings) -> dict[str, list[Settings]]:
    """By the parameter's name the settings after a change of it that no change of another one gives.

    Values one step away where there are such.

    >>> sorted(changes(Settings()))
    ['padding', 'stride']
    """
    layers = {name: _neighbours(settings.layer, settings.size, name) for name in PARAMETERS}
    pictures = {
        name: [picture_of(replace(settings, layer=layer)) for layer in neighbours]
        for name, neighbours in layers.items()
    }
    own, found = picture_of(settings), {}
    for name, neighbours in layers.items():
        others = [picture for other, given in pictures.items() if other != name for picture in given]
        known = [
            (abs(getattr(layer, name)[1] - getattr(settings.layer, name)[1]), replace(settings, layer=layer))
            for layer, picture in zip(neighbours, pictures[name], strict=True)
            if not any(alike(picture, other) for other in (own, *others))
        ]
        nearest = min((step for step, _ in known), default=0)
        if known:
            found[name] = [one for step, one in known if step == nearest]
    return found


def picture_of(settings: Settings) -> Picture:
    """The canvas of the settings with the frame of the output."""
    layer, size = settings.layer, settings.size
    whole = replace(layer, padding=0, output_padding=0)
    canvas = np.zeros(layer.canvas_size(size))
    height, width = layer.full_size(size)
    canvas[:height, :width] = METHODS["naive"](settings.input, settings.weight, whole)[0]
    return Picture(canvas, layer.window(size))


def alike(one: Picture, other: Picture) -> bool:
    """Whether two pictures look the same."""
    return one.window == other.window and same(one.values, other.values)


def mark(question: Question, given: Any) -> Verdict:
    """What is said of a chosen parameter: what it does, and what the changed one does."""
    try:
        name = read_choice(given, [option.name for option in question.options])
    except Unread as error:
        return error.verdict
    if question.after is None:
        raise ValueError(question.kind)
    settings, after, right = question.settings, question.after, question.answer
    is_line = one_dimension(settings)
    layers = settings.layer, after.layer
    was, now = (value_text(getattr(layer, right), is_line) for layer in layers)
    old, new = (lengths_text(layer.output_size(settings.size), is_line) for layer in layers)
    values: dict[str, str | Message] = {
        "does": message(f"questions.changed.does.{right}"),
        "name": message(f"controls.{right}"),
        "was": was,
        "now": now,
        "sizes": message(f"questions.changed.{'same_size' if old == new else 'sizes'}", old=old, new=new),
    }
    if name == right:
        return Verdict("right", message("questions.changed.right", **values))
    chosen = message(f"questions.changed.does.{name}")
    return Verdict("wrong", message("questions.changed.wrong", chosen=chosen, **values), (mistake(name, right),))


CHANGED = Kind(ask, mark)
