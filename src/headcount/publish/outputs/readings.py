"""`readings/`: every fill as it is, a month a file; and the newest ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from headcount.publish.edition import Edition, File, Listed
from headcount.publish.encode import Cell, csv_bytes, stamp
from headcount.store.contract import Row

COLUMNS = (
    "taken_at", "job", "slot", "account", "unit_id", "platform", "handle",
    "metric", "count", "granularity", "source", "status", "reason", "run",
)  # fmt: skip


def readings(edition: Edition) -> Iterator[File]:
    """A file a month, whose version grows with the month's fills and changes with those whom it shows."""
    seen = edition.seen()
    who = _fingerprint(seen)
    for month, version in edition.store.months():
        yield File(f"readings/{month}.csv", partial(_month, edition, seen, month), f"{version}-{who}")
    yield File("readings/latest.csv", partial(_newest, edition, seen))


def _month(edition: Edition, seen: dict[str, Listed], month: str) -> Iterator[bytes]:
    return csv_bytes(COLUMNS, _shown(edition.store.month(month), seen))


def _newest(edition: Edition, seen: dict[str, Listed]) -> Iterator[bytes]:
    rows = (row for row in edition.store.newest(edition.at) if row.key in seen)
    standing = (row for row in rows if edition.stands(seen[row.key], row.taken_at, edition.at))
    return csv_bytes(COLUMNS, _shown(standing, seen))


def _shown(rows: Iterator[Row], seen: dict[str, Listed]) -> Iterator[list[Cell]]:
    return (_cells(row, seen[row.key]) for row in rows if row.key in seen)


def _cells(row: Row, listed: Listed) -> list[Cell]:
    """A count that is held or refused is not shown: it is a gap, and its status says why."""
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
        row.reason,
        row.run,
    ]


def _fingerprint(seen: dict[str, Listed]) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for key, each in sorted(seen.items()):
        digest.update(f"{key}\t{each.entry.unit}\t{each.entry.handle}\n".encode())
    return digest.hexdigest()
