"""A chain of layers, one after the other: sizes, channels and costs of each, and how much of the input it sees."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.layer import LayerError
from explorer.networks.call import LayerCall
from explorer.networks.measuring import Measured, measure
from explorer.networks.remark import Remark
from explorer.networks.trail import Trail


@dataclass(frozen=True)
class Row:
    """One layer of a chain: the call with what the chain says of it, its input's size and channels, and its output's.

    ``call`` has the channels that come in where the text leaves them open, and the crop that a wanted size asks for.
    ``receptive``: how many cells of the chain's first input, an axis each, lie from the first to the last on which a
    cell in the middle of this layer's output depends. ``joined``: channels that must come from elsewhere, because the
    layer takes more than the one before gives (a concatenation, as with a skip connection).
    """

    call: LayerCall
    given: tuple[int, ...]
    size: tuple[int, ...]
    measured: Measured
    receptive: tuple[int, ...]
    joined: int = 0


@dataclass(frozen=True)
class Problem(Remark):
    """Why a chain ends early (section networks.measuring of the text); ``row`` is the layer's place in it, from 0."""

    row: int = 0


@dataclass(frozen=True)
class Followed:
    """The layers of a chain as far as they fit, and why the next does not; ``problem`` is None where all fit."""

    rows: tuple[Row, ...]
    problem: Problem | None = None

    @property
    def totals(self) -> dict[str, int | None]:
        """Sums over the rows of parameters, multiply_adds, multiply_adds_of_outputs, activations and bytes.

        A sum is None where one of its numbers depends on channels that nobody says.
        """
        names = ("parameters", "multiply_adds", "multiply_adds_of_outputs", "activations", "bytes")
        columns = {name: [getattr(row.measured, name) for row in self.rows] for name in names}
        return {name: None if None in column else sum(column) for name, column in columns.items()}


def follow(calls: Sequence[LayerCall], size: Sequence[int], channels: int | None = None) -> Followed:
    """What a chain makes of an input of ``size`` (an axis each) and ``channels``, layer by layer.

    It stops at the first layer that leaves nothing, has another number of axes, or takes fewer channels than come in or
    a number that its groups do not divide. A layer that takes more channels is followed: `Row.joined`.

    >>> from explorer.networks.call import AxisCall
    >>> decoder = [LayerCall((AxisCall.of(4, 2, 1),) * 2, 100, 50), LayerCall((AxisCall.of(4, 2, 1),) * 2, 50, 3)]
    >>> followed = follow(decoder, (4, 4))
    >>> [(row.size, row.receptive) for row in followed.rows], followed.problem
    ([((8, 8), (2, 2)), ((16, 16), (3, 3))], None)
    """
    rows: list[Row] = []
    trails = [Trail(n) for n in size]
    given = tuple(size)
    for place, plain in enumerate(calls):
        problem = _problem(plain, given, channels, place)
        if problem:
            return Followed(tuple(rows), problem)
        call = plain.with_channels(channels) if channels else plain
        try:
            call = call.at(given)
            measured = measure(call, given)
        except LayerError:
            return Followed(tuple(rows), _at(place, "nothing_left", name=call.name, given=given))
        fields = _receptive(trails, call, measured.size)
        more = max((call.in_channels or 0) - channels, 0) if channels else 0
        rows.append(Row(call, given, measured.size, measured, fields, more))
        given, channels = measured.size, call.out_channels
    return Followed(tuple(rows))


def _at(row: int, key: str, **values: object) -> Problem:
    return replace(Problem.of(key, **values), row=row)


def _problem(call: LayerCall, given: tuple[int, ...], channels: int | None, row: int) -> Problem | None:
    """Why a layer cannot take what comes in, before any size is computed."""
    if len(call.axes) != len(given):
        return _at(row, "dimensions", name=call.name, wanted=len(call.axes), given=len(given))
    if channels and call.in_channels and call.in_channels < channels:
        return _at(row, "channels", name=call.name, wanted=call.in_channels, given=channels)
    comes_in = call.in_channels or channels
    if comes_in and comes_in % call.groups:
        return _at(row, "groups", name=call.name, groups=call.groups, given=comes_in)
    return None


def _receptive(trails: Sequence[Trail], call: LayerCall, size: tuple[int, ...]) -> tuple[int, ...]:
    """The receptive field on each axis; axes that are alike so far are followed once."""
    found: list[int] = []
    for place, (trail, axis, m) in enumerate(zip(trails, call.axes, size, strict=True)):
        trail.add(call.kind, axis, m)
        same = next((other for other in range(place) if trails[other] == trail), None)
        found.append(trail.receptive() if same is None else found[same])
    return tuple(found)
