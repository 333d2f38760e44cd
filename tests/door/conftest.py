"""A server for the tests of its doors; its log must stay without a traceback."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import free_port, serving


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer in a process of its own."""
    log = tmp_path_factory.mktemp("door") / "log.txt"
    with serving(free_port(), log) as found:
        yield found
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said[-5000:]
    assert len(said) < 100_000
