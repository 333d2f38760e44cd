"""Every sentence a person reads, as data: one TOML file a language."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGE = "en"


@lru_cache
def texts(language: str = LANGUAGE) -> dict[str, Any]:
    """All texts of a language, as nested tables of templates.

    >>> texts()["views"]["scatter"]
    'Scatter'
    """
    return tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


def say(path: str, **values: object) -> str:
    """The text at a dotted path, its {places} filled.

    >>> say("grids.cropped", canvas="3×3")
    'Full canvas 3×3, cropped to output Y'
    """
    found: Any = texts()
    for name in path.split("."):
        found = found[name]
    return found.format(**values)
