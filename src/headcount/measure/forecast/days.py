"""What is known day by day, and whether anything can be forecast from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

FEWEST = 28
"""Days with a count: four weeks."""

WINDOW = timedelta(days=730)
"""What lies further back than two years says nothing about tomorrow."""

STALE = timedelta(days=7)
"""A newest count that is older is no place to start from."""

STEPS = 10
"""A rounded series has to have moved by so many steps of its rounding."""


class Day(Struct, frozen=True):
    """The last count of a day, in the organisation's zone."""

    date: date
    count: int
    granularity: int = 1
    source: str = ""
    """What counted; counts of different sources are not continued by one another."""


Ground = Literal["too few counts", "too many gaps", "stale", "rounded too coarsely", "does not move", "target passed"]


class NotForecastable(Struct, frozen=True):
    """Why nothing honest can be said of the days to come."""

    reason: Ground
    detail: str


def usable(days: Iterable[Day], today: date) -> list[Day]:
    """The days of the window up to `today` whose count is as fine as the newest one, of one source.

    That is the newest one's source, unless it has too few of them and an earlier one has enough: for a day on which
    another source had to stand in, the forecast stays what it was.
    """
    known = [day for day in days if day.date <= today]
    if not known:
        return []
    newest = known[-1]
    as_fine = [day for day in known if newest.date - day.date < WINDOW and day.granularity == newest.granularity]
    of_one = {each: [day for day in as_fine if day.source == each] for each in _sources(as_fine)}
    return next((days for days in of_one.values() if len(days) >= FEWEST), of_one[newest.source])


def _sources(days: Sequence[Day]) -> Iterable[str]:
    """Newest first."""
    return dict.fromkeys(day.source for day in reversed(days))


def objection(days: Sequence[Day], target: int, today: date) -> NotForecastable | None:
    """Why those days cannot be forecast from, or why there is nothing to forecast; None where there is."""
    if len(days) < FEWEST:
        detail = (
            f"days of the last two years with a count as fine as the newest: {len(days)}; at least {FEWEST} are needed"
        )
        return NotForecastable("too few counts", detail)
    if today - days[-1].date > STALE:
        return NotForecastable("stale", f"the newest count is of {days[-1].date}")
    return _of_dates(days) or _of_counts(days) or _of_target(days, target)


def _of_dates(days: Sequence[Day]) -> NotForecastable | None:
    span = (days[-1].date - days[0].date).days + 1
    missing = span - len(days)
    if 3 * missing > span:
        return NotForecastable("too many gaps", f"{missing} of {span} days have no count, more than a third")
    return None


def _of_counts(days: Sequence[Day]) -> NotForecastable | None:
    counts = [day.count for day in days]
    moved, granularity = max(counts) - min(counts), days[-1].granularity
    if moved == 0:
        return NotForecastable("does not move", f"every count since {days[0].date} is the same")
    if granularity > 1 and moved < STEPS * granularity:
        detail = f"the counts are rounded to {granularity} and have moved by {moved}: less than {STEPS} steps"
        return NotForecastable("rounded too coarsely", detail)
    return None


def _of_target(days: Sequence[Day], target: int) -> NotForecastable | None:
    if days[-1].count >= target:
        return NotForecastable("target passed", f"the newest count, of {days[-1].date}, is {days[-1].count} already")
    return None
