"""One axis of a chain of layers, and on which cells of its first input a cell of its last output depends.

Followed backwards, layer by layer, from an output cell near the middle (`explorer.relation`, read backwards): Araujo,
Norris & Sim, "Computing Receptive Fields of Convolutional Neural Networks" (Distill, 2019), for convolutions.
"""

from dataclasses import dataclass, field
from typing import NamedTuple, Self

from explorer.networks.call import AxisCall

MIDDLE = range(-2, 2)
"""Output cells that are looked at, counted from the middle."""


class Step(NamedTuple):
    """One layer along the axis, as what it does to a range of output cells on the way back to its input.

    A layer that enlarges adds ``low`` and ``high`` to the ends, then divides by ``stride`` (the first rounded up, the
    last down); one that does not multiplies, then adds. ``most`` is the last cell of its input.
    """

    enlarges: bool
    stride: int
    low: int
    high: int
    most: int

    @classmethod
    def of(cls, kind: str, axis: AxisCall, n: int) -> Self:
        """The step of a layer for n cells of input. A resize takes the nearest cell."""
        s, crop = axis.stride, axis.crop_before
        if kind == "transposed":
            return cls(True, s, crop - axis.reach + 1, crop, n - 1)
        return cls(True, s, 1 - s, 0, n - 1) if kind == "resize" else cls(False, s, -crop, axis.reach - 1 - crop, n - 1)

    def forward(self, cell: int) -> int:
        """An output cell of which ``cell`` is the last input cell that it depends on (or one close to it)."""
        return self.stride * cell - self.high if self.enlarges else (cell - self.high) // self.stride


@dataclass
class Trail:
    """The steps of a chain along an axis that begins with ``n`` cells.

    ``aligned`` is an output cell whose last cell in every layer before is the one to which the middle of the input is
    carried: in a chain of transposed convolutions no other cell depends on more.
    """

    n: int
    steps: list[Step] = field(default_factory=list)
    aligned: int = -1

    def __post_init__(self) -> None:
        self.size = self.n
        self.aligned = self.n // 2

    def add(self, kind: str, axis: AxisCall, size: int) -> None:
        """Append a layer that makes ``size`` cells of what there are."""
        step = Step.of(kind, axis, self.size)
        self.steps.append(step)
        self.size = size
        self.aligned = min(max(step.forward(self.aligned), 0), size - 1)

    def receptive(self) -> int:
        """How many cells of the first input lie from the first to the last on which one output cell depends.

        It is the most among `MIDDLE` cells of the output and the aligned one, so that a phase of the stride that sees
        more is met. Where a transposed convolution is dilated or leaves gaps, some of the cells may not be reached.
        """
        middle = self.size // 2
        looked_at = {min(max(middle + offset, 0), self.size - 1) for offset in MIDDLE} | {self.aligned}
        fields = [self.cells(output) for output in looked_at]
        return max(0, *(cells.stop - cells.start for cells in fields))  # len ends at 2⁶³

    def cells(self, output: int) -> range:
        """The cells of the first input from the first to the last on which an output cell depends; may be empty.

        >>> trail = Trail(8)
        >>> trail.add("convolution", AxisCall.of(3, 1, 1), 8)
        >>> trail.add("convolution", AxisCall.of(3, 2, 1), 4)
        >>> trail.cells(2), trail.cells(0)
        (range(2, 7), range(0, 3))
        """
        first = last = output
        for enlarges, stride, low, high, most in reversed(self.steps):
            if enlarges:
                first, last = -((-first - low) // stride), (last + high) // stride
            else:
                first, last = first * stride + low, last * stride + high
            first = first if first > 0 else 0  # max and min take twice the time of all else here
            last = last if last < most else most
            if first > last:
                return range(0)
        return range(first, last + 1)
