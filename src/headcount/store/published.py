"""What was delivered to which target, so that only what has changed is delivered again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from headcount.store import schema
from headcount.store.rows import insert


def published(connection: Connection, target: str) -> dict[str, str]:
    """The files that were delivered to a target, each with its version."""
    table = schema.published
    found = connection.execute(select(table.c.file, table.c.version).where(table.c.target == target))
    return {row.file: row.version for row in found}


def mark_published(connection: Connection, target: str, versions: Mapping[str, str], at: datetime) -> None:
    """Remember what was delivered to a target; what was delivered before stays remembered."""
    table, before = schema.published, published(connection, target)
    for file in versions.keys() & before.keys():
        there = table.update().where(table.c.target == target, table.c.file == file)
        connection.execute(there.values(version=versions[file], at=at))
    new = [file for file in versions if file not in before]
    insert(connection, table, [{"target": target, "file": file, "version": versions[file], "at": at} for file in new])
