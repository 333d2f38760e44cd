"""The families of fonts that texts are drawn in, beside the pictures' own; ``typefaces.toml`` says what each is for."""

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files(__package__).joinpath("typefaces.toml").read_text(encoding="utf-8"))
LATIN: str = _TABLE["latin"]
PAGE: list[str] = _TABLE["page"]
CHINESE: list[str] = _TABLE["chinese"]
FACES: dict[str, list[str]] = _TABLE["faces"]


def stack(*families: str) -> str:
    """Families as CSS has them, the first before all others.

    >>> stack("Source Sans", "Arial")
    '"Source Sans", "Arial", sans-serif'
    """
    return ", ".join([*(f'"{family}"' for family in families), "sans-serif"])
