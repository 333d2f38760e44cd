"""The arguments of a call by the names of its parameters; each is read when it is asked for."""

import ast
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from explorer.networks.reading.found import Unread, shown
from explorer.networks.reading.values import LARGEST, Array, Names, Value, value_of
from explorer.text import Listed


class Arguments:
    """A call's arguments: by position as ``parameters`` has them, by name those and ``others``.

    What nobody asks for is not read: ``activation=tf.nn.relu`` may say anything. Raises `Unread` for an argument that
    the layer does not have, is given twice, or is unpacked.

    >>> call = ast.parse("ConvTranspose2d(512, 256, 4, stride=2)", mode="eval").body
    >>> arguments = Arguments(call, ("in_channels", "out_channels", "kernel_size", "stride"), names={})
    >>> arguments.whole("in_channels"), arguments.lengths("stride", 2)
    (512, (2, 2))
    """

    def __init__(
        self, call: ast.Call, parameters: Sequence[str], names: Names, others: Iterable[str] = (), layer: str = ""
    ) -> None:
        self.call, self.names, self.layer = call, names, layer
        if any(isinstance(item, ast.Starred) for item in call.args) or any(not item.arg for item in call.keywords):
            raise Unread("unpacked", call, layer=layer)
        if len(call.args) > len(parameters):
            extra = call.args[len(parameters)]
            raise Unread("too_many", extra, layer=layer, most=len(parameters), value=shown(extra))
        self.given: dict[str, ast.expr] = dict(zip(parameters, call.args, strict=False))
        allowed = [*parameters, *others]
        for keyword in call.keywords:
            name = keyword.arg or ""
            if name not in allowed:
                near = Listed(get_close_matches(name, allowed, 1, 0.5) or allowed[:5])
                raise Unread("unknown_argument", keyword.value, layer=layer, argument=shown(name), near=near)
            if name in self.given:
                raise Unread("given_twice", keyword.value, layer=layer, argument=name)
            self.given[name] = keyword.value

    def value(self, name: str, default: Value = None) -> Value:
        """The argument's value, ``default`` where it is not given. Raises `Unread`."""
        return value_of(self.given[name], self.names) if name in self.given else default

    def needed(self, name: str) -> Value:
        """The argument's value. Raises `Unread` where it is not given."""
        if name not in self.given:
            raise Unread("missing", self.call, layer=self.layer, argument=name)
        return self.value(name)

    def whole(self, name: str, default: int | None = None, least: int = 1) -> int:
        """A whole number of at least ``least``. Raises `Unread`, also where none is given and there is no default."""
        value = self.needed(name) if default is None else self.value(name, default)
        return self.checked(name, value, least)

    def checked(self, name: str, value: Value, least: int) -> int:
        """A value as a whole number of at least ``least``. Raises `Unread`."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refused("not_whole", name, value=_said(value))
        if not least <= value <= LARGEST:
            raise self.refused("outside", name, value=value, least=least, most=LARGEST)
        return value

    def lengths(self, name: str, rank: int, default: Value = None, least: int = 1) -> tuple[int, ...]:
        """Whole numbers, one an axis: a single one counts for all. Raises `Unread`."""
        value = self.needed(name) if default is None else self.value(name, default)
        if not isinstance(value, tuple):
            return (self.checked(name, value, least),) * rank
        if len(value) != rank:
            raise self.refused("wrong_length", name, value=shown(value), rank=rank)
        return tuple(self.checked(name, item, least) for item in value)

    def flag(self, name: str, default: bool) -> bool:
        """True or False. Raises `Unread`."""
        value = self.value(name, default)
        if not isinstance(value, bool):
            raise self.refused("not_a_flag", name, value=_said(value))
        return value

    def word(self, name: str, default: str, allowed: Sequence[str]) -> str:
        """One of the allowed words, in small letters. Raises `Unread`."""
        value = self.value(name, default)
        if isinstance(value, str) and value.lower() in allowed:
            return value.lower()
        raise self.refused("not_a_word", name, value=_said(value), allowed=Listed(allowed))

    def shape(self, name: str) -> tuple[int, ...] | None:
        """The shape of an array, None where the text does not say it."""
        try:
            value = self.value(name)
        except Unread:
            return None
        return value.shape if isinstance(value, Array) else None

    def refused(self, key: str, name: str, **values: object) -> Unread:
        """The error of an argument."""
        return Unread(key, self.given.get(name, self.call), layer=self.layer, argument=name, **values)


def _said(value: Value) -> str:
    """A value as the text has it, a word with its quotes."""
    return shown(repr(value))
