"""How far the making of a file has come. What makes one calls back; who asked for it may show that, or end it there."""

from collections.abc import Callable

Report = Callable[[int, int], object]
"""Called with how many parts are done, and of how many; what it raises ends the making."""


def unreported(done: int, total: int) -> None:
    """Nobody asked.

    >>> unreported(3, 18)
    """
