"""What the page says of its own accord, as sentences: notices, and why an edit is refused."""

from typing import Any

from explorer.decimals import format_number
from explorer.edits import Refusal
from explorer.layer import Layer
from explorer.notice import Notice
from explorer.placing import NAMES, Misfit
from explorer.reading import NumbersError
from explorer.text import say


def notice_text(notice: Notice) -> str:
    """The sentence of a notice.

    >>> notice_text(Notice.of("grown_fill_both", fill="ones"))
    'X and K follow their fill, ones, at their new sizes.'
    """
    values = dict(notice.values)
    if values.get("fill"):
        values["fill"] = say(f"fills.{values['fill']}")
    return say(f"notices.{notice.key}", **values)


def refusal_text(refusal: Refusal, grid: str, layer: Layer) -> dict[str, Any]:
    """The cell of a refused edit of ``input``, ``kernel`` or ``upstream``, and why it keeps its number.

    >>> refusal_text(Refusal((0, 1, 1), "x", "not_a_number", 3.0), "input", Layer())["text"][:15]
    'X[1,1] keeps 3:'
    """
    if refusal.error:
        text = say("notices.paste_refused", grid=NAMES[grid], reason=error_text(refusal.error))
        return {"at": list(refusal.at), "text": text}
    many = layer.in_channels > 1 or layer.out_channels > 1
    cell = f"{NAMES[grid]}[{','.join(map(str, refusal.at if many else refusal.at[-2:]))}]"
    reason = say(f"refusals.{refusal.reason}", text=refusal.text)
    text = say("notices.edit_refused", cell=cell, kept=format_number(refusal.kept), reason=reason)
    return {"at": list(refusal.at), "text": text}


def error_text(error: NumbersError | Misfit) -> str:
    """Why numbers were not taken: what cannot be read, or what does not fit.

    >>> error_text(Misfit("channels", grid="dY", channels=1, shape="2×3×3"))
    'dY has the channels of Y, 1; 2×3×3 does not fit.'
    """
    return say(f"misfits.{error.key}", **error.values) if isinstance(error, Misfit) else str(error)
