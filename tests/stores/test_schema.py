"""The schema: made afresh or migrated, it is the same; and whoever opens a store first makes it once."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from headcount.errors import Mistake, StoreError
from headcount.store import migrations, schema
from headcount.store.database import Database
from headcount.store.migrations.upgrade import upgrade
from headcount.store.open import create, open_store
from tests.stores.material import fill, keep, reading

OURS = "<> 'headcount_version'"
SQLITE_SAYS = (f"SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name {OURS}",)
POSTGRESQL_SAYS = (
    f"""SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name {OURS}""",
    f"""SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text {OURS}""",
    f"SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename {OURS}",
    "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


def says(connection: Connection) -> set[str]:
    """What a database says of its own schema."""
    queries = SQLITE_SAYS if connection.dialect.name == "sqlite" else POSTGRESQL_SAYS
    rows = chain.from_iterable(connection.execute(text(query)) for query in queries)
    return {" ".join(" ".join(map(str, row)).split()) for row in rows}


def made(url: str, how: str) -> set[str]:
    database = Database(url)
    with database.write() as connection:
        upgrade(connection) if how == "migrated" else create(connection)
    with database.read() as connection:
        found = says(connection)
    database.close()
    return found


@pytest.fixture
def other_url(empty_url: str) -> str:
    """A second database like the first."""
    database = Database(empty_url)
    name = database.url.database or ""
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}_b")
    database.close()
    return empty_url.replace(name, f"{name}_b")


def test_migrated_is_the_same_as_made_afresh(empty_url: str, other_url: str) -> None:
    afresh, migrated = made(empty_url, "afresh"), made(other_url, "migrated")
    assert afresh == migrated
    assert sum("never changed or removed" in each for each in afresh) in {1, 33}, "the triggers are compared too"


def test_a_difference_would_be_seen(empty_url: str, other_url: str) -> None:
    """The control: one column more."""
    database = Database(other_url)
    with database.write() as connection:
        create(connection)
        connection.execute(text("ALTER TABLE misses ADD COLUMN more TEXT"))
        assert says(connection) != made(empty_url, "afresh")
    database.close()


def test_the_newest_version_is_the_programs_own() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.VERSION]


def test_an_older_store_is_brought_up_to_date_and_a_newer_one_is_left_alone(empty_url: str, state: Path) -> None:
    open_store(empty_url, state).close()
    database = Database(empty_url)
    with database.write() as connection:
        connection.execute(schema.version.update().values(version_num="9999"))
    with pytest.raises(StoreError, match="made by a newer headcount"):
        open_store(empty_url, state)
    with database.read() as connection:
        assert connection.scalar(schema.version.select()) == "9999"
    database.close()


def interrupted(database: Database) -> None:
    with database.write() as connection:
        upgrade(connection)
        raise KeyboardInterrupt


def test_an_interrupted_migration_leaves_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    with pytest.raises(KeyboardInterrupt):
        interrupted(database)
    with database.read() as connection:
        assert inspect(connection).get_table_names() == []
    database.close()


def test_many_who_come_first_make_one_store(empty_url: str, state: Path) -> None:
    children = []
    for number in range(6):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                store = open_store(empty_url, state)
                status = 0 if keep(store, fill(reading(key=f"twitter/a{number}"))) == 1 else 2
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 6
    store = open_store(empty_url, state)
    assert len(store.accounts()) == 6
    store.close()


def test_opening_what_is_up_to_date_imports_no_alembic(tmp_path: Path) -> None:
    url, state = f"sqlite:///{tmp_path}/headcount.db", tmp_path
    open_store(url, state).close()
    program = (
        "import sys, pathlib\nfrom headcount.store.open import open_store\n"
        f"open_store({url!r}, pathlib.Path({str(state)!r})).close()\nprint('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_contract_and_the_history_need_no_database() -> None:
    program = "import sys, headcount.store.contract, headcount.store.history; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    "url",
    ["headcount.db", "sqlite://", "sqlite:///:memory:", "mysql://a/b", "postgresql://a/b", "sqlite+aiosqlite:///x", ""],
)
def test_a_url_that_cannot_be_a_store_is_a_mistake(url: str, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="write sqlite:///PATH"):
        open_store(url, tmp_path)


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    for url in ("mysql://me:hunter2@host/b", "postgresql+psycopg://me:hunter2@/b?host=/nowhere"):
        with pytest.raises((Mistake, StoreError)) as refused:
            open_store(url, tmp_path)
        assert "hunter2" not in str(refused.value)
