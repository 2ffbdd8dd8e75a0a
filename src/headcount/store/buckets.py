"""What is left of each platform's allowance."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select

from headcount.model import Bucket
from headcount.store import schema
from headcount.store.rows import insert


def change_bucket(connection: Connection, name: str, change: Callable[[Bucket | None], Bucket]) -> Bucket:
    """Change what is left of an allowance; what it is now."""
    table = schema.buckets
    row = connection.execute(
        select(table.c.tokens, table.c.at, table.c.shut_until).where(table.c.name == name)
    ).one_or_none()
    bucket = change(Bucket(*row) if row else None)
    now = {"tokens": bucket.tokens, "at": bucket.at, "shut_until": bucket.shut_until}
    if row:
        connection.execute(table.update().where(table.c.name == name).values(now))
    else:
        insert(connection, table, [now | {"name": name}])
    return bucket
