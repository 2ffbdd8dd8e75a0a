"""What a platform charges for a count: once an account and UTC day, however often an official source counts it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from headcount import platforms
from headcount.model import Past

MOST_IN_A_DAY = 5_000
"""Readings of an account: more than any number of jobs takes."""


def charging(slug: str) -> tuple[str, ...]:
    """The sources of the platform that have a price."""
    return tuple(dict.fromkeys(source.name for source in platforms.platform(slug).sources if source.micros))


def price(slug: str, source: str, earlier: Iterable[Past], at: datetime) -> int:
    """What a count costs at `at` (UTC), in millionths of a U.S. dollar; nothing, where it was paid for that day.

    `earlier` are the account's readings before. What is simulated has no price: its source bears another name.
    """
    micros = next((each.micros for each in platforms.platform(slug).sources if each.name == source), 0)
    paid = any(past.source == source and past.at.date() == at.date() for past in earlier)
    return 0 if paid else micros
