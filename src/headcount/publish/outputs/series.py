"""`series/`: one account in one tier a file, for charts. They belong to no set: each is whole by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from functools import partial
from typing import TypeVar

from headcount.clock import midnight
from headcount.publish.edition import Edition
from headcount.publish.encode import by_day, lines, stamp
from headcount.publish.fields import COUNT, GRANULARITY, METRIC, SOURCE
from headcount.publish.file import AnyFile, Grown
from headcount.publish.schema import Field, Schema
from headcount.store.reader import LONGEST_SLOT, Day, Hour, Shown

ONE_DAY = timedelta(days=1)
RECENT = timedelta(days=3)
"""What has changed since then is asked for once for all accounts: after a run it is nearly everyone's."""

DAILY = Schema(
    (
        Field("date", "date", "The day in the organisation's time zone; the newest may not be over", required=True),
        METRIC, COUNT, GRANULARITY, SOURCE,
        Field("hours", "integer", "In so many of its hours there was a count", minimum=1),
    ),
    ("date", "metric"),
)  # fmt: skip
HOURLY = Schema(
    (Field("hour", "datetime", "The hour's beginning (UTC)", required=True), METRIC, COUNT, GRANULARITY, SOURCE),
    ("hour", "metric"),
)

C = TypeVar("C", bound=Shown)


def series(edition: Edition) -> Iterator[AnyFile]:
    """Every public account's counts by day, and by hour a file a year."""
    shelf = _Shelf(edition)
    for key in sorted(edition.seen.keys() & edition.spans.keys()):
        first, last = edition.spans[key]
        changed = edition.changes.since(key)
        yield Grown(
            name=f"series/daily/{key}.csv",
            title=f"{key} by day",
            schema=DAILY,
            in_set=False,
            head=lines([DAILY.header]),
            rows=partial(shelf.day_rows, key),
            changed=changed and changed - ONE_DAY,
            basis=edition.timezone,
        )
        # A slot's count may be taken in the year after the slot began.
        newest = min(last + LONGEST_SLOT, edition.at.date())
        for year in range(first.year, newest.year + 1):
            yield Grown(
                name=f"series/hourly/{key}/{year}.csv",
                title=f"{key} by hour in {year}",
                schema=HOURLY,
                in_set=False,
                head=lines([HOURLY.header]),
                rows=partial(shelf.hour_rows, key, year),
                changed=changed if changed and changed.year <= year else None,
            )


class _Shelf:
    """The counts of accounts by day and hour."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._days: dict[date, dict[str, list[Day]]] = {}
        self._hours: dict[date, dict[str, list[Hour]]] = {}

    def day_rows(self, key: str, since: date) -> Iterator[tuple[date, bytes]]:
        """The lines of an account's days."""
        if since not in self._days and self._is_recent(since):
            self._days[since] = _by_key(self._ask_days(None, since))
        found = (
            self._days[since][key]
            if since in self._days
            else self._ask_days(key, max(since, self._edition.begins(key)))
        )
        return by_day(
            (each.day, [each.day.isoformat(), each.metric, each.count, each.granularity, each.source, each.hours])
            for each in sorted(found, key=lambda each: (each.day, each.metric))
        )

    def hour_rows(self, key: str, year: int, since: date) -> Iterator[tuple[date, bytes]]:
        """The lines of an account's hours in a year."""
        if since not in self._hours and self._is_recent(since):
            self._hours[since] = _by_key(self._ask_hours(None, since, self._edition.today + ONE_DAY))
        if since in self._hours:
            found: Iterable[Hour] = self._hours[since][key]
        else:
            found = self._ask_hours(key, max(since, date(year, 1, 1)), date(year, 12, 31))
        return by_day(
            (each.at.date(), [stamp(each.at), each.metric, each.count, each.granularity, each.source])
            for each in sorted(found, key=lambda each: (each.at, each.metric))
            if each.at.year == year
        )

    def _is_recent(self, since: date) -> bool:
        return since >= self._edition.today - RECENT

    def _ask_days(self, key: str | None, since: date) -> Iterator[Day]:
        return self._edition.store.days(key, since, self._edition.today, self._edition.zone)

    def _ask_hours(self, key: str | None, first: date, last: date) -> Iterator[Hour]:
        return self._edition.store.hours(key, midnight(first, UTC), midnight(last + ONE_DAY, UTC))


def _by_key(found: Iterable[C]) -> defaultdict[str, list[C]]:
    by_key: defaultdict[str, list[C]] = defaultdict(list)
    for each in found:
        by_key[each.key].append(each)
    return by_key
