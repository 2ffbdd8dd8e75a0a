"""Rows and values as the bytes of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby, islice

import msgspec

Cell = str | int | float | None

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A cell of text that begins so is run by spreadsheets as a formula."""

LINES_AT_A_TIME = 2000


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """RFC 4180, UTF-8; text that a spreadsheet would run is led by an apostrophe, numbers are plain digits."""
    yield lines([header])
    yield from pieces(rows)


def pieces(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The lines of rows, a few thousand at a time."""
    rest = iter(rows)
    while some := list(islice(rest, LINES_AT_A_TIME)):
        yield lines(some)


def by_day(rows: Iterable[tuple[date, Sequence[Cell]]]) -> Iterator[tuple[date, bytes]]:
    """The lines of rows that stand by day, each piece with its day."""
    for day, group in groupby(rows, key=lambda row: row[0]):
        yield from ((day, piece) for piece in pieces(row for _, row in group))


def lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as lines of a CSV."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode()


def neutral(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def json_bytes(value: object) -> Iterator[bytes]:
    """JSON for programs and for people who look."""
    yield msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def stamp(at: datetime) -> str:
    """ISO 8601, UTC, with a Z; microseconds only where there are any."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def legacy_stamp(at: datetime) -> str:
    """As the first system's pages read it: `03/17/17 17:12`, UTC."""
    return at.astimezone(UTC).strftime("%m/%d/%y %H:%M")
