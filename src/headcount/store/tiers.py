"""Public counts over time: each as it was taken, or the one that an hour or a local day shows. Thinned out in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, Subquery, and_, distinct, func, select, true

from headcount.model import EPOCH
from headcount.store import schema
from headcount.store.agreeing import by_hand, disputed
from headcount.store.columns import MICROSECOND, raw
from headcount.store.database import FETCH
from headcount.store.judged import COUNT, corrected, is_public
from headcount.store.names import Names
from headcount.store.reader import Day, Hour, Shown
from headcount.store.tracks import every_series
from headcount.store.zones import local_days

READINGS = schema.readings.c
SAID = (COUNT.label("count"), READINGS.granularity, READINGS.source, raw(READINGS.taken_at).label("taken"))
"""What a reading says, with its time in microseconds: there may be millions."""

HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)


def counts(connection: Connection, key: str | None, start: datetime, end: datetime) -> Iterator[Shown]:
    """Every public count that was taken from `start` until before `end`, by account, metric and time."""
    names, series = Names(connection), every_series(key)
    found = _between(select(series.c.key, series.c.metric, *SAID), series, start, end)
    in_order = found.order_by(series.c.key, series.c.metric, READINGS.taken_at, READINGS.ordinal, READINGS.id)
    for account, metric, count, granularity, source, taken in _rows(connection, in_order):
        yield Shown(account, names[metric], count, granularity, names[source], EPOCH + timedelta(microseconds=taken))


def hours(connection: Connection, key: str | None, start: datetime, end: datetime) -> Iterator[Hour]:
    """What each hour (UTC) shows, by account, metric and time."""
    names, best = Names(connection), _ranked(connection, key, start, end)
    columns = (best.c.key, best.c.metric, best.c.hour, best.c.count, best.c.granularity, best.c.source, best.c.taken)
    found = select(*columns).where(best.c.rank == 1).order_by(best.c.key, best.c.metric, best.c.hour)
    for account, metric, number, count, granularity, source, taken in _rows(connection, found):
        taken_at, at = EPOCH + timedelta(microseconds=taken), EPOCH + number * HOUR
        yield Hour(account, names[metric], count, granularity, names[source], taken_at, at)


def days(connection: Connection, key: str | None, first: date, last: date, zone: tzinfo) -> Iterator[Day]:
    """What each local day from `first` to `last` shows, and in how many of its hours there was a count."""
    names = Names(connection)
    best = _best_of_days(names, every_series(key), local_days(first, last, zone))
    shown = corrected(best.join(schema.readings, READINGS.id == best.c.reading))
    found = select(best.c.key, best.c.metric, *SAID, best.c.day, best.c.hours).select_from(shown)
    in_order = found.order_by(best.c.day, best.c.key, best.c.metric)
    for account, metric, count, granularity, source, taken, number, covered in _rows(connection, in_order):
        taken_at, day = EPOCH + timedelta(microseconds=taken), EPOCH.date() + number * ONE_DAY
        yield Day(account, names[metric], count, granularity, names[source], taken_at, day, covered)


def _ranked(connection: Connection, key: str | None, start: datetime, end: datetime) -> Subquery:
    """The counts of each hour, the one that the hour shows in the first place."""
    names, series = Names(connection), every_series(key)
    hour = (raw(READINGS.taken_at) // (HOUR // MICROSECOND)).label("hour")
    of_hour = (READINGS.account, READINGS.metric, hour)
    rank = func.row_number().over(partition_by=of_hour, order_by=_finest_first(names)).label("rank")
    return _between(select(series.c.key, series.c.metric, hour, *SAID, rank), series, start, end).subquery("ranked")


def _best_of_days(names: Names, series: Subquery, days: CTE) -> Subquery:
    """The reading that each day of each series shows: a day has few, so that they are looked up rather than all sorted.

    The offset keeps planners from dissolving the subquery, after which they would read every reading of the store.
    """
    taken = raw(READINGS.taken_at)
    hours = func.count(distinct((taken - days.c.begin) // (HOUR // MICROSECOND)))
    of_day = (*_of(series), taken >= days.c.begin, taken < days.c.end, is_public(READINGS.id))
    best, covered = (
        found.where(*of_day).correlate(series, days).scalar_subquery()
        for found in (
            select(READINGS.id).select_from(corrected(schema.readings)).order_by(*_finest_first(names)).limit(1),
            select(hours).select_from(schema.readings),
        )
    )
    columns = (series.c.key, series.c.metric, days.c.day, best.label("reading"), covered.label("hours"))
    return select(*columns).join_from(series, days, true()).offset(0).subquery("best")


def _finest_first(names: Names) -> tuple[ColumnElement[Any], ...]:
    """Which of several public counts is shown: the finest, what a platform said, the newest; what is disputed, last."""
    newest = (READINGS.taken_at.desc(), READINGS.ordinal.desc(), READINGS.id.desc())
    return disputed(names), READINGS.granularity, by_hand(names), *newest


def _between(counts: Select[Any], series: Subquery, start: datetime, end: datetime) -> Select[Any]:
    """The public counts of some series from `start` until before `end`."""
    found = counts.select_from(corrected(series.join(schema.readings, and_(*_of(series)))))
    return found.where(READINGS.taken_at >= start, READINGS.taken_at < end, is_public(READINGS.id))


def _of(series: Subquery) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return READINGS.account == series.c.account, READINGS.metric == series.c.metric


def _rows(connection: Connection, found: Select[Any]) -> Iterator[Sequence[Any]]:
    with connection.execute(found.execution_options(yield_per=FETCH)) as rows:
        yield from rows
