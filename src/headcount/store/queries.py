"""Reading series, slots and months back. Whatever shows a count shows it as corrected, and never a held one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, case, func, or_, select

from headcount.model import HEADLINE, MOST_HEADS, Count, Past
from headcount.store import schema
from headcount.store.contract import Column, Row, Shown, WideRow
from headcount.store.judged import COUNT, DECISION, PUBLIC, STATUS, WITHDRAWN, judged
from headcount.store.names import Names

FETCH = 5_000
"""Rows that are fetched at a time where there may be millions."""

ACCOUNTS, HANDLES = schema.accounts.c, schema.handles.c
READINGS, MISSES, TRACKS, FILLS = schema.readings.c, schema.misses.c, schema.tracks.c, schema.fills.c

BEST_FIRST = (READINGS.granularity, FILLS.attempt.desc(), READINGS.taken_at.desc())
"""Which of a slot's public counts is shown: the finest, then the newest attempt; of several jobs', the newest."""


def filled(connection: Connection, job: str, slot: datetime) -> frozenset[str]:
    """The keys whose slot is done: a headline reading that is not refused, or a final miss."""
    names = Names(connection)
    tables = judged(
        schema.tracks.join(schema.accounts)
        .join(schema.fills, _own_fills(schema.tracks))
        .outerjoin(schema.misses)
        .outerjoin(schema.readings, FILLS.reading == READINGS.id)
    )
    done = (
        select(ACCOUNTS.key)
        .select_from(tables)
        .where(TRACKS.job == names.known(job), TRACKS.metric == names.known(HEADLINE), FILLS.slot == slot)
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


def latest(connection: Connection, at: datetime) -> Iterator[Shown]:
    """The public count of each account and metric, of its newest slot that has one and had begun at `at`."""
    names, fill = Names(connection), schema.fills.alias()
    public = _newest_slots(fill, at).where(fill.c.reading.is_not(None), fill.c.reading.not_in(hidden()))
    slots = _of_each_track(public)
    shown = (
        select(ACCOUNTS.key, slots.c.metric, COUNT, READINGS.granularity, READINGS.source, READINGS.taken_at)
        .select_from(judged(_at(slots).join(schema.readings).join(schema.accounts, slots.c.account == ACCOUNTS.id)))
        .where(PUBLIC)
        .order_by(ACCOUNTS.key, slots.c.metric, FILLS.slot.desc(), *BEST_FIRST)
    )
    for _, series in groupby(connection.execute(shown), key=lambda row: (row.key, row.metric)):
        key, metric, count, granularity, source, taken_at = next(series)
        yield Shown(key, names[metric], count, granularity, names[source], taken_at)


def wide(connection: Connection, job: str, columns: Sequence[Column]) -> Iterator[WideRow]:
    """A job's slots and imported rows, ascending, with a count or None for each column."""
    places = _places(connection, job, columns)
    tracks: BindParameter[list[int]] = bindparam("tracks", list(places), expanding=True, literal_execute=True)
    is_imported = FILLS.run.is_(None)
    stamp = case((is_imported, READINGS.taken_at), else_=FILLS.slot).label("stamp")
    line = case((is_imported, READINGS.ordinal + 1), else_=0).label("line")
    counts = (
        select(stamp, line, FILLS.track, COUNT)
        .select_from(judged(schema.fills.join(schema.readings)))
        .where(FILLS.track.in_(tracks), PUBLIC)
        .order_by(stamp, line, *BEST_FIRST)
        .execution_options(yield_per=FETCH)
    )
    with connection.execute(counts) as found:
        for (at, _), group in groupby(found, key=lambda row: (row.stamp, row.line)):
            yield WideRow(at, _best(group, places, len(columns)))


def _best(group: Iterator[Sequence[Any]], places: dict[int, list[int]], width: int) -> tuple[int | None, ...]:
    """The first count of each track, which is the best, in every column that shows it."""
    counts: list[int | None] = [None] * width
    for _, _, track, count in group:
        for place in places[track]:
            counts[place] = count if counts[place] is None else counts[place]
    return tuple(counts)


def _places(connection: Connection, job: str, columns: Sequence[Column]) -> dict[int, list[int]]:
    """Which columns a track's counts stand in."""
    names = Names(connection)
    tracks = select(TRACKS.id, ACCOUNTS.key, TRACKS.metric).join_from(schema.tracks, schema.accounts)
    places = {}
    for id_, key, metric in connection.execute(tracks.where(TRACKS.job == names.known(job))):
        if wanted := [place for place, column in enumerate(columns) if column == (key, names[metric])]:
            places[id_] = wanted
    return places


def month(connection: Connection, name: str) -> Iterator[Row]:
    """The fills whose slot begins in a month of UTC."""
    start = datetime.strptime(name, "%Y-%m").replace(tzinfo=UTC)
    end = (start + timedelta(days=31)).replace(day=1)
    yield from _rows(connection, _fills().where(FILLS.slot >= start, FILLS.slot < end))


def awaiting(connection: Connection) -> Iterator[Row]:
    """The fills whose reading is held."""
    held = select(schema.decisions.c.reading).where(schema.decisions.c.decision == "hold")
    yield from _rows(connection, _fills().where(READINGS.id.in_(held), STATUS == "held"))


def newest(connection: Connection, at: datetime) -> Iterator[Row]:
    """What the newest slot of each account and metric shows, misses too."""
    others = schema.fills.alias()
    slot = select(func.max(others.c.slot)).where(others.c.track == TRACKS.id, others.c.slot <= at)
    finest = case((STATUS == "accepted", READINGS.granularity), else_=MOST_HEADS)
    fills = (
        _fills()
        .where(FILLS.slot == slot.correlate(schema.tracks).scalar_subquery())
        .order_by(None)
        .order_by(ACCOUNTS.key, TRACKS.metric, FILLS.slot.desc(), finest, FILLS.attempt.desc())
    )
    for _, series in groupby(_rows(connection, fills), key=lambda row: (row.key, row.metric)):
        yield next(series)


def _fills() -> Select[Any]:
    job, metric = schema.names.alias("job"), schema.names.alias("metric")
    tables = (
        schema.tracks.join(schema.accounts)
        .join(job, TRACKS.job == job.c.id)
        .join(metric, TRACKS.metric == metric.c.id)
        .join(schema.fills, _own_fills(schema.tracks))
        .outerjoin(schema.misses)
        .outerjoin(schema.readings, FILLS.reading == READINGS.id)
        .outerjoin(schema.handles, READINGS.handle == HANDLES.id)
    )
    return (
        select(
            func.coalesce(READINGS.taken_at, MISSES.at).label("taken_at"),
            job.c.name.label("job"),
            FILLS.slot,
            ACCOUNTS.key,
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
        .order_by(FILLS.slot, ACCOUNTS.key, metric.c.name, job.c.name, FILLS.attempt)
    )


def _rows(connection: Connection, fills: Select[Any]) -> Iterator[Row]:
    names = Names(connection)
    with connection.execute(fills.execution_options(yield_per=FETCH)) as found:
        for row in found.mappings():
            reason = None if row["reason"] is None else names.reason(row["reason"])
            yield Row(**{**row, "source": names[row["source"]], "reason": reason})
