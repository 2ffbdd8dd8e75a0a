"""Fills as `readings/` publishes them: those of some slots, those that await a decision, the newest of each series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, FromClause, Select, case, func, select

from headcount.model import MOST_HEADS
from headcount.store import schema
from headcount.store.agreeing import by_hand, contradicts
from headcount.store.database import FETCH
from headcount.store.judged import COUNT, SETTLED, STATUS, judged
from headcount.store.names import Names
from headcount.store.reader import FATES, Row
from headcount.store.tracks import every_track, newest_slots, outcomes

DECISIONS, HANDLES = schema.decisions.c, schema.handles.c
READINGS, MISSES, FILLS = schema.readings.c, schema.misses.c, schema.fills.c


def between(connection: Connection, start: datetime, end: datetime) -> Iterator[Row]:
    """The fills whose slots begin from `start` until before `end`."""
    yield from _rows(connection, _fills(every_track()).where(FILLS.slot >= start, FILLS.slot < end))


def awaiting(connection: Connection) -> Iterator[Row]:
    """The fills whose reading is held."""
    once_held = select(DECISIONS.reading).where(DECISIONS.decision == "hold").correlate(None)
    yield from _rows(connection, _fills(every_track()).where(FILLS.reading.in_(once_held), STATUS == "held"))


def newest(connection: Connection, at: datetime) -> Iterator[Row]:
    """What the newest slot of each account and metric shows, misses too."""
    tracks = newest_slots(at, public=False)
    finest = case((STATUS == "accepted", READINGS.granularity), else_=MOST_HEADS)
    names = Names(connection)
    best_first = (contradicts(names), finest, by_hand(names), FILLS.attempt.desc())
    ordered = (tracks.c.key, tracks.c.metric, FILLS.slot.desc(), *best_first)
    fills = _fills(tracks).where(FILLS.slot == tracks.c.slot).order_by(None).order_by(*ordered)
    for _, series in groupby(_rows(connection, fills), key=lambda row: (row.key, row.metric)):
        yield next(series)


def _fills(tracks: FromClause) -> Select[Any]:
    job, metric = schema.names.alias("job"), schema.names.alias("metric")
    tables = (
        outcomes(tracks)
        .join(job, tracks.c.job == job.c.id)
        .join(metric, tracks.c.metric == metric.c.id)
        .outerjoin(schema.handles, READINGS.handle == HANDLES.id)
    )
    return (
        select(
            func.coalesce(READINGS.taken_at, MISSES.at).label("taken_at"),
            job.c.name.label("job"),
            FILLS.slot,
            tracks.c.key,
            func.coalesce(HANDLES.handle, MISSES.handle, "").label("handle"),
            metric.c.name.label("metric"),
            COUNT.label("count"),
            READINGS.granularity,
            func.coalesce(READINGS.source, MISSES.source).label("source"),
            STATUS.label("status"),
            MISSES.reason,
            FILLS.run,
            FILLS.reading,
            SETTLED.label("fate"),
        )
        .select_from(judged(tables))
        .order_by(FILLS.slot, tracks.c.key, metric.c.name, job.c.name, FILLS.attempt)
    )


def _rows(connection: Connection, fills: Select[Any]) -> Iterator[Row]:
    names = Names(connection)
    with connection.execute(fills.execution_options(yield_per=FETCH)) as found:
        for row in found.mappings():
            reason = None if row["reason"] is None else names.reason(row["reason"])
            fate = row["fate"] if row["fate"] in FATES else None
            yield Row(**{**row, "source": names[row["source"]], "reason": reason, "fate": fate})
