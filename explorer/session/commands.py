"""The door: what a browser may ask for. Whatever else comes is refused, and nothing is half done."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from explorer.afterwards import MOST_CROP
from explorer.fills import FILLS, UPSTREAM
from explorer.mistakes import MISTAKES
from explorer.operation import PRECISIONS
from explorer.placing import NAMES, grid_shape
from explorer.presets import PRESETS
from explorer.reading import LONGEST_TEXT
from explorer.session import afterwards, writing
from explorer.session import page as changes
from explorer.session.page import Change, Page
from explorer.settings import LIMITS, PAIRS, limits_of
from explorer.text import Listed
from explorer.views import VIEWS, nearest_channel

DIALOGS = ("cost", "code", "export", "compare", "qr")
MOST_COMMANDS = 200
"""Commands in one message; a message of more is refused whole."""
LONGEST_ADDRESS = 100_000
LONGEST_BIAS = 60
"""Characters of a number."""
ENDS = ("top", "bottom", "left", "right")
"""What ``crop`` names, in this order."""
SHOWN = 20
"""Characters of a refused value that a refusal repeats."""

Check = Callable[[Any], Any]
_DOCUMENT = re.compile(r"[0-9a-f]{1,32}\.[0-9]{1,12}")


class Refused(ValueError):
    """A command that is not done; ``key`` names the reason in explorer/text, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = {name: str(value)[:SHOWN] for name, value in values.items()}


@dataclass(frozen=True)
class Command:
    """What a page in the browser asks for: the ``id`` that the answer names, and the ``document`` it was made on."""

    id: int
    name: str
    arguments: Mapping[str, Any]
    document: str = ""


class Rule(NamedTuple):
    """A command's arguments, each with its check, and the change that it is; None: the session itself does it.

    ``bound``: it means the cells of the page on which it was made, and is refused on a page that came after.
    """

    arguments: Mapping[str, Check]
    change: Callable[..., Change] | None = None
    bound: bool = False


def one_of(names: Any) -> Check:
    """The check that a value is one of some names."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in names:
            raise Refused("unknown", value=value if isinstance(value, str) else "")
        return value

    return check


def text_up_to(longest: int) -> Check:
    """The check that a value is a text of at most so many characters."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise Refused("wrong_type")
        if len(value) > longest:
            raise Refused("too_long", longest=longest)
        return value

    return check


def whole_number(low: int, high: int) -> Check:
    """The check that a value is a whole number from ``low`` to ``high``."""

    def check(value: Any) -> int:
        if type(value) is not int:  # True is an int, and NaN is none
            raise Refused("wrong_type")
        if not low <= value <= high:
            raise Refused("outside", value=value, low=low, high=high)
        return value

    return check


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused("wrong_type")
    return value


def list_of(one: Check, longest: int) -> Check:
    """The check that a value is a list of at most so many values, each of which passes ``one``."""

    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            raise Refused("wrong_type")
        if len(value) > longest:
            raise Refused("too_many", most=longest)
        return tuple(map(one, value))

    return check


def _any(value: Any) -> Any:
    return value


def _move(page: Page, name: str, value: Any) -> Change:
    """The move of a control: one whole number, or a (height, width) pair where the field is a pair."""
    whole = whole_number(*limits_of(page.settings)[name])
    if not isinstance(value, (list, tuple)):
        return changes.move(page, name, whole(value))
    if name not in PAIRS or len(value) != 2:
        raise Refused("wrong_type")
    return changes.move(page, name, (whole(value[0]), whole(value[1])))


def _edit(page: Page, grid: str, at: tuple[int, ...], text: str) -> Change:
    counts = grid_shape(page.settings, grid)
    if len(at) != len(counts) or any(n >= count for n, count in zip(at, counts, strict=True)):
        raise Refused("no_cell", value=",".join(map(str, at)))
    return writing.edit(page, grid, at, text)


def _paste(page: Page, grid: str, text: str, channel: tuple[int, ...]) -> Change:
    if len(channel) != 2 or nearest_channel(page.settings, (channel[0], channel[1])) != channel:
        raise Refused("no_cell", value=",".join(map(str, channel)))
    return writing.paste(page, grid, text, (channel[0], channel[1]))


def _fill(page: Page, grid: str, name: str) -> Change:
    if grid == "upstream" and name not in UPSTREAM:
        raise Refused("unknown", value=name)
    return writing.fill(page, grid, name)


def _crop(page: Page, ends: tuple[int, ...]) -> Change:
    if len(ends) != len(ENDS):
        raise Refused("wrong_type")
    return afterwards.set_crop(page, ends)


