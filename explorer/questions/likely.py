"""Which mistake is named first where several give the same answer: an order as data."""

from collections.abc import Iterable

LIKELIEST = (
    "padding_added",
    "convolution_size",
    "no_flip",
    "padding_forgotten",
    "padding_once",
    "pads_input",
    "zeros_appended",
    "output_padding_forgotten",
    "output_padding_both",
    "stride_forgotten",
    "dilation_forgotten",
    "overlap_not_added",
    "term_forgotten",
    "window",
    "aligned_only",
    "everything",
    "row_for_column",
    "same_elsewhere",
    "stride_times_size",
    "last_cell_forgotten",
    "rows_and_columns",
    "backwards",
    "one_side",
    "groups_crosstalk",
    "layout_swapped",
    "pseudo_inverse",
    "divisible",
    "equal_weights",
    "any_stride",
)
"""By how many independent threads found people in it, the most first; a mistake that is not here comes behind these."""


def likeliest(names: Iterable[str]) -> tuple[str, ...]:
    """The names of mistakes, the likeliest first.

    >>> likeliest(["one_side", "no_flip", "another"])
    ('no_flip', 'one_side', 'another')
    """
    return tuple(sorted(names, key=lambda name: LIKELIEST.index(name) if name in LIKELIEST else len(LIKELIEST)))
