"""A job's account and metric, and the way to its fills: through the index, whatever the planner believes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Subquery, func, select

from headcount.store import schema
from headcount.store.judged import is_public

TRACKS, FILLS, MISSES, READINGS = schema.tracks.c, schema.fills.c, schema.misses.c, schema.readings.c


def own_fills(tracks: FromClause) -> ColumnElement[bool]:
    """The fills of each track.

    Not `tracks.c.id` alone: without statistics, SQLite would read every fill of the store and look its track up.
    """
    own: ColumnElement[bool] = tracks.c.id + 0 == FILLS.track
    return own


def outcomes(tracks: FromClause) -> FromClause:
    """Tracks with their fills, and what fills them."""
    return (
        tracks.join(schema.fills, own_fills(tracks))
        .outerjoin(schema.misses, FILLS.miss == MISSES.id)
        .outerjoin(schema.readings, FILLS.reading == READINGS.id)
    )


def every_track() -> Subquery:
    """Every track, with its account's key."""
    return _with_keys().subquery("tracks")


def every_series(key: str | None) -> Subquery:
    """Every account and metric that anything was ever counted of, once, with the account's key; `key`: of that one only."""
    series = select(schema.accounts.c.key, TRACKS.account, TRACKS.metric).distinct()
    series = series.join_from(schema.tracks, schema.accounts)
    return (series if key is None else series.where(schema.accounts.c.key == key)).subquery("series")


def newest_slots(at: datetime, *, public: bool) -> Subquery:
    """Every track, with its newest slot that had begun at `at`; `public`: and that has a count to show.

    The offset keeps planners from dissolving the subquery, after which they would guess wrong.
    """
    fills = schema.fills.alias()
    slots = select(fills.c.slot).where(fills.c.track == TRACKS.id, fills.c.slot <= at)
    if public:
        slots = slots.where(is_public(fills.c.reading))
    newest = slots.order_by(fills.c.slot.desc()).limit(1).correlate(schema.tracks).scalar_subquery()
    return _with_keys().add_columns(newest.label("slot")).offset(0).subquery("newest")


def _with_keys() -> Select[Any]:
    return select(*TRACKS, schema.accounts.c.key).join_from(schema.tracks, schema.accounts)


def spans(connection: Connection) -> dict[str, tuple[date, date]]:
    """The days (UTC) of the first and the last slot of every account, by key: two looks into the index a track."""
    fills = schema.fills.alias()
    ends = (
        select(end(fills.c.slot)).where(fills.c.track == TRACKS.id).correlate(schema.tracks).scalar_subquery()
        for end in (func.min, func.max)
    )
    found: dict[str, tuple[date, date]] = {}
    for key, first, last in connection.execute(
        select(schema.accounts.c.key, *ends).join_from(schema.tracks, schema.accounts)
    ):
        if first is not None:
            earliest, latest = found.get(key, (first.date(), last.date()))
            found[key] = (min(earliest, first.date()), max(latest, last.date()))
    return found


def counted(connection: Connection) -> dict[str, frozenset[str]]:
    """The jobs that have ever filled a slot of each account, by key."""
    names, keys = schema.names.c, schema.accounts.c
    jobs = select(keys.key, names.name).join_from(schema.tracks, schema.accounts)
    found: dict[str, set[str]] = {}
    for key, job in connection.execute(jobs.join(schema.names, TRACKS.job == names.id).distinct()):
        found.setdefault(key, set()).add(job)
    return {key: frozenset(some) for key, some in found.items()}
