"""Which account's day was touched, in the order in which it was: what tells publishing what to make anew.

A **mark** is the number of a touch: whoever remembers it asks later what has happened since. Derived: only the newest
touches are kept, and a mark that is older, or of another store, means that everything may have changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import Connection, delete, func, select

from headcount.store import schema
from headcount.store.reader import Changes
from headcount.store.rows import insert

KEPT = 500_000
"""Touches that are remembered: 20 days of 1,000 accounts counted every hour."""

TOUCHES, ACCOUNTS = schema.touches.c, schema.accounts.c


def touch(connection: Connection, places: Iterable[tuple[int, datetime]]) -> None:
    """Something about fills of these accounts and slots has changed."""
    days = dict.fromkeys((account, f"{slot.astimezone(UTC):%Y-%m-%d}") for account, slot in places)
    newest = mark(connection)
    rows = [{"id": id_, "account": account, "day": day} for id_, (account, day) in enumerate(days, newest + 1)]
    insert(connection, schema.touches, rows)
    connection.execute(delete(schema.touches).where(TOUCHES.id <= newest + len(rows) - KEPT))


def forget(connection: Connection) -> None:
    """Whoever looks next finds that everything may have changed."""
    newest, account = mark(connection), connection.scalar(select(func.min(ACCOUNTS.id)))
    connection.execute(delete(schema.touches))
    if account is not None:
        # One number is left out, so that no mark of before is next to this one.
        insert(connection, schema.touches, [{"id": newest + 2, "account": account, "day": "1970-01-01"}])


def mark(connection: Connection) -> int:
    """The number of the newest touch; 0 where there is none."""
    return connection.scalar(select(func.max(TOUCHES.id))) or 0


def changes(connection: Connection, since: int) -> Changes:
    """What has been touched since that mark."""
    newest = mark(connection)
    oldest = connection.scalar(select(func.min(TOUCHES.id))) or 1
    if not oldest - 1 <= since <= newest:
        return Changes(newest)
    first = select(ACCOUNTS.key, func.min(TOUCHES.day)).join_from(schema.touches, schema.accounts)
    found = connection.execute(first.where(TOUCHES.id > since).group_by(ACCOUNTS.key))
    return Changes(newest, {key: date.fromisoformat(day) for key, day in found})
