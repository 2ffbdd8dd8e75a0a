"""Short ways of saying what a reading follows on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import structs

from headcount.check.case import Case
from headcount.model import Count, Past, Rounding

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def series(
    *values: int, every: timedelta = HOUR, held: int = 0, granularity: int = 1, source: str = "api"
) -> list[Past]:
    """Readings that end one period before NOON; the last `held` of them were held back."""
    start = NOON - every * len(values)
    return [
        Past(start + every * place, count(value, granularity), source, held=place >= len(values) - held)
        for place, value in enumerate(values)
    ]


def count(value: int, granularity: int = 1) -> Count:
    rounding: Rounding = "exact" if granularity == 1 else "rounded"
    return Count(value, granularity, rounding)


def case(past: Sequence[Past], value: int, granularity: int = 1, source: str = "api", redefined: str = "") -> Case:
    """The reading of NOON."""
    return Case(past, Past(NOON, count(value, granularity), source), redefined)


def last(*values: int, **how: object) -> Case:
    """The last of these values, after the others."""
    past = series(*values[:-1])
    return structs.replace(case(past, values[-1]), **how)


def hours(number: int, start: int = 100_000, gain: int = 10) -> list[int]:
    """A count that grows by so many an hour, give or take one."""
    return [start + gain * hour + hour % 2 for hour in range(number)]
