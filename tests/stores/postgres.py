"""A private PostgreSQL server for tests: in a folder of its own, on a socket that nobody else has."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUPERUSER = "headcount"
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=16MB -c max_connections=40"
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")


def binaries() -> Path | None:
    """Where initdb and pg_ctl are; None: not on this machine."""
    on_path = shutil.which("initdb")
    found = [*([Path(on_path).parent] if on_path else []), *(path for at in PLACES for path in Path("/").glob(at[1:]))]
    return max((path for path in found if (path / "pg_ctl").exists()), default=None)


@contextmanager
def server(bin_: Path) -> Iterator[Path]:
    """A server that runs while inside; its socket lies in the folder."""
    folder = Path(tempfile.mkdtemp(prefix="headcount-pg-"))
    user = _servant() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    _run(
        user, bin_ / "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"
    )
    options = f"-k {folder} -c listen_addresses='' {FAST}"
    _run(user, bin_ / "pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log", "-o", options, "start")
    try:
        yield folder
    finally:
        _run(user, bin_ / "pg_ctl", "-D", data, "-w", "-s", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def url(folder: Path, database: str) -> str:
    return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={folder}"


def _servant() -> str:
    """Whom root lets run the server, which refuses to be run by root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(user: str | None, *command: str | Path) -> None:
    done = subprocess.run(
        [str(word) for word in command],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
