"""Rosters as they stood: a file is kept whenever it has changed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select

from headcount.store import schema
from headcount.store.contract import Kept
from headcount.store.rows import insert, new_ids


def keep_roster(connection: Connection, name: str, content: bytes, at: datetime) -> bool:
    """Keep a roster file where it differs from the one kept last."""
    table, digest = schema.rosters, sha256(content).hexdigest()
    newest = select(table.c.sha256).where(table.c.name == name).order_by(table.c.id.desc()).limit(1)
    if connection.scalar(newest) == digest:
        return False
    id_ = next(new_ids(connection, table))
    insert(connection, table, [{"id": id_, "name": name, "sha256": digest, "content": content, "kept_at": at}])
    return True


def rosters(connection: Connection) -> tuple[Kept, ...]:
    """Every roster file that was kept, oldest first."""
    table = schema.rosters
    rows = connection.execute(select(table.c.name, table.c.kept_at).order_by(table.c.id))
    return tuple(Kept(name, kept_at) for name, kept_at in rows)


def roster_at(connection: Connection, name: str, at: datetime) -> bytes | None:
    """The content that was kept last, at that time."""
    table = schema.rosters
    then = select(table.c.content).where(table.c.name == name, table.c.kept_at <= at)
    content: bytes | None = connection.scalar(then.order_by(table.c.id.desc()).limit(1))
    return content
