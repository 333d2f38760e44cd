"""What is to be said of a chain: what stops it, skip connections that do not fit, and how tools count."""

from collections.abc import Sequence

from explorer.networks.call import LayerCall
from explorer.networks.conventions import CONVENTIONS
from explorer.networks.following import Followed
from explorer.networks.page.changing import changed_text
from explorer.networks.page.schema import ActionData, NoteData
from explorer.networks.page.spans import LARGEST, Span
from explorer.networks.page.verdict import difference
from explorer.networks.page.writing import size_text
from explorer.networks.skips import Skip, size_that_fits, skips, with_output_padding
from explorer.text import Listed, say


def chain_notes(text: str, calls: Sequence[LayerCall], followed: Followed) -> list[NoteData]:
    """What stops the chain, channels that come from elsewhere, and each skip connection that does not fit."""
    notes = [_skip_note(text, calls, followed, one) for one in skips(followed.rows) if not one.fits]
    if followed.problem:
        said = say(f"networks.measuring.{followed.problem.key}", **dict(followed.problem.values))
        number = followed.problem.row + 1
        stopped = say("layer_page.notes.stopped", number=number, reason=said)
        notes.insert(0, {"tone": "bad", "text": stopped, "ways": []})
    joined = [str(at + 1) for at, row in enumerate(followed.rows) if row.joined]
    if joined:
        notes.append({"tone": "plain", "text": say("layer_page.notes.joined", layers=Listed(joined)), "ways": []})
    return notes


def _skip_note(text: str, calls: Sequence[LayerCall], followed: Followed, skip: Skip) -> NoteData:
    values = {"down": skip.down + 1, "up": skip.up + 1}
    sizes = {"wanted": size_text(skip.wanted), "size": size_text(skip.size), "given": size_text(skip.given)}
    said = say("layer_page.notes.skip", **values, **sizes)
    ways: list[ActionData] = []
    if skip.output_padding is not None:
        changed = with_output_padding(followed.rows[skip.up].call, skip.output_padding)
        label = say("layer_page.notes.mend_layer", number=skip.up + 1, change=difference(calls[skip.up], changed))
        changes = changed_text(text, calls, skip.up, changed)
        why = say("layer_page.notes.mend_layer_why", size=sizes["wanted"])
        ways.append({"label": label, "why": why, "changes": changes, "badge": None})
    padded = size_that_fits(followed.rows)
    if padded and max(padded) <= LARGEST:
        label, why = say("layer_page.notes.mend_input", size=size_text(padded)), say("layer_page.notes.mend_input_why")
        ways.append({"label": label, "why": why, "changes": {"input": str(Span(padded))}, "badge": None})
    return {"tone": "bad", "text": said, "ways": ways}


def counting() -> list[str]:
    """How tools count multiply-adds, a sentence each convention."""
    found = [say("layer_page.counting.flops")]
    for counts in ("stamps", "outputs"):
        tools = [
            say("layer_page.counting.tool", tool=name, version=one.version) if one.version else name
            for name, one in CONVENTIONS.items()
            if one.counts == counts
        ]
        found.append(say(f"layer_page.counting.{counts}", tools=Listed(tools)))
    twice = [name for name, one in CONVENTIONS.items() if one.operations == 2]
    bias = [name for name, one in CONVENTIONS.items() if one.bias]
    found.append(say("layer_page.counting.twice", tools=Listed(twice)))
    found.append(say("layer_page.counting.bias", tools=Listed(bias)))
    return found
