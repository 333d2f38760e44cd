"""The fonts that the server serves to a reader whose machine has no Chinese ones: of what the texts need, and no more.

A page asks for them only where it draws a Chinese character and finds none of the reader's own families. An English
page draws no other ones than the languages' names: they are a small font of their own.
"""

from collections.abc import Callable, Set
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version

from explorer.breaking import WIDE, is_wide
from explorer.export.picture.font_files import part
from explorer.figures.typefaces import FACES, PAGE
from explorer.text import languages
from explorer.text.characters import written

KIND = "font/woff"


@cache
def page_characters() -> frozenset[str]:
    """The Chinese characters of all texts, in every language."""
    return frozenset(filter(is_wide, written()))


@cache
def name_characters() -> frozenset[str]:
    """The Chinese characters of the languages' names, which every page has.

    >>> sorted(name_characters())
    ['中', '文']
    """
    return frozenset(filter(is_wide, "".join(languages().values())))


def font_address(characters: Set[str]) -> str:
    """Where the server serves a font: an address that names what it is made of, and that needs no font made."""
    made_of = "".join(sorted(characters)) + version("pylopdf-fonts-zh-cn") + version("fonttools")
    return f"assets/chinese-{blake2b(made_of.encode(), digest_size=8).hexdigest()}.woff"


def fonts() -> dict[str, Callable[[], bytes]]:
    """What makes each of the fonts, as WOFF, by its address."""
    return {font_address(one): partial(part, one, "woff") for one in (page_characters(), name_characters())}


def font_faces() -> str:
    """The rules that declare the families of `PAGE`; an asset's style sheet finds the fonts beside itself.

    Of two faces that are for the same characters the later one is taken.
    """
    own, served = PAGE
    wide = ", ".join(f"U+{first:X}-{last:X}" for first, last in WIDE)
    names = ", ".join(f"U+{ord(one):X}" for one in sorted(name_characters()))
    rules = [
        _face(own, weight, ", ".join(f'local("{name}")' for name in named), wide) for weight, named in FACES.items()
    ]
    rules += [
        _face(served, "400", _beside(page_characters()), wide),
        _face(served, "400", _beside(name_characters()), names),
    ]
    return "".join(rules)


def _beside(characters: Set[str]) -> str:
    return f'url("{font_address(characters).removeprefix("assets/")}") format("woff")'


def _face(family: str, weight: str, source: str, characters: str) -> str:
    declared = f'font-family: "{family}"; font-weight: {weight}; src: {source}; unicode-range: {characters}'
    return f"@font-face {{ {declared}; font-display: swap; }}\n"
