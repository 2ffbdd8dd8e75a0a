"""Whether an account is being counted, from what the store knows of it alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

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
