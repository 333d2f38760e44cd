"""Numbers as people have them, read without evaluating anything: lists, prints, LaTeX, MATLAB, tables."""

from explorer.reading.numbers import LONGEST_TEXT, parse_numbers
from explorer.reading.tree import NumbersError

__all__ = ["LONGEST_TEXT", "NumbersError", "parse_numbers"]
