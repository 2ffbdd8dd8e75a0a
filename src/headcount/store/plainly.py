"""What a database says when it fails, and what a person can do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Error as SqliteError

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from headcount.errors import StoreError

ADVICE: tuple[tuple[str, str], ...] = (
    (r"disk is full|No space left|Disk quota|File too large", "free some space and run again; nothing is half-written"),
    (r"is locked|lock timeout", "another program has held it for too long: find it (`lsof`), or run again later"),
    (r"not a database|file is encrypted", "the file is something else: check `[store] url`"),
    (r"malformed|corrupt", "the file is damaged: stop, keep a copy, and put the newest backup in its place"),
    (r"password authentication|no password supplied", "check the user and the password in `[store] url`"),
    (r"database .* does not exist", "create it (`createdb`), or check `[store] url`"),
    (r"connection to server|connection .* failed|terminat", "check that the server is up and can be reached"),
    (r"readonly|read-only|(?i:permission denied)", "give this user the right to write there"),
    (r"unable to open|No such file", "check that the folder exists and that this user may write there"),
    (
        r"disk I/O error|Input/output error",
        "is the disk full? else the disk or the file system fails: look at the system's log",
    ),
)
"""What a failure's text looks like, and what to do."""

UNKNOWN = "run again; if it stays, `headcount doctor` looks closer"


def advice(text: str) -> str:
    """What to do about a failure that says `text`."""
    return next((do for pattern, do in ADVICE if re.search(pattern, text)), UNKNOWN)


@contextmanager
def in_plain_words(store: str) -> Iterator[None]:
    """Turn what a database or the disk says into a `StoreError` that says what to do; secrets and SQL stay out.

    SQLAlchemy's complaints about how it is used are bugs of ours, and stay what they are.
    """
    try:
        yield
    except (DBAPIError, SqliteError, NoConnectionFree, OSError) as error:
        said = _said(error)
        raise StoreError(f"the store {store} fails: {said} ({advice(said)})") from error


def _said(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]
