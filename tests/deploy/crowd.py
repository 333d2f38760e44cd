"""Visitors who move a slider again and again, and whose pages go on by themselves when their server is gone."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from http.cookies import SimpleCookie
from itertools import cycle
from urllib.parse import urlencode

from websockets.exceptions import ConnectionClosed

from explorer import document
from tests.visitor import Visitor, visit

LONGEST, MOST_MOVES, PAUSE = 90, 500, 0.1  # seconds, moves of each, seconds between two moves


class Person:
    """One visitor. Where the connection is lost they come back as the page does: with its address."""

    def __init__(self, place: str, cookie: str, query: str) -> None:
        self.place, self.cookie, self.query = place, cookie, query
        self.moves, self.codes = 0, []  # codes: with which each lost connection was closed
        self.visitor: Visitor
        self.strides = cycle((2, 3, 1))

    async def come(self, stack: AsyncExitStack) -> None:
        """Open the page; its cookie becomes what the proxy says, as a browser's does."""
        self.visitor = await visit(stack, self.place, self.query, cookie=f"replica={self.cookie}")
        told = SimpleCookie(self.visitor.connection.response.headers.get("Set-Cookie", ""))
        self.cookie = told["replica"].value if "replica" in told else self.cookie
        await self.visitor.run()
        assert self.document == document(self.query), "another page came back"

    async def live(self, stack: AsyncExitStack, ended: asyncio.Event) -> None:
        """Move the slider until it is ended."""
        for stride, _ in zip(self.strides, range(MOST_MOVES), strict=False):
            if ended.is_set():
                break
            try:
                await self.visitor.move(stride)
            except ConnectionClosed as closed:
                self.codes.append(closed.rcvd.code if closed.rcvd else None)
                await self.come(stack)
                await self.visitor.move(stride)
            self.query = "?" + urlencode(self.visitor.data["stage"]["address"])
            self.moves += 1
            await asyncio.sleep(PAUSE)
        assert self.document == document(self.query)

    @property
    def document(self) -> dict:
        return self.visitor.data["stage"]["document"]


async def crowd(people: list[Person], event: Callable[[], None], check: Callable[[], None]) -> None:
    """Let people come and move; let something happen under them; and end when each has moved thrice after that.

    ``check`` is called at the end, while all their pages are open.
    """
    async with asyncio.timeout(LONGEST), AsyncExitStack() as stack:
        await asyncio.gather(*(one.come(stack) for one in people))
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for one in people:
                group.create_task(one.live(stack, ended))
            await moved(people, 2)
            await asyncio.to_thread(event)
            await moved(people, 3)
            await asyncio.to_thread(check)
            ended.set()


async def moved(people: list[Person], times: int) -> None:
    """Wait until each has moved so many times more."""
    goals = [one.moves + times for one in people]
    while not all(one.moves >= goal for one, goal in zip(people, goals, strict=True)):
        await asyncio.sleep(0.05)
