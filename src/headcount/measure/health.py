"""Whether an account is being counted, from what the store knows of it alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, Protocol

from msgspec import Struct

from headcount.model import KNOWN_ABSENCES, Reason

Health = Literal["fresh", "stale", "failing", "awaiting review", "absent", "never counted"]

PATIENCE = 2
"""Periods without a count before one is stale: a run may be late once."""


def health(
    counted: datetime | None, status: str | None, reason: Reason | None, period: timedelta, at: datetime
) -> Health:
    """The health of a series whose newest count is of `counted` and whose newest fill has `status` and `reason`."""
    if reason in KNOWN_ABSENCES:
        return "absent"
    if status == "missed":
        return "failing"
    if status == "held":
        return "awaiting review"
    if counted is None:
        return "never counted"
    return "stale" if at - counted > PATIENCE * period else "fresh"


class Filled(Protocol):
    """What became of one slot of a series."""

    @property
    def taken_at(self) -> datetime:
        """When it was counted or missed (UTC)."""

    @property
    def status(self) -> str:
        """`accepted`, `held`, `refused`, `missed`."""

    @property
    def reason(self) -> Reason | None:
        """Why it was missed."""


class Standing(Struct, frozen=True):
    """How a series is, since when, and why."""

    health: Health
    since: datetime | None = None
    """Of a fresh or stale one its newest count; of any other the first fill after that which said so."""
    reason: Reason | None = None
    """Of one that is failing or absent."""


def standing(fills: Iterable[Filled], period: timedelta, at: datetime) -> Standing:
    """How a series is by its fills, newest first; only those down to its newest count are looked at."""
    after, counted = _since_counted(fills)
    newest = after[0] if after else None
    status, reason = (newest.status, newest.reason) if newest else (None, None)
    word = health(counted, status, reason, period, at)
    began = [fill.taken_at for fill in after if health(counted, fill.status, fill.reason, period, at) == word]
    if word in {"fresh", "stale", "never counted"}:
        return Standing(word, counted)
    return Standing(word, began[-1], reason)


def _since_counted(fills: Iterable[Filled]) -> tuple[list[Filled], datetime | None]:
    """The fills after the newest count, and when that was."""
    after: list[Filled] = []
    for fill in fills:
        if fill.status == "accepted":
            return after, fill.taken_at
        after.append(fill)
    return after, None
