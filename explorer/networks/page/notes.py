"""What is to be said of a chain: what stops it, skip connections that do not fit, and how tools count."""

from collections.abc import Sequence

from explorer.networks.call import LayerCall
from explorer.networks.conventions import CONVENTIONS
from explorer.networks.following import Followed
from explorer.networks.page.schema import NoteData
from explorer.networks.skips import Skip, skips
from explorer.text import say


def chain_notes(text: str, calls: Sequence[LayerCall], followed: Followed) -> list[NoteData]:
    """What stops the chain, channels that come from elsewhere, and each skip connection that does not fit."""
    notes = [_skip_note(text, calls, one) for one in skips(followed.rows) if not one.fits]
    if followed.problem:
        said = say(f"networks.measuring.{followed.problem.key}", **dict(followed.problem.values))
        number = followed.problem.row + 1
        stopped = say("layer_page.notes.stopped", number=number, reason=said)
        notes.insert(0, {"tone": "bad", "text": stopped, "ways": []})
    joined = [str(at + 1) for at, row in enumerate(followed.rows) if row.joined]
    if joined:
        notes.append({"tone": "plain", "text": say("layer_page.notes.joined", layers=", ".join(joined)), "ways": []})
    return notes


def _skip_note(text: str, calls: Sequence[LayerCall], skip: Skip) -> NoteData:
    raise NotImplementedError


def counting() -> list[str]:
    """How tools count multiply-adds, a sentence each convention."""
    found = [say("layer_page.counting.flops")]
    for counts in ("stamps", "outputs"):
        tools = [
            say("layer_page.counting.tool", tool=name, version=one.version)
            for name, one in CONVENTIONS.items()
            if one.counts == counts
        ]
        found.append(say(f"layer_page.counting.{counts}", tools=", ".join(tools)))
    twice = [name for name, one in CONVENTIONS.items() if one.operations == 2]
    bias = [name for name, one in CONVENTIONS.items() if one.bias]
    found.append(say("layer_page.counting.twice", tools=", ".join(twice)))
    found.append(say("layer_page.counting.bias", tools=", ".join(bias)))
    return found
