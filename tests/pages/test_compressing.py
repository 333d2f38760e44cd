"""Streamlit's own files, compressed once and kept."""

import asyncio
import gzip
import re

import pytest

from explorer.pages import compressing, server
from explorer.pages.compressing import FOLDER, Compressed, compress_page, names

PAGE = FOLDER.joinpath("..", "index.html").read_text(encoding="utf-8")
SCRIPT, STYLE = (re.search(rf"static/({kind}/index[^\"]+)", PAGE)[1] for kind in ("js", "css"))


def asked(path, accepted="gzip", method="GET", kind="http"):
    """What is answered: the status, the headers and the body; 0 where Streamlit is asked."""
    sent = []

    async def streamlits(scope, receive, send):
        await send({"type": "http.response.start", "status": 0, "headers": []})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "method": method, "headers": [(b"accept-encoding", accepted.encode())]}
    asyncio.run(Compressed(streamlits)(scope, None, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent)


@pytest.mark.parametrize("base", ["", "/lab"])
@pytest.mark.parametrize(("name", "kind"), [(SCRIPT, "text/javascript"), (STYLE, "text/css")])
def test_a_file_is_answered_compressed(base, name, kind):
    status, headers, body = asked(f"{base}/static/{name}")
    assert status == 200
    assert gzip.decompress(body) == FOLDER.joinpath(name).read_bytes()
    assert len(body) < len(FOLDER.joinpath(name).read_bytes()) / 2
    assert headers["content-type"].startswith(kind)
    assert (headers["content-encoding"], headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (f"/static/{SCRIPT}", {"accepted": "identity"}),
        (f"/static/{SCRIPT}", {"accepted": "gzip;q=0"}),
        (f"/static/{SCRIPT}", {"method": "HEAD"}),
        (f"/{SCRIPT}", {}),
        ("/static/js/../../index.html", {}),
        ("/static/js/none.js", {}),
        ("/", {}),
    ],
)
def test_all_else_is_streamlits(path, options):
    assert asked(path, **options)[0] == 0


def test_a_file_is_compressed_once(monkeypatch):
    monkeypatch.setattr(compressing, "kept", {})
    first = asked(f"/static/{STYLE}")
    monkeypatch.setattr(compressing.gzip, "compress", None)
    assert asked(f"/static/{STYLE}") == first


def test_what_each_page_asks_for_is_ready_before_the_first_visitor(monkeypatch):
    monkeypatch.setattr(compressing, "kept", {})
    compress_page()
    assert SCRIPT in compressing.kept
    assert STYLE in compressing.kept
    assert set(compressing.kept) < names()


def test_the_server_answers_so():
    assert Compressed in [one.cls for one in server.SERVER["middleware"]]
