"""The usual way to serve a series: rows from the database through the framework, as a list of dicts, each time anew.

Litestar on granian, as headcount is; it is told the file of a store and a port.
"""

from __future__ import annotations

import sqlite3
import sys
from functools import partial

from granian.constants import HTTPModes, Interfaces
from granian.server import Server
from litestar import Litestar, get

Rows = list[dict[str, int | str]]

SERIES = """
    SELECT taken_at, count FROM readings
    WHERE account = (SELECT id FROM accounts WHERE key = ?) AND metric = (SELECT id FROM names WHERE name = 'followers')
        AND taken_at >= ? AND taken_at < ?
    ORDER BY taken_at
"""
LATEST = """
    SELECT key, taken_at, count FROM accounts JOIN readings ON readings.id = (
        SELECT newest.id FROM readings AS newest
        WHERE newest.account = accounts.id AND newest.metric = (SELECT id FROM names WHERE name = 'followers')
        ORDER BY newest.taken_at DESC LIMIT 1)
    ORDER BY key
"""


def application(file: str) -> Litestar:
    """The rival."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)
    connection.row_factory = sqlite3.Row

    @get("/series", sync_to_thread=False)
    def series(key: str, start: int, end: int) -> Rows:
        return _rows(connection, SERIES, key, start, end)

    @get("/latest", sync_to_thread=False)
    def latest() -> Rows:
        return _rows(connection, LATEST)

    return Litestar([series, latest], openapi_config=None)


def _rows(connection: sqlite3.Connection, question: str, *values: int | str) -> Rows:
    return [dict(row) for row in connection.execute(question, values)]


def main(file: str, port: str) -> None:
    """Serve until stopped."""
    server = Server(
        "rows", port=int(port), interface=Interfaces.ASGI, http=HTTPModes.http1, websockets=False, log_enabled=False
    )
    server.serve(target_loader=partial(_load, file), wrap_loader=False)


def _load(file: str) -> Litestar:
    return application(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
