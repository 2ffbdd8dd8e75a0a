"""Replies that may still hold, kept for the next time: bytes by name, and never more than fit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from headcount.store import schema
from headcount.store.rows import insert

LASTS = timedelta(days=7)
MOST = 10_000
"""How many are kept; the oldest go."""


def kept(connection: Connection, name: str) -> bytes | None:
    """What was last kept under that name."""
    return connection.scalar(select(schema.kept.c.content).where(schema.kept.c.name == name))


def keep(connection: Connection, name: str, content: bytes, at: datetime) -> None:
    """Keep it in place of what was there; what is too old goes, and the oldest of what is too much."""
    drop(connection, name)
    insert(connection, schema.kept, [{"name": name, "content": content, "at": at}])
    connection.execute(schema.kept.delete().where(schema.kept.c.at < at - LASTS))
    if (connection.scalar(select(func.count()).select_from(schema.kept)) or 0) > MOST:
        oldest = select(schema.kept.c.name).order_by(schema.kept.c.at, schema.kept.c.name).limit(1)
        connection.execute(schema.kept.delete().where(schema.kept.c.name.in_(oldest)))


def drop(connection: Connection, name: str) -> None:
    """Keep nothing under that name."""
    connection.execute(schema.kept.delete().where(schema.kept.c.name == name))
