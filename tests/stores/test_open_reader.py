"""A store that is opened for reading cannot be written by any path, and opening it makes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from headcount.clock import SteppedClock
from headcount.errors import StoreError
from headcount.model import ACCEPTED, Account, Bucket, Count, Fill, Outcome, Reading, Tally
from headcount.store.contract import Imported
from headcount.store.database import Database
from headcount.store.locks import Locks
from headcount.store.nouns import Happening, Listing
from headcount.store.open import open_store
from headcount.store.open_reader import ReadOnly, open_reader
from headcount.store.schema import metadata
from headcount.store.sql import SqlStore
from tests.stores.material import NOON

ACCOUNT = Account("twitter/energy", "energy")
FILL = Fill("hourly", NOON, Outcome(Reading(ACCOUNT, "followers", Count(7)), "api", NOON), ACCEPTED)
LISTING = Listing("twitter/energy", "1", "Unit", "energy", "public", "own")

WRITES: dict[str, Callable[[SqlStore], object]] = {
    "begin": lambda store: store.begin("hourly", NOON, NOON),
    "append": lambda store: store.append(1, [FILL]),
    "finish": lambda store: store.finish(1, NOON, Tally()),
    "note": lambda store: store.note(ACCOUNT, Happening("archive", NOON, "jane", "over"), NOON),
    "adopt": lambda store: store.adopt("hourly", [Imported("twitter/energy", "followers", 5, NOON, 0)], lambda at: at),
    "decide": lambda store: store.decide(1, ACCEPTED, "jane", NOON),
    "correct": lambda store: store.correct(1, 6, why="misread", who="jane", role="team", at=NOON),
    "keep": lambda store: store.keep("name", b"content", NOON),
    "drop": lambda store: store.drop("name"),
    "keep_roster": lambda store: store.keep_roster("roster.csv", b"unit", NOON),
    "keep_listings": lambda store: store.keep_listings([LISTING], NOON),
    "change_bucket": lambda store: store.change_bucket("pool", lambda _: Bucket(1.0, NOON)),
    "mark_published": lambda store: store.mark_published("web", {"daily.csv": "1"}, NOON),
    "rebuild": lambda store: store.rebuild(),
}


@pytest.fixture
def filled(url: str, tmp_path: Path) -> str:
    """The URL of a store with a count in it."""
    store = open_store(url, tmp_path, SteppedClock(NOON))
    store.append(store.begin("hourly", NOON, NOON).id, [FILL])
    store.close()
    return url


@pytest.fixture
def read_only(filled: str) -> Iterator[ReadOnly]:
    database = ReadOnly(filled)
    yield database
    database.close()


def store_over(database: Database, folder: Path) -> SqlStore:
    return SqlStore(database, Locks(database, folder / "locks", SteppedClock(NOON)))


@pytest.mark.parametrize("write", WRITES)
def test_every_way_of_writing_fails(filled: str, read_only: ReadOnly, tmp_path: Path, write: str) -> None:
    database = Database(filled)
    database.close()
    database.engine = read_only.engine
    with pytest.raises(StoreError, match=r"readonly|read-only"):
        WRITES[write](store_over(database, tmp_path))


@pytest.mark.parametrize("write", WRITES)
def test_the_same_writing_succeeds_where_it_is_allowed(filled: str, tmp_path: Path, write: str) -> None:
    database = Database(filled)
    WRITES[write](store_over(database, tmp_path))
    database.close()


@pytest.mark.parametrize("table", [*metadata.tables, "a table of its own"])
def test_no_table_can_be_changed_by_hand(read_only: ReadOnly, table: str) -> None:
    statement = f"DELETE FROM {table}" if table in metadata.tables else "CREATE TABLE stranger (id INTEGER)"
    with pytest.raises(StoreError, match=r"readonly|read-only"), read_only.read() as connection:
        connection.execute(text(statement))


def test_what_is_in_it_can_be_read(filled: str) -> None:
    reader = open_reader(filled)
    assert [each.count for each in reader.latest(NOON + timedelta(hours=1))] == [7]
    assert reader.mark() > 0
    reader.close()


def test_what_is_written_meanwhile_is_seen(filled: str, tmp_path: Path) -> None:
    reader = open_reader(filled)
    store = open_store(filled, tmp_path, SteppedClock(NOON))
    before = reader.mark()
    later = NOON + timedelta(hours=1)
    store.append(1, [Fill("hourly", later, Outcome(Reading(ACCOUNT, "followers", Count(8)), "api", later), ACCEPTED)])
    assert reader.mark() > before
    store.close()
    reader.close()


def test_where_there_is_no_store_none_is_made(empty_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"headcount\.db|is not a store of headcount yet"):
        open_reader(empty_url)
    assert not list(tmp_path.glob("*.db*"))


def test_a_store_of_another_version_is_left_as_it_is(filled: str) -> None:
    database = Database(filled)
    with database.write() as connection:
        connection.execute(text("UPDATE headcount_version SET version_num = '0001'"))
    with pytest.raises(StoreError, match=r"another version.*0001.*headcount run"):
        open_reader(filled)
    with database.write() as connection:
        assert connection.scalar(text("SELECT version_num FROM headcount_version")) == "0001"
        connection.execute(text("UPDATE headcount_version SET version_num = '0006'"))
    database.close()


def test_a_file_of_something_else_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE birds (name)")
    connection.close()
    with pytest.raises(StoreError, match="is not a store of headcount yet"):
        open_reader(f"sqlite:///{file}")


def test_a_name_with_signs_in_it_is_that_name(tmp_path: Path) -> None:
    file = tmp_path / "a b?c#d%20e&mode=rwc.db"
    open_store(f"sqlite:///{str(file).replace('?', '%3F')}", tmp_path).close()
    made = next(path for path in tmp_path.iterdir() if path.suffix == ".db")
    open_reader(f"sqlite:///{str(file).replace('?', '%3F')}").close()
    assert [path for path in tmp_path.iterdir() if path.suffix == ".db"] == [made]
