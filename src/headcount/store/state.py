"""What is kept beside the readings: rosters, runs, buckets, and what was published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, select

from headcount.model import Bucket, Run, Tally
from headcount.store import schema
from headcount.store.names import Names
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


def begin(connection: Connection, job: str, slot: datetime, at: datetime) -> Run:
    """A new run."""
    run = Run(next(new_ids(connection, schema.runs)), job, slot, at)
    row = {
        "id": run.id,
        "job": Names(connection).keep([job])[job],
        "slot": slot,
        "started": at,
        "tally": _text(run.tally),
    }
    insert(connection, schema.runs, [row])
    return run


def finish(connection: Connection, run: int, at: datetime, tally: Tally) -> None:
    """The run is over."""
    table = schema.runs
    connection.execute(table.update().where(table.c.id == run).values(ended=at, tally=_text(tally)))


def runs(connection: Connection, job: str | None, limit: int) -> tuple[Run, ...]:
    """The newest runs first."""
    names, table = Names(connection), schema.runs
    newest = select(table).order_by(table.c.id.desc()).limit(limit)
    if job is not None:
        newest = newest.where(table.c.job == names.known(job))
    return tuple(
        Run(id_, names[job_], slot, started, ended, msgspec.json.decode(tally, type=Tally))
        for id_, job_, slot, started, ended, tally in connection.execute(newest)
    )


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


def _text(tally: Tally) -> str:
    return msgspec.json.encode(tally).decode()
