"""The counts that are public: each series' latest, and the wide tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, case, select

from headcount.store import schema
from headcount.store.agreeing import best_first
from headcount.store.contract import Column, Shown, WideRow
from headcount.store.database import FETCH
from headcount.store.judged import COUNT, corrected, is_public
from headcount.store.names import Names
from headcount.store.nouns import MANUAL
from headcount.store.tracks import every_track, newest_slots, own_fills

READINGS, FILLS = schema.readings.c, schema.fills.c


def latest(connection: Connection, at: datetime) -> Iterator[Shown]:
    """The public count of each account and metric, of its newest slot that has one and had begun at `at`."""
    names, tracks = Names(connection), newest_slots(at, public=True)
    tables = tracks.join(schema.fills, own_fills(tracks)).join(schema.readings, FILLS.reading == READINGS.id)
    counts = (
        select(tracks.c.key, tracks.c.metric, COUNT, READINGS.granularity, READINGS.source, READINGS.taken_at)
        .select_from(corrected(tables))
        .where(FILLS.slot == tracks.c.slot, is_public(FILLS.reading))
        .order_by(tracks.c.key, tracks.c.metric, FILLS.slot.desc(), *best_first(names))
    )
    for _, series in groupby(connection.execute(counts), key=lambda row: (row.key, row.metric)):
        key, metric, count, granularity, source, taken_at = next(series)
        yield Shown(key, names[metric], count, granularity, names[source], taken_at)


def wide(connection: Connection, job: str, columns: Sequence[Column]) -> Iterator[WideRow]:
    """A job's slots and imported rows, ascending, with a count or None for each column."""
    places = _places(connection, job, columns)
    tracks: BindParameter[list[int]] = bindparam("tracks", list(places), expanding=True, literal_execute=True)
    names = Names(connection)
    is_imported = and_(FILLS.run.is_(None), READINGS.source != names.known(MANUAL))
    stamp = case((is_imported, READINGS.taken_at), else_=FILLS.slot).label("stamp")
    line = case((is_imported, READINGS.ordinal + 1), else_=0).label("line")
    counts = (
        select(stamp, line, FILLS.track, COUNT)
        .select_from(corrected(schema.fills.join(schema.readings)))
        .where(FILLS.track.in_(tracks), is_public(FILLS.reading))
        .order_by(stamp, line, *best_first(names))
        .execution_options(yield_per=FETCH)
    )
    with connection.execute(counts) as found:
        for (at, _), group in groupby(found, key=lambda row: (row.stamp, row.line)):
            yield WideRow(at, _first_of_each(group, places, len(columns)))


def _first_of_each(group: Iterator[Sequence[Any]], places: dict[int, list[int]], width: int) -> tuple[int | None, ...]:
    """The first count of each track, in every column that shows it."""
    counts: list[int | None] = [None] * width
    for _, _, track, count in group:
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
