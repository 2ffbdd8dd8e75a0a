"""Runs: one turn of collecting each, with what it came to."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from headcount.model import Run, Tally
from headcount.store import schema
from headcount.store.names import Names
from headcount.store.rows import insert, new_ids


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


def _text(tally: Tally) -> str:
    return msgspec.json.encode(tally).decode()
