"""Nothing that was appended is ever changed or removed, whichever way somebody tries."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from headcount.model import ACCEPTED, Account
from headcount.news.story import Sending, Story
from headcount.store import schema
from headcount.store.database import Database
from headcount.store.noticing import Attended, Delivered
from headcount.store.nouns import Happening, Listing
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, NOON, fill, keep, miss, reading

TABLES = list(schema.APPEND_ONLY)

EVERYWHERE = {
    "UPDATE": "UPDATE {table} SET {other} = {other}",
    "UPDATE of the key": "UPDATE {table} SET {key} = {key} + 100",
    "DELETE": "DELETE FROM {table}",
    "DELETE of one": "DELETE FROM {table} WHERE {key} IS NOT NULL",
    "UPSERT": "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({keys}) DO UPDATE SET {other} = excluded.{other}",
}
SQLITE = {
    "REPLACE": "REPLACE INTO {table} SELECT * FROM {table}",
    "INSERT OR REPLACE": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "UPDATE OR REPLACE": "UPDATE OR REPLACE {table} SET {key} = 1",
}
POSTGRESQL = {"TRUNCATE": "TRUNCATE {table} CASCADE", "TRUNCATE ONLY": "TRUNCATE ONLY {table} RESTART IDENTITY CASCADE"}


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """A store with a row in every table that is appended to."""
    keep(store, fill(reading(), verdict=HOLD), fill(miss()))
    number = next(store.awaiting()).reading
    assert number is not None
    store.decide(number, ACCEPTED, "jane", NOON)
    store.note(Account(ENERGY, "energy"), Happening("archive", NOON, "jane", "closed"), NOON)
    store.keep_listings([Listing(ENERGY, "1", "Unit", "energy", "public", "own")], NOON)
    store.correct(number, 7, why="a digit", who="jane", role="editor", at=NOON)
    store.attend(1, [Attended("twitter", "api", 1, 0, 0)], NOON)
    store.delivered([Delivered("web", NOON)])
    (event,) = store.tell([("opened", Story("platform", "urgent", "twitter"))], NOON)
    store.send([Sending(event.id, "1", "claimed", NOON)])
    return store


def attempts(backend: str) -> dict[str, str]:
    return EVERYWHERE | (SQLITE if backend == "sqlite" else POSTGRESQL)


def statement(template: str, table: str) -> str:
    key = schema.APPEND_ONLY[table][0]
    other = {
        "fills": "run",
        "readings": "count",
        "misses": "detail",
        "decisions": "rule",
        "corrections": "why",
        "account_events": "why",
        "listings": "handle",
        "attendances": "detail",
        "deliveries": "fault",
        "events": "deed",
        "sendings": "detail",
    }[table]
    return template.format(table=table, key=key[0], keys=", ".join(key), other=other)


def rows(connection: Connection) -> dict[str, list[object]]:
    return {name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}")), key=repr) for name in TABLES}


@pytest.mark.parametrize("table", TABLES)
def test_every_way_of_changing_is_refused_with_a_sentence(filled: SqlStore, backend: str, table: str) -> None:
    engine = filled.database.engine
    with engine.connect() as connection:
        before = rows(connection)
    for template in attempts(backend).values():
        with pytest.raises(DBAPIError, match="never changed or removed"), engine.begin() as connection:
            connection.exec_driver_sql(statement(template, table))
    with engine.connect() as connection:
        assert rows(connection) == before
        assert all(before.values())


def test_a_reading_cannot_be_replaced_by_its_place_either(filled: SqlStore, backend: str) -> None:
    """Another id, the same account, metric, time, source and ordinal: OR REPLACE would delete the row that is there."""
    columns = [column.name for column in schema.readings.c if column.name != "id"]
    verb = "INSERT OR REPLACE" if backend == "sqlite" else "INSERT"
    copied = f"{verb} INTO readings (id, {', '.join(columns)}) SELECT id + 100, {', '.join(columns)} FROM readings"
    with pytest.raises(DBAPIError, match=r"never changed|uq_readings"), filled.database.engine.begin() as connection:
        connection.exec_driver_sql(copied)


@pytest.mark.parametrize("table", TABLES)
def test_without_the_triggers_every_way_lets_it_through(filled: SqlStore, backend: str, table: str) -> None:
    """The control: it is the triggers that refuse, not a typing error in these attempts."""
    for template in attempts(backend).values():
        with filled.database.engine.connect() as connection:
            _disarm(connection, filled.database)
            connection.exec_driver_sql(statement(template, table))
            connection.rollback()


def _disarm(connection: Connection, database: Database) -> None:
    if database.is_sqlite:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
