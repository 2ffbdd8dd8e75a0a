"""When the database or the disk fails, the reader is told what to do, and nothing is half-written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from headcount.errors import StoreError
from headcount.store import mounts
from headcount.store.mounts import network_filesystem
from headcount.store.open import open_store
from headcount.store.plainly import advice
from headcount.store.sql import SqlStore
from tests.stores.material import NOON, NOVEMBER, fill, imported, keep, reading


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SqlStore]:
    """A SQLite store."""
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    yield store
    store.close()


def test_a_full_disk_loses_nothing_and_says_so(small: SqlStore) -> None:
    keep(small, fill(reading(7)))
    with small.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match=r"disk is full \(free some space and run again"):
        small.adopt("hourly", [imported(each, ordinal=each) for each in range(5_000)], lambda at: at)
    assert [row.count for row in small.fills(*NOVEMBER)] == [7]
    with small.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert small.adopt("hourly", [imported(each, ordinal=each) for each in range(5_000)], lambda at: at) == 5_000


def test_a_file_that_is_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "headcount.db"
    file.write_text("type,facebook\n" * 1_000)
    with pytest.raises(StoreError, match=r"not a database \(the file is something else"):
        open_store(f"sqlite:///{file}", tmp_path)
    assert file.read_text() == "type,facebook\n" * 1_000


def test_a_database_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="holds bookmarks"):
        open_store(f"sqlite:///{file}", tmp_path)


def test_a_damaged_file_is_named(small: SqlStore, tmp_path: Path) -> None:
    keep(small, fill(reading(7)))
    small.close()
    file = tmp_path / "headcount.db"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(StoreError, match="put the newest backup"):
        list(small.fills(*NOVEMBER))


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "headcount.db").mkdir()
    with pytest.raises(StoreError, match=r"unable to open .*check that the folder exists"):
        open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="data"):
        open_store(f"sqlite:///{tmp_path}/data/headcount.db", tmp_path)


def test_a_read_only_store_is_named(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path).close()
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match=r"readonly database \(give this user the right"):
        keep(store, fill(reading(7)))
    store.close()


def test_a_writer_who_never_lets_go_is_named(small: SqlStore, tmp_path: Path) -> None:
    with small.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    holder = sqlite3.connect(tmp_path / "headcount.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"database is locked \(another program has held it"):
        keep(small, fill(reading(7)))
    holder.close()
    assert keep(small, fill(reading(7))) == 1


def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match="check that the server is up"):
        open_store(f"postgresql+psycopg://me@/headcount?host={tmp_path}", tmp_path)


@pytest.mark.parametrize(
    ("said", "do"),
    [
        ('FATAL:  password authentication failed for user "me"', "password"),
        ('FATAL:  database "headcount" does not exist', "createdb"),
        ("could not extend file: No space left on device", "free some space"),
        ("terminating connection due to administrator command", "server is up"),
        ("disk I/O error", "system's log"),
        ("something never heard of", "headcount doctor"),
    ],
)
def test_each_failure_has_its_advice(said: str, do: str) -> None:
    assert do in advice(said)


MOUNTS = """\
/dev/vda / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
nas:/export /srv nfs4 rw,vers=4.2 0 0
/dev/vdb /srv/local xfs rw 0 0
//win/share /mnt/my\\040share cifs rw 0 0
host /mnt/shared 9p rw 0 0
me@host: /mnt/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/headcount", None),
        ("/srv/headcount", "nfs4"),
        ("/srv/local/headcount", None),
        ("/srvx", None),
        ("/mnt/my share/a", "cifs"),
        ("/mnt/shared", "9p"),
        ("/mnt/far/away", "fuse.sshfs"),
        ("/mnt/me", None),
    ],
)
def test_a_network_file_system_is_known_by_its_mount(folder: str, kind: str | None) -> None:
    assert network_filesystem(Path(folder), MOUNTS) == kind


def test_a_store_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    says = tmp_path / "mounts"
    says.write_text(f"/dev/vda / ext4 rw 0 0\nnas:/a {tmp_path}/nas nfs rw 0 0\n")
    monkeypatch.setattr(mounts, "MOUNTS", says)
    with pytest.raises(StoreError, match=r"network file system \(nfs\).*or use PostgreSQL"):
        open_store(f"sqlite:///{tmp_path}/nas/headcount.db", tmp_path)
    assert not (tmp_path / "nas").exists()
    open_store(f"sqlite:///{tmp_path}/here/headcount.db", tmp_path).close()


def test_a_store_writes_ahead_and_waits_for_the_disk(small: SqlStore) -> None:
    keep(small, fill(reading(7, at=NOON)))
    with small.database.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
