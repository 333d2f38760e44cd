"""What an address of the page of upsampling says besides: flags, and kernels larger than the explorer's."""

import numpy as np

from explorer.decimals import LONGEST_NUMBER, Unreadable, parse_number

LARGEST_KERNEL = 8
"""Rows and columns of a kernel on this page: one that interpolates at stride 4 has eight."""


def read_flag(text: str) -> bool:
    """``1`` or ``0``."""
    if text not in ("0", "1"):
        raise Unreadable("unknown")
    return text == "1"


def read_large_kernel(text: str) -> np.ndarray:
    """A kernel of one channel pair that may be larger than the explorer's, (rows, columns).

    >>> read_large_kernel("1,2;3,4").tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    if "|" in text or len(text) > LARGEST_KERNEL**2 * LONGEST_NUMBER:
        raise Unreadable("too_large_grid")
    rows = [row.split(",") for row in text.split(";")]
    if len({len(row) for row in rows}) != 1:
        raise Unreadable("ragged")
    if max(len(rows), len(rows[0])) > LARGEST_KERNEL:
        raise Unreadable("too_large_grid")
    return np.array([[parse_number(cell) for cell in row] for row in rows])
