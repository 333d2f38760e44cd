"""The font that the server serves to a reader of Chinese whose machine has none.

A page asks for it only where it draws a Chinese character and finds none of the reader's own families: an English page
never does.
"""

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from explorer.export.picture.breaking import WIDE, is_wide
from explorer.export.picture.font_files import part
from explorer.figures.typefaces import FACES, PAGE

KIND = "font/woff"
RANGE = ", ".join(f"U+{first:X}-{last:X}" for first, last in WIDE)
"""The characters for which a page looks into the font: those that no English text has."""


@cache
def page_characters() -> frozenset[str]:
    """The Chinese characters of all texts, in every language."""
    found = [one for name in ("text", "lessons") for one in _texts_in(files("explorer") / name)]
    texts = [one.read_text(encoding="utf-8") for one in found]
    return frozenset(filter(is_wide, "".join(texts)))


def _texts_in(folder: Traversable) -> list[Traversable]:
    """Every TOML file of a folder and of the folders in it."""
    inside = sorted(folder.iterdir(), key=lambda one: one.name)
    deeper = [one for below in inside if below.is_dir() for one in _texts_in(below)]
    return [*(one for one in inside if one.name.endswith(".toml")), *deeper]


def font() -> bytes:
    """The font as WOFF: of Noto Sans SC what the texts need."""
    return part(page_characters(), "woff")


@cache
def font_address() -> str:
    """Where the server serves it: an address that names of what it is made, so that it need not be made for that."""
    made_of = "".join(sorted(page_characters())) + version("pylopdf-fonts-zh-cn") + version("fonttools")
    return f"assets/chinese-{blake2b(made_of.encode(), digest_size=8).hexdigest()}.woff"


def font_faces() -> str:
    """The rules that declare the families of `PAGE`; an asset's style sheet finds the font beside itself."""
    own, served = PAGE
    beside = font_address().removeprefix("assets/")
    rules = [_face(own, weight, ", ".join(f'local("{name}")' for name in names)) for weight, names in FACES.items()]
    return "".join([*rules, _face(served, "400", f'url("{beside}") format("woff")')])


def _face(family: str, weight: str, source: str) -> str:
    declared = f'font-family: "{family}"; font-weight: {weight}; src: {source}; unicode-range: {RANGE}'
    return f"@font-face {{ {declared}; font-display: swap; }}\n"
