"""Messages that no page of ours sends, made from a seed: every door, every field, and every kind of wrong value."""

import json
import random
from collections.abc import Iterator
from typing import Any

from explorer.learning.commands import COURSE_RULES
from explorer.session.commands import RULES, Command, Refused, checked

TOO_LARGE = "TOO_LARGE_A_NUMBER"
"""Stands for 1e400, which JSON can say and Python cannot."""
DEEP = 100_000
NUMBERS = (-1, 2, 7, 10**6, 2**53, 2**70, -(2**70), 10**400, 0.5, 1e308, -1e308, TOO_LARGE)
TEXTS = ("", "x", "nan", "\ud800", "a\x00b", "1e400", "<script>", "%s%n", "../../etc/passwd", "\u202e", "٣", "9" * 5000)
GOOD: dict[str, dict[str, Any]] = {
    "move": {"name": "stride", "value": 2},
    "apart": {"apart": True},
    "one_dimension": {"on": True},
    "preset": {"name": "stride-2"},
    "fill": {"grid": "input", "name": "ones"},
    "view": {"name": "matrix"},
    "backward": {"on": True},
    "channel": {"side": "in", "channel": 0, "other": 0},
    "edit": {"grid": "input", "at": [0, 0, 0], "text": "7"},
    "paste": {"grid": "input", "text": "1 2", "channel": [0, 0]},
    "preview": {"grid": "input", "text": "1 2"},
    "crop": {"ends": [0, 0, 0, 0]},
    "bias": {"texts": ["1"]},
    "undo": {},
    "redo": {},
    "go": {"search": "?stride=2", "entry": 0},
    "resume": {"search": "?stride=2", "precision": "", "entry": 0, "pending": []},
    "methods": {"precision": ""},
    "what_if": {"name": ""},
    "dialog": {"name": "", "address": "http://127.0.0.1/"},
    "visit": {"lesson": "", "part": 1},
    "practise": {"kind": "size", "number": 1, "search": "?stride=2"},
    "ask": {"kind": "size", "number": 1},
    "answer": {"given": "3"},
    "play": {},
    "leave": {},
}
"""Of each command: arguments that it takes."""


def value(chance: random.Random) -> Any:
    """Something that is hardly what was asked for."""
    kind = chance.randrange(8)
    if kind < 2:
        return chance.choice(NUMBERS)
    if kind < 4:
        return chance.choice(TEXTS)
    if kind == 4:
        return chance.choice((None, True, False))
    if kind == 5:
        return chance.choice(([], {}, [[]], [None] * 300, {"a": {"b": [1]}}, {"": None}))
    if kind == 6:
        return [value(chance) for _ in range(chance.randrange(4))]
    return "x" * chance.choice((61, 20_001, 100_001))


def command(chance: random.Random, number: int, document: str, course: bool) -> dict[str, Any]:
    """A command in which something is wrong; what it says is refused before it changes anything."""
    rules = {**RULES, **COURSE_RULES} if course else RULES
    while True:
        name = chance.choice(list(rules))
        arguments = dict(GOOD[name])
        if arguments and chance.random() < 0.8:
            arguments[chance.choice(list(arguments))] = value(chance)
        elif arguments and chance.random() < 0.5:
            del arguments[chance.choice(list(arguments))]
        elif chance.random() < 0.5:
            arguments[chance.choice(TEXTS)] = value(chance)
        else:
            name = str(chance.choice(TEXTS))
        try:
            checked(Command(number, name, arguments), rules)
        except Refused:
            return {"id": number, "name": name, "arguments": arguments, "document": document}


def no_command(chance: random.Random) -> Any:
    """Something in the place of a command that is none."""
    bad = chance.choice((None, True, -5, 0, 2.5, 2**53, 2**70, 10**400, "1", [], {}, float("nan"), TOO_LARGE))
    whole = {"id": bad, "name": "preset", "arguments": {"name": "stride-2"}, "document": "s.1"}
    return chance.choice((value(chance), [whole], whole, {"id": True}, {**whole, "id": [1]}))


def text_of(state: Any) -> str:
    """A state as JSON, with what only JSON can say."""
    return json.dumps(state).replace(f'"{TOO_LARGE}"', "1e400")


def states(chance: random.Random, name: str) -> Iterator[str]:
    """Texts in the place of a component's state whose name is ``name``: JSON that is no such state, and no JSON."""
    while True:
        kind = chance.randrange(9)
        if kind == 0:
            yield chance.choice(("", "{", "nul", "undefined", "{'a': 1}", "\x00", '"\ufffd', "{} {}", "[1,]"))
        elif kind == 1:
            yield chance.choice(("[", '{"a":')) * chance.choice((50, DEEP))
        elif kind == 2:
            depth = chance.choice((40, 400, DEEP))
            yield f'{{"{name}": {"[" * depth}{"]" * depth}}}'
        elif kind == 3:
            yield text_of(value(chance))
        elif kind == 4:
            yield text_of({name: value(chance)})
        elif kind == 5:
            yield text_of({name: value(chance), chance.choice(TEXTS): value(chance)})
        elif kind == 6:
            yield f'{{"{name}": {chance.choice(("NaN", "Infinity", "-Infinity", "1e400", "9" * 5000))}}}'
        elif kind == 7:
            yield text_of({name: [no_command(chance) for _ in range(chance.choice((1, 5, 200, 201)))]})
        else:
            yield text_of({name: "x" * 1_000_000}) if chance.random() < 0.1 else text_of({name: "x" * 10_000})
