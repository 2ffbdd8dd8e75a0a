"""The quarantine: one pure function a rule, a case -> a complaint, or None.

The figures are measured: of real hourly series and 24 made-up ones of eight kinds two clean readings in 100,000 were held,
and every lost or added digit, zero, factor of ten, and status code in place of more than 10,000 followers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from headcount.check.case import HOUR, Case
from headcount.model import Past

FEW = 25
"""A change of so few heads is never doubtful."""

SHARE = 0.04
"""The share of its level that a series may leave its course by in six hours."""

AGREE = 3
"""So many readings that say the same, an hour apart and more, are no accident."""

APART = timedelta(minutes=55)
"""An hour, as near as runs keep to it: an answer comes some seconds or minutes sooner or later than the hour before."""


def leap(case: Case) -> str | None:
    """A ratio of three or a third, or a fall to nothing, against the last accepted live reading: never by chance."""
    if case.last is None:
        return None
    now, last = case.now.count.value, case.last.count.value
    low, high = sorted((now, last))
    if high - low > FEW and (low == 0 or high >= 3 * low):
        return f"{now:,} after {last:,}"
    return None


def off_course(case: Case) -> str | None:
    """A change that is far from what the usual rate explains, given how long the gap was.

    Any part of the usual change is as plausible as the whole of it: a count may rest, however fast it grew before.
    """
    last, now = case.last, case.now
    if last is None:
        return None
    change = now.count.value - last.count.value
    hours = max((now.at - last.at) / HOUR, 0.0)
    low, high = sorted((0.0, (median(case.rates) if case.rates else 0.0) * hours))
    unexplained = max(low - change, change - high)
    steps = now.count.granularity + last.count.granularity - 2
    allowed = max(SHARE * last.count.value * (hours / 6) ** 0.5, FEW) + steps
    if unexplained <= allowed:
        return None
    return f"{change:+,} in {hours:,.1f} hours, where {allowed:,.0f} either way of the usual course would be plausible"


def agreeing(case: Case) -> tuple[Past, ...]:
    """The held readings that say the same as this one, where they are enough to release it and them; else none.

    They follow one another up to this one. Of those that are less than about an hour apart, only one is a witness.
    """
    same = tuple(_in_a_row(case))
    return same if len(list(_witnesses(case.now, same))) >= AGREE - 1 else ()


def _in_a_row(case: Case) -> Iterator[Past]:
    """What is held and agrees, newest first, up to the first that does not."""
    for each in case.held:
        if not agree(each, case.now):
            return
        yield each


def _witnesses(now: Past, same: tuple[Past, ...]) -> Iterator[Past]:
    next_at = now.at
    for each in same:
        if next_at - each.at >= APART:
            next_at = each.at
            yield each


def agree(earlier: Past, now: Past) -> bool:
    """Whether this one would be plausible after the earlier one alone."""
    beside = Case([Past(earlier.at, earlier.count, earlier.source)], now)
    return not (leap(beside) or off_course(beside))
