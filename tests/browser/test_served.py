"""One server as a stranger starts it: below a path, on every interface, cut off from the network; and in a frame."""

import asyncio
import gzip
import http.client
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from explorer.pages.component import script, script_address
from explorer.text import say
from tests import visitor

from .conftest import free_port, serving

BASE = "lab/conv"
LARGEST_PICTURE = 6_666_668  # letters of base64 that 5 MB make
MANY_BYTES = 8_000_001


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """The file in which stands what the server asked of other machines."""
    folder = tmp_path_factory.mktemp("cut_off")
    shutil.copy(Path(__file__).with_name("cut_off.py"), folder / "sitecustomize.py")
    return folder / "asked.txt"


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("served") / "log.txt"


@pytest.fixture(scope="module")
def served(asked, log):
    """Its address. It is started as the README says, but below a path."""
    environment = {"ASKED": str(asked), "PYTHONPATH": str(asked.parent)}
    with serving(free_port(), log, path=BASE, options=(), environment=environment) as address:
        yield address


def socket_of(address, origin):
    """A connection that a page of that origin opens."""
    return connect(f"{address.replace('http', 'ws', 1)}_stcore/stream", origin=origin, proxy=None, max_size=None)


def got(address, path, method="GET", **headers):
    """(status, headers, body) of one plain request."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    connection.request(
        method, place.path + path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def test_no_other_machine_is_asked_for_anything(served, asked, log):
    for origin in (
        "https://evil.example",
        "http://evil.example:1",
        "null",
        "https://127.0.0.1.evil.example",
        "http://[::2]",
    ):
        with pytest.raises(InvalidStatus) as refused, socket_of(served, origin):
            pass
        assert refused.value.response.status_code == 403
    for origin in (served.removesuffix(f"/{BASE}/"), "http://localhost:3000", None):
        with socket_of(served, origin) as connection:
            assert connection.response.status_code == 101
    assert not asked.exists(), asked.read_text()
    said = log.read_text().splitlines()
    assert said == [say("server.everywhere", address=served.replace("127.0.0.1", "localhost"))]


def test_a_message_is_as_large_as_a_picture_and_no_larger(served):
    async def send_picture():
        async with AsyncExitStack() as stack:
            page = await visitor.visit(stack, served)
            await page.run()
            page.states["$$ID-0-picture"] = WidgetState(id="$$ID-0-picture", string_value="a" * LARGEST_PICTURE)
            await page.run()

    with ThreadPoolExecutor(1) as pool:  # this thread has playwright's loop
        pool.submit(asyncio.run, send_picture()).result()
    with socket_of(served, None) as connection, pytest.raises(ConnectionClosed) as closed:
        connection.socket.sendall(b"\x82\xff" + MANY_BYTES.to_bytes(8, "big") + b"mask")  # only the frame's head
        connection.recv(timeout=60)
    assert closed.value.rcvd.code == 1009


def test_whoever_refuses_gzip_gets_none(served):
    for coding, is_packed in (("gzip", True), ("gzip;q=0", False), ("identity", False)):
        status, headers, body = got(served, script_address(), Accept_Encoding=coding)
        assert (status, headers.get("content-encoding")) == (200, "gzip" if is_packed else None)
        assert (gzip.decompress(body) if is_packed else body).decode() == script()
    page = got(served, "learn", Accept_Encoding="gzip;q=0")
    assert page[1].get("content-encoding") is None and b"<script" in page[2]


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("_stcore/upload_file/a/b", "PUT", 403),
        ("_stcore/upload_file/a/b", "POST", 403),
        ("assets/none.js", "GET", 404),
        ("assets/..%2f..%2fapp.py", "GET", 400),
        ("assets/../../../app.py", "GET", 400),
        (script_address(), "POST", 405),
        ("", "HEAD", 200),
        ("learn", "HEAD", 200),
        (script_address(), "HEAD", 200),
    ],
)
def test_what_else_is_asked_is_answered_in_one_way(served, path, method, status):
    found, headers, body = got(served, path, method, Host="evil.example")
    assert found == status
    assert "evil.example" not in str(headers) and b"Traceback" not in body
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    if method == "HEAD":
        assert headers["content-length"] == got(served, path)[1]["content-length"]


def test_the_base_path_leads_below_itself_whatever_a_proxy_speaks(served):
    place = urlsplit(served)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    connection.request("GET", f"/{BASE}?stride=2")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["location"]) == (307, "conv/?stride=2")
    connection.close()


def test_below_a_path_every_page_finds_what_it_needs(visit, served):
    requests = []
    page = visit(
        "?preset=stride-2",
        cold=True,
        server_address=served,
        before=lambda page: page.on("request", lambda request: requests.append(urlsplit(request.url))),
    )
    page.slide("stride", "ArrowRight")
    page.has_address(preset="stride-2", stride=3)
    assert page.page.evaluate("location.href").startswith(served)
    tab = page.page
    tab.locator(".tconv-pages a", has_text=say("pages.learn")).first.click()
    tab.locator(".tconv-lesson").wait_for()
    assert urlsplit(tab.url).path == f"/{BASE}/learn"
    tab.goto(f"{served}layer")
    tab.locator(".tconv-layer table").first.wait_for()
    tab.locator(".tconv-pages a", has_text=say("pages.upsample")).first.click()
    tab.locator(".tconv-upsample canvas, .tconv-upsample img").first.wait_for()
    assert urlsplit(tab.url).path == f"/{BASE}/upsample"
    tab.goto(f"{served}learn?lesson=padding-crops&part=2")
    tab.locator(".tconv-lesson").wait_for()
    page.idle()
    assert "padding-crops" in tab.url
    here = [one for one in requests if one.scheme not in ("data", "blob")]
    assert {one.netloc for one in here} == {urlsplit(served).netloc}
    assert [one.path for one in here if not one.path.startswith(f"/{BASE}/")] == []


def test_in_a_frame_the_link_is_this_page_s_own(visit, served):
    """The frame may not write into the clipboard, as in a course's page; the address bar is the course's."""
    page = visit("_stcore/health", fresh=True, ready=False, server_address=served)
    page.page.evaluate(
        "(address) => { document.body.innerHTML = "
        "`<iframe src='${address}' width=1000 height=600 allow=\"clipboard-write 'none'\"></iframe>` }",
        f"{served}?preset=stride-2&embed=true",
    )
    page.provoked = ["/favicon.ico", "Clipboard API has been blocked"]  # the outer page is text, without an icon
    frame = page.page.frame_locator("iframe")
    frame.locator(".tconv-stage .copy").click()
    assert frame.locator(".copy-box textarea").input_value() == frame.locator("body").evaluate("() => location.href")
    assert frame.locator(".copy-box textarea").input_value().startswith(f"{served}?preset=stride-2&embed=true")
