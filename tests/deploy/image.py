"""What the Dockerfile makes, as far as a test can do it without a builder of images."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = "/srv"
"""Where the server lies in the image."""


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with what follows it on one line."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#")).replace("\\\n", " ")
    found = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    return [(name, rest) for name, rest in found]


def value(name: str) -> str:
    """What follows the last instruction of a name."""
    return [rest for one, rest in instructions() if one == name][-1]


def command() -> list[str]:
    """What the container runs."""
    return json.loads(value("CMD"))


def environment() -> dict[str, str]:
    """What the image sets for it, PATH excepted."""
    pairs = dict(pair.split("=", 1) for pair in shlex.split(value("ENV")))
    return {name: text for name, text in pairs.items() if name != "PATH"}


def copied() -> Iterator[tuple[Path, str]]:
    """Each file or folder that is copied from here, with the folder in the image where its copy lies."""
    folder = "/"
    for name, rest in instructions():
        if name == "WORKDIR":
            folder = rest
        if name == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for source in sources:
                yield ROOT / source, f"{folder}/{target}" if target in sources else folder


def unpack(place: Path) -> Path:
    """Lay the image's folder of the server out at a place, and return the place."""
    for source, target in copied():
        if re.match(rf"{FOLDER}\b", target):
            inside = place / target.removeprefix(FOLDER).strip("/")
            if source.is_dir():
                shutil.copytree(source, inside, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, inside)
    return place
