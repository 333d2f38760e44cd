"""How much one message may ask for: the rest waits, and the page sends it again, as it does all that has no answer."""

from collections.abc import Mapping
from typing import Any

EFFORT = 40
"""What one message may do, in about half a millisecond of work on the largest page; the command that exceeds it is the
last. A page that kept a hundred edits while its server was away sends them in four messages."""
CHARACTERS = 200
"""Characters of a text that are read with the effort of one."""
USUAL = 1
EFFORTS: Mapping[str, int] = {
    **dict.fromkeys(("fill", "view", "backward", "visit", "leave", "apart"), 4),
    **dict.fromkeys(("one_dimension", "go", "resume"), 10),
    **dict.fromkeys(("ask", "practise"), EFFORT),
}
"""The commands that take more than the usual effort."""


def effort_of(name: str, arguments: Mapping[str, Any]) -> int:
    """The effort of a command whose arguments are checked.

    >>> effort_of("undo", {}), effort_of("paste", {"grid": "input", "text": "1 " * 1000, "channel": [0, 0]})
    (1, 11)
    """
    characters = sum(len(value) for value in arguments.values() if isinstance(value, str))
    return EFFORTS.get(name, USUAL) + characters // CHARACTERS
