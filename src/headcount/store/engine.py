"""The engine of a database URL: SQLite or PostgreSQL, set up as the store needs them."""

from __future__ import annotations

from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from headcount.errors import Mistake, StoreError

PATIENCE = 30_000
"""Milliseconds that a writer waits for another."""
LONGEST_LOG = 64 * 1024 * 1024
"""Bytes of SQLite's write-ahead log that are kept once it is written back."""

SPELLINGS = "write sqlite:///PATH/headcount.db or postgresql+psycopg://USER@HOST/DATABASE"


def parsed(url: str) -> URL:
    """The URL of a database that can be a store.

    Raises:
        Mistake: for any other.
    """
    try:
        parts = make_url(url)
    except ArgumentError:
        raise Mistake(f"this is not the URL of a database: {SPELLINGS}") from None
    if parts.drivername not in {"sqlite", "postgresql+psycopg"} or not parts.database or ":memory:" in parts.database:
        raise Mistake(f"{parts.render_as_string(hide_password=True)} cannot be a store: {SPELLINGS}")
    return parts


def engine_of(url: URL) -> Engine:
    """The engine, every connection of which is prepared.

    Raises:
        StoreError: where the driver is not installed.
    """
    engine = _engine(url)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _engine(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(f"PostgreSQL needs a driver: pip install 'headcount[postgres]' ({error})") from error


def _prepare_sqlite(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for setting in (
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE}",
        f"journal_size_limit={LONGEST_LOG}",
    ):
        connection.execute(f"PRAGMA {setting}")


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Nothing that we ask takes as long as compiling the question would."""
    connection.cursor().execute("SET jit = off")
    connection.commit()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
