"""Rows and values as the bytes of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

Cell = str | int | None

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A cell of text that begins so is run by spreadsheets as a formula."""

_LINES_AT_A_TIME = 2000


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """RFC 4180, UTF-8; text that a spreadsheet would run is led by an apostrophe, numbers are plain digits."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow([neutral(cell) for cell in row])
        if number % _LINES_AT_A_TIME == 0:
            yield _drained(buffer)
    yield _drained(buffer)


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


def _drained(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content
