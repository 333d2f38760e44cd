"""The files of a page, asked for as a browser does that has none of them yet.

By hand, over connections that are used again: a library's client takes more of the processor than the server does.
"""

import asyncio
import re

AT_ONCE = 6  # connections that a browser opens to one server
LONGEST = 60  # seconds


class FetchingError(Exception):
    """A file that was not sent."""


def files_of(page: str, link: str) -> list[str]:
    """The addresses of the files that a page names, in its text and in its Link header.

    >>> files_of('<script src="./static/a.js"></script><link href="https://x.example/">', "<assets/b.js>; rel=preload")
    ['./static/a.js', 'assets/b.js']
    """
    named = re.findall(r'<(?:script|link)[^>]*?(?:src|href)="([^"]+)"', page) + re.findall(r"<([^>]+)>", link)
    return [one for one in dict.fromkeys(named) if "//" not in one]


async def fetch_page(host: str, page: str = "") -> int:
    """Get a page and all its files from ``127.0.0.1:8501``; returns how many bytes came, without headers."""
    async with asyncio.timeout(LONGEST):
        (headers, body), *_ = await _fetch(host, [page])
        link = re.search(r"(?i)^link: (.*)$", headers, re.MULTILINE)
        names = [*files_of(body.decode(), link[1] if link else ""), "_stcore/health", "_stcore/host-config"]
        parts = [names[first::AT_ONCE] for first in range(AT_ONCE)]
        found = await asyncio.gather(*(_fetch(host, part) for part in parts if part))
    return len(body) + sum(len(file) for files in found for _, file in files)


async def _fetch(host: str, names: list[str]) -> list[tuple[str, bytes]]:
    """The headers and bodies of files, one after the other over one connection."""
    reader, writer = await asyncio.open_connection(*host.split(":"))
    found = []
    try:
        for name in names:
            path = name.removeprefix("./")
            writer.write(f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            headers = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            if " 200 " not in headers.partition("\r\n")[0]:
                raise FetchingError(f"/{path}: {headers.partition(chr(13))[0]}")
            found.append((headers, await _body(reader, headers.lower())))
    except asyncio.IncompleteReadError as error:
        raise FetchingError("the connection was closed") from error
    finally:
        writer.close()
    return found


async def _body(reader: asyncio.StreamReader, headers: str) -> bytes:
    """What follows the headers: of a length that they say, or in chunks that say theirs."""
    length = re.search(r"content-length: (\d+)", headers)
    if length:
        return await reader.readexactly(int(length[1]))
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body
