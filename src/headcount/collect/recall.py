"""Asks whether what is known still holds before all of it is sent again, where a source says that this costs nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from hashlib import blake2b

import msgspec
from msgspec import structs

from headcount.clock import Clock
from headcount.collect.attend import Desk, attend
from headcount.collect.courier import CONDITION, UNCHANGED
from headcount.collect.drive import WHOLE, Ask
from headcount.collect.kept import Drawer, Kept, keepable, names_same, opened, sealed
from headcount.model import Account, Outcome, Reading
from headcount.net.message import Get, Reply, Request
from headcount.platforms.kit.contract import Refusal


class Recall:
    """Brings the reply to a request, as `ask` does, or the one that is kept where the server says that it still holds.

    It serves one batch, and keeps nothing before that is `settled`. Nothing is shared between credentials or servers:
    `whose` names the one, `hosts` the others.
    """

    def __init__(self, ask: Ask, drawer: Drawer, whose: str, hosts: Mapping[str, str], clock: Clock) -> None:
        self._ask, self._drawer, self._clock = ask, drawer, clock
        self._whose = (whose, sorted(hosts.items()))
        self._came: dict[str, Kept | None] = {}
        self._recalled: set[str] = set()

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
                self._recalled.add(name)
                return structs.replace(reply, status=200, body=kept.body)
        return self._heard(name, await self._ask(request))

    def settle(self, *, counted: bool) -> None:
        """Keep what came, where everybody was counted by it; else the whole is asked for again the next time.

        What nobody could read would be believed for as long as its server says that it still holds.
        """
        for name, kept in self._came.items():
            if kept and counted:
                self._drawer.keep(name, sealed(name, kept), kept.at)
            else:
                self._drawer.drop(name)
        for name in () if counted else self._recalled:
            self._drawer.drop(name)

    def _name(self, request: Get) -> str:
        """By everything that makes this request this one. No secret is in it: it is not signed yet."""
        asked = (self._whose, request.url, sorted(request.query.items()), sorted(request.headers.items()))
        return blake2b(msgspec.json.encode(asked), digest_size=20).hexdigest()

    def _kept(self, name: str) -> Kept | None:
        drawn = self._drawer.kept(name)
        return opened(name, drawn, self._clock.now()) if drawn else None

    def _heard(self, name: str, reply: Reply) -> Reply:
        """Have a whole reply ready to be kept; any other leaves what was."""
        if reply.status == WHOLE:
            self._came[name] = keepable(reply)
        return reply


async def attend_recalling(
    recall: Recall, desk: Desk, accounts: Sequence[Account]
) -> AsyncGenerator[Outcome | Refusal]:
    """Attend to a batch whose desk asks by `recall`, and let it keep what counted everybody."""
    left = {account.key for account in accounts}
    async for said in attend(desk, accounts):
        if isinstance(said, Outcome) and isinstance(said.said, Reading):
            left.discard(said.account.key)
        yield said
    recall.settle(counted=not left)


def _conditional(request: Get, kept: Kept) -> Get:
    return structs.replace(request, headers={**request.headers, CONDITION: kept.tag})
