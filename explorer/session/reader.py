"""Takes values from an address; what is bad in it is left out, and a notice names it."""

from collections.abc import Callable, Mapping
from typing import Any

from explorer.decimals import Unreadable
from explorer.notice import Notice

SHOWN = 40
"""Characters of a bad value that a notice repeats."""


class Reader:
    """Takes values from a query; what is bad is left out, and a notice names it."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.notices: list[Notice] = []

    def take(self, name: str, read: Callable[[str], Any], otherwise: Any, **rule: object) -> Any:
        """What the query says for a name; ``otherwise`` where it says nothing or what ``read`` cannot read."""
        if name not in self.query:
            return otherwise
        try:
            return read(self.query[name])
        except Unreadable as error:
            self.refuse(name, error.key, **rule)
            return otherwise

    def refuse(self, name: str, key: str, **rule: object) -> None:
        """Say that a value is ignored; ``rule`` is what the sentence ``key`` says of what it must be."""
        value = self.query[name]
        shown = value if len(value) <= SHOWN else value[:SHOWN] + "…"
        self.notices.append(Notice.of(key, field=name, value=shown, **rule))
