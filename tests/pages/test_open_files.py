"""The limit of open files, which is one of visitors."""

import asyncio
import gc

import pytest

from explorer.pages import server
from explorer.pages.open_files import ENOUGH, allow_many

resource = pytest.importorskip("resource")


@pytest.fixture
def limits():
    """The limits of this process, as they are again after the test."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield soft, hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_server_takes_as_many_files_as_it_may(limits):
    _, hard = limits
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    assert allow_many() == (ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH))
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[1] == hard


def test_a_limit_that_is_higher_stays(limits, monkeypatch):
    monkeypatch.setattr("explorer.pages.open_files.ENOUGH", 100)
    assert allow_many() == limits[0]


def test_a_system_without_such_limits_has_none(monkeypatch):
    monkeypatch.setattr("explorer.pages.open_files.resource", None)
    assert allow_many() is None


def test_the_server_does_so_before_the_first_visitor(limits, monkeypatch):
    async def start():
        async with server.warm(None):
            return resource.getrlimit(resource.RLIMIT_NOFILE)[0]

    monkeypatch.setattr(server, "ASSETS", {})
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, limits[1]))
    try:
        assert asyncio.run(start()) > 256
    finally:
        gc.unfreeze()
