"""Every backend gets the same tests: a fresh SQLite file, and a fresh database of a private PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from headcount.clock import SteppedClock
from headcount.store.open import open_store
from headcount.store.schema import metadata
from headcount.store.sql import SqlStore
from tests.stores import postgres
from tests.stores.material import NOON

BACKENDS = ["sqlite", "postgresql"]
NUMBERS = count(1)
KEPT = {"headcount_version"}
DELETIONS = "; ".join(f"DELETE FROM {table}" for table in metadata.tables if table not in KEPT)
EMPTIED = f"""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'store' AND pid <> pg_backend_pid();
    SET session_replication_role = replica;
    {DELETIONS};
"""
"""Nobody but a superuser who switches the triggers off can do this."""


@pytest.fixture(scope="session")
def socket_folder() -> Iterator[Path]:
    """The folder of a PostgreSQL server's socket; in it, a database `store` with the schema."""
    found = postgres.binaries()
    if found is None:
        complaint = "no PostgreSQL server binaries (initdb, pg_ctl) here: the store is tested on SQLite only"
        if os.environ.get("CI") == "true":
            pytest.fail(complaint)
        pytest.skip(complaint)
    with postgres.server(found) as folder, _superuser(folder, "postgres") as connection:
        connection.exec_driver_sql("CREATE DATABASE store")
        open_store(postgres.url(folder, "store"), folder).close()
        yield folder


@pytest.fixture(scope="session")
def cleaner(socket_folder: Path) -> Iterator[Connection]:
    """Somebody who may empty the store of the PostgreSQL server."""
    with _superuser(socket_folder, "store") as connection:
        yield connection


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    assert isinstance(request.param, str)
    return request.param


@pytest.fixture
def empty_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a database that is not made yet, or that nothing is in."""
    if backend == "sqlite":
        return _sqlite(tmp_path)
    folder, name = request.getfixturevalue("socket_folder"), f"empty{next(NUMBERS)}"
    with _superuser(folder, "postgres") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return postgres.url(folder, name)


@pytest.fixture
def url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a store that has nothing in it."""
    if backend == "sqlite":
        return _sqlite(tmp_path)
    request.getfixturevalue("cleaner").exec_driver_sql(EMPTIED)
    return postgres.url(request.getfixturevalue("socket_folder"), "store")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def store(url: str, state: Path) -> Iterator[SqlStore]:
    opened = open_store(url, state, SteppedClock(NOON))
    yield opened
    opened.close()


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder}/headcount.db"


@contextmanager
def _superuser(folder: Path, database: str) -> Iterator[Connection]:
    engine = create_engine(postgres.url(folder, database), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
