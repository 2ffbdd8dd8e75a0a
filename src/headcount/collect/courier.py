"""Carries the requests of one source: takes from its allowance, signs, sends, learns, and tries again where that helps."""

from __future__ import annotations

import math
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from msgspec import Struct

from headcount.clock import Clock
from headcount.errors import LeftAlone, NoReply, TooBig, TooSlow
from headcount.net.message import LONGEST_WAIT, Allowance, Reply, Request
from headcount.net.pace import Pacer
from headcount.platforms.kit.contract import Refusal, Source

CONDITION, UNCHANGED = "if-none-match", 304
"""A question whether anything is new, and the answer that nothing is."""

TRIES = 3
PATIENCE = timedelta(minutes=1)
"""A server in trouble that asks for more is left alone until the next run."""

RETRY_SHARE = 0.2
"""Of the run's planned requests: a platform in trouble is not helped by a storm of second tries."""


class Budget:
    """The second tries that a whole run may spend, and the count of what it sent."""

    def __init__(self) -> None:
        self.planned = 0
        self.requests = 0
        self.retries = 0

    def plan(self, requests: int) -> None:
        """So many more requests are meant to be sent."""
        self.planned += requests

    def spend(self) -> bool:
        """Whether one more second try is allowed; it is then counted."""
        allowed = self.retries < math.ceil(RETRY_SHARE * max(self.planned, self.requests - self.retries))
        self.retries += allowed
        return allowed


class Post(Struct, frozen=True):
    """What all couriers of a platform share."""

    send: Callable[[Request], Awaitable[Reply]]
    """To the platform's hosts; raises `NoReply`."""
    shut: Callable[[], Refusal | None]
    """What others have heard meanwhile that means that nobody need come."""
    budget: Budget
    clock: Clock
    until: datetime
    """Nothing is sent from then on (UTC)."""


class Courier:
    """Brings the reply to a request of `source`; called as the driver's `ask`."""

    def __init__(self, source: Source, sign: Callable[[Request], Request], pacer: Pacer, post: Post) -> None:
        self._source, self._sign, self._pacer, self._post = source, sign, pacer, post

    async def __call__(self, request: Request) -> Reply:
        """The reply: the first that is of use, or the last that came.

        Raises:
            NoReply: where none came.
            Exhausted: where the allowance is used up for longer than the run lasts.
        """
        for attempt in range(1, TRIES):
            self._refuse_to_wait()
            came = await self._once(request)
            pause = self._pause(came, attempt)
            if pause is None or self._ends_within(pause) or not self._post.budget.spend():
                return _reply(came)
            await self._post.clock.sleep(pause)
        return _reply(await self._once(request))

    def _refuse_to_wait(self) -> None:
        if refusal := self._post.shut():
            raise LeftAlone(refusal.detail, refusal.reason)

    def _ends_within(self, seconds: float) -> bool:
        return self._post.clock.now() + timedelta(seconds=seconds) >= self._post.until

    async def _once(self, request: Request) -> Reply | NoReply:
        await self._pacer.take(request.calls)
        self._refuse_to_wait()
        if self._post.clock.now() >= self._post.until:
            return TooSlow("the run's time was over before it could be asked")
        self._post.budget.requests += 1
        try:
            reply = await self._post.send(self._sign(request))
        except NoReply as error:
            return error
        if _is_free(request, reply):
            self._pacer.give_back(request.calls)
        for allowance in (self._source.allowance(reply), self._shut(reply)):
            if allowance:
                self._pacer.learn(allowance)
        return reply

    def _shut(self, reply: Reply) -> Allowance | None:
        """Nothing more until the platform's own time: it said that it was too much."""
        refusal = self._source.refusal(reply)
        if refusal is None or refusal.reason not in ("rate_limited", "quota_exhausted"):
            return None
        window = self._source.allowance(reply)
        again = _moment(refusal.again, reply.at) or (window.resets if window else None)
        return Allowance(shut_until=min(again, reply.at + LONGEST_WAIT)) if again else None

    def _pause(self, came: Reply | NoReply, attempt: int) -> float | None:
        """Seconds before trying again is any use; None where it is none. A shut allowance is waited for when taking."""
        if isinstance(came, NoReply):
            return None if isinstance(came, TooBig) else _backoff(attempt)
        refusal = self._source.refusal(came)
        if refusal is None or refusal.again is None or refusal.reason == "quota_exhausted":
            return None
        if refusal.reason == "rate_limited":
            return 0.0
        asked = (_moment(refusal.again, came.at) or came.at) - came.at
        return max(asked.total_seconds(), _backoff(attempt)) if asked <= PATIENCE else None


def _reply(came: Reply | NoReply) -> Reply:
    if isinstance(came, NoReply):
        raise came
    return came


def _is_free(request: Request, reply: Reply) -> bool:
    """Whether the platform was only asked if something is new (`recall`), and said that nothing is."""
    return reply.status == UNCHANGED and CONDITION in request.headers


def _moment(again: datetime | timedelta | None, at: datetime) -> datetime | None:
    return at + again if isinstance(again, timedelta) else again


def _backoff(attempt: int) -> float:
    """A second, then two, and a little more, so that many do not come back at once."""
    return 2.0 ** (attempt - 1) * random.uniform(1, 1.25)  # noqa: S311 - jitter needs no cryptographic dice
