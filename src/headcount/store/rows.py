"""Small things that writers share: numbers for new rows, and lists in pieces that every database takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select

PIECE = 400
"""Values in one IN list: SQLite before 3.32 takes 999 in a whole statement."""

Values = dict[str, Any]
T = TypeVar("T")


def new_ids(connection: Connection, table: Table) -> Iterator[int]:
    """Numbers for new rows. Only for a writer, who is alone."""
    largest = connection.scalar(select(func.max(table.c.id))) or 0
    return count(largest + 1)


def insert(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows, where there are any."""
    if rows:
        connection.execute(table.insert(), rows)


def pieces(values: Iterable[T]) -> Iterator[list[T]]:
    """The values, each once, a few hundred at a time."""
    rest = iter(dict.fromkeys(values))
    while piece := list(islice(rest, PIECE)):
        yield piece
