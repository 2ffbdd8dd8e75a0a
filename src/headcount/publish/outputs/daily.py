"""`daily.csv`: each account's count at the end of each day, for spreadsheets and BI tools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from headcount.clock import midnight
from headcount.publish.edition import Edition, fingerprint
from headcount.publish.encode import Cell, by_day, lines
from headcount.publish.file import AnyFile, Grown
from headcount.publish.period import cells, schema_of, share
from headcount.publish.schema import Field
from headcount.store.reader import Column, Day

HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)

SCHEMA = schema_of(
    Field("date", "date", "The day in the organisation's time zone; the newest may not be over", required=True)
)


def daily(edition: Edition) -> Iterator[AnyFile]:
    """`daily.csv`."""
    changed = edition.changes.since()
    yield Grown(
        name="daily.csv",
        title="A row a day, account and metric: the count at its end, and what it changed by",
        schema=SCHEMA,
        head=lines([SCHEMA.header]),
        rows=lambda since: by_day(_rows(edition, since)),
        # A day of UTC reaches into the local day before it.
        changed=changed and changed - ONE_DAY,
        basis=fingerprint([edition.fingerprint(), edition.timezone, edition.periods, edition.former]),
    )


def _rows(edition: Edition, since: date) -> Iterator[tuple[date, list[Cell]]]:
    before: dict[Column, Day] = {}
    for day, found in groupby(_public(edition, max(since, edition.begins()) - ONE_DAY), key=lambda each: each.day):
        today = {(each.key, each.metric): each for each in found}
        if day >= since:
            for column, each in today.items():
                yield day, _cells(edition, each, before.get(column))
        before = today


def _public(edition: Edition, since: date) -> Iterator[Day]:
    seen = edition.seen
    return (day for day in edition.store.days(None, since, edition.today, edition.zone) if day.key in seen)


def _cells(edition: Edition, day: Day, before: Day | None) -> list[Cell]:
    yesterday = before if before and day.day - before.day == ONE_DAY else None
    whole = midnight(day.day + ONE_DAY, edition.zone) - midnight(day.day, edition.zone)
    # In hours, for more often than that no day is looked at.
    covered = share(edition, day.key, whole, day.hours, HOUR)
    return [day.day.isoformat(), *cells(edition, day, yesterday, covered)]
