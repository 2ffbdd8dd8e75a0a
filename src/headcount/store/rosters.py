"""Rosters as they stood: a file is kept whenever it has changed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select

from headcount.store import schema
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
