"""The database itself: connections, and the two ways of using one.

Whoever **reads** sees one moment of the whole store, however long it takes. Whoever **writes** is alone, among all
processes: what is looked up stays true until it is committed, and ids can be counted up from the largest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from headcount.errors import Mistake, StoreError
from headcount.store.plainly import in_plain_words

PATIENCE = 30_000
"""Milliseconds that a writer waits for another."""
LONGEST_LOG = 64 * 1024 * 1024
"""Bytes of SQLite's write-ahead log that are kept once it is written back."""
WRITERS = 0x68656164_636F756E
"""The advisory lock of PostgreSQL that writers hold one after the other."""

SPELLINGS = "write sqlite:///PATH/headcount.db or postgresql+psycopg://USER@HOST/DATABASE"


class Database:
    """A database by its URL.

    Raises:
        Mistake: for a URL that names neither a SQLite file nor a PostgreSQL database.
        StoreError: where the driver is not installed.
    """

    def __init__(self, url: str) -> None:
        self.url = _read(url)
        self.name = self.url.render_as_string(hide_password=True)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin)
        else:
            event.listen(self.engine, "connect", _prepare_postgresql)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One moment of the store."""
        how = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with in_plain_words(self.name), self.engine.execution_options(**how).begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes; on the disk when it is left, or as if it had never been."""
        alone = self.engine.execution_options(writes=True)
        with in_plain_words(self.name), alone.begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
            yield connection

    def close(self) -> None:
        """Let go of it."""
        self.engine.dispose()


def _read(url: str) -> URL:
    try:
        parts = make_url(url)
    except ArgumentError:
        raise Mistake(f"this is not the URL of a database: {SPELLINGS}") from None
    if parts.drivername not in {"sqlite", "postgresql+psycopg"} or not parts.database or ":memory:" in parts.database:
        raise Mistake(f"{parts.render_as_string(hide_password=True)} cannot be a store: {SPELLINGS}")
    return parts


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
