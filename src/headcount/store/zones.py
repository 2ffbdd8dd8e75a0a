"""The local days of a time zone, for databases that know UTC only."""

from __future__ import annotations

from datetime import date, timedelta, tzinfo

from sqlalchemy import CTE, BigInteger, ColumnElement, case, literal, select

from headcount.clock import midnight
from headcount.model import EPOCH
from headcount.store.columns import MICROSECOND

DAY = timedelta(days=1)


def local_days(first: date, last: date, zone: tzinfo) -> CTE:
    """The days of a zone: the number of each (from 1970), and when it begins and ends in UTC, in microseconds."""
    begin, end = ((day - EPOCH.date()) // DAY for day in (first, last))
    numbers = select(literal(begin, BigInteger).label("day")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.day + 1).where(numbers.c.day < end))
    offsets = _offsets(zone, begin, end + 1)
    day = numbers.c.day
    return select(day, _begin(day, offsets).label("begin"), _begin(day + 1, offsets).label("end")).cte("days")


def _begin(day: ColumnElement[int], offsets: list[tuple[int, int]]) -> ColumnElement[int]:
    """The midnight (UTC) with which a day begins, where the zone is ahead of UTC by so much from each day on."""
    (_, first), *changes = offsets
    if not changes:
        return day * (DAY // MICROSECOND) - first
    ahead = case(*((day >= since, offset) for since, offset in reversed(changes)), else_=first)
    return day * (DAY // MICROSECOND) - ahead


def _offsets(zone: tzinfo, begin: int, end: int) -> list[tuple[int, int]]:
    """The microseconds that a zone is ahead of UTC by at midnight, from each day on where that changes."""
    found: list[tuple[int, int]] = []
    for number in range(begin, end + 1):
        day = EPOCH + number * DAY
        ahead = (day - midnight(day.date(), zone)) // MICROSECOND
        if not found or found[-1][1] != ahead:
            found.append((number, ahead))
    return found
