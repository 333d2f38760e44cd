"""The state of the page of layers, which is its address and nothing else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from explorer.networks.page.examples import EXAMPLES, FIRST
from explorer.networks.page.refusing import Unusable
from explorer.networks.page.spans import LARGEST, Span, read_size, read_span
from explorer.networks.remark import Remark
from explorer.session.names import LANGUAGE
from explorer.text import Listed, languages

LONGEST_TEXT = 12_000
"""Characters of the text: an address of it still goes through every server."""
LONGEST_GRID = 600
MOST_LAYERS = 999
FRAMEWORKS = ("torch", "keras", "jax", "lax", "onnx", "conv2d")
SECTIONS = ("fields", "lanes", "trip", "program", "counting", "range")
"""What can be folded; the page computes of `trip` and `program` only what is open."""
OPEN = ("lanes", "range")
SHOWN = 40
"""Characters of a bad value that a notice repeats."""


@dataclass(frozen=True)
class LayerPage:
    """What a visitor looks at.

    ``pick`` is the number of the picked layer, from 1; 0: the page chooses. ``axis`` is the one that is drawn.
    ``trip_v`` and ``trip_k`` are the numbers of the round trip as texts; empty: the page's own.
    """

    layer: str = EXAMPLES[FIRST].layer
    input: Span = EXAMPLES[FIRST].input
    target: Span | None = EXAMPLES[FIRST].target
    pick: int = 0
    axis: int = 0
    framework: str = FRAMEWORKS[0]
    open: tuple[str, ...] = OPEN
    trip_v: str = ""
    trip_k: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The page's part of the address; what is as on the bare page is left out.

        >>> LayerPage(pick=2).query
        {'pick': '2'}
        """
        own = type(self)()
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        said = {name: value for name, value in named.items() if value != getattr(own, name)}
        if "layer" in said:  # another text: nothing of the first example is meant
            said = {"layer": self.layer, "input": self.input, "target": self.target or "", **said}
        return {name: written(value) for name, value in said.items()}


def written(value: Any) -> str:
    """A value of the state as the address says it.

    >>> written(("lanes", "trip")), written(None), written(Span((1,), 64))
    ('lanes-trip', '', '1..64')
    """
    if value is None:
        return ""
    return "-".join(value) or "none" if isinstance(value, tuple) else str(value)


INPUT = Span((16,))
"""The input of a text that says none."""


def from_query(query: Mapping[str, str]) -> tuple[LayerPage, list[Remark]]:
    """The page that an address says; what is bad in it is ignored, and a notice names it.

    >>> page, notices = from_query({"layer": "nn.ConvTranspose2d(1, 1, 3)", "input": "8x8", "pick": "x"})
    >>> page.input.size, page.target, page.pick, notices[0].key
    ((8, 8), None, 0, 'no_whole_number')
    """
    taken = _Reader(query)
    take = taken.take
    own = LayerPage()
    has_text = "layer" in query
    page = LayerPage(
        layer=take("layer", _text, "" if has_text else own.layer, most=f"{LONGEST_TEXT:,}"),
        input=take("input", read_span, INPUT if has_text else own.input, most=f"{LARGEST:,}"),
        target=take("target", _target, None if has_text else own.target, most=f"{LARGEST:,}"),
        pick=take("pick", lambda text: _whole(text, MOST_LAYERS), 0, low=0, high=MOST_LAYERS),
        axis=take("axis", lambda text: _whole(text, 2), 0, low=0, high=2),
        framework=take("framework", _one_of(FRAMEWORKS), own.framework, names=str(Listed(FRAMEWORKS))),
        open=take("open", _sections, own.open, names=str(Listed(SECTIONS))),
        trip_v=take("trip_v", _grid, "", most=LONGEST_GRID),
        trip_k=take("trip_k", _grid, "", most=LONGEST_GRID),
    )
    names = tuple(languages())
    take(LANGUAGE, _one_of(names), "", names=str(Listed(names)))
    return page, taken.notices


class _Reader:
    """Takes values from a query; what is bad is left out, and a notice names it."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.notices: list[Remark] = []

    def take(self, name: str, read: Callable[[str], Any], otherwise: Any, **rule: object) -> Any:
        """What the query says for a name; ``otherwise`` where it says nothing or what cannot be read."""
        if name not in self.query:
            return otherwise
        value = self.query[name]
        try:
            return read(value)
        except Unusable as error:
            shown = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
            values = {"field": name, "value": shown, "length": f"{len(value):,}", **rule}
            self.notices.append(Remark.of(error.key, **values))
            return otherwise


def _text(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(plain) > LONGEST_TEXT:
        raise Unusable("too_long_text")
    return plain


def _target(text: str) -> Span | None:
    return read_size(text) if text.strip() else None


def _whole(text: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > most:
        raise Unusable("no_whole_number")
    return int(text)


def _one_of(names: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names:
            raise Unusable("no_such_name")
        return text

    return read


def _sections(text: str) -> tuple[str, ...]:
    names = text.split("-") if text not in ("", "none") else []
    if not set(names) <= set(SECTIONS):
        raise Unusable("no_such_name")
    return tuple(name for name in SECTIONS if name in names)


def _grid(text: str) -> str:
    if len(text) > LONGEST_GRID:
        raise Unusable("too_long_text")
    return text
