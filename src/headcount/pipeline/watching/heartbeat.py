"""The dead-man's switch: somebody outside is told that a run begins, and how it ended, and calls if they hear nothing.

It speaks as healthchecks.io and those who do as it does: URL/start, URL, URL/STATUS, tied together by `rid`. The start is
told when the first question is about to be asked, so that a run which another has locked out, and which asks nothing, is
not taken for one that never ended; of such a run nothing is told at all: the other one tells of itself.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from uuid import uuid4

from msgspec import structs
from yarl import URL

from headcount.clock import Clock
from headcount.collect.turn import Event
from headcount.errors import HeadcountError, Locked
from headcount.net.client import Client
from headcount.net.message import Post
from headcount.pipeline.collecting.collect import Listener
from headcount.settings import Settings

PATIENCE = 5.0
"""Seconds: longer than this no run waits for whoever is told."""

START = "/start"
ALIVE = frozenset({0, 1})
"""A run that came to its end is alive, though some accounts had no count: those are told of by letters, each once. Whoever
watches whether headcount runs at all would soon watch no more, if one account that is gone kept it from ever being well."""
LONGEST = 2_000
"""Characters that are told beside the status."""


class Heartbeat:
    """The pings of one run. None of them ever fails it."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._url = URL(settings.watch.heartbeat.get("url", ""), encoded=True)
        self._http = structs.replace(settings.http, timeout=PATIENCE, allow_private_addresses=True)
        self._clock = clock
        self._rid = str(uuid4())
        self._start: asyncio.Task[str] | None = None

    def hearing(self, listen: Listener) -> Listener:
        """The listener, which also has the start told as it hears the first thing."""

        def heard(event: Event) -> None:
            if self._start is None:
                self._start = asyncio.get_running_loop().create_task(self._ping(START))
            listen(event)

        return heard if self._url.host else listen

    async def end(self, status: int, said: Sequence[str] = ()) -> str:
        """Tell how the run ended; what was wrong with the telling, in a sentence, or nothing."""
        if not self._url.host or (status == Locked.exit_status and self._start is None):
            return ""
        try:
            async with asyncio.timeout(PATIENCE):
                if self._start:
                    await self._start
                return await self._ping("" if status in ALIVE else f"/{status}", "\n".join(said)[:LONGEST])
        except TimeoutError:
            return _unheard("it was not answered in time")

    async def _ping(self, suffix: str, text: str = "") -> str:
        """Ping; what was wrong with it, which names the host at most: whoever knows the whole URL can ping."""
        query = "&".join(filter(None, (self._url.raw_query_string, f"rid={self._rid}")))
        request = Post(
            f"{{heartbeat}}{self._url.raw_path.rstrip('/')}{suffix}?{query}", headers=self._headers(), text=text
        )
        try:
            async with Client(self._http, self._clock) as client:
                reply = await client.send(request, {"heartbeat": str(self._url.origin())})
        except HeadcountError as error:
            return _unheard(str(error))
        return "" if reply.status < 300 else _unheard(f"it answered {reply.status}")

    def _headers(self) -> dict[str, str]:
        """Whoever signs in by the URL."""
        if self._url.user is None:
            return {}
        signed = f"{self._url.user}:{self._url.password or ''}".encode()
        return {"authorization": f"Basic {b64encode(signed).decode()}"}


def _unheard(why: str) -> str:
    return f"the heartbeat was not told: {why}"
