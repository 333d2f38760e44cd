"""What the page's JavaScript needs and no visitor changes."""

from dataclasses import fields
from typing import Any

from explorer.networks.page.examples import EXAMPLES
from explorer.networks.page.state import FRAMEWORKS, INPUT, OPEN, LayerPage, written
from explorer.session.names import LAYER
from explorer.text import say, texts


def constants() -> dict[str, Any]:
    """Words, examples, the parameters' names, and what an address means that does not say one.

    >>> constants()["defaults"]["plain"]
    {'input': '16', 'target': ''}
    """
    own = LayerPage()
    return {
        "words": {**texts()["layer_page"]["words"], "joints": texts()["joints"]},
        "names": list(LAYER),
        "examples": [
            {"name": name, "title": say(f"layer_page.examples.{name}"), "query": example_query(name)}
            for name in EXAMPLES
        ],
        "frameworks": [{"name": name, "title": say(f"layer_page.frameworks.{name}")} for name in FRAMEWORKS],
        "defaults": {
            "own": {field.name: written(getattr(own, field.name)) for field in fields(own)},
            "plain": {"input": written(INPUT), "target": ""},
        },
    }


def example_query(name: str) -> dict[str, str]:
    """The whole state that an example is, as the address says it."""
    example = EXAMPLES[name]
    opened = tuple(dict.fromkeys((*OPEN, *example.open)))
    said = {"layer": example.layer, "input": example.input, "target": example.target, "open": opened}
    return {name: written(value) for name, value in said.items()} | {"trip_v": "", "trip_k": ""}
