"""Gains, spread over the local hours in which they arose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from math import ceil, floor
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from headcount.measure.growth import Counted, comparable
from headcount.measure.local_hours import HOURS_OF_WEEK, local_hours

LONGEST = timedelta(hours=2)
"""A gain over a longer time cannot be put into an hour."""

Gain = tuple[float, float, int]
"""From when to when (seconds since 1970, UTC), and by how many."""


class Gains(Struct, frozen=True):
    """What lies between neighbouring counts, by what can be said of it."""

    usable: list[Gain] = field(default_factory=list)
    left_out: list[Gain] = field(default_factory=list)
    """Over more than `LONGEST`."""
    rounded: list[Gain] = field(default_factory=list)
    """Between rounded counts."""
    incomparable: list[tuple[float, float]] = field(default_factory=list)
    """From when to when; how many is not known."""


def gains(counts: Sequence[Counted]) -> Gains:
    """The gains between neighbouring counts; two of one moment, or out of order, are not comparable either."""
    found = Gains()
    moments = [each.taken_at.timestamp() for each in counts]
    for (then, now), (begin, end) in zip(pairwise(counts), pairwise(moments), strict=True):
        if begin >= end or not comparable(then, now):
            found.incomparable.append((begin, end))
        else:
            _list_for(found, end - begin, now.granularity).append((begin, end, now.count - then.count))
    return found


def _list_for(found: Gains, seconds: float, granularity: int) -> list[Gain]:
    if granularity > 1:
        return found.rounded
    return found.left_out if seconds > LONGEST.total_seconds() else found.usable


class Week(Struct, frozen=True):
    """What arose and was observed in each of the 168 hours of the week, Monday 00:00 first."""

    gained: list[float] = field(default_factory=lambda: [0.0] * HOURS_OF_WEEK)
    seconds: list[float] = field(default_factory=lambda: [0.0] * HOURS_OF_WEEK)
    """Observed."""
    hours: list[int] = field(default_factory=lambda: [0] * HOURS_OF_WEEK)
    """Of how many hours of the calendar something was observed."""


def spread(usable: Sequence[Gain], zone: ZoneInfo) -> Week:
    """Each gain over the local hours that it overlaps, in proportion to time."""
    week = Week()
    if usable:
        since, until = floor(usable[0][0]), ceil(usable[-1][1])
        _spread_over(week, usable, local_hours(zone, since, until))
    return week


def _spread_over(week: Week, usable: Iterable[Gain], hours: Iterable[tuple[int, int]]) -> None:
    """Both in the order of time."""
    coming = iter(hours)
    wall, place = next(coming)
    first_look = 1
    gained, seconds, looks = week.gained, week.seconds, week.hours
    for begin, end, gain in usable:
        rate = gain / (end - begin)
        at = begin
        while at < end:
            while wall <= at:
                wall, place = next(coming)
                first_look = 1
            until = min(end, wall)
            gained[place] += rate * (until - at)
            seconds[place] += until - at
            looks[place] += first_look
            first_look = 0
            at = until
