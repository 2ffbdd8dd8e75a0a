"""Reads the wide CSV of an earlier system: a row a moment, a column an account. Opens nothing, stores nothing.

A cell becomes a reading, or is listed with its line and column; it is never guessed, and never stops the others. An
empty cell is no reading, and no fault.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from msgspec import Struct

from headcount.errors import Fault
from headcount.model import MOST_HEADS
from headcount.store.contract import Imported
from headcount.store.moments import moment
from headcount.store.reader import Column

TIME_COLUMNS = {"type", "date"}
"""What the first cell of the header may say."""

COUNT = re.compile(r"[0-9]{1,13}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}")
"""Plain digits, or digits in whole groups of three. `15.041` and `1,23` could mean anything."""
LONGEST_QUOTED = 40
"""Characters of a bad cell that a complaint shows."""


class History(Struct, frozen=True):
    """What a file holds."""

    rows: tuple[Imported, ...]
    """A reading a cell, in the order of the file."""
    faults: tuple[Fault, ...]
    """What was left out, and where it stands."""
    row_count: int
    """The rows below the header that are not empty."""


LATEST = datetime.max.replace(tzinfo=UTC)
"""No time is later."""


def read_history(
    content: bytes | str, columns: Mapping[str, Column], file: str, zone: tzinfo = UTC, now: datetime = LATEST
) -> History:
    """The readings of a wide CSV whose stamps are in `zone`; `columns` says which account and metric a header means.

    What was counted after `now` was not counted.

    Whatever is wrong with the file is listed; nothing is raised.
    """
    reader = _Reader(file, zone, now)
    lines = _lines(content)
    number, header = next(lines, (1, ""))
    places = reader.places(number, header, columns)
    rows = tuple(found for number, line in lines for found in reader.row(number, line, places)) if places else ()
    return History(rows, tuple(reader.faults), reader.row_count)


class _Place(Struct, frozen=True):
    """A column of the file that is wanted."""

    index: int
    header: str
    column: Column

    @property
    def is_somebodys(self) -> bool:
        """Whether the configuration says whose it is; an old table may have a column that nobody's count ever filled."""
        return bool(self.column[0])


class _Reader:
    """A file's name and zone, and what was found so far."""

    def __init__(self, file: str, zone: tzinfo, now: datetime) -> None:
        self._file, self._zone, self._now = file, zone, now
        self._stamps: Counter[datetime] = Counter()
        self._width = 0
        self.faults: list[Fault] = []
        self.row_count = 0

    def places(self, number: int, line: str, columns: Mapping[str, Column]) -> list[_Place]:
        """Where the wanted columns stand; a column that nobody knows, or that two headers claim, is not read."""
        first, *headers = [cell.strip() for cell in self._cells(number, line) or [""]]
        if first.lower() not in TIME_COLUMNS:
            self._fault(number, f"the header begins with {_quoted(first)}, not with `date` or `type`")
            return []
        self._width = len(headers) + 1
        found = [_Place(index, header, columns[header]) for index, header in enumerate(headers, 1) if header in columns]
        for index, header in enumerate(headers, 1):
            if header not in columns:
                self._fault(number, "nobody knows this column's account", header or f"number {index + 1}")
        claims = Counter(place.column for place in found if place.is_somebodys)
        for place in found:
            if claims[place.column] > 1:
                self._fault(number, "several columns are of this account and metric: none is read", place.header)
        return [place for place in found if claims[place.column] <= 1]

    def row(self, number: int, line: str, places: Sequence[_Place]) -> Iterator[Imported]:
        """The readings of one row."""
        self.row_count += 1
        cells = self._cells(number, line)
        at = self._stamp(number, cells[0]) if cells else None
        if cells is None or at is None:
            return
        ordinal = self._stamps[at]
        self._stamps[at] += 1
        if len(cells) != self._width:
            self._fault(number, f"{len(cells)} cells under a header of {self._width}: nobody knows which is which")
            return
        for place in places:
            count = self._count(number, place, cells[place.index].strip())
            if count is not None and place.is_somebodys:
                yield Imported(*place.column, count, at, ordinal)
            elif count is not None:
                self._fault(number, "nobody has decided whose this column is", place.header)

    def _cells(self, number: int, line: str) -> list[str] | None:
        try:
            cells = next(csv.reader([line], strict=True), [])
        except csv.Error as error:
            self._fault(number, f"this is not a row of a CSV: {error}")
            return None
        if any('"' in cell for cell in cells):
            self._fault(number, "a quotation mark stands alone, so nobody knows where its cell ends")
            return None
        return cells

    def _count(self, number: int, place: _Place, cell: str) -> int | None:
        if not cell:
            return None
        count = int(cell.replace(",", "")) if COUNT.fullmatch(cell) else None
        if count is None or count > MOST_HEADS:
            self._fault(number, f"{_quoted(cell)} is not a number of people", place.header)
            return None
        return count

    def _stamp(self, number: int, cell: str) -> datetime | None:
        try:
            at = moment(cell.strip(), self._zone)
        except (ValueError, OverflowError) as error:
            self._fault(
                number,
                f"{_quoted(cell)} is no time: {error}",
                None,
                "a time is written 03/21/17 18:30 or 2017-03-21 18:30",
            )
            return None
        if at > self._now:
            self._fault(number, f"{_quoted(cell)} is still to come")
            return None
        return at

    def _fault(self, line: int, what: str, column: str | None = None, hint: str = "") -> None:
        self.faults.append(Fault(self._file, what, line, column, hint))


def _lines(content: bytes | str) -> Iterator[tuple[int, str]]:
    """The lines that hold anything, each with its number; a cell of such a file never spans lines."""
    text = content if isinstance(content, str) else content.decode(errors="replace")
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff")), 1):
        if line.strip(' ,"\t'):
            yield number, line


def _quoted(cell: str) -> str:
    return repr(cell if len(cell) <= LONGEST_QUOTED else cell[:LONGEST_QUOTED] + "…")
