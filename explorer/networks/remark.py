"""What is to be said of a layer or a chain of layers, without its words: the sentences stand in explorer/text."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Remark:
    """``key`` names a sentence of a section of the text, ``values`` fill it; numbers are whole and written out.

    >>> Remark.of("channels", given=3, wanted=(4, 5)).values
    (('given', '3'), ('wanted', '4×5'))
    """

    key: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, key: str, **values: object) -> Self:
        """A remark with its values as text; a tuple is written with × between its entries."""
        return cls(key, tuple((name, _text(value)) for name, value in values.items()))


def _text(value: object) -> str:
    return "×".join(map(str, value)) if isinstance(value, tuple) else str(value)
