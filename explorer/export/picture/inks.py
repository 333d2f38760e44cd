"""The colours of a picture that are mixed of its palette's, as ``explorer/stage/stage.css`` mixes them."""

from dataclasses import dataclass

from explorer.export.picture.drawing import mixed
from explorer.figures.palette import Palette

WAITING, CORNER, CHIP, VAIN = 0.4, 0.35, 0.3, 0.1
HALO, CROPPED, CROP_LINES, INSERTED, INSERT_LINES, ADDED, ENTRY, ZERO_ENTRY = 0.7, 0.08, 0.45, 0.16, 0.3, 0.7, 0.5, 0.35
FLAT_CROPPED = 0.55


@dataclass(frozen=True)
class Inks:
    """A palette, and what is mixed of it. ``width`` is a mark's line for cells of a size."""

    palette: Palette

    def waiting(self, fill: str) -> str:
        """The fill of a cell that no stamp has reached yet."""
        return mixed(fill, WAITING, self.palette.background)

    def corner(self, colour: str) -> str:
        """What stands behind what a stamp adds."""
        return mixed(colour, CORNER, self.palette.background)

    def chip(self, colour: str, is_vain: bool) -> str:
        """What stands behind a chip."""
        return mixed(colour, VAIN if is_vain else CHIP, self.palette.background)

    @property
    def zero_entry(self) -> str:
        """An entry that is 0, where it has no number."""
        return mixed(self.palette.muted, ZERO_ENTRY, self.palette.scale[1])


def line_width(cell: float) -> float:
    """The width of the line around a marked cell."""
    return max(2.0, min(1 + cell * 0.04, 5.0))
