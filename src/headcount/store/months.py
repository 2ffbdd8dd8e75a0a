"""The months that have fills, each with a number that grows with them: what tells publishing which files are old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select

from headcount.store import schema
from headcount.store.rows import insert

MONTHS = schema.months.c


def months(connection: Connection) -> tuple[tuple[str, int], ...]:
    """The months by slot, in UTC, each with its number."""
    found = connection.execute(select(MONTHS.month, MONTHS.version).order_by(MONTHS.month))
    return tuple((month, version) for month, version in found)


def touch(connection: Connection, slots: Iterable[datetime]) -> None:
    """Something about fills of these slots has changed."""
    _grow(connection, Counter(f"{slot.astimezone(UTC):%Y-%m}" for slot in slots))


def rebuild(connection: Connection) -> None:
    """Work them out anew from the fills; every number grows, so that every month is published once more."""
    before = dict(months(connection))
    connection.execute(delete(schema.months))
    touch(connection, connection.scalars(select(schema.fills.c.slot).execution_options(yield_per=10_000)))
    _grow(connection, before)


def _grow(connection: Connection, growth: dict[str, int]) -> None:
    for month, number in growth.items():
        grown = schema.months.update().where(MONTHS.month == month).values(version=MONTHS.version + number)
        if not connection.execute(grown).rowcount:
            insert(connection, schema.months, [{"month": month, "version": number}])