def _bias(page: Page, texts: tuple[str, ...]) -> Change:
    if len(texts) != page.settings.layer.out_channels:
        raise Refused("wrong_type")
    return afterwards.set_bias(page, texts)


def _show_channel(page: Page, side: str, channel: int, other: int) -> Change:
    return changes.show_channel(page, side, channel, other)


_CHANNEL = whole_number(0, LIMITS["in_channels"][1] - 1)
_ENTRY = whole_number(-1000, 10**6)
RULES: Mapping[str, Rule] = {
    "move": Rule({"name": one_of(LIMITS), "value": _any}, _move),
    "apart": Rule({"apart": _flag}, changes.set_apart),
    "one_dimension": Rule({"on": _flag}, changes.set_one_dimension),
    "preset": Rule({"name": one_of(PRESETS)}, changes.choose),
    "fill": Rule({"grid": one_of(("input", "kernel", "upstream")), "name": one_of(FILLS)}, _fill, bound=True),
    "view": Rule({"name": one_of(VIEWS)}, changes.look_as),
    "backward": Rule({"on": _flag}, changes.set_backward),
    "channel": Rule(
        {"side": one_of(("in", "out", "both")), "channel": _CHANNEL, "other": _CHANNEL},
        _show_channel,
    ),
    "edit": Rule(
        {"grid": one_of(NAMES), "at": list_of(whole_number(0, 1000), 4), "text": text_up_to(LONGEST_TEXT)},
        _edit,
        bound=True,
    ),
    "paste": Rule(
        {"grid": one_of(NAMES), "text": text_up_to(LONGEST_TEXT), "channel": list_of(_CHANNEL, 2)}, _paste, bound=True
    ),
    "preview": Rule({"grid": one_of(NAMES), "text": text_up_to(LONGEST_TEXT)}),
    "crop": Rule({"ends": list_of(whole_number(0, MOST_CROP), len(ENDS))}, _crop),
    "bias": Rule({"texts": list_of(text_up_to(LONGEST_BIAS), LIMITS["out_channels"][1])}, _bias, bound=True),
    "undo": Rule({}),
    "redo": Rule({}),
    "go": Rule({"search": text_up_to(LONGEST_ADDRESS), "entry": _ENTRY}),
    "resume": Rule(
        {
            "search": text_up_to(LONGEST_ADDRESS),
            "precision": one_of(("", *PRECISIONS)),
            "entry": _ENTRY,
            "pending": list_of(_any, MOST_COMMANDS),
        }
    ),
    "methods": Rule({"precision": one_of(("", *PRECISIONS))}),
    "what_if": Rule({"name": one_of(("", changes.ANY_MISTAKE, *MISTAKES))}),
    "dialog": Rule({"name": one_of(("", *DIALOGS)), "address": text_up_to(LONGEST_ADDRESS)}),
}
"""Every command by its name."""


def read(message: Any) -> list[Command]:
    """The commands of a message, in the order of their ids; what is no command is left out. Raises `Refused`.

    Their names and arguments are checked only when they are done, so that a bad one is refused by its id.

    >>> read([{"id": 1, "name": "view", "arguments": {"name": "matrix"}, "document": "s.1"}])[0].name
    'view'
    >>> read([{"id": True}, 7, None, {"id": -1, "name": "undo"}])
    []
    """
    if not isinstance(message, list):
        return []
    if len(message) > MOST_COMMANDS:
        raise Refused("too_many", most=MOST_COMMANDS)
    return sorted(filter(None, map(_command, message)), key=lambda one: one.id)


def _command(raw: Any) -> Command | None:
    if not isinstance(raw, dict):
        return None
    number, name, arguments, document = (raw.get(key) for key in ("id", "name", "arguments", "document"))
    if type(number) is not int or not 0 < number < 2**53:
        return None
    return Command(
        number,
        name if isinstance(name, str) else "",
        arguments if isinstance(arguments, dict) else {},
        document if isinstance(document, str) and _DOCUMENT.fullmatch(document) else "",
    )


def checked(command: Command, rules: Mapping[str, Rule] = RULES) -> tuple[Rule, dict[str, Any]]:
    """The command's rule and its arguments, checked. Raises `Refused`.

    >>> checked(Command(1, "view", {"name": "matrix"}))[1]
    {'name': 'matrix'}
    """
    rule = rules.get(command.name)
    if rule is None:
        raise Refused("unknown", value=command.name)
    if command.arguments.keys() != rule.arguments.keys():
        raise Refused("wrong_arguments", names=Listed(rule.arguments or "–"))
    return rule, {name: check(command.arguments[name]) for name, check in rule.arguments.items()}
