"""`monthly.csv`: each account's count at the end of each month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from headcount.clock import INSTANT, midnight
from headcount.publish.edition import Edition, fingerprint
from headcount.publish.encode import Cell, by_day, lines
from headcount.publish.file import AnyFile, Grown
from headcount.publish.period import cells, schema_of, share
from headcount.publish.schema import Field
from headcount.store.reader import Column, Shown

ONE_DAY, MONTH = timedelta(days=1), timedelta(days=31)

SCHEMA = schema_of(
    Field("month", "yearmonth", "The month in the organisation's time zone; the newest may not be over", required=True),
    Field("date", "date", "The day of its last count", required=True),
)


def monthly(edition: Edition) -> Iterator[AnyFile]:
    """`monthly.csv`."""
    changed = edition.changes.since()
    yield Grown(
        name="monthly.csv",
        title="A row a month, account and metric: the count at its end, and what it changed by",
        schema=SCHEMA,
        head=lines([SCHEMA.header]),
        rows=lambda since: by_day(_rows(edition, since)),
        # A day of UTC reaches into the local day before it, and with it into the month before.
        changed=changed and (changed - ONE_DAY).replace(day=1),
        basis=fingerprint([edition.fingerprint(), edition.timezone, edition.periods, edition.former]),
    )


def _rows(edition: Edition, since: date) -> Iterator[tuple[date, list[Cell]]]:
    first = max(since, edition.begins()).replace(day=1)
    before = _last_counts(edition, (first - ONE_DAY).replace(day=1))
    while first <= edition.today:
        counts = _last_counts(edition, first)
        start, end = _ends(edition, first)
        slots = edition.store.covered(start, end)
        for column, count in counts.items():
            covered = share(edition, count.key, end - start, slots.get(column, 0))
            day = count.taken_at.astimezone(edition.zone).date()
            yield first, [f"{first:%Y-%m}", day.isoformat(), *cells(edition, count, before.get(column), covered)]
        first, before = _next(first), counts


def _last_counts(edition: Edition, first: date) -> dict[Column, Shown]:
    """The public counts that stood at the end of a month, and were taken in it."""
    start, end = _ends(edition, first)
    seen = edition.seen
    shown = (each for each in edition.store.latest(end - INSTANT) if each.key in seen)
    return {(each.key, each.metric): each for each in shown if start <= each.taken_at < end}


def _ends(edition: Edition, first: date) -> tuple[datetime, datetime]:
    return midnight(first, edition.zone), midnight(_next(first), edition.zone)


def _next(first: date) -> date:
    return (first + MONTH).replace(day=1)
