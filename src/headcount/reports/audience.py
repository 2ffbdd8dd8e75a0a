"""How many follow, and what that changed by: every sum with the number of accounts that it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from headcount.reports.courses import Course
from headcount.reports.digest import Audience, DayTotal, Mover, Zero
from headcount.reports.period import DAY, Period

WEEKS = 28
"""Days of which the course of an account, and what each day brought, is shown."""


def audience(courses: Sequence[Course], period: Period) -> Audience:
    """How many follow all of these accounts."""
    newest = [day.count for course in courses if (day := course.newest(period))]
    changes = [change for course in courses if (change := course.change(period)) is not None]
    unknown = Counter(course.obstacle(period) for course in courses if course.change(period) is None)
    return Audience(
        total=sum(newest) if newest else None,
        counted=len(newest),
        of=len(courses),
        change=sum(changes) if changes else None,
        known=len(changes),
        unknown=dict(sorted(unknown.items())),
    )


def movers(courses: Sequence[Course], period: Period) -> tuple[Mover, ...]:
    """Everyone whose change is known, the largest gain first."""
    return tuple(sorted(_movers(courses, period), key=lambda each: (-each.change, each.account.key)))


def days(courses: Sequence[Course], period: Period) -> tuple[DayTotal, ...]:
    """What each day brought."""
    shown = _shown(period)
    gains = {day: [0, 0] for day in shown.days()}
    counted = Counter(each.day for course in courses for each in course.days)
    for course in courses:
        for day, gain in course.gains():
            if day in gains:
                gains[day][0] += gain
                gains[day][1] += 1
    return tuple(
        DayTotal(day, gained if known else None, known, counted[day], len(courses))
        for day, (gained, known) in gains.items()
    )


def zeros(courses: Sequence[Course], period: Period) -> Iterator[Zero]:
    """Those whose newest count of the period is nobody."""
    for course in courses:
        newest = course.newest(period)
        if newest and newest.count == 0:
            before = next((each.count for each in reversed(course.days) if each.count), None)
            yield Zero(course.account, newest.day, before)


def _movers(courses: Sequence[Course], period: Period) -> Iterator[Mover]:
    for course in courses:
        then, now = course.start(period), course.end(period)
        if then and now and course.change(period) is not None:
            yield Mover(
                account=course.account,
                before=then.count,
                now=now.count,
                granularity=now.granularity,
                course=_course(course, period),
            )


def _course(course: Course, period: Period) -> tuple[int | None, ...]:
    counts = {each.day: each.count for each in course.days}
    return tuple(counts.get(day) for day in _shown(period).days())


def _shown(period: Period) -> Period:
    return Period(min(period.first, period.last - (WEEKS - 1) * DAY), period.last)
