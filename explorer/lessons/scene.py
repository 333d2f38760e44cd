"""What a page computes, as arrays and counts that a text can name."""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from explorer import relation
from explorer.methods import METHODS
from explorer.operation import Gradient, Operation, run
from explorer.session.page import Page
from explorer.upsampling.phases import phase_sums
from explorer.upsampling.response import overlap_count
from explorer.views import upstream_of


class Scene:
    """The arrays of a page, each computed when it is first asked for.

    >>> Scene(Page()).canvas.shape
    (1, 3, 3)
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.settings = page.settings
        self.layer = page.settings.layer
        self.size = page.settings.size

    @cached_property
    def operation(self) -> Operation:
        """The computation itself."""
        return run(self.settings)

    @cached_property
    def canvas(self) -> np.ndarray:
        """The finished canvas of every output channel, (C_out, rows, columns)."""
        channels = range(self.layer.out_channels)
        return np.array([self.operation.scatter_steps(channel).canvas for channel in channels])

    @cached_property
    def gradient(self) -> Gradient:
        """The gradient for the page's dY; also the convolution of V, which is the same array."""
        return self.operation.gradient(upstream_of(self.settings, self.page.view))

    @cached_property
    def overlaps(self) -> np.ndarray:
        """How many stamps reach each cell of the canvas, (rows, columns), of one input channel."""
        return overlap_count(self.layer, self.size)

    @cached_property
    def phases(self) -> np.ndarray:
        """The sums of the kernel's phases, (C_in, C_out // groups, s_h, s_w)."""
        return phase_sums(self.operation.weight, self.layer)

    @cached_property
    def zero_inserted(self) -> np.ndarray:
        """X with the zeros put in, (C_in, rows, columns), as the gather view draws it."""
        found = np.zeros((self.layer.in_channels, *self.layer.zero_inserted_size(self.size)))
        rows, columns = relation.zero_inserted_lines(self.layer, self.size)
        found[:, rows[:, None], columns] = self.operation.input
        return found

    @cached_property
    def matrix(self) -> np.ndarray:
        """W, dense."""
        return self.operation.conv_matrix.toarray()


GRIDS: Mapping[str, Callable[[Scene], np.ndarray]] = {
    "X": lambda scene: scene.operation.input,
    "K": lambda scene: scene.operation.weight,
    "Y": lambda scene: scene.operation.output,
    "canvas": lambda scene: scene.canvas,
    "V": lambda scene: scene.gradient.upstream,
    "dY": lambda scene: scene.gradient.upstream,
    "dX": lambda scene: scene.gradient.result,
    "inserted": lambda scene: scene.zero_inserted,
    "flipped": lambda scene: scene.operation.weight[..., ::-1, ::-1],
    "unflipped": lambda scene: METHODS["naive"](
        scene.operation.input, scene.operation.weight[..., ::-1, ::-1], scene.layer
    ),
    "overlap": lambda scene: scene.overlaps,
    "phase": lambda scene: scene.phases,
    "W": lambda scene: scene.matrix,
    "WWT": lambda scene: scene.matrix @ scene.matrix.T,
    "WTW": lambda scene: scene.matrix.T @ scene.matrix,
}
"""Arrays by the names that a text has for them. V is dY by another name: what the convolution takes."""
