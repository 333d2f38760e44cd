"""The command line: ``python -m explorer`` starts the page, ``python -m explorer export ADDRESS FILE…`` writes it."""

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from errno import EISDIR
from pathlib import Path
from secrets import token_hex
from typing import NoReturn

from explorer.export import FORMATS, OptionError, Options, content
from explorer.export.options import BACKGROUNDS, PLOTLY, SLIDERS
from explorer.figures.palette import PALETTES
from explorer.links import language_of, search_of
from explorer.notices import notice_text
from explorer.session.page import page_at
from explorer.text import Listed, say, speaking, spoken, terminal_language, texts

BAD = 2
"""The exit status where nothing was written."""
_STREAMLITS = re.compile(r"--\w+\.\w")
"""An option of ``streamlit run``, which all have a section: --server.port 8502."""


class BadRequest(Exception):
    """Something that cannot be done; its text is the line that says so."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """End the program with a line on stderr."""
        self.exit(BAD, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says (``sys.argv`` where it is None) and return the exit status.

    Without a command the page's server is started, which ends the program; then all that is given is for Streamlit.

    >>> main(["export", "?stride=2", "page.jpeg"])
    2
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if all(map(_STREAMLITS.match, given[:1])):
        from explorer.pages.starting import start  # Streamlit takes a second, and an export needs none of it

        start(given)
    with speaking(terminal_language()), argparse_in_own_words():
        return _run(given)


@contextmanager
def argparse_in_own_words() -> Iterator[None]:
    """Let argparse say meanwhile what the texts have for its own words, which it looks up as gettext's `_`."""
    names = vars(argparse)
    before = names["_"]
    names["_"] = lambda message: texts()["arguments"].get(message, message)
    try:
        yield
    finally:
        names["_"] = before


def _run(given: Sequence[str]) -> int:
    asked = _parser().parse_args(given)
    try:
        options = Options(
            asked.theme,
            asked.width,
            asked.pace,
            _names(asked.sliders),
            asked.background,
            asked.plotly.replace(PLOTLY[0], ""),
        )
        with speaking(language_of(asked.address, spoken())):
            export(asked.address, asked.files, options)
    except (BadRequest, OptionError) as error:
        print(f"{_parser().prog}: {' '.join(str(error).split())}", file=sys.stderr)
        return BAD
    return 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(",")))


def _parser() -> Parser:
    parser = Parser(prog="python -m explorer", description=say("export.description"))
    commands = parser.add_subparsers(required=True, metavar="export")
    command = commands.add_parser("export", help=say("export.export_help"), description=say("export.export_help"))
    command.add_argument("address", metavar="ADDRESS", help=say("export.address"))
    command.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help=say("export.file", suffixes=Listed(FORMATS))
    )
    command.add_argument("--theme", choices=list(PALETTES), default="", help=say("export.theme"))
    command.add_argument("--width", metavar="PX", type=int, help=say("export.width"))
    command.add_argument("--pace", metavar="MS", type=int, help=say("export.pace"))
    command.add_argument("--background", choices=BACKGROUNDS, default="", help=say("export.background"))
    command.add_argument("--plotly", choices=PLOTLY, default="", help=say("export.plotly"))
    names = ",".join(SLIDERS)
    command.add_argument("--sliders", metavar="NAMES", default="", help=say("export.sliders", names=names))
    return parser


def export(address: str, paths: Sequence[Path], options: Options = Options()) -> None:  # noqa: B008 (frozen)
    """Write the page of an address to files, each in the format of its suffix: all of them, or none.

    Each format gets those of the options that it uses. Raises `BadRequest` where the address or a suffix is bad, and
    where a file cannot be written; `OptionError` where an option is chosen that none of the files uses.
    """
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise BadRequest(say("export.bad_suffix", file=path, suffixes=Listed(FORMATS)))
        if path.is_dir():
            raise _not_written(path, IsADirectoryError(EISDIR, os.strerror(EISDIR)))
    _check_address(address)
    suffixes = list(dict.fromkeys(path.suffix.lower() for path in paths))
    for name in options.chosen:
        if not any(name in FORMATS[suffix].uses for suffix in suffixes):
            raise OptionError(say("export.unused", option=name, suffixes=Listed(suffixes)))
    contents = {suffix: content(suffix, address, options.only(FORMATS[suffix].uses)) for suffix in suffixes}
    with ExitStack() as aside:
        whole = [(_written_aside(path, contents[path.suffix.lower()], aside), path) for path in paths]
        for part, path in whole:
            try:
                part.replace(path)
            except OSError as error:
                raise _not_written(path, error) from None


def _check_address(address: str) -> None:
    """Refuse an address of which a page would ignore or change something."""
    try:
        notices = page_at(search_of(address)).notices
    except ValueError as error:
        raise BadRequest(str(error)) from None
    if notices:
        raise BadRequest(say("export.bad_address", address=address, reason=notice_text(notices[0])))


def _written_aside(path: Path, content: bytes, aside: ExitStack) -> Path:
    """A new file beside ``path`` that holds the content; ``aside`` removes it at its end if it is still there."""
    part = path.with_name(f".{path.name}.{token_hex(4)}")
    aside.callback(part.unlink, missing_ok=True)
    try:
        part.write_bytes(content)
    except OSError as error:
        raise _not_written(path, error) from None
    return part


def _not_written(path: Path, error: OSError) -> BadRequest:
    return BadRequest(say("export.not_written", file=path, reason=error.strerror or error))


if __name__ == "__main__":
    sys.exit(main())
