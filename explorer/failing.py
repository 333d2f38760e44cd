"""What a visitor is told of an error: its kind and its words, without the paths of the machine that it happened on."""

import logging
import re
from functools import lru_cache

LONGEST = 200
"""Characters of what is told; the rest is in the log only."""
_FOLDERS = re.compile(r"(?:\b[A-Za-z]:)?(?:[/\\][^\s/\\:;,'\"]+)+[/\\]")


def reason(error: BaseException) -> str:
    """What is told of an error: of a file its name alone. The log has all of it, each error once.

    >>> reason(OSError("/srv/python/lib/libtorch.so: cannot open shared object file"))
    'OSError: …/libtorch.so: cannot open shared object file'
    """
    whole = f"{type(error).__name__}: {error}"
    _log_once(whole)
    said = " ".join(_FOLDERS.sub("…/", whole).split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


@lru_cache(maxsize=64)
def _log_once(text: str) -> None:
    logging.getLogger(__name__).warning("%s", text)
