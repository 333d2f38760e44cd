"""The examples' names as the page writes them."""

from collections.abc import Mapping
from typing import Any

from explorer.presets import GROUPS
from explorer.text import kept_by_language, say


@kept_by_language()
def preset_titles() -> Mapping[str, str]:
    """The examples' titles in their order; their group stands behind them, so that typing its name finds all of it."""
    return {
        name: f"{say(f'presets.{name}')} · {say(f'preset_groups.{group}')}"
        for group, presets in GROUPS.items()
        for name in presets
    }


def changed_title(title: str) -> str:
    """A title whose example was changed.

    >>> changed_title("Stride 2")
    'Stride 2 (changed)'
    """
    return say("controls.changed", title=title)


def named(heard: Mapping[str, Any]) -> dict[str, str]:
    """The example by its name, where the browser says it by a title that was another one when it was drawn."""
    said = heard.get("preset")
    found = [name for name, title in preset_titles().items() if said in (title, changed_title(title))]
    return {"preset": found[0]} if found else {}
