"""The characters of all texts, of every language: what the fonts of pages and pictures must have."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def written() -> frozenset[str]:
    """Every character of the texts and of the lessons.

    >>> {"核", "K", "★"} <= written(), "龘" in written()
    (True, False)
    """
    found = [one for name in ("text", "lessons") for one in _texts_in(files("explorer") / name)]
    return frozenset("".join(one.read_text(encoding="utf-8") for one in found))


def _texts_in(folder: Traversable) -> list[Traversable]:
    """Every TOML file of a folder and of the folders in it."""
    inside = list(folder.iterdir())
    deeper = [one for below in inside if below.is_dir() for one in _texts_in(below)]
    return [*(one for one in inside if one.name.endswith(".toml")), *deeper]
