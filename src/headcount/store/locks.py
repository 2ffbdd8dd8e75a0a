"""Locks that die with their holder: the kernel's on a file beside SQLite, a session's in PostgreSQL."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from hashlib import sha256
from io import FileIO
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from headcount.clock import Clock
from headcount.errors import Locked
from headcount.store.database import Database
from headcount.store.plainly import in_plain_words

PAUSE = 0.05
"""Seconds between two tries."""

INTRODUCTION = text("SELECT set_config('application_name', :me, false)")
TRY = text("SELECT pg_try_advisory_lock(:key)")
RELEASE = text("SELECT pg_advisory_unlock(:key)")
HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory'"
    " AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND (l.classid::bigint << 32) | l.objid::bigint = :key"
)


class Locks:
    """The named locks of a store."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self._database, self._folder, self._clock = database, folder, clock

    def hold(self, name: str, wait: float = 0.0) -> AbstractContextManager[None]:
        """Hold the lock of that name while inside; another holder is waited for, for `wait` seconds.

        Raises:
            Locked: where another holds it all that time.
        """
        return self._file(name, wait) if self._database.is_sqlite else self._session(name, wait)

    @contextmanager
    def _file(self, name: str, wait: float) -> Iterator[None]:
        with self._opened(name) as file:
            _take(name, wait, lambda: _taken(file))
            file.truncate(0)
            file.write(self._me().encode())
            yield

    def _opened(self, name: str) -> FileIO:
        with in_plain_words(f"in {self._folder}"):
            self._folder.mkdir(parents=True, exist_ok=True)
            return (self._folder / f"{quote(name, safe='')}.lock").open("a+b", buffering=0)

    @contextmanager
    def _session(self, name: str, wait: float) -> Iterator[None]:
        key = {"key": int.from_bytes(sha256(name.encode()).digest()[:8], "big") >> 1}
        with self._connected() as connection:
            with in_plain_words(self._database.name):
                connection.execute(INTRODUCTION, {"me": self._me()})
                _take(name, wait, lambda: None if connection.scalar(TRY, key) else connection.scalar(HOLDER, key) or "")
            try:
                yield
            finally:
                with suppress(DBAPIError):  # a session that is gone holds nothing
                    connection.execute(RELEASE, key)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A session of its own, which ends when it is left, and with it every lock that it holds."""
        with in_plain_words(self._database.name):
            connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            yield connection
        finally:
            connection.invalidate()
            connection.close()

    def _me(self) -> str:
        return f"process {os.getpid()} since {self._clock.now():%Y-%m-%d %H:%M:%S} UTC"


def _taken(file: FileIO) -> str | None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        return file.read().decode()
    return None


def _take(name: str, wait: float, attempt: Callable[[], str | None]) -> None:
    """Try until `attempt` names no other holder, or the wait is over."""
    until = time.monotonic() + wait
    while (holder := attempt()) is not None:
        if time.monotonic() >= until:
            raise Locked(f"{name} is locked{f' by {holder}' if holder else ''}; whoever holds it does the work")
        time.sleep(PAUSE)
