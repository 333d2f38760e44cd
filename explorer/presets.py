"""Examples as data: the notebook's cells, Dumoulin & Visin's animations, and what learners stumble over.

Their titles and sentences stand in explorer/text.

A new one is one more entry in `PRESETS`, and its title and sentence in the text file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer.fills import FILLS
from explorer.settings import Settings


@dataclass(frozen=True)
class Cell:
    """A cell of the notebook: its number, and what it ``printed``.

    ``quantity`` says what that was: ``output``, ``convolution`` (of arange as V), ``W``, ``equal`` or ``shape``.
    """

    number: int
    quantity: str
    printed: Any


@dataclass(frozen=True)
class Preset:
    """Settings worth a name; ``look`` is the cell to look at, ``cell`` the notebook's where it is one of its."""

    settings: Settings
    look: str
    view: str = "scatter"
    cell: Cell | None = None


def arange(side: int) -> list[list[int]]:
    """0, 1, 2, … in a square."""
    return [[side * i + j for j in range(side)] for i in range(side)]


def ones(side: int) -> list[list[int]]:
    """A square of ones."""
    return [[1] * side] * side


_SQUARE = arange(2)
_KERNEL = [[1, 2], [3, 4]]
_TWO_CHANNELS = ([_SQUARE, ones(2)], [[_KERNEL], [[[10, 20], [30, 40]]]])
_CONVOLVED = Settings.of([[27, 37], [57, 67]], [[1, 2], [3, 4]])

_NOTEBOOK = {
    "basic": Preset(
        Settings.of(_SQUARE, _SQUARE), "output:0,1,1", cell=Cell(8, "output", [[0, 0, 1], [0, 4, 6], [4, 12, 9]])
    ),
    "random-weight": Preset(
        Settings.of(_SQUARE, [[-0.36708, -0.19676], [0.33345, 0.23702]]),
        "output:0,1,1",
        cell=Cell(10, "output", [[0.0, -0.3671, -0.1968], [-0.7342, -1.1613, -0.3533], [0.6669, 1.4744, 0.7111]]),
    ),
    "padding-1": Preset(Settings.of(_SQUARE, _SQUARE, padding=1), "output:0,1,1", cell=Cell(11, "output", [[4]])),
    "stride-2": Preset(
        Settings.of(_SQUARE, _SQUARE, stride=2),
        "input:0,1,1",
        cell=Cell(12, "output", [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]]),
    ),
    # One of the cell's 20·10 channel pairs, at its sizes: its 6×6 input is what the convolution makes of 16×16.
    "shape-round-trip": Preset(
        Settings.of([[i % 3 for i in range(j, j + 6)] for j in range(6)], [[1] * 5] * 5, stride=3, padding=2),
        "output:0,2,2",
        cell=Cell(13, "shape", True),
    ),
    "corr2d": Preset(_CONVOLVED, "W:0,0", "matrix", Cell(14, "convolution", [[27, 37], [57, 67]])),
    "conv-matrix": Preset(
        _CONVOLVED,
        "input:0,0,0",
        "matrix",
        Cell(
            15,
            "W",
            [
                [1, 2, 0, 3, 4, 0, 0, 0, 0],
                [0, 1, 2, 0, 3, 4, 0, 0, 0],
                [0, 0, 0, 1, 2, 0, 3, 4, 0],
                [0, 0, 0, 0, 1, 2, 0, 3, 4],
            ],
        ),
    ),
    "matrix-equals-convolution": Preset(
        _CONVOLVED, "input:0,1,1", "matrix", Cell(16, "equal", [[True, True], [True, True]])
    ),
    "arange-9": Preset(
        Settings.of(arange(3), _SQUARE),
        "output:0,2,2",
        cell=Cell(20, "output", [[0, 0, 1, 2], [0, 5, 11, 11], [6, 23, 29, 23], [12, 32, 37, 24]]),
    ),
}

# The transposed animations of Dumoulin & Visin, arXiv 1603.07285, chapter 4, with their sizes.
_DUMOULIN_VISIN = {
    "dv-no-padding": Preset(Settings.of(arange(2), arange(3)), "output:0,1,1"),
    "dv-arbitrary-padding": Preset(Settings.of(arange(6), arange(4), padding=2), "output:0,2,2"),
    "dv-same-padding": Preset(Settings.of(arange(5), arange(3), padding=1), "output:0,3,3"),
    "dv-full-padding": Preset(Settings.of(arange(7), arange(3), padding=2), "output:0,2,2"),
    "dv-strides": Preset(Settings.of(arange(2), arange(3), stride=2), "output:0,2,2"),
    "dv-padding-strides": Preset(Settings.of(arange(3), arange(3), stride=2, padding=1), "output:0,2,2"),
    "dv-padding-strides-odd": Preset(
        Settings.of(arange(3), arange(3), stride=2, padding=1, output_padding=1), "output:0,6,6"
    ),
}

