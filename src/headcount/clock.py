"""The one place where time is read or spent, so that a test or the demo can drive it."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from time import monotonic
from typing import Protocol


class Clock(Protocol):
    """What tells the time and lets it pass."""

    def now(self) -> datetime:
        """The time, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never step back: for durations only."""

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` pass."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never step back: for durations only."""
        return monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` pass."""
        await asyncio.sleep(seconds)


class SteppedClock:
    """A clock that somebody else moves: sleeping moves it, and costs nothing."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._elapsed = 0.0

    def now(self) -> datetime:
        """The time it was moved to, in UTC."""
        return self._at

    def monotonic(self) -> float:
        """Seconds that it was moved forward."""
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        """Move forward, and let others have their turn."""
        self.move(seconds)
        await asyncio.sleep(0)

    def move(self, seconds: float) -> None:
        """Move forward by `seconds`."""
        self._at += timedelta(seconds=seconds)
        self._elapsed += seconds


SYSTEM = SystemClock()

INSTANT = timedelta(microseconds=1)
"""The shortest time that anything of ours tells apart."""


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a day of a zone begins (UTC)."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
