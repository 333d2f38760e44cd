"""The files of a page, asked for as a browser does that has none of them yet."""

import asyncio
import re

import httpx

AT_ONCE = 6  # connections that a browser opens to one server
FetchingError = httpx.HTTPError
HEADERS = {"Accept-Encoding": "gzip"}


def files_of(page: str, link: str) -> list[str]:
    """The addresses of the files that a page names, in its text and in its Link header.

    >>> files_of('<script src="./static/a.js"></script><link href="https://x.example/">', "<assets/b.js>; rel=preload")
    ['./static/a.js', 'assets/b.js']
    """
    named = re.findall(r'<(?:script|link)[^>]*?(?:src|href)="([^"]+)"', page) + re.findall(r"<([^>]+)>", link)
    return [one for one in dict.fromkeys(named) if "//" not in one]


async def fetch_page(address: str, page: str = "") -> int:
    """Get a page and all its files; returns how many bytes came over the wire."""
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(
        base_url=address, limits=limits, headers=HEADERS, trust_env=False, timeout=60, verify=False
    ) as client:
        answer = await client.get(page)
        answer.raise_for_status()
        names = [*files_of(answer.text, answer.headers.get("link", "")), "_stcore/health", "_stcore/host-config"]
        return answer.num_bytes_downloaded + sum(await asyncio.gather(*(_size(client, name) for name in names)))


async def _size(client: httpx.AsyncClient, name: str) -> int:
    """Get a file, and leave it as it came: compressed."""
    async with client.stream("GET", name) as answer:
        answer.raise_for_status()
        return sum([len(part) async for part in answer.aiter_raw()])
