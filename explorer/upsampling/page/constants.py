"""What the page's JavaScript needs and no visitor changes."""

from collections.abc import Iterable
from typing import Any

from explorer.session.names import UPSAMPLE
from explorer.text import say, texts
from explorer.upsampling.comparing import DOWN
from explorer.upsampling.kernels import KERNELS
from explorer.upsampling.page.fitting import STEPS
from explorer.upsampling.page.state import OWN, SHOWN, UPLOAD, UpsamplePage
from explorer.upsampling.pictures import PICTURES
from explorer.upsampling.training import STARTS
from explorer.upsampling.uploads import MOST_BYTES

OWN_NUMBERS, UPLOADED = "upsample_page.own", "upsample_page.upload"


def constants() -> dict[str, Any]:
    """Words, choices, the parameters' names, and what an address means that does not say one.

    >>> [one["name"] for one in constants()["choices"]["down"]]
    ['average', 'pick']
    """
    return {
        "words": {**texts()["upsample_page"]["words"], "joints": texts()["joints"]},
        "names": list(UPSAMPLE),
        "choices": {
            "kernel": [_choice(OWN, OWN_NUMBERS), *_choices("kernels", KERNELS)],
            "picture": [*_choices("pictures", PICTURES), _choice(UPLOAD, UPLOADED)],
            "down": _choices("down", DOWN),
            "show": [_choice(name, f"upsample_page.show.{name}") for name in SHOWN],
            "start": _choices("kernels", STARTS),
        },
        "defaults": UpsamplePage().texts,
        "mostBytes": MOST_BYTES,
        "steps": STEPS,
        "about": say("upsampling.training.about"),
    }  # fmt: skip


def _choices(section: str, names: Iterable[str]) -> list[dict[str, str]]:
    return [_choice(name, f"upsampling.{section}.{name}") for name in names]


def _choice(name: str, key: str) -> dict[str, str]:
    return {"name": name, "title": say(key)}
