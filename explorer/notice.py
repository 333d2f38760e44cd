"""What the page did unasked, as a key and values: `explorer.notices` makes sentences of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """Something the page did unasked: ``key`` names its sentence in explorer/text, ``values`` fill it."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, key: str, **values: object) -> "Notice":
        """A notice with its values as text.

        >>> Notice.of("padding_moved", field="padding", value=1).values
        (('field', 'padding'), ('value', '1'))
        """
        return cls(key, tuple((name, str(value)) for name, value in values.items()))
