"""The one reader: SQLAlchemy Core over SQLite or PostgreSQL. What each promise means stands in `reader`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo

from headcount.model import Run
from headcount.news.story import Event, Sending
from headcount.store import (
    attending,
    corrected,
    covered,
    fills,
    months,
    recent,
    remarks,
    runs,
    shown,
    telling,
    tiers,
    touches,
    tracks,
    wide,
)
from headcount.store.database import Moment, Readable
from headcount.store.noticing import Attendance, Delivered, Remark
from headcount.store.reader import (
    BEGINNING,
    Attempt,
    Changes,
    Column,
    Correction,
    Day,
    Hour,
    Reader,
    Row,
    Shown,
    WideRow,
)


class SqlReader:
    """Reads a store in a database: every method is one transaction."""

    def __init__(self, database: Readable) -> None:
        self.database = database

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    @contextmanager
    def moment(self) -> Iterator[Reader]:
        """The store as it is now, for as long as one looks."""
        with self.database.read() as connection:
            yield SqlReader(Moment(connection))

    def mark(self) -> int:
        """The number of the newest touch."""
        with self.database.read() as connection:
            return touches.mark(connection)

    def changes(self, since: int) -> Changes:
        """What has changed since that mark."""
        with self.database.read() as connection:
            return touches.changes(connection, since)

    def spans(self) -> dict[str, tuple[date, date]]:
        """The first and the last day of every account."""
        with self.database.read() as connection:
            return tracks.spans(connection)

    def counted(self) -> dict[str, frozenset[str]]:
        """The jobs that have counted each account."""
        with self.database.read() as connection:
            return tracks.counted(connection)

    def runs(self, job: str | None = None, limit: int = 100) -> tuple[Run, ...]:
        """The newest runs first."""
        with self.database.read() as connection:
            return runs.runs(connection, job, limit)

    def latest(self, at: datetime) -> Iterator[Shown]:
        """The newest public counts."""
        with self.database.read() as connection:
            yield from shown.latest(connection, at)

    def counts(self, key: str | None, start: datetime, end: datetime) -> Iterator[Shown]:
        """Every public count."""
        with self.database.read() as connection:
            yield from tiers.counts(connection, key, start, end)

    def hours(self, key: str | None, start: datetime, end: datetime) -> Iterator[Hour]:
        """What the hours show."""
        with self.database.read() as connection:
            yield from tiers.hours(connection, key, start, end)

    def days(self, key: str | None, first: date, last: date, zone: tzinfo) -> Iterator[Day]:
        """What the days show."""
        with self.database.read() as connection:
            yield from tiers.days(connection, key, first, last, zone)

    def covered(self, start: datetime, end: datetime) -> dict[Column, int]:
        """In how many slots each series has a count."""
        with self.database.read() as connection:
            return covered.covered(connection, start, end)

    def wide(self, job: str, columns: Sequence[Column], since: date = BEGINNING) -> Iterator[WideRow]:
        """A job's history."""
        with self.database.read() as connection:
            yield from wide.wide(connection, job, columns, since)

    def before(self, job: str, columns: Sequence[Column], day: date) -> tuple[int | None, ...]:
        """The last count of each column before a day."""
        with self.database.read() as connection:
            return wide.before(connection, job, columns, day)

    def months(self) -> tuple[tuple[str, int], ...]:
        """The months that have fills."""
        with self.database.read() as connection:
            return months.months(connection)

    def fills(self, start: datetime, end: datetime) -> Iterator[Row]:
        """The fills of some slots."""
        with self.database.read() as connection:
            yield from fills.between(connection, start, end)

    def newest(self, at: datetime) -> Iterator[Row]:
        """What the newest slots show."""
        with self.database.read() as connection:
            yield from fills.newest(connection, at)

    def recent(self, at: datetime) -> Iterator[Attempt]:
        """The fills that say how each series stands."""
        with self.database.read() as connection:
            yield from recent.recent(connection, at)

    def awaiting(self) -> Iterator[Row]:
        """The held readings."""
        with self.database.read() as connection:
            yield from fills.awaiting(connection)

    def corrections(self) -> Iterator[Correction]:
        """Every correction."""
        with self.database.read() as connection:
            yield from corrected.corrections(connection)

    def attendances(self, since: datetime) -> tuple[Attendance, ...]:
        """What runs had from each source from then on."""
        with self.database.read() as connection:
            return attending.attendances(connection, since)

    def deliveries(self, since: datetime) -> tuple[Delivered, ...]:
        """What became of deliveries from then on."""
        with self.database.read() as connection:
            return attending.deliveries(connection, since)

    def remarks(self, since: datetime) -> tuple[Remark, ...]:
        """What was decided about readings from then on."""
        with self.database.read() as connection:
            return remarks.remarks(connection, since)

    def open_events(self) -> tuple[Event, ...]:
        """The newest event of every incident that is not over."""
        with self.database.read() as connection:
            return telling.open_events(connection)

    def events(self, since: datetime) -> tuple[Event, ...]:
        """What was told from then on."""
        with self.database.read() as connection:
            return telling.events(connection, since)

    def told(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys that were ever told of."""
        with self.database.read() as connection:
            return telling.told(connection, keys)

    def sendings(self, since: datetime) -> tuple[Sending, ...]:
        """What became of messages of events from then on."""
        with self.database.read() as connection:
            return telling.sendings(connection, since)
