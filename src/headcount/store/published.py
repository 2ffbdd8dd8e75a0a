"""What was delivered to which target, so that only what has changed is delivered again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select

from headcount.store import schema
from headcount.store.rows import insert, pieces


def published(connection: Connection, target: str) -> dict[str, str]:
    """The files that were delivered to a target, each with its version."""
    table = schema.published
    found = connection.execute(select(table.c.file, table.c.version).where(table.c.target == target))
    return {row.file: row.version for row in found}


def mark_published(connection: Connection, target: str, versions: Mapping[str, str], at: datetime) -> None:
    """Remember what a target has from us now."""
    table, before = schema.published, published(connection, target)
    changed = [file for file, version in versions.items() if before.get(file) != version]
    for piece in pieces([*(before.keys() - versions.keys()), *changed]):
        connection.execute(delete(table).where(table.c.target == target, table.c.file.in_(piece)))
    insert(
        connection, table, [{"target": target, "file": file, "version": versions[file], "at": at} for file in changed]
    )
