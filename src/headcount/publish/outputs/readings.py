"""`readings/`: every fill as it is, a month a file; and the newest ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, timedelta
from functools import partial

from headcount.clock import midnight
from headcount.publish.edition import Edition, Listed
from headcount.publish.encode import Cell, by_day, csv_bytes, lines, stamp
from headcount.publish.fields import (
    ACCOUNT,
    COUNT,
    GRANULARITY,
    HANDLE,
    METRIC,
    PLATFORM,
    REASON,
    SOURCE,
    STATUS,
    TO_ACCOUNTS,
    TO_UNITS,
    UNIT_ID,
)  # fmt: skip
from headcount.publish.file import AnyFile, File, Grown
from headcount.publish.schema import Field, Schema
from headcount.store.reader import Row

SCHEMA = Schema(
    (
        Field("taken_at", "datetime", "When the platform was asked, or the count read (UTC)", required=True),
        Field("job", "string", "The job that asked", required=True),
        Field("slot", "datetime", "The start of the job's hour, day or week that this fills (UTC)", required=True),
        ACCOUNT, UNIT_ID, PLATFORM, HANDLE, METRIC, COUNT, GRANULARITY, SOURCE, STATUS, REASON,
        Field("run", "integer", "The run that asked; empty for what was imported or entered by hand"),
    ),
    references=(TO_ACCOUNTS, TO_UNITS),
)  # fmt: skip


def readings(edition: Edition) -> Iterator[AnyFile]:
    """A file a month, made anew from the first day that has changed."""
    seen, basis = edition.seen, edition.fingerprint()
    for month, version in edition.store.months():
        first = date.fromisoformat(f"{month}-01")
        yield Grown(
            name=f"readings/{month}.csv",
            title=f"Every reading and every miss of {first:%B %Y}",
            schema=SCHEMA,
            head=lines([SCHEMA.header]),
            rows=partial(_rows, edition, seen, first),
            changed=edition.changes.since(),
            version=str(version),
            basis=basis,
        )
    yield File(
        name="readings/latest.csv",
        title="The newest reading or miss of each account and metric",
        schema=SCHEMA,
        make=partial(_newest, edition, seen),
    )


def _rows(edition: Edition, seen: Mapping[str, Listed], first: date, since: date) -> Iterator[tuple[date, bytes]]:
    end = (first + timedelta(days=31)).replace(day=1)
    found = edition.store.fills(midnight(max(first, since), UTC), midnight(end, UTC))
    return by_day((row.slot.date(), _cells(row, seen[row.key])) for row in found if row.key in seen)


def _newest(edition: Edition, seen: Mapping[str, Listed]) -> Iterator[bytes]:
    rows = (row for row in edition.store.newest(edition.at) if row.key in seen)
    standing = (row for row in rows if edition.stands(seen[row.key], row.taken_at, edition.at))
    return csv_bytes(SCHEMA.header, (_cells(row, seen[row.key]) for row in standing))


def _cells(row: Row, listed: Listed) -> list[Cell]:
    """A count that is held or refused is not shown: it is a gap, of which no more is told than how the doubt was settled."""
    counted = row.status == "accepted"
    return [
        stamp(row.taken_at),
        row.job,
        stamp(row.slot),
        row.key,
        listed.entry.unit,
        listed.entry.platform,
        row.handle or listed.entry.handle,
        row.metric,
        row.count if counted else None,
        row.granularity if counted else None,
        row.source,
        row.status,
        row.reason or row.fate,
        row.run,
    ]
