"""What was entered in a field of the picked layer, written into the text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.layer import LayerError
from explorer.networks.call import LayerCall
from explorer.networks.page.changing import source_of
from explorer.networks.page.fields import with_field
from explorer.networks.page.refusing import Unusable
from explorer.networks.page.rewriting import rewritten
from explorer.networks.page.state import LayerPage
from explorer.networks.reading import read_calls
from explorer.text import say

LONGEST_VALUE = 40


@dataclass(frozen=True)
class Edit:
    """A field's ``name`` and what was entered as its ``value``; ``problem`` is why it cannot be, or empty."""

    name: str
    value: str
    problem: str = ""

    @classmethod
    def of(cls, said: object) -> "Edit | None":
        """What the browser says, or None where it is none.

        >>> Edit.of({"name": "stride", "value": "2"})
        Edit(name='stride', value='2', problem='')
        """
        if not isinstance(said, dict):
            return None
        name, value = said.get("name"), said.get("value")
        if not isinstance(name, str) or not isinstance(value, str) or len(value) > LONGEST_VALUE:
            return None
        return cls(name, value)


def edited(page: LayerPage, edit: Edit | None) -> tuple[LayerPage, Edit | None]:
    """The page after an edit, or as it was with the edit that says why it cannot be.

    >>> edited(LayerPage(layer="up = nn.ConvTranspose2d(8, 4, 2)"), Edit("stride", "2"))[0].layer
    'up = nn.ConvTranspose2d(8, 4, kernel_size=2, stride=2)'
    """
    if edit is None:
        return page, None
    calls = read_calls(page.layer).calls
    number = picked(page, calls)
    try:
        call = with_field(calls[number - 1] if number else None, edit.name, edit.value)
        source = source_of(call)
    except (Unusable, LayerError) as error:
        why = say(f"layer_page.problems.{error.key}") if isinstance(error, Unusable) else str(error)
        return page, replace(edit, problem=why)
    if not number:
        return replace(page, layer=_appended(page.layer, source)), None
    return replace(page, pick=number, layer=rewritten(page.layer, calls, number - 1, source)), None


def picked(page: LayerPage, calls: Sequence[LayerCall]) -> int:
    """The number of the picked layer, from 1; else the last transposed one. 0: there is none."""
    if 1 <= page.pick <= len(calls):
        return page.pick
    transposed = [at + 1 for at, call in enumerate(calls) if call.kind == "transposed"]
    return transposed[-1] if transposed else len(calls)


def _appended(text: str, line: str) -> str:
    return f"{text.rstrip()}\n{line}" if text.strip() else line
