"""Two replicas behind the proxy that is deployed: one is killed, one is updated, and no open page loses anything."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from deploy import health
from explorer.settings import Settings
from tests.deploy.crowd import Person, crowd
from tests.deploy.replicas import NAMES, Replicas, free_port, get

from .driver import canvas
from .test_connection import Visitor

QUERIES = (
    "?preset=stride-2",
    "?x=1,2;3,4&k=1,2;3,4&view=gather",
    "?preset=overlap&backward=1",
    "?view=matrix&padding=1",
)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Two replicas and the proxy; at the end: nothing was written, and nobody met an error."""
    with Replicas(tmp_path_factory.mktemp("replicas")) as replicas:
        yield replicas
    assert "Traceback" not in replicas.said(), replicas.said()
    assert replicas.files() == replicas.unpacked


@pytest.fixture
def replicas(both):
    """Both replicas, running."""
    for name in NAMES:
        if both.processes[name].poll() is not None:
            both.start(name)
    return both


@pytest.fixture
def pages(browser, replicas):
    """Opens pages in a browser of their own, whose cookie names a replica."""
    contexts, opened = [], []

    def visit(replica, query):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 720}))
        contexts[-1].add_cookies([{"name": "replica", "value": replica, "url": replicas.address}])
        opened.append(Visitor(contexts[-1].new_page(), replicas.address + query))
        return opened[-1]

    yield visit
    complaints = [line for one in opened for line in one.complaints()]
    for context in contexts:
        context.close()
    assert not complaints


def cookie(headers):
    """The replica that an answer's one cookie names, and what else is said of it."""
    (text,) = headers["set-cookie"]
    return re.fullmatch(r"replica=(\w+); (.*)", text).groups()


def cookie_of(page):
    return {one["name"]: one["value"] for one in page.page.context.cookies()}["replica"]


def people(replicas):
    """Eight, four at each replica."""
    return [Person(replicas.address, name, query) for name in NAMES for query in QUERIES]


def in_thread(what):
    """Run it where no event loop is: the browser's driver has one here."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, what).result()


def kept(page):
    """All that a page must not lose."""
    return page.search, page.data()["step"], page.data()["trace"], page.page.evaluate("window.never")


def downloaded(page, suffix):
    """Download a file by the Export dialog: its path, and its address on the server."""
    page.page.locator(".tconv-stage .export").click()
    with page.page.expect_download() as made:
        page.page.locator(f".st-key-export_{suffix} button").click()
    return Path(made.value.path()), made.value.url


def test_a_page_is_drawn_one_replica_and_stays_there(replicas):
    asked = [get(replicas.address) for _ in range(40)]
    drawn = [cookie(headers) for _, headers, _ in asked]
    assert {name for name, _ in drawn} == set(NAMES)
    assert {rest for _, rest in drawn} == {"Path=/; HttpOnly; SameSite=Lax"}
    for name in NAMES:
        assert "set-cookie" not in get(replicas.address, Cookie=f"replica={name}")[1]
    assert cookie(get(replicas.address, Cookie="replica=three;x=1")[1])[0] in NAMES
    outside = cookie(get(replicas.address, X_Forwarded_Proto="https")[1])
    assert outside[1] == "Path=/; HttpOnly; Secure; SameSite=None; Partitioned"


def test_what_the_server_says_passes_through_once(replicas):
    status, headers, _ = get(replicas.address)
    own = get(replicas.own_address("one"))[1]
    assert status == 200
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "link"):
        assert headers[name] == own[name]
        assert len(headers[name]) == 1
    assert headers["server"] == ["nginx"]  # and no version
    asset = re.search(r"<(assets/stage[^>]*\.js)>", headers["link"][0])[1]
    status, headers, body = get(replicas.address + asset, Accept_Encoding="gzip")
    assert (status, headers["content-encoding"], body[:2]) == (200, ["gzip"], b"\x1f\x8b")
    assert "immutable" in headers["cache-control"][0]
    assert "set-cookie" not in headers  # a cache may keep it for everybody
    assert get(f"{replicas.address}_stcore/metrics")[0] == 404


def test_the_health_check_asks_the_server_in_its_container(replicas, monkeypatch):
    monkeypatch.setattr(health, "PORT", replicas.ports["one"])
    assert health.healthy("")
    assert not health.healthy("lab")  # no such base path
    monkeypatch.setattr(health, "PORT", free_port())
    assert not health.healthy("")


def test_a_replica_killed_under_load_and_open_pages_loses_nothing(pages, replicas):
    edited = pages("one", "?preset=stride-2&step=2")
    edited.type_into("input", 0, 0, "9")
    edited.has_address(x="9,1;2,3")
    traced = pages("one", "?preset=groups&view=gather&present=1&trace=output:0,1,1")
    before = {page: kept(page) for page in (edited, traced)}
    crowds, counts = people(replicas), []

    def count():
        counts.append([replicas.pages(name) for name in NAMES])

    def kill():
        count()
        replicas.kill("one")

    in_thread(crowd(crowds, kill, count))
    assert counts == [[6, 4], [0, 10]]
    assert [len(one.codes) for one in crowds] == [1] * 4 + [0] * 4
    assert {one.cookie for one in crowds} == {"two"}
    for page, was in before.items():
        page.is_back()
        assert kept(page) == was
    assert [cookie_of(page) for page in before] == ["two"] * 2
    # The first move afterwards counts. With the first replica there again, a page and its downloads stay at the second.
    edited.slide("stride", "ArrowRight")
    edited.has_address(x="9,1;2,3", stride=3, step=2)
    edited.focus()
    edited.key("End")
    edited.sees("output", canvas(Settings.of([[9, 1], [2, 3]], [[0, 1], [2, 3]], stride=3)))
    replicas.start("one")
    path, address = downloaded(edited, "png")
    with Image.open(path) as image:
        assert image.format == "PNG"
    assert [get(address, Cookie=f"replica={name}")[0] for name in NAMES] == [404, 200]


def test_a_replica_that_is_updated_hands_its_pages_over(pages, replicas):
    page = pages("two", "?preset=dv-strides&step=1")
    page.key("ArrowRight")
    page.has_address(step=2)
    was, crowds = kept(page), people(replicas)
    in_thread(crowd(crowds, lambda: replicas.drain("two"), lambda: None))
    assert [one.codes for one in crowds] == [[]] * 4 + [
        [1012]
    ] * 4  # 1012: the server starts anew (RFC 6455's registry)
    page.is_back()
    assert (kept(page), cookie_of(page)) == (was, "one")
    assert (replicas.pages("one"), replicas.pages("two")) == (1, 0)
    # There again, it takes pages; here under a base path, which needs nothing of the proxy.
    replicas.start("two", STREAMLIT_SERVER_BASE_URL_PATH="lab")
    assert get(f"{replicas.address}lab/", Cookie="replica=two")[0] == 200
    guest = Person(f"{replicas.address}lab/", "two", "?preset=stride-2")
    in_thread(crowd([guest], lambda: None, lambda: None))
    assert (guest.cookie, guest.codes) == ("two", [])
    replicas.drain("two")
