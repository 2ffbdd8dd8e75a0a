"""The changes of a series from one day to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from headcount.check.case import HOUR, same_way
from headcount.model import Past

DAY = timedelta(days=1)

BACK = 28
"""Days: four weeks."""

EARLIEST, LATEST = DAY - HOUR, DAY + 10 * HOUR
"""So far apart may two readings be whose difference is taken for a day's."""


def daily_changes(series: Sequence[Past]) -> Iterator[float | None]:
    """The change over the day that ends with the newest reading, over the day before it, and so on, four weeks back.

    `series` is in the order of time. None where two readings about a day apart, counted in one way, are missing.
    """
    times = [each.at for each in series]
    for days in range(BACK + 1):
        end = _newest(series, times, times[-1] - days * DAY)
        if end is None:
            return
        start = _newest(series, times, end.at - EARLIEST)
        yield _over_a_day(start, end) if start else None


def _newest(series: Sequence[Past], times: Sequence[datetime], at: datetime) -> Past | None:
    place = bisect_right(times, at)
    return series[place - 1] if place else None


def _over_a_day(start: Past, end: Past) -> float | None:
    apart = end.at - start.at
    if apart > LATEST or not same_way(start, end):
        return None
    return (end.count.value - start.count.value) * (DAY / apart)
