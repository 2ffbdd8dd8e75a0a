"""The wide tables: a job's history, a row a slot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, case, select

from headcount.model import EPOCH
from headcount.store import schema
from headcount.store.agreeing import best_first
from headcount.store.columns import MICROSECOND, raw
from headcount.store.database import FETCH
from headcount.store.judged import COUNT, corrected, is_public
from headcount.store.names import Names
from headcount.store.nouns import MANUAL
from headcount.store.reader import Column, WideRow
from headcount.store.tracks import every_track

READINGS, FILLS = schema.readings.c, schema.fills.c

ONE_DAY = timedelta(days=1)


def wide(connection: Connection, job: str, columns: Sequence[Column], since: date) -> Iterator[WideRow]:
    """A job's slots and imported rows from a day on, ascending, with a count or None for each column."""
    places = _places(connection, job, columns)
    tracks: BindParameter[list[int]] = bindparam("tracks", list(places), expanding=True, literal_execute=True)
    names = Names(connection)
    own_stamp, own_line = _stamp(names)
    stamp, line = own_stamp.label("stamp"), own_line.label("line")
    day = (raw(FILLS.slot) // (ONE_DAY // MICROSECOND)).label("day")
    counts = (
        select(day, stamp, line, FILLS.track, COUNT)
        .select_from(corrected(schema.fills.join(schema.readings)))
        .where(FILLS.track.in_(tracks), FILLS.slot >= datetime.combine(since, time(), UTC), is_public(FILLS.reading))
        .order_by(day, stamp, line, *best_first(names))
        .execution_options(yield_per=FETCH)
    )
    with connection.execute(counts) as found:
        for (number, at, _), group in groupby(found, key=lambda row: (row.day, row.stamp, row.line)):
            yield WideRow(at, _first_of_each(group, places, len(columns)), EPOCH.date() + number * ONE_DAY)


def before(connection: Connection, job: str, columns: Sequence[Column], day: date) -> tuple[int | None, ...]:
    """The last count of each column in the slots before a day (UTC)."""
    counts: list[int | None] = [None] * len(columns)
    last = _last(Names(connection), datetime.combine(day, time(), UTC))
    for track, places in _places(connection, job, columns).items():
        count = connection.execute(last, {"track": track}).scalar()
        for place in places:
            counts[place] = count
    return tuple(counts)


def _last(names: Names, end: datetime) -> Select[int]:
    """What the newest slot of a track that has a public count shows last: of imported rows, the last one."""
    of_track = FILLS.track == bindparam("track")
    public = select(FILLS.slot).where(of_track, FILLS.slot < end, is_public(FILLS.reading))
    slot = public.order_by(FILLS.slot.desc()).limit(1).scalar_subquery()
    stamp, line = _stamp(names)
    return (
        select(COUNT)
        .select_from(corrected(schema.fills.join(schema.readings)))
        .where(of_track, FILLS.slot == slot, is_public(FILLS.reading))
        .order_by(stamp.desc(), line.desc(), *best_first(names))
        .limit(1)
    )


def _stamp(names: Names) -> tuple[ColumnElement[datetime], ColumnElement[int]]:
    """By what a row stands in its place: its slot's start; an imported one's own stamp, and its line among its like."""
    is_imported = and_(FILLS.run.is_(None), READINGS.source != names.known(MANUAL))
    return case((is_imported, READINGS.taken_at), else_=FILLS.slot), case((is_imported, READINGS.ordinal + 1), else_=0)


def _first_of_each(group: Iterator[Sequence[Any]], places: dict[int, list[int]], width: int) -> tuple[int | None, ...]:
    """The first count of each track, in every column that shows it."""
    counts: list[int | None] = [None] * width
    for _, _, _, track, count in group:
        for place in places[track]:
            counts[place] = count if counts[place] is None else counts[place]
    return tuple(counts)


def _places(connection: Connection, job: str, columns: Sequence[Column]) -> dict[int, list[int]]:
    """Which columns a track's counts stand in."""
    names = Names(connection)
    tracks = every_track().c
    places = {}
    of_job = select(tracks.id, tracks.key, tracks.metric).where(tracks.job == names.known(job))
    for id_, key, metric in connection.execute(of_job):
        if wanted := [place for place, column in enumerate(columns) if column == (key, names[metric])]:
            places[id_] = wanted
    return places
