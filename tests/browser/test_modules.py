"""The modules themselves, the stage's and the panel's: tests/*/*.test.js, run in one Chromium page."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Error, Route

import explorer
from explorer.stage import constants
from explorer.text import languages, speaking

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "tests").glob("*/*.test.js"))
ADDRESS = "http://modules.test"  # nothing is there: every request is answered below

ALL = "?x=1,2;3,4&k=1,2;3,4&stride=2&padding=1&output_padding=1&dilation=2&view=gather"
GATHER, MATRIX, BACKWARD = "&view=gather", "&view=matrix", "&backward=1"
GATHER_BACKWARD, MATRIX_BACKWARD = GATHER + BACKWARD, MATRIX + BACKWARD
CHANNELS = "?x=1,1;1,1|4,5;6,7&k=1,1;1,1|4,5;6,7|8,9;10,11|4,5;6,7|16,17;18,19|20,21;22,23&out_channels=3&channel=1,2"
EVERYWHERE = ("", GATHER, MATRIX, BACKWARD, GATHER_BACKWARD, MATRIX_BACKWARD)
DOCUMENTS = [
    ALL,
    *("?preset=basic" + more for more in EVERYWHERE),
    *("?preset=basic&view=scatter&backward=1", "?preset=basic&out_channels=2&backward=1"),
    "?preset=basic&out_channels=2&channel=0,1&view=matrix",
    "?preset=basic&step=2&trace=output:0,1,1",
    "?preset=basic&step=2&trace=output:0,1,1&present=1",
    "?preset=basic&trace=zero_inserted:0,0",
    "?preset=basic&view=gather&trace=zero_inserted:0,0",
    "?preset=basic&view=gather&trace=zero_inserted:1,1",
    *("?preset=stride-2" + more for more in ("", GATHER, MATRIX)),
    *("?preset=padding-1" + more for more in ("", GATHER, MATRIX, BACKWARD, MATRIX_BACKWARD + "&upstream=ones")),
    *("?preset=conv-matrix", "?preset=arange-9", "?preset=dilation"),
    *("?preset=dv-no-padding", "?preset=dv-no-padding&view=gather"),
    *("?preset=output-padding-zeros" + more for more in ("", GATHER, BACKWARD)),
    *("?preset=stride-leaves-gaps" + more for more in ("", GATHER, BACKWARD)),
    *("?preset=stride-leaves-gaps&padding=1" + more for more in ("", BACKWARD)),
    *(
        "?preset=two-channels-add" + more
        for more in ("", BACKWARD, "&channel=1,0", "&view=gather&channel=1,0", "&stride=2")
    ),
    *("?preset=groups" + more for more in ("", MATRIX, BACKWARD, "&channel=1,1")),
    *("?x=1,2;3,4&k=1,2;3,4", "?x=1,2;3,4&k=5", "?x=5&k=1,2;3,4", "?x=2,-1&k=3,-2", "?x=0.5,-1&k=0.123456,-2"),
    *("?x=1,2,3&k=1;2", "?x=1,2,3&k=1,2,3;4,5,6"),
    *("?x=1,2,3;4,5,6;7,8,9&k=5&padding=1" + more for more in ("", BACKWARD)),
    *(CHANNELS + more for more in ("&view=scatter", GATHER)),
    *("?x=0,1,2,3,4,5,6,7&k=1,2,1&stride=4" + more for more in ("", GATHER)),
    *("?preset=stride-leaves-gaps&crop=0,1&bias=0.5" + more for more in ("", GATHER, MATRIX, BACKWARD)),
    "?preset=output-padding-uncovers",
    "?x=1,2,3;4,5,6;7,8,9&k=5&stride=2&padding=1&view=gather",
]
"""The pages whose documents the tests read."""


class Ran(NamedTuple):
    """What a file did: {test: what went wrong}, the addresses whose documents it read, what the console said."""

    found: dict[str, str]
    read: list[str]
    said: list[str]


def texts_in(language: str) -> dict[str, Any]:
    """What the stage says in a language."""
    with speaking(language):
        return constants()["texts"]


def names_of(path: Path) -> list[str]:
    """The names of the tests in a file, as its source has them."""
    return re.findall(r'^ *test\("([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def ran(browser: Browser) -> Iterator[Callable[[Path], Ran]]:
    """ran(file): what its tests found. Each file is run once, on a page that knows nothing of the other files."""
    data = {
        "/": "<!doctype html><title>modules</title>",
        "/documents.json": json.dumps({address: explorer.document(address) for address in DOCUMENTS}),
        "/number_texts.json": (ROOT / "tests" / "number_texts.json").read_text(encoding="utf-8"),
        "/constants.json": json.dumps(constants()),
        "/texts.json": json.dumps({language: texts_in(language) for language in languages()}),
    }
    results: dict[Path, Ran] = {}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path in data:
            kind = "text/html" if path == "/" else "application/json"
            return route.fulfill(body=data[path], content_type=f"{kind}; charset=utf-8")
        file = ROOT / path.removeprefix("/")
        return (
            route.fulfill(path=file, content_type="text/javascript; charset=utf-8") if file.is_file() else route.abort()
        )

    with browser.new_context() as context:
        context.route("**/*", answer)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))

        def ran(file: Path) -> Ran:
            if file not in results:
                page.goto(ADDRESS)
                said.clear()
                found, read = page.evaluate(
                    """async (file) => {
                      const { run } = await import("/tests/stage/testing.js");
                      await import(file);
                      return run();
                    }""",
                    f"/{file.relative_to(ROOT).as_posix()}",
                )
                results[file] = Ran(dict(found), read, said.copy())
            return results[file]

        yield ran


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_a_file_runs_all_of_its_tests_and_complains_of_nothing(ran, file):
    try:
        found, _, said = ran(file)
    except Error as error:  # it could not be read or imported
        pytest.fail(str(error))
    assert list(found) == names_of(file)
    assert said == []


@pytest.mark.parametrize(
    ("file", "name"),
    [(file, name) for file in FILES for name in names_of(file)],
    ids=lambda part: getattr(part, "name", part),
)
def test_module(ran, file, name):
    found = ran(file).found
    assert name in found, "it did not run"
    assert found[name] == "", found[name]


def test_every_document_is_read_by_a_test(ran):
    read = {address for file in FILES for address in ran(file).read}
    assert [address for address in DOCUMENTS if address not in read] == []
