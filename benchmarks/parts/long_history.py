"""A store with years of hourly counts behind it, whose every count follows from a formula.

The store itself makes its schema and takes the first hour. The hours after it are copies of that one by SQL, one after
the other, so that rows lie on the disk as years of runs would have left them: the counts of an account are far apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct, structs

from headcount.model import ACCEPTED, EPOCH, HEADLINE, Account, Count, Fill, Outcome, Reading, Tally
from headcount.store.contract import Store
from headcount.store.open import open_store

JOB, SOURCE = "hourly", "benchmark"
HOUR, LATE = timedelta(hours=1), timedelta(minutes=1)
HOURS_OF_YEAR = 8760

STEP = 24 * 30
"""Hours that are filled in at a time."""
CACHE = 512 * 1024
"""KiB of the database that are kept in memory meanwhile."""


class History(Struct, frozen=True):
    """So many accounts, counted in every hour from the first until the last, both included."""

    accounts: int
    hours: int
    last: datetime
    """The newest slot (UTC)."""

    @property
    def first(self) -> datetime:
        """The oldest slot."""
        return self.last - (self.hours - 1) * HOUR

    @property
    def keys(self) -> tuple[str, ...]:
        """The accounts."""
        return tuple(f"twitter/{handle}" for handle in self.handles)

    @property
    def handles(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(f"account{number}" for number in range(self.accounts))

    def until(self, last: datetime) -> History:
        """The same, with another last hour."""
        return structs.replace(self, hours=self.hours + (last - self.last) // HOUR, last=last)


def hour_of(at: datetime) -> int:
    """The number of an hour, from 1970."""
    return (at - EPOCH) // HOUR


def count(number: int, hour: int) -> int:
    """What an account has in an hour: it grows by three an hour, and sways by the time of day."""
    return 10_000 * (number + 1) + 3 * hour + (7 * hour + 11 * number) % 24


COUNT = "10000 * account + 3 * hour + (7 * hour + 11 * (account - 1)) % 24"
"""The same, where accounts are numbered from 1."""


def taken_at(slot: datetime) -> datetime:
    """When an account is counted."""
    return slot + LATE


def append_hour(store: Store, history: History, slot: datetime) -> None:
    """Count everyone once more, as a run does."""
    run = store.begin(JOB, slot, taken_at(slot))
    store.append(run.id, list(_fills(history, slot)))
    store.finish(run.id, taken_at(slot), Tally(readings=history.accounts))


def _fills(history: History, slot: datetime) -> Iterator[Fill]:
    for number, (key, handle) in enumerate(zip(history.keys, history.handles, strict=True)):
        reading = Reading(Account(key, handle), HEADLINE, Count(count(number, hour_of(slot))), handle)
        yield Fill(JOB, slot, Outcome(reading, SOURCE, taken_at(slot)), ACCEPTED)


def make_store(file: Path, history: History) -> None:
    """Make the store, where there is none yet."""
    with closing(open_store(f"sqlite:///{file}", file.parent)) as store:
        append_hour(store, history, history.first)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        _fill_in(connection, history)


def _fill_in(connection: sqlite3.Connection, history: History) -> None:
    for setting in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE}", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {setting}")
    begin = hour_of(history.first)
    connection.create_function("month", 1, lambda hour: f"{EPOCH + hour * HOUR:%Y-%m}", deterministic=True)
    with _unguarded(connection):
        connection.executescript(PATTERN)
        for since in range(1, history.hours, STEP):
            until = min(since + STEP, history.hours)
            hours = {"begin": begin, "since": since, "until": until, "accounts": history.accounts}
            connection.execute("BEGIN")
            for statement in (RUNS, READINGS, FILLS, MONTHS):
                connection.execute(HOURS + statement, hours)
            connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")


@contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """Without the triggers that look at every row, which are put back as they were."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.execute(sql)


PATTERN = """
    CREATE TEMP TABLE first_run AS SELECT * FROM runs;
    CREATE TEMP TABLE first_readings AS SELECT * FROM readings;
    CREATE TEMP TABLE first_fills AS SELECT * FROM fills;
"""

HOURS = """
    WITH RECURSIVE later(number) AS (SELECT :since UNION ALL SELECT number + 1 FROM later WHERE number + 1 < :until),
    hours AS (SELECT number, :begin + number AS hour, number * 3600000000 AS micros FROM later)
"""
"""`number` hours after the first."""

RUNS = """
    INSERT INTO runs (id, job, slot, started, ended, tally)
    SELECT id + number, job, slot + micros, started + micros, ended + micros, tally FROM hours CROSS JOIN first_run
"""
READINGS = f"""
    INSERT INTO readings
        (id, account, metric, taken_at, source, ordinal, count, granularity, rounding, handle, run)
    SELECT id + number * :accounts, account, metric, taken_at + micros, source, ordinal, {COUNT}, granularity, rounding,
        handle, run + number
    FROM hours CROSS JOIN first_readings
"""
FILLS = """
    INSERT INTO fills (track, slot, attempt, reading, run)
    SELECT track, slot + micros, attempt, reading + number * :accounts, run + number FROM hours CROSS JOIN first_fills
"""
MONTHS = """
    INSERT INTO months (month, version) SELECT month(hour), count(*) * :accounts FROM hours WHERE true GROUP BY month(hour)
    ON CONFLICT (month) DO UPDATE SET version = version + excluded.version
"""
