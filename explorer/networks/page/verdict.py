"""What comes out of the chain, whether it is what is wanted, and what mends it."""

from collections.abc import Sequence

from explorer.layer import LayerError
from explorer.networks.call import LayerCall
from explorer.networks.following import Followed
from explorer.networks.page.changing import changed_text
from explorer.networks.page.mending import Mend, input_for, mends
from explorer.networks.page.schema import ActionData, VerdictData
from explorer.networks.page.spans import LARGEST, Span
from explorer.networks.page.writing import count_text, short, size_text
from explorer.text import Listed, say

MOST_MENDS = 3
SIDES = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}


def verdict(text: str, calls: Sequence[LayerCall], followed: Followed, target: Span | None) -> VerdictData:
    """The verdict on a chain for a target size, or on its output where none is wanted."""
    rows = followed.rows
    if followed.problem or not rows:
        return empty()
    size = rows[-1].size
    wanted = target.on(len(size)) if target else None
    sums = _sums(followed)
    if wanted is None:
        said = say("layer_page.verdict.other_axes", count=len(size)) if target else sums
        title = say("layer_page.verdict.plain", size=size_text(size))
        return {"tone": "warn" if target else "plain", "title": title, "text": said, "ways": []}
    if wanted == size:
        return {"tone": "good", "title": say("layer_page.verdict.hit", size=size_text(size)), "text": sums, "ways": []}
    ways = mending_ways(text, calls, followed, wanted)
    key = "not_mended" if not ways else "mended_one" if len(ways) == 1 else "mended"
    said = say(f"layer_page.verdict.{key}", off=_off(size, wanted))
    title = say("layer_page.verdict.missed", size=size_text(size), target=size_text(wanted))
    return {"tone": "bad", "title": title, "text": said, "ways": ways}


def empty() -> VerdictData:
    """No verdict."""
    return {"tone": "plain", "title": "", "text": "", "ways": []}


def _sums(followed: Followed) -> str:
    weights, adds = followed.totals["parameters"], followed.totals["multiply_adds"]
    if weights is None or adds is None:
        return say("layer_page.verdict.no_sums")
    return say("layer_page.verdict.sums", weights=count_text(weights), adds=count_text(adds))


def _off(size: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    """How far a size is from the wanted one, in words; one sentence part where all axes are alike."""
    sides = SIDES[len(size)]
    off = [n - t for n, t in zip(size, wanted, strict=True)]
    if len(set(off)) == 1 < len(size):
        sides, off = (say("layer_page.sides.all"),), off[:1]
    else:
        sides = tuple(say(f"layer_page.sides.{side}") for side in sides)
    parts = [
        say(f"layer_page.verdict.{'long' if by > 0 else 'short'}", by=count_text(abs(by)), side=side)
        for side, by in zip(sides, off, strict=True)
        if by
    ]
    return str(Listed(parts))


def mending_ways(
    text: str, calls: Sequence[LayerCall], followed: Followed, wanted: tuple[int, ...]
) -> list[ActionData]:
    """Buttons that make a chain give the wanted size: one layer changed, or another input."""
    rows = followed.rows
    known, given = [row.call for row in rows], [row.given for row in rows]
    possible = [_layer_way(text, calls, mend) for mend in mends(known, given, wanted)]
    ways = [way for way in possible if way][:MOST_MENDS]
    other = input_for(known, given[0], wanted)
    if other and other != given[0] and max(other) <= LARGEST:
        label = say("layer_page.verdict.input", size=size_text(other))
        why = say("layer_page.verdict.input_why")
        ways.append({"label": label, "why": why, "changes": {"input": str(Span(other))}, "badge": None})
    return ways


def _layer_way(text: str, calls: Sequence[LayerCall], mend: Mend) -> ActionData | None:
    """A button that mends one layer; None where no framework can write the mended one."""
    at = mend.number - 1
    try:
        changes = changed_text(text, calls, at, mend.call)
    except LayerError:
        return None
    label = say("layer_page.verdict.layer", number=mend.number, change=difference(calls[at], mend.call))
    return {
        "label": label,
        "why": say("layer_page.verdict.layer_why", size=size_text(mend.size)),
        "changes": changes,
        "badge": None,
    }


def difference(before: LayerCall, after: LayerCall) -> str:
    """What differs between two calls of a layer, in short; all of it where it cannot be said so.

    >>> from explorer.networks.call import AxisCall
    >>> one, other = (LayerCall((AxisCall.of(3, 2, 1, o),)) for o in (0, 1))
    >>> difference(one, other)
    'output_padding 1'
    """
    if any(axis.torch[2:] != (0, 0) for axis in (*before.axes, *after.axes)):
        return short(after)
    found = []
    for at, name in enumerate(("padding", "output_padding")):
        old, new = ([axis.torch[at] for axis in call.axes] for call in (before, after))
        if old != new:
            found.append(f"{name} {new[0] if len(set(new)) == 1 else '×'.join(map(str, new))}")
    return str(Listed(found)) or short(after)
