"""Milestones: which one was passed, which comes next, and whether it is near.

The ladder is 1, 2, 2.5 and 5 times a power of ten, from a thousand on: the numbers that people celebrate (20,000, 250,000,
a million), about as far apart for a small account as for a large one. Below a thousand they would be told all the time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct

from headcount.measure.forecast.days import Day, NotForecastable
from headcount.measure.forecast.outlook import Forecast, forecast
from headcount.measure.growth import Counted
from headcount.model import MOST_HEADS, replying

LADDER: tuple[int, ...] = tuple(
    step * 10**exponent // 10 for exponent in range(3, len(str(MOST_HEADS)) + 1) for step in (10, 20, 25, 50)
)
"""Its last rung is more than anybody can have."""

CLOSE = 0.02
"""A milestone is near from this share of itself on."""
SOON = 30
"""Days: or if the recent pace leads there within so many."""
RECENT = timedelta(days=28)
"""What the recent pace is taken from."""


C = TypeVar("C", bound=Counted)


class Near(Struct, frozen=True):
    """A milestone that is near."""

    milestone: int
    missing: int
    """So many people more."""
    earliest: date | None = None
    """Four times out of five it is passed from this day on; None: nothing honest can be said of when."""
    latest: date | None = None
    """And until this day; None: perhaps later than in 30 days, or never."""


def at_least(count: int, granularity: int) -> int:
    """How many there are for certain: a rounded count may be half a step too high."""
    return max(0, count - granularity // 2) if granularity > 1 else count


def passed(before: int, now: int) -> int | None:
    """The greatest milestone that was passed upwards; None: none was.

    Of rounded counts pass what `at_least` makes of them: then a milestone is passed only when that is certain.
    """
    place = bisect_right(LADDER, now)
    return LADDER[place - 1] if place > bisect_right(LADDER, before) else None


def passages(counts: Iterable[C]) -> Iterator[tuple[int, C]]:
    """The milestones that a series has passed, each once and with the count by which it did; `counts` from its first on.

    A milestone is passed by the first count that is over it for certain, if the same source has said less before: from one
    source to another nobody passes anything. What any source had reached when another began, that one does not pass.
    """
    most: dict[str, int] = {}
    reached = highest = 0
    for each in counts:
        source, now = replying(each.source), at_least(each.count, each.granularity)
        before = most.get(source, max(reached, now))
        if milestone := passed(max(before, highest), now):
            highest = milestone
            yield milestone, each
        most[source] = max(before, now)
        reached = max(reached, now)


def may_have_passed(counts: Iterable[Counted]) -> bool:
    """Whether the last of these may have passed a milestone, by themselves: who is to be looked at from the first count on."""
    before: dict[str, int] = {}
    for each in counts:
        source, now = replying(each.source), at_least(each.count, each.granularity)
        if (before and source not in before) or passed(before.get(source, now), now):
            return True
        before[source] = now
    return False


def ahead(count: int) -> int:
    """The next milestone: the smallest that is more than `count`."""
    return LADDER[bisect_right(LADDER, count)]


def near(days: Sequence[Day], today: date) -> Near | None:
    """The next milestone of a series of days, oldest first, if it is near: by what is missing, or by the recent pace."""
    if not days:
        return None
    count = at_least(days[-1].count, days[-1].granularity)
    target = ahead(count)
    missing = target - count
    if missing > CLOSE * target and missing > SOON * _pace(days):
        return None
    return _foretold(forecast(days, target, today, horizon=SOON), Near(target, missing))


def _pace(days: Sequence[Day]) -> float:
    """People a day, lately; 0 where that is not known, for counts of other roundings are not subtracted."""
    newest = days[-1]
    lately = [each for each in days if each.date >= newest.date - RECENT and each.granularity == newest.granularity]
    span = (newest.date - lately[0].date).days
    return (newest.count - lately[0].count) / span if span else 0.0


def _foretold(found: Forecast | NotForecastable, known: Near) -> Near:
    if isinstance(found, NotForecastable):
        return known
    return Near(known.milestone, known.missing, found.crossing.earliest, found.crossing.latest)
