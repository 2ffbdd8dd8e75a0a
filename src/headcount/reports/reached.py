"""Milestones that were passed, and those that are near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from headcount.measure.forecast.days import Day as Known
from headcount.measure.milestones import at_least, near, passed
from headcount.reports.courses import Course
from headcount.reports.digest import Coming, Passed
from headcount.reports.period import Period
from headcount.store.reader import Day


def milestones(courses: Sequence[Course], period: Period) -> tuple[Passed, ...]:
    """Those that were passed in the period, by day, each once: who falls below one and comes back has it already."""
    found = (each for course in courses if not course.is_recast for each in _passed(course, period))
    return tuple(sorted(found, key=lambda each: (each.day, -each.milestone, each.account.key)))


def coming(courses: Sequence[Course], period: Period) -> tuple[Coming, ...]:
    """The next milestone of everyone to whom it is near, the soonest first."""
    found = [each for course in courses if (each := _coming(course, period))]
    return tuple(sorted(found, key=lambda each: (each.earliest or period.last.max, each.missing / each.milestone)))


def _passed(course: Course, period: Period) -> Iterator[Passed]:
    most: int | None = None
    for day in course.days:
        certain = _certain(day)
        milestone = passed(most, certain) if most is not None else None
        if milestone and day.day >= period.first:
            yield Passed(course.account, milestone, day.day, day.count)
        most = max(most or 0, certain)


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


def _certain(day: Day) -> int:
    return at_least(day.count, day.granularity)
