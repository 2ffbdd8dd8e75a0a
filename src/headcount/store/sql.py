"""The one store: SQLAlchemy Core over SQLite or PostgreSQL. What each promise means stands in `contract`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from headcount.model import Account, Bucket, Fill, Past, Run, Tally, Verdict
from headcount.news.story import Deed, Event, Sending, Story
from headcount.store import (
    accounts,
    adopt,
    append,
    attending,
    beside,
    buckets,
    entering,
    kept,
    later,
    listings,
    months,
    noting,
    published,
    rosters,
    runs,
    series,
    telling,
    touches,
)
from headcount.store.contract import Imported, Kept
from headcount.store.database import Database
from headcount.store.locks import Locks
from headcount.store.noticing import Attended, Delivered
from headcount.store.nouns import Beside, Entered, Happening, Known, Listing
from headcount.store.reader import Column
from headcount.store.sql_reader import SqlReader


class SqlStore(SqlReader):
    """A store in a database: every method is one transaction."""

    def __init__(self, database: Database, locks: Locks) -> None:
        super().__init__(database)
        self.database: Database = database
        self._locks = locks

    def lock(self, name: str, wait: float = 0.0) -> AbstractContextManager[None]:
        """Hold a lock while inside."""
        return self._locks.hold(name, wait)

    def keep_roster(self, name: str, content: bytes, at: datetime) -> bool:
        """Keep a roster file, if it has changed."""
        with self.database.write() as connection:
            return rosters.keep_roster(connection, name, content, at)

    def rosters(self) -> tuple[Kept, ...]:
        """Every roster file that was kept."""
        with self.database.read() as connection:
            return rosters.rosters(connection)

    def roster_at(self, name: str, at: datetime) -> bytes | None:
        """A roster file as it stood then."""
        with self.database.read() as connection:
            return rosters.roster_at(connection, name, at)

    def keep_listings(self, listed: Iterable[Listing], at: datetime) -> tuple[Listing, ...]:
        """Keep how the roster lists everyone; those who have left it."""
        with self.database.write() as connection:
            return listings.keep_listings(connection, listed, at)

    def accounts(self) -> tuple[Known, ...]:
        """Every account, by key."""
        with self.database.read() as connection:
            return accounts.known(connection)

    def note(self, account: Account, happening: Happening, at: datetime) -> None:
        """Note what became of an account."""
        with self.database.write() as connection:
            noting.note(connection, account, happening, at)

    def enter(self, counts: Sequence[Entered]) -> int:
        """Keep counts that people entered, all or none."""
        with self.database.write() as connection:
            return entering.enter(connection, counts)

    def beside(self, counts: Sequence[Entered]) -> tuple[Beside, ...]:
        """What stands beside the counts that people enter."""
        with self.database.read() as connection:
            return tuple(beside.beside(connection, counts))

    def counted_by(self, key: str) -> tuple[str, ...]:
        """The jobs that have ever counted an account."""
        with self.database.read() as connection:
            return accounts.counted_by(connection, key)

    def begin(self, job: str, slot: datetime, at: datetime) -> Run:
        """A new run."""
        with self.database.write() as connection:
            return runs.begin(connection, job, slot, at)

    def append(self, run: int, fills: Sequence[Fill]) -> int:
        """Keep outcomes, all or none."""
        with self.database.write() as connection:
            return append.append(connection, run, fills)

    def finish(self, run: int, at: datetime, tally: Tally) -> None:
        """The run is over."""
        with self.database.write() as connection:
            runs.finish(connection, run, at, tally)

    def filled(self, job: str, slot: datetime) -> frozenset[str]:
        """The keys whose slot is done."""
        with self.database.read() as connection:
            return series.filled(connection, job, slot)

    def pasts(self, columns: Collection[Column], since: datetime, newest: int) -> dict[Column, tuple[Past, ...]]:
        """The newest live readings of some series."""
        with self.database.read() as connection:
            return series.pasts(connection, columns, since, newest)

    def adopt(self, job: str, readings: Sequence[Imported], slot: Callable[[datetime], datetime]) -> int:
        """Keep imported readings, all or none."""
        with self.database.write() as connection:
            return adopt.adopt(connection, job, readings, slot)

    def change_bucket(self, name: str, change: Callable[[Bucket | None], Bucket]) -> Bucket:
        """Change what is left of an allowance."""
        with self.database.write() as connection:
            return buckets.change_bucket(connection, name, change)

    def kept(self, name: str) -> bytes | None:
        """A reply that was kept."""
        with self.database.read() as connection:
            return kept.kept(connection, name)

    def keep(self, name: str, content: bytes, at: datetime) -> None:
        """Keep a reply."""
        with self.database.write() as connection:
            kept.keep(connection, name, content, at)

    def drop(self, name: str) -> None:
        """Keep no reply."""
        with self.database.write() as connection:
            kept.drop(connection, name)

    def decide(self, reading: int, verdict: Verdict, who: str, at: datetime) -> None:
        """Accept, hold or refuse a reading from now on."""
        with self.database.write() as connection:
            later.decide(connection, reading, verdict, who, at)

    def correct(self, reading: int, count: int | None, *, why: str, who: str, role: str, at: datetime) -> None:
        """Show another count from now on, or none."""
        with self.database.write() as connection:
            later.correct(connection, reading, count, why=why, who=who, role=role, at=at)

    def rebuild(self) -> None:
        """Work the derived tables out anew."""
        with self.database.write() as connection:
            months.rebuild(connection)
            touches.forget(connection)

    def published(self, target: str) -> dict[str, str]:
        """What was delivered to a target."""
        with self.database.read() as connection:
            return published.published(connection, target)

    def mark_published(self, target: str, versions: Mapping[str, str], at: datetime) -> None:
        """Remember what was delivered."""
        with self.database.write() as connection:
            published.mark_published(connection, target, versions, at)

    def attend(self, run: int, attended: Iterable[Attended], at: datetime) -> None:
        """Keep what a run had from each source."""
        with self.database.write() as connection:
            attending.attend(connection, run, attended, at)

    def delivered(self, deliveries: Iterable[Delivered]) -> None:
        """Keep what became of deliveries."""
        with self.database.write() as connection:
            attending.delivered(connection, deliveries)

    def tell(self, told: Iterable[tuple[Deed, Story]], at: datetime) -> tuple[Event, ...]:
        """Keep events, all or none."""
        with self.database.write() as connection:
            return telling.tell(connection, told, at)

    def send(self, sendings: Iterable[Sending]) -> None:
        """Keep what became of messages."""
        with self.database.write() as connection:
            telling.send(connection, sendings)
