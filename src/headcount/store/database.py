"""The database itself: connections, and the two ways of using one.

Whoever **reads** sees one moment of the whole store, however long it takes. Whoever **writes** is alone, among all
processes: what is looked up stays true until it is committed, and ids can be counted up from the largest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from sqlalchemy import URL, Connection, Engine

from headcount.store.engine import engine_of, parsed
from headcount.store.plainly import in_plain_words

WRITERS = 0x68656164_636F756E
"""The advisory lock of PostgreSQL that writers hold one after the other."""

FETCH = 5_000
"""Rows that are fetched at a time where there may be millions."""


class Readable(Protocol):
    """What can be read."""

    def read(self) -> AbstractContextManager[Connection]:
        """One moment of the store."""

    def close(self) -> None:
        """Let go of it."""


class Moment:
    """One moment of a database, for as long as its connection is open: every question gets its answer from then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self) -> AbstractContextManager[Connection]:
        """The same moment again."""
        return nullcontext(self._connection)

    def close(self) -> None:
        """Nothing: the moment is over when its connection is closed."""


class Source:
    """A database that can be read."""

    def __init__(self, url: URL, engine: Engine) -> None:
        self.name = url.render_as_string(hide_password=True)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One moment of the store."""
        how = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with in_plain_words(self.name), self.engine.execution_options(**how).begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of it."""
        self.engine.dispose()


class Database(Source):
    """A database by its URL.

    Raises:
        Mistake: for a URL that names neither a SQLite file nor a PostgreSQL database.
        StoreError: where the driver is not installed.
    """

    def __init__(self, url: str) -> None:
        self.url = parsed(url)
        super().__init__(self.url, engine_of(self.url))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes; on the disk when it is left, or as if it had never been."""
        alone = self.engine.execution_options(writes=True)
        with in_plain_words(self.name), alone.begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
            yield connection
