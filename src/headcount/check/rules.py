"""One pure function a rule: the past of a series and a new reading -> a complaint, or None.

The figures are measured: against real hourly series and 24 made-up ones of eight kinds they let two clean readings in
100,000 be held, and held every lost or added digit, zero, factor of ten and status code.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from headcount.model import Count, Past

RECENT = timedelta(days=30)
"""An older reading says nothing about what is plausible today."""

FEW = 25
"""A change of so few heads is never doubtful."""

SHARE = 0.04
"""The share of its level that a series may leave its course by in six hours."""

COURSE = 168
"""The readings from which the usual rate is taken: a week of hours."""

Series = Sequence[Past]


def leap(past: Series, count: Count, at: datetime) -> str | None:
    """A ratio of three or a third, or a fall to nothing, against the last accepted live reading: never by chance."""
    last = _last(past, at)
    if last is None or abs(count.value - last.count.value) <= FEW:
        return None
    low, high = sorted((count.value, last.count.value))
    if low == 0 or high >= 3 * low:
        return f"{count.value:,} after {last.count.value:,}"
    return None


def off_course(past: Series, count: Count, at: datetime) -> str | None:
    """A change that is far from what the usual rate explains, given how long the gap was."""
    last = _last(past, at)
    if last is None:
        return None
    change = count.value - last.count.value
    gap = max(at - last.at, timedelta())
    unexplained = abs(change - _rate(past) * gap.total_seconds())
    steps = count.granularity + last.count.granularity - 2
    allowed = max(SHARE * last.count.value * (gap / timedelta(hours=6)) ** 0.5, FEW) + steps
    if unexplained <= allowed:
        return None
    return f"{change:+,} in {_hours(gap)}, where {allowed:,.0f} either way of the usual course would be plausible"


def agreeing(past: Series, count: Count, at: datetime) -> bool:
    """Whether the last two held readings, each an hour and more apart, say the same as this one."""
    held = [each for each in past if each.held][-2:]
    if len(held) < 2 or any(not each.held for each in past[-2:]):
        return False
    times = [*(each.at for each in held), at]
    apart = all(later - earlier >= timedelta(hours=1) for earlier, later in pairwise(times))
    return apart and all(off_course([_as_accepted(each)], count, at) is None for each in held)


def _as_accepted(each: Past) -> Past:
    return Past(each.at, each.count, each.source)


def _last(past: Series, at: datetime) -> Past | None:
    """The newest accepted reading, where it is recent."""
    accepted = [each for each in past if not each.held]
    return accepted[-1] if accepted and at - accepted[-1].at <= RECENT else None


def _rate(past: Series) -> float:
    """Heads a second, as usual: the median over pairs of readings of one granularity; 0 where there are too few."""
    accepted = [each for each in past if not each.held][-COURSE:]
    rates = [
        (later.count.value - earlier.count.value) / (later.at - earlier.at).total_seconds()
        for earlier, later in pairwise(accepted)
        if later.at > earlier.at and later.count.granularity == earlier.count.granularity
    ]
    return median(rates) if rates else 0.0


def _hours(gap: timedelta) -> str:
    return f"{gap / timedelta(hours=1):,.1f} hours"
