"""Opens a store: refuses where it would not be safe, makes the schema or brings it up to date."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import Connection, inspect, select

from headcount.clock import SYSTEM, Clock
from headcount.errors import StoreError
from headcount.store import schema
from headcount.store.database import Database
from headcount.store.locks import Locks
from headcount.store.mounts import mounts, network_filesystem
from headcount.store.plainly import in_plain_words
from headcount.store.sql import SqlStore
from headcount.store.triggers import guard

PATIENCE = 600.0
"""Seconds that a process waits for another to bring the schema up to date."""


def open_store(url: str, state: Path, clock: Clock = SYSTEM) -> SqlStore:
    """The store at a database URL, with the schema of this program; `state` is the folder of its locks.

    Raises:
        Mistake: for a URL that cannot be a store's.
        StoreError: where the database cannot be reached or written, lies on a network file system, belongs to
            something else, or was made by a newer program.
    """
    database = Database(url)
    with ExitStack() as undo:
        undo.callback(database.close)
        locks = Locks(database, state / "locks", clock)
        _prepare(database, locks)
        undo.pop_all()
    return SqlStore(database, locks)


def _prepare(database: Database, locks: Locks) -> None:
    if database.is_sqlite:
        _prepare_folder(Path(str(database.url.database)))
    if not _ready(database):
        with locks.hold("schema", PATIENCE):
            _make_ready(database)
            if made := _mark(database):
                made.touch()


def _prepare_folder(file: Path) -> None:
    if kind := network_filesystem(file.parent, mounts()):
        raise StoreError(
            f"{file} lies on a network file system ({kind}), where SQLite loses data: "
            "put [store] url on a local disk, or use PostgreSQL"
        )
    with in_plain_words(str(file)):
        file.parent.mkdir(parents=True, exist_ok=True)


def _ready(database: Database) -> bool:
    with database.read() as connection:
        return version_of(connection) == schema.VERSION and (not database.is_sqlite or _journal(connection) == "wal")


def _make_ready(database: Database) -> None:
    if database.is_sqlite:
        _keep_a_write_ahead_log(database)
    with database.write() as connection:
        found = version_of(connection)
        if found is None:
            _refuse_to_begin_anew(database)
            create(connection)
        elif found != schema.VERSION:
            from headcount.store.migrations.upgrade import upgrade  # noqa: PLC0415 - Alembic is slow, and seldom needed

            upgrade(connection)


def create(connection: Connection) -> None:
    """Make the schema in a database that has none.

    Raises:
        StoreError: where a SQLite file holds tables of something else.
    """
    if connection.dialect.name == "sqlite" and (strangers := inspect(connection).get_table_names()):
        raise StoreError(f"this database is not headcount's: it holds {', '.join(strangers)}; check [store] url")
    schema.metadata.create_all(connection, checkfirst=False)
    guard(connection, schema.APPEND_ONLY)
    connection.execute(schema.version.insert().values(version_num=schema.VERSION))


def version_of(connection: Connection) -> str | None:
    """The version of the schema in a database; None where there is none."""
    if not inspect(connection).has_table(schema.version.name):
        return None
    return connection.scalar(select(schema.version.c.version_num))


def _journal(connection: Connection) -> str | None:
    return connection.exec_driver_sql("PRAGMA journal_mode").scalar()


def _refuse_to_begin_anew(database: Database) -> None:
    """An empty file where a store has been is a loss; beginning anew would publish it as if nobody had ever counted."""
    made = _mark(database)
    if made and made.exists():
        raise StoreError(
            f"{database.name} is empty or gone, and {made.name} beside it says that there was a store: "
            f"put a copy of it back, or delete {made.name} to begin anew"
        )


def _mark(database: Database) -> Path | None:
    """The file that says that a store was made here."""
    return Path(f"{database.url.database}.made") if database.is_sqlite else None


def _keep_a_write_ahead_log(database: Database) -> None:
    with in_plain_words(database.name), closing(database.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
