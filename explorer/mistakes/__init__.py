"""What people believe of this operation, computed: the wrong result, the wrong size, and which belief gave a grid."""

from explorer.mistakes.diagnosing import (
    RELATIONS,
    crop_of,
    diagnose,
    diagnose_size,
    first_possible,
    wrong_sizes,
    wrong_values,
)
from explorer.mistakes.outputs import MISTAKES, Mistake, right_output, wrong_output
from explorer.mistakes.sizes import SIZES

__all__ = [
    "MISTAKES",
    "RELATIONS",
    "SIZES",
    "Mistake",
    "crop_of",
    "diagnose",
    "diagnose_size",
    "first_possible",
    "right_output",
    "wrong_output",
    "wrong_sizes",
    "wrong_values",
]
