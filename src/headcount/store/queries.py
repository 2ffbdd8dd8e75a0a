"""Reading series, slots and months back. Whatever is shown of a reading is as it was corrected last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, FromClause, Select, case, func, or_, select

from headcount.model import HEADLINE, MOST_HEADS, Count, Past
from headcount.store import schema
from headcount.store.contract import Row
from headcount.store.judged import COUNT, DECISION, STATUS, WITHDRAWN, judged
from headcount.store.names import Names
from headcount.store.tracks import every_track, newest_slots, own_fills

FETCH = 5_000
"""Rows that are fetched at a time where there may be millions."""

ACCOUNTS, HANDLES, DECISIONS = schema.accounts.c, schema.handles.c, schema.decisions.c
READINGS, MISSES, FILLS = schema.readings.c, schema.misses.c, schema.fills.c


def filled(connection: Connection, job: str, slot: datetime) -> frozenset[str]:
    """The keys whose slot is done: a headline reading that is not refused, or a final miss."""
    names, tracks = Names(connection), every_track()
    done = (
        select(tracks.c.key)
        .select_from(judged(_outcomes(tracks)))
        .where(tracks.c.job == names.known(job), tracks.c.metric == names.known(HEADLINE), FILLS.slot == slot)
        .where(or_(MISSES.final, STATUS.in_(("accepted", "held"))))
    )
    return frozenset(connection.scalars(done))


def past(connection: Connection, key: str, metric: str, since: datetime) -> tuple[Past, ...]:
    """The live readings of a series from `since` on, oldest first; refused and withdrawn ones not."""
    names = Names(connection)
    account = select(ACCOUNTS.id).where(ACCOUNTS.key == key).scalar_subquery()
    series = (
        select(READINGS.taken_at, COUNT, READINGS.granularity, READINGS.rounding, READINGS.source, DECISION)
        .select_from(judged())
        .where(READINGS.account == account, READINGS.metric == names.known(metric), READINGS.taken_at >= since)
        .where(READINGS.run.is_not(None), DECISION != "refuse", ~WITHDRAWN)
        .order_by(READINGS.taken_at, READINGS.id)
    )
    return tuple(
        Past(at, Count(count, granularity, names.rounding(rounding)), names[source], decision == "hold")
        for at, count, granularity, rounding, source, decision in connection.execute(series)
    )


def month(connection: Connection, name: str) -> Iterator[Row]:
    """The fills whose slot begins in a month of UTC."""
    start = datetime.strptime(name, "%Y-%m").replace(tzinfo=UTC)
    end = (start + timedelta(days=31)).replace(day=1)
    yield from _rows(connection, _fills(every_track()).where(FILLS.slot >= start, FILLS.slot < end))


def awaiting(connection: Connection) -> Iterator[Row]:
    """The fills whose reading is held."""
    once_held = select(DECISIONS.reading).where(DECISIONS.decision == "hold").correlate(None)
    yield from _rows(connection, _fills(every_track()).where(FILLS.reading.in_(once_held), STATUS == "held"))


def newest(connection: Connection, at: datetime) -> Iterator[Row]:
    """What the newest slot of each account and metric shows, misses too."""
    tracks = newest_slots(at, public=False)
    finest = case((STATUS == "accepted", READINGS.granularity), else_=MOST_HEADS)
    best_first = (tracks.c.key, tracks.c.metric, FILLS.slot.desc(), finest, FILLS.attempt.desc())
    fills = _fills(tracks).where(FILLS.slot == tracks.c.slot).order_by(None).order_by(*best_first)
    for _, series in groupby(_rows(connection, fills), key=lambda row: (row.key, row.metric)):
        yield next(series)


def _outcomes(tracks: FromClause) -> FromClause:
    """Tracks with their fills, and what fills them."""
    return (
        tracks.join(schema.fills, own_fills(tracks))
        .outerjoin(schema.misses, FILLS.miss == MISSES.id)
        .outerjoin(schema.readings, FILLS.reading == READINGS.id)
    )


def _fills(tracks: FromClause) -> Select[Any]:
    job, metric = schema.names.alias("job"), schema.names.alias("metric")
    tables = (
        _outcomes(tracks)
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
        )
        .select_from(judged(tables))
        .order_by(FILLS.slot, tracks.c.key, metric.c.name, job.c.name, FILLS.attempt)
    )


def _rows(connection: Connection, fills: Select[Any]) -> Iterator[Row]:
    names = Names(connection)
    with connection.execute(fills.execution_options(yield_per=FETCH)) as found:
        for row in found.mappings():
            reason = None if row["reason"] is None else names.reason(row["reason"])
            yield Row(**{**row, "source": names[row["source"]], "reason": reason})
