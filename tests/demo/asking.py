"""A demo server to ask, and two ways of asking: as a stranger by URL, and as headcount through a platform's source."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import msgspec
from msgspec import Struct
from yarl import URL

from headcount.clock import SteppedClock
from headcount.collect.attend import Desk, attend
from headcount.demo.faults import Faults
from headcount.demo.people import Directory, Fate
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.model import Account, Miss, Outcome, Reading
from headcount.net.client import Client
from headcount.net.message import Http, Reply, Request
from headcount.platforms import platform
from headcount.platforms.kit.contract import Refusal, Source

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Got(Struct):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> dict[str, Any]:
        return msgspec.json.decode(self.body, type=dict[str, Any])

    @property
    def array(self) -> list[Any]:
        return msgspec.json.decode(self.body, type=list[Any])


class Demo:
    """An open demo server with its clock and its made-up world."""

    def __init__(self, server: DemoServer, simulation: Simulation, clock: SteppedClock) -> None:
        self.server, self.simulation, self.clock = server, simulation, clock
        self.requests = 0
        """Sent by `collect`."""

    def count(self, slug: str, handle: str, metric: str = "followers") -> int:
        return self.simulation.count(slug, handle, self.clock.now(), metric)

    def ids(self, slug: str, name: str) -> tuple[str, ...]:
        """The stable ids of whoever goes by that name."""
        person = self.server.world(slug).named(name)
        assert person is not None, f"{slug} knows nobody called {name}"
        return person.ids

    async def get(self, place: str, headers: Mapping[str, str] | None = None) -> Got:
        """`get("twitter/api/2/users?ids=1")`."""
        async with (
            self._session() as session,
            session.get(self._url(place), headers=headers, allow_redirects=False) as answer,
        ):
            return await _got(answer)

    async def post(self, place: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Got:
        async with (
            self._session() as session,
            session.post(self._url(place), data=dict(form), headers=headers) as answer,
        ):
            return await _got(answer)

    def _url(self, place: str) -> URL:
        return URL(f"{self.server.url}/{place}", encoded=True)

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def collect(
        self, source: Source, slug: str, accounts: Sequence[Account], options: Mapping[str, str] | None = None
    ) -> list[Outcome | Refusal]:
        """What headcount makes of these accounts through this source, signed with what the demo lets in."""
        secrets, hosts = self.server.credentials(slug), self.server.hosts(slug)
        async with Client(Http(allow_private_addresses=True), self.clock) as client:

            async def ask(request: Request) -> Reply:
                self.requests += 1
                return await client.send(source.sign(request, secrets), hosts)

            desk = Desk(source, {**platform(slug).options, **(options or {})}, ask, self.clock)
            return [said async for said in attend(desk, accounts)]


async def _got(answer: aiohttp.ClientResponse) -> Got:
    return Got(answer.status, {name.lower(): value for name, value in answer.headers.items()}, await answer.read())


@asynccontextmanager
async def demo(
    handles: Mapping[str, tuple[str, ...]],
    fates: Mapping[str, Mapping[str, Fate]] | None = None,
    faults: Mapping[str, Faults] | None = None,
    *,
    padded: bool = False,
    limited: bool = True,
) -> AsyncIterator[Demo]:
    clock = SteppedClock(NOON)
    simulation = Simulation(clock)
    directory = Directory(handles, fates or {})
    async with DemoServer(simulation, directory, faults, padded=padded, limited=limited) as server:
        yield Demo(server, simulation, clock)


def said(outcomes: Sequence[Outcome | Refusal]) -> dict[str, int | str]:
    """By account: its headline count, or why there is none."""
    found: dict[str, int | str] = {}
    for outcome in outcomes:
        if isinstance(outcome, Outcome):
            match outcome.said:
                case Reading(metric="followers") as reading:
                    found[reading.account.handle] = reading.count.value
                case Miss() as miss:
                    found[miss.account.handle] = miss.reason
    return found
