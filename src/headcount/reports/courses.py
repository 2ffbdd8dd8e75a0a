"""How the counts of each account went, day by day: what all figures of a report about counts are worked out from."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from headcount.measure.growth import comparable
from headcount.model import HEADLINE
from headcount.reports.period import DAY, Period
from headcount.reports.scope import Listed, Scope
from headcount.store.reader import Day, Reader

BEFORE = 63
"""Days before a period that are looked at too: for what each day brought, and for what is to be expected."""


CLOSED = "on a platform that has closed"


class Course(Struct, frozen=True):
    """The counts of an account: of each day the last, days without one left out."""

    account: Listed
    days: tuple[Day, ...]
    """In order; none is after the period."""
    is_recast: bool
    """In the period it began to be counted another way, so that its ends are not to be compared."""

    def end(self, period: Period) -> Day | None:
        """The count with which a period ends: at the most a day, or a slot, before its last day is over."""
        return self._newest(max(period.first, period.last - _grace(self.account)), period.last)

    def start(self, period: Period) -> Day | None:
        """The count with which it begins: that of the day before, or at the most a day, or a slot, earlier."""
        eve = period.first - DAY
        return self._newest(eve - _grace(self.account), eve)

    def change(self, period: Period) -> int | None:
        """What the period changed it by; None where that would be a guess."""
        then, now = self.start(period), self.end(period)
        if then is None or now is None or self.is_recast or not comparable(then, now):
            return None
        return now.count - then.count

    def obstacle(self, period: Period) -> str:
        """Why its change is not known."""
        if self.account.is_closed:
            return CLOSED
        if self.newest(period) is None:
            return "not counted in this time"
        if self.arrived(period):
            return "counted for the first time"
        if self.start(period) is None or self.end(period) is None:
            return "no count at the beginning or at the end"
        return "counted another way than before"

    def arrived(self, period: Period) -> bool:
        """Whether it was counted in the period for the first time."""
        began = self.account.began
        return bool(self.newest(period) and began and period.first <= began <= period.last + DAY)

    def newest(self, period: Period) -> Day | None:
        """Its newest count of the period."""
        return self._newest(period.first, period.last)

    def gains(self) -> Iterator[tuple[date, int]]:
        """What days changed it by, where there is a count of the day before that can be compared."""
        for then, now in pairwise(self.days):
            if now.day - then.day == DAY and comparable(then, now):
                yield now.day, now.count - then.count

    def _newest(self, first: date, last: date) -> Day | None:
        return next((each for each in reversed(self.days) if first <= each.day <= last), None)


def courses(store: Reader, scope: Scope, period: Period, recast: Container[str]) -> tuple[Course, ...]:
    """The courses of all accounts of the scope that are there, by key; `recast`: those that are counted another way."""
    found: Mapping[str, list[Day]] = {key: [] for key, each in sorted(scope.accounts.items()) if not each.left}
    for each in store.days(None, period.first - BEFORE * DAY, period.last, scope.zone):
        if each.metric == HEADLINE and each.key in found:
            found[each.key].append(each)
    return tuple(Course(scope.accounts[key], tuple(days), key in recast) for key, days in found.items())


def _grace(account: Listed) -> timedelta:
    return max(DAY, timedelta(days=account.period.days))
