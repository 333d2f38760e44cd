"""The fonts of the pictures as files, from packages: Source Sans 3, and Noto Sans SC for what that one lacks.

Of Noto Sans SC a picture is given a part without Latin letters: resvg takes the whole of a text from a second font
that has all of its characters, and Latin names and numbers are Source Sans 3's.
"""

import io
from atexit import register
from collections.abc import Callable, Iterable, Set
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from explorer.export.options import OptionError
from explorer.text import say
from explorer.text.characters import written

_making = Lock()  # several frames of an animation are drawn at once


class PictureError(OptionError):
    """A picture that cannot be made; its text is a sentence that says why."""


@cache
def latin_file() -> Path:
    """The file of Source Sans 3. Raises `PictureError` where its package is not installed."""
    return _found(_latin_file, "fontpkg-source-sans-3")


@cache
def chinese_file() -> Path:
    """The file of Noto Sans SC. Raises `PictureError` where its package is not installed."""
    return _found(_chinese_file, "pylopdf-fonts-zh-cn")


@cache
def characters(file: Path) -> frozenset[str]:
    """The characters that a font has.

    >>> "K" in characters(latin_file()), "核" in characters(latin_file()), "核" in characters(chinese_file())
    (True, False, True)
    """
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def chinese_of(text: Iterable[str]) -> frozenset[str]:
    """The characters of a text that Source Sans 3 lacks and Noto Sans SC has.

    >>> sorted(chinese_of("卷积核 K"))
    ['卷', '核', '积']
    """
    lacked = set(text) - characters(latin_file())
    return frozenset(lacked & characters(chinese_file())) if lacked else frozenset()


def part(wanted: Set[str], flavor: str | None = None) -> bytes:
    """A font of so many characters of Noto Sans SC: the same bytes for the same ones; ``flavor`` "woff" compresses it.

    >>> len(part({"核"})) < 3000, part({"核"}, "woff")[:4]
    (True, b'wOFF')
    """
    from fontTools import subset

    options = subset.Options(flavor=flavor, hinting=False, desubroutinize=True, notdef_outline=True)
    written = io.BytesIO()
    with subset.load_font(str(chinese_file()), options) as font:
        chosen = subset.Subsetter(options)
        chosen.populate(text="".join(sorted(wanted)))
        chosen.subset(font)
        subset.save_font(font, written, options)
    return written.getvalue()


def part_file(wanted: Set[str]) -> Path:
    """The file of a part that has these characters, and those of all texts, so that it is seldom made anew."""
    with _making:
        return _part_file(chinese_of(written()) | wanted)


@lru_cache(maxsize=8)
def _part_file(wanted: frozenset[str]) -> Path:
    made = part(wanted)
    file = _folder() / f"{len(list(_folder().iterdir()))}.otf"
    file.write_bytes(made)
    return file


@cache
def _folder() -> Path:
    """A folder that lives as long as the program: resvg reads fonts from files only."""
    folder = TemporaryDirectory(prefix="explorer-")
    register(folder.cleanup)
    return Path(folder.name)


def _found(find: Callable[[], Path], package: str) -> Path:
    try:
        return find()
    except ImportError:
        raise PictureError(say("export.no_font", package=package)) from None


def _latin_file() -> Path:
    from fontpkg_source_sans_3 import ROOT

    return ROOT / "files" / "SourceSans3[wght].ttf"


def _chinese_file() -> Path:
    from pylopdf_fonts_zh_cn import sans_path

    return sans_path()
