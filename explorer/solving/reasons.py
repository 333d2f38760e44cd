"""Why an answer is good, and what to know of it: the facts of both axes as keys of sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from explorer.solving.usual import Facts, facts
from explorer.solving.ways import Axis, Way


@dataclass(frozen=True)
class Reason:
    """``key`` names its sentence in explorer/text, [solving]; ``values`` fill it."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, key: str, **values: object) -> "Reason":
        """A reason with its values as text.

        >>> Reason.of("gaps", gap=1, period=2).values
        (('gap', '1'), ('period', '2'))
        """
        return cls(key, tuple((name, str(value)) for name, value in values.items()))


def reasons(axes: Sequence[Axis], ways: Sequence[Way]) -> tuple[Reason, ...]:
    """What is to be said of an answer, an axis each, what is good first. An axis that is left alone says nothing.

    >>> [reason.key for reason in reasons([Axis(16, 33)], [Way(2, 2, 0, 1, 1)])]
    ['even', 'output_padding', 'tail']
    """
    pairs = list(zip(axes, ways, strict=True))
    told = [(axis, way) for axis, way in pairs if (axis, way) != ((1, 1), (1, 1, 0, 0, 1))] or pairs
    known = [facts(axis, way) for axis, way in told]
    return (*_good(told, known), *_overlaps(told, known), *_ends([way for _, way in told], known), *_odd(told, known))


def _good(told: Sequence[tuple[Axis, Way]], known: Sequence[Facts]) -> Iterator[Reason]:
    usual = known[0].usual
    if usual and all(each.usual == usual for each in known):
        is_odd = usual == "double" and any(way.stride % 2 for _, way in told)
        yield Reason("double_odd" if is_odd else usual)
    if all(each.multiple for each in known):
        yield Reason.of("multiple", factor=_said(each.multiple for each in known))


def _overlaps(told: Sequence[tuple[Axis, Way]], known: Sequence[Facts]) -> Iterator[Reason]:
    """Where stamps leave gaps, or how they overlap; one input cell's stamp has none to overlap with."""
    gaps = [
        (each.gap, way.stride if axis.size > 1 else way.dilation)
        for (axis, way), each in zip(told, known, strict=True)
        if each.gap
    ]
    if gaps:
        gap, period = max(gaps)
        yield Reason.of("gaps", gap=gap, period=period)
        return
    many = [way for axis, way in told if axis.size > 1]
    if many:
        key = "uneven" if any(each.uneven for each in known) else "even"
        yield Reason.of(key, kernel_size=_said(way[0] for way in many), stride=_said(way.stride for way in many))


def _ends(ways: Sequence[Way], known: Sequence[Facts]) -> Iterator[Reason]:
    """What output_padding and padding do at the ends."""
    if any(way.output_padding for way in ways):
        yield Reason.of("output_padding", output_padding=_said(way.output_padding for way in ways))
    else:
        yield Reason("no_output_padding")
    if any(each.tail for each in known):
        yield Reason.of("tail", cells=max(each.tail for each in known))
    if any(each.overcropped for each in known):
        yield Reason("overcropped")


def _odd(told: Sequence[tuple[Axis, Way]], known: Sequence[Facts]) -> Iterator[Reason]:
    """What networks seldom have."""
    if any(way.dilation > 1 for _, way in told):
        yield Reason.of("dilated", dilation=_said(way.dilation for _, way in told))
    if any(each.idle for each in known):
        yield Reason("idle")
    if any(each.misses for each in known):
        yield Reason("misses")


def _said(numbers: Iterable[int]) -> str:
    """The number, or height×width where they differ."""
    listed = [str(number) for number in numbers]
    return listed[0] if len(set(listed)) == 1 else "×".join(listed)
