"""Opens a store for reading alone: the database itself is told that nothing may be written."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from urllib.parse import quote

from sqlalchemy import URL, event
from sqlalchemy.pool import ConnectionPoolEntry

from headcount.errors import StoreError
from headcount.store import schema
from headcount.store.database import Source
from headcount.store.engine import engine_of, parsed
from headcount.store.open import version_of
from headcount.store.sql_reader import SqlReader

READ_ONLY = "-c default_transaction_read_only=on"
"""What a session of PostgreSQL is opened with."""


class ReadOnly(Source):
    """A database that is read, and cannot be written over its connections.

    Raises:
        Mistake: for a URL that cannot be a store's.
        StoreError: where the driver is not installed.
    """

    def __init__(self, url: str) -> None:
        plain = parsed(url)
        of_sqlite = plain.get_backend_name() == "sqlite"
        super().__init__(plain, engine_of(_read_only_file(plain) if of_sqlite else _read_only_session(plain)))
        self.is_missing = of_sqlite and not Path(str(plain.database)).exists()
        if of_sqlite:
            event.listen(self.engine, "connect", _query_only)


def open_reader(url: str) -> SqlReader:
    """The store at a database URL, to be read only: nothing is made, and nothing is brought up to date.

    Raises:
        Mistake: for a URL that cannot be a store's.
        StoreError: where there is no store, or one of another version.
    """
    database = ReadOnly(url)
    with ExitStack() as undo:
        undo.callback(database.close)
        _look_at(database)
        undo.pop_all()
    return SqlReader(database)


def _look_at(database: ReadOnly) -> None:
    found = None
    if not database.is_missing:
        with database.read() as connection:
            found = version_of(connection)
    if found is None:
        raise StoreError(f"{database.name} is not a store of headcount yet: `headcount run` makes it")
    if found != schema.VERSION:
        raise StoreError(
            f"{database.name} was last used by another version of headcount (its schema is {found}, ours {schema.VERSION}): "
            "any command that counts, such as `headcount run`, brings it up to date"
        )


def _read_only_file(url: URL) -> URL:
    file = quote(str(Path(str(url.database)).absolute()))
    return URL.create("sqlite", database=f"file:{file}", query={"mode": "ro", "uri": "true"})


def _read_only_session(url: URL) -> URL:
    told = url.query.get("options", "")
    options = told if isinstance(told, str) else " ".join(told)
    return url.update_query_dict({"options": f"{options} {READ_ONLY}".strip()})


def _query_only(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA query_only=ON")
