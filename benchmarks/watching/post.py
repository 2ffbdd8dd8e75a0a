"""Whoever is told: a postbox in the place of people's channels, and the dead man's switch in the place of a watching service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from headcount.clock import Clock
from headcount.watch.letter import Letter, Receipt

GRACE = timedelta(minutes=30)
"""How late the end of a run may be before the outside asks what has become of it."""


class Arrived(Struct, frozen=True):
    """A letter, and when it came."""

    at: datetime
    letter: Letter


class Postbox:
    """Carries every letter at once, but to channels that are `deaf`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.deaf: frozenset[str] = frozenset()
        self.arrived: list[Arrived] = []

    def __call__(self, letters: Sequence[Letter], seconds: float) -> tuple[Receipt, ...]:
        """A receipt for each letter."""
        taken = [letter for letter in letters if seconds > 0 and letter.channel not in self.deaf]
        self.arrived += [Arrived(self._clock.now(), letter) for letter in taken]
        return tuple(Receipt(letter in taken, "" if letter in taken else "HTTP 500") for letter in letters)

    def to(self, channel: str, since: datetime) -> tuple[Arrived, ...]:
        """What came to a channel from then on."""
        return tuple(each for each in self.arrived if each.letter.channel == channel and each.at >= since)


class DeadMan:
    """Asks, as healthchecks.io does, what has become of us when no run has ended well for a period and its grace."""

    def __init__(self, period: timedelta) -> None:
        self._period = period
        self.heard: datetime | None = None

    def hear(self, at: datetime) -> None:
        """A run has ended well."""
        self.heard = at

    def asks(self, at: datetime) -> bool:
        """Whether it has told people by then."""
        return self.heard is not None and at > self.heard + self._period + GRACE
