"""The days that a report is about: a week from Monday to Sunday, or any others, in the organisation's zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct

from headcount.clock import midnight
from headcount.news import naming

DAY = timedelta(days=1)
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})")


class Period(Struct, frozen=True):
    """Some days, the last included."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """`2026-W47` of a week, else its first and its last day."""
        if self.is_week:
            year, week, _ = self.first.isocalendar()
            return f"{year}-W{week:02}"
        return f"{self.first}--{self.last}"

    @property
    def is_week(self) -> bool:
        """Whether it is a week from Monday to Sunday."""
        return self.first.weekday() == 0 and self.last - self.first == 6 * DAY

    @property
    def words(self) -> str:
        """`16 to 22 November 2026`."""
        first, last = self.first, self.last
        if first == last:
            return naming.day(last)
        month = f" {first:%B}" if (first.year, first.month) != (last.year, last.month) else ""
        year = f" {first.year}" if first.year != last.year else ""
        return f"{first.day}{month}{year} to {naming.day(last)}"

    def days(self) -> Iterator[date]:
        """Every day of it."""
        yield from (self.first + number * DAY for number in range((self.last - self.first).days + 1))

    def start(self, zone: tzinfo) -> datetime:
        """When it begins (UTC)."""
        return midnight(self.first, zone)

    def end(self, zone: tzinfo) -> datetime:
        """When it is over (UTC)."""
        return midnight(self.last + DAY, zone)


def week_of(day: date) -> Period:
    """The week of a day."""
    monday = day - day.weekday() * DAY
    return Period(monday, monday + 6 * DAY)


def last_week(today: date) -> Period:
    """The newest week that is over."""
    return week_of(today - 7 * DAY)


def last_days(today: date, number: int) -> Period:
    """The newest days that are over."""
    return Period(today - number * DAY, today - DAY)


def named_week(text: str) -> Period | None:
    """The week of that name (`2026-W47`); None where it is none."""
    match = _WEEK.fullmatch(text.strip().upper())
    try:
        return week_of(date.fromisocalendar(int(match[1]), int(match[2]), 1)) if match else None
    except ValueError:
        return None
