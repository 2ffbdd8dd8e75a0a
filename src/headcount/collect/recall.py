"""Asks whether what is known still holds before all of it is sent again, where a source says that this costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

import msgspec
from msgspec import structs

from headcount.clock import Clock
from headcount.collect.courier import CONDITION, UNCHANGED
from headcount.collect.drive import Ask
from headcount.collect.kept import Drawer, Kept, keepable, names_same, opened, sealed
from headcount.net.message import Get, Reply, Request


class Recall:
    """Brings the reply to a request, as `ask` does, or the one that is kept where the server says that it still holds.

    Nothing is shared between credentials or servers: `whose` names the one, `hosts` the others.
    """

    def __init__(self, ask: Ask, drawer: Drawer, whose: str, hosts: Mapping[str, str], clock: Clock) -> None:
        self._ask, self._drawer, self._clock = ask, drawer, clock
        self._whose = (whose, sorted(hosts.items()))

    async def __call__(self, request: Request) -> Reply:
        """The reply, or what is kept with the time at which it was still true.

        Raises:
            NoReply: where none came.
            Exhausted: where none may be asked for.
        """
        if not isinstance(request, Get):
            return await self._ask(request)
        name = self._name(request)
        if kept := self._kept(name):
            reply = await self._ask(_conditional(request, kept))
            if reply.status != UNCHANGED:
                return self._heard(name, reply)
            if names_same(kept, reply.headers.get("etag", "")):
                return structs.replace(reply, status=200, body=kept.body)
        return self._heard(name, await self._ask(request))

    def _name(self, request: Get) -> str:
        """By everything that makes this request this one. No secret is in it: it is not signed yet."""
        asked = (self._whose, request.url, sorted(request.query.items()), sorted(request.headers.items()))
        return blake2b(msgspec.json.encode(asked), digest_size=20).hexdigest()

    def _kept(self, name: str) -> Kept | None:
        drawn = self._drawer.kept(name)
        return opened(name, drawn, self._clock.now()) if drawn else None

    def _heard(self, name: str, reply: Reply) -> Reply:
        """Keep a whole reply for the next time, and no older one beside it."""
        if kept := keepable(reply):
            self._drawer.keep(name, sealed(name, kept), reply.at)
        elif reply.status == 200:
            self._drawer.drop(name)
        return reply


def _conditional(request: Get, kept: Kept) -> Get:
    return structs.replace(request, headers={**request.headers, CONDITION: kept.tag})
