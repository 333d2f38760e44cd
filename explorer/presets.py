"""Examples as data: every numeric cell of the d2l.ai notebook. Their titles and sentences stand in explorer/text.

A new one is one more entry in `PRESETS`, and its title and sentence in the text file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer.settings import Settings


@dataclass(frozen=True)
class Preset:
    """Settings worth a name. ``cell`` is the notebook's, ``printed`` what it printed.

    ``quantity`` says what that was: ``output``, ``convolution`` (of arange as V), ``W``, ``equal`` or ``shape``.
    """

    settings: Settings
    cell: int
    quantity: str
    printed: Any
    view: str = "scatter"


_SQUARE = [[0, 1], [2, 3]]
_CONVOLVED = Settings.of([[27, 37], [57, 67]], [[1, 2], [3, 4]])

PRESETS: Mapping[str, Preset] = {
    "basic": Preset(Settings.of(_SQUARE, _SQUARE), 8, "output", [[0, 0, 1], [0, 4, 6], [4, 12, 9]]),
    "random-weight": Preset(
        Settings.of(_SQUARE, [[-0.36708, -0.19676], [0.33345, 0.23702]]),
        10,
        "output",
        [[0.0, -0.3671, -0.1968], [-0.7342, -1.1613, -0.3533], [0.6669, 1.4744, 0.7111]],
    ),
    "padding-1": Preset(Settings.of(_SQUARE, _SQUARE, padding=1), 11, "output", [[4]]),
    "stride-2": Preset(
        Settings.of(_SQUARE, _SQUARE, stride=2), 12, "output", [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]]
    ),
    # One of the cell's 20·10 channel pairs, at its sizes: its 6×6 input is what the convolution makes of 16×16.
    "shape-round-trip": Preset(
        Settings.of([[i % 3 for i in range(j, j + 6)] for j in range(6)], [[1] * 5] * 5, stride=3, padding=2),
        13,
        "shape",
        True,
    ),
    "corr2d": Preset(_CONVOLVED, 14, "convolution", [[27, 37], [57, 67]], "matrix"),
    "conv-matrix": Preset(
        _CONVOLVED,
        15,
        "W",
        [
            [1, 2, 0, 3, 4, 0, 0, 0, 0],
            [0, 1, 2, 0, 3, 4, 0, 0, 0],
            [0, 0, 0, 1, 2, 0, 3, 4, 0],
            [0, 0, 0, 0, 1, 2, 0, 3, 4],
        ],
        "matrix",
    ),
    "matrix-equals-convolution": Preset(_CONVOLVED, 16, "equal", [[True, True], [True, True]], "matrix"),
    "arange-9": Preset(
        Settings.of([[0, 1, 2], [3, 4, 5], [6, 7, 8]], _SQUARE),
        20,
        "output",
        [[0, 0, 1, 2], [0, 5, 11, 11], [6, 23, 29, 23], [12, 32, 37, 24]],
    ),
}
