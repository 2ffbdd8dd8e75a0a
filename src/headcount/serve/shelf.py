"""What was made once and is asked for again: so many bytes of it, and what nobody asks for goes first."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

EACH = 1024
"""Bytes that a body takes besides its own."""

MADE_AT_ONCE = 4
"""Answers that are worked on at a time; others wait for their turn."""


class Shelf:
    """Bodies by what they answer, up to a number of bytes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, key: Hashable) -> bytes | None:
        """The body of that key."""
        if key in self._bodies:
            self._bodies.move_to_end(key)
        return self._bodies.get(key)

    def put(self, key: Hashable, body: bytes) -> None:
        """Keep a body, as long as there is room."""
        if key in self._bodies:
            self._room += EACH + len(self._bodies.pop(key))
        self._bodies[key] = body
        self._room -= EACH + len(body)
        while self._room < 0:
            _, oldest = self._bodies.popitem(last=False)
            self._room += EACH + len(oldest)


class Workshop:
    """Makes bodies in threads, and each only once, however many ask for it."""

    def __init__(self, room: int) -> None:
        self._shelf = Shelf(room)
        self._under_way: dict[Hashable, Future[bytes]] = {}
        self._threads = ThreadPoolExecutor(MADE_AT_ONCE, thread_name_prefix="serve")

    def close(self) -> None:
        """Finish what is under way; begin nothing any more."""
        self._threads.shutdown(cancel_futures=True)

    async def run(self, work: Callable[[], T]) -> T:
        """Do some work in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def made(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The body of that key, from the shelf or made now."""
        body = self._shelf.get(key)
        if body is None:
            if key not in self._under_way:
                self._under_way[key] = asyncio.ensure_future(self.run(make))
                self._under_way[key].add_done_callback(lambda done: self._keep(key, done))
            body = await asyncio.shield(self._under_way[key])
        return body

    def _keep(self, key: Hashable, done: Future[bytes]) -> None:
        del self._under_way[key]
        if not done.cancelled() and done.exception() is None:
            self._shelf.put(key, done.result())