# What learners stumble over.
_CASES = {
    "overlap": Preset(Settings.of(ones(3), ones(3)), "output:0,2,2"),
    "kernel-not-flipped": Preset(Settings.of([[0, 0, 0], [0, 1, 0], [0, 0, 0]], _KERNEL), "input:0,1,1"),
    "stride-leaves-gaps": Preset(Settings.of(_SQUARE, _KERNEL, stride=3), "output:0,2,2"),
    "checkerboard": Preset(Settings.of(ones(4), ones(3), stride=2), "output:0,2,2"),
    "checkerboard-cured": Preset(Settings.of(ones(4), ones(4), stride=2), "output:0,4,4"),
    "bilinear": Preset(
        Settings.of([[4 * n for n in range(4)]] * 4, FILLS["bilinear"]((4, 4), 0), stride=2, padding=1), "output:0,4,4"
    ),
    "output-padding-uncovers": Preset(
        Settings.of(arange(2), ones(3), stride=2, padding=1, output_padding=1), "output:0,4,4"
    ),
    "output-padding-zeros": Preset(
        Settings.of([[1, 2], [3, 4]], [[1, 2], [3, 4]], stride=2, output_padding=1), "output:0,4,4"
    ),
    "16-or-17": Preset(Settings.of(ones(6), ones(5), stride=3, padding=2, output_padding=1), "output:0,18,18"),
    "dilation": Preset(Settings.of(_SQUARE, _KERNEL, dilation=2), "input:0,1,1"),
    "two-channels-add": Preset(Settings.of(*_TWO_CHANNELS), "output:0,1,1"),
    "groups": Preset(Settings.of(*_TWO_CHANNELS, groups=2), "input:0,1,1"),
}

# One row each: padding and output_padding act on the width alone.
_LINE, _LINEAR = [[1, 2, 3]], [[1, 2, 1]]
_ONE_DIMENSION = {
    "1d-convolve": Preset(Settings.of(_LINE, [[0, 1, 0.5]]), "output:0,0,2"),
    "1d-stride-2": Preset(Settings.of(_LINE, [[1, 1]], stride=2), "input:0,0,1"),
    "1d-overlap": Preset(Settings.of(_LINE, _LINEAR, stride=2), "output:0,0,2"),
    "1d-gaps": Preset(Settings.of(_LINE, [[1, 2]], stride=3), "output:0,0,2"),
    "1d-paddings": Preset(Settings.of(_LINE, _LINEAR, stride=2, padding=(0, 1), output_padding=(0, 1)), "output:0,0,6"),
    "1d-dilation": Preset(Settings.of(_LINE, [[1, 10]], dilation=2), "output:0,0,2"),
}

GROUPS: Mapping[str, Mapping[str, Preset]] = {
    "notebook": _NOTEBOOK,
    "dumoulin-visin": _DUMOULIN_VISIN,
    "cases": _CASES,
    "one-dimension": _ONE_DIMENSION,
}
PRESETS: Mapping[str, Preset] = {name: preset for group in GROUPS.values() for name, preset in group.items()}
FIRST = "basic"
"""The preset of the bare page."""

MOST_STEPS = 16
"""An example of more stamps is shown in a lecture with all of them done, and not one by one."""


def lecture_address(name: str) -> str:
    """The address of an example as a lecture begins with it.

    >>> lecture_address("basic"), lecture_address("dv-full-padding")
    ('?preset=basic&step=0', '?preset=dv-full-padding')
    """
    settings = PRESETS[name].settings
    steps = settings.layer.in_channels * settings.size[0] * settings.size[1]
    return f"?preset={name}&step=0" if steps <= MOST_STEPS else f"?preset={name}"


VERSION = 1
"""The addresses' version. Raise it when a preset or a default changes, and put what it was into `EARLIER`."""
EARLIER: Mapping[int, Mapping[str, Preset]] = {}
"""Version -> the presets as they were in it, where the next version changed them: old links keep their meaning."""


def presets_of(version: int) -> Mapping[str, Preset]:
    """The presets as addresses of a version mean them.

    >>> presets_of(VERSION) == PRESETS
    True
    """
    found = dict(PRESETS)
    for later in range(VERSION - 1, version - 1, -1):
        found.update(EARLIER.get(later, {}))
    return found
