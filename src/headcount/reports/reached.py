"""Milestones that were passed, and those that are near."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from headcount.measure.forecast.days import Day as Known
from headcount.measure.milestones import near
from headcount.reports.courses import Course
from headcount.reports.digest import Coming, Passed
from headcount.reports.period import Period
from headcount.reports.scope import Scope
from headcount.store.reader import Reader
from headcount.vitals import passing


def milestones(store: Reader, scope: Scope, start: datetime, until: datetime) -> tuple[Passed, ...]:
    """Those that were passed from `start` until before `until`, by day."""
    found = (
        Passed(scope.accounts[each.key], milestone, each.taken_at.astimezone(scope.zone).date(), each.count)
        for milestone, each in passing.milestones(store, scope.accounts, start, until)
    )
    return tuple(sorted(found, key=lambda each: (each.day, -each.milestone, each.account.key)))


def coming(courses: Sequence[Course], period: Period) -> tuple[Coming, ...]:
    """The next milestone of everyone to whom it is near, the soonest first."""
    found = [each for course in courses if (each := _coming(course, period))]
    return tuple(sorted(found, key=lambda each: (each.earliest or period.last.max, each.missing / each.milestone)))


def _coming(course: Course, period: Period) -> Coming | None:
    if course.newest(period) is None:
        return None
    found = near([Known(each.day, each.count, each.granularity) for each in course.days], period.last)
    if found is None:
        return None
    return Coming(
        account=course.account,
        milestone=found.milestone,
        missing=found.missing,
        earliest=found.earliest,
        latest=found.latest,
    )
