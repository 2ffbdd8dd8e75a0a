"""From which day on accounts were touched, in the order in which they were: what tells publishing what to make anew.

A **mark** is the number of a touch: whoever remembers it asks later what has happened since. Derived: only the newest
touches are kept, and a mark that is older, or of another store, means that everything may have changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from secrets import randbelow

from sqlalchemy import Connection, delete, func, select

from headcount.store import schema
from headcount.store.reader import Changes
from headcount.store.rows import insert

KEPT = 500_000
"""Touches that are remembered: 20 days of 1,000 accounts counted every hour."""

FAR = 2**40
"""Every store begins somewhere below, so that a mark of one means nothing to another, or to a copy that was put back."""

TOUCHES, ACCOUNTS = schema.touches.c, schema.accounts.c


def touch(connection: Connection, places: Iterable[tuple[int, datetime]]) -> None:
    """Something about fills of these accounts and slots has changed."""
    first: dict[int, str] = {}
    for account, slot in places:
        day = f"{slot.astimezone(UTC):%Y-%m-%d}"
        first[account] = min(day, first.get(account, day))
    newest = mark(connection) or randbelow(FAR)
    rows = [{"id": id_, "account": account, "day": day} for id_, (account, day) in enumerate(first.items(), newest + 1)]
    insert(connection, schema.touches, rows)
    connection.execute(delete(schema.touches).where(TOUCHES.id <= newest + len(rows) - KEPT))


def forget(connection: Connection) -> None:
    """Whoever looks next finds that everything may have changed."""
    far, account = mark(connection) + 2 + randbelow(FAR), connection.scalar(select(func.min(ACCOUNTS.id)))
    connection.execute(delete(schema.touches))
    if account is not None:
        insert(connection, schema.touches, [{"id": far, "account": account, "day": "1970-01-01"}])


def mark(connection: Connection) -> int:
    """The number of the newest touch; 0 where there is none."""
    return connection.scalar(select(func.max(TOUCHES.id))) or 0


def changes(connection: Connection, since: int) -> Changes:
    """What has been touched since that mark."""
    newest = mark(connection)
    oldest = connection.scalar(select(func.min(TOUCHES.id))) or 0
    if not since or not oldest - 1 <= since <= newest:
        return Changes(newest)
    first = select(ACCOUNTS.key, func.min(TOUCHES.day)).join_from(schema.touches, schema.accounts)
    found = connection.execute(first.where(TOUCHES.id > since).group_by(ACCOUNTS.key))
    return Changes(newest, {key: date.fromisoformat(day) for key, day in found})
