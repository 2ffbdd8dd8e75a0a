"""Token buckets: one for each pool and credential, reserved before sending, and kept when the process ends.

A token is taken out of the shelf before its request is sent, so that a process that is killed leaves the bucket darker
than the truth, never brighter. Tokens are reserved in small blocks, to spare the shelf a write a request, and used
within a tenth of the period or given back. In any `seconds` there are, over all processes together, at most

    amount + amount * (seconds + per / 10) / per

calls: the bucket's burst, and what drips into it.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import structs

from headcount.clock import Clock
from headcount.errors import Exhausted
from headcount.model import Bucket
from headcount.net.bucket import Change, capacity, given_back, learn, refill, reserve, wait
from headcount.net.message import Allowance, Pace

HELD = 0.1
"""The part of the period for which a block may be held, and of the bucket that it may be."""

SHORTEST_SLEEP = 0.05
"""Seconds. A fast pace is paid out in handfuls."""


class Shelf(Protocol):
    """Where buckets outlive the process."""

    def change_bucket(self, name: str, change: Change) -> Bucket:
        """Change a bucket, alone among all processes; what it is now. `change` may be called more than once."""


class MemoryShelf:
    """A shelf that lasts as long as the process, for what stores nothing."""

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    def change_bucket(self, name: str, change: Change) -> Bucket:
        """Change a bucket; what it is now."""
        self._buckets[name] = change(self._buckets.get(name))
        return self._buckets[name]

    def names(self) -> tuple[str, ...]:
        """The buckets that stand here."""
        return tuple(self._buckets)


class Pacer:
    """Gives out the tokens of one bucket to whatever in this process draws on it, until `until` (UTC)."""

    def __init__(self, name: str, pace: Pace, shelf: Shelf, clock: Clock, until: datetime) -> None:
        self._name, self._pace, self._shelf, self._clock, self._until = name, pace, shelf, clock, until
        self._turn = asyncio.Lock()
        self._planned = 0
        self._held = self._unheard = 0.0
        self._left: Bucket | None = None
        self._reserved_at = self._met_at = clock.monotonic()

    def expect(self, requests: int) -> None:
        """So many more calls are planned: they are reserved in blocks."""
        self._planned += requests

    async def take(self, calls: int = 1) -> None:
        """Wait for the tokens of a request that counts as `calls`; whoever comes first is served first.

        A request that counts as more than a full bucket takes a full one.

        Raises:
            Exhausted: where they would not be there before `until`.
        """
        needed = min(calls, math.floor(capacity(self._pace)))
        async with self._turn:
            while not self._spend(needed):
                await self._clock.sleep(self._patience(needed))
        self._planned = max(0, self._planned - calls)

    def give_back(self, calls: int = 1) -> None:
        """Take back what was taken for a request that the platform did not count."""
        self._held += calls

    def learn(self, allowance: Allowance) -> None:
        """Hear the platform's own word, as it came with a reply."""
        if allowance.remaining is not None:
            self._unheard = max(0.0, self._unheard - 1)
        ours = self._estimate()
        theirs = self._corrected(ours, allowance)
        if theirs.shut_until != ours.shut_until or abs(theirs.tokens - ours.tokens) >= 1:
            self._change(lambda bucket: (self._corrected(bucket, allowance), 0))

    def close(self) -> None:
        """Give back what was reserved and not spent."""
        if self._held:
            self._change(lambda bucket: (bucket, 0))

    def _spend(self, calls: int) -> bool:
        age = self._clock.monotonic() - self._reserved_at
        if self._held < calls or age > HELD * self._pace.per:
            block = min(self._planned, math.floor(HELD * self._pace.amount))
            self._change(lambda bucket: reserve(bucket, calls, block, self._clock.now()))
            self._reserved_at = self._clock.monotonic()
        if self._held < calls:
            return False
        self._held -= calls
        self._unheard += calls
        return True

    def _patience(self, calls: int) -> float:
        now = self._clock.now()
        lasts = wait(self._estimate(), self._pace, calls, now)
        if now + lasts > self._until:
            pool, again = self._name.partition(":")[0], now + lasts
            raise Exhausted(f"the allowance of {pool} is used up until {again:%Y-%m-%d %H:%M} UTC", again)
        return max(lasts.total_seconds(), SHORTEST_SLEEP)

    def _estimate(self) -> Bucket:
        return given_back(refill(self._left, self._pace, self._clock.now()), self._held, self._pace)

    def _corrected(self, bucket: Bucket, allowance: Allowance) -> Bucket:
        """The bucket after the platform's word, which cannot put off its next window by longer than one lasts."""
        if allowance.resets:
            latest = self._clock.now() + timedelta(seconds=self._pace.per)
            allowance = structs.replace(allowance, resets=min(allowance.resets, latest))
        alone = self._clock.monotonic() - self._met_at > 2 * HELD * self._pace.per
        corrected = learn(bucket, allowance, self._unheard if alone else None)
        return structs.replace(corrected, tokens=min(corrected.tokens, capacity(self._pace)))

    def _change(self, decide: Callable[[Bucket], tuple[Bucket, float]]) -> None:
        """Give back what is held and decide afresh, alone among all processes."""
        held = 0.0

        def change(bucket: Bucket | None) -> Bucket:
            nonlocal held
            if bucket != self._left:
                self._met_at = self._clock.monotonic()
            now = refill(bucket, self._pace, self._clock.now())
            decided, held = decide(given_back(now, self._held, self._pace))
            return decided

        self._left = self._shelf.change_bucket(self._name, change)
        self._held = held
