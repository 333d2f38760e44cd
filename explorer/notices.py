"""What the page says of its own accord, as sentences: notices, and why an edit is refused."""

from typing import Any

from explorer.decimals import format_number
from explorer.edits import Refusal
from explorer.layer import Layer
from explorer.settings import Notice
from explorer.text import say


def notice_text(notice: Notice) -> str:
    """The sentence of a notice."""
    return say(f"notices.{notice.key}", **dict(notice.values))


def refusal_text(refusal: Refusal, grid: str, layer: Layer) -> dict[str, Any]:
    """The cell of a refused edit of ``input`` or ``kernel``, and why it keeps its number.

    >>> refusal_text(Refusal((0, 1, 1), "x", "not_a_number", 3.0), "input", Layer())["text"][:15]
    'X[1,1] keeps 3:'
    """
    many = layer.in_channels > 1 or layer.out_channels > 1
    cell = f"{'X' if grid == 'input' else 'K'}[{','.join(map(str, refusal.at if many else refusal.at[-2:]))}]"
    reason = say(f"refusals.{refusal.reason}", text=refusal.text)
    text = say("notices.edit_refused", cell=cell, kept=format_number(refusal.kept), reason=reason)
    return {"at": list(refusal.at), "text": text}
