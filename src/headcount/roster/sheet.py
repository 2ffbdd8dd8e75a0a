"""A spreadsheet's text as rows of trimmed cells, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from headcount.errors import Fault, Mistake
from headcount.roster.ruined import is_ruined, ruined

_SEPARATORS = ",;\t"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


class Row(Struct, frozen=True):
    """One row; a cell that it lacks is empty."""

    line: int
    cells: Mapping[str, str]
    """By column."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def is_blank(self) -> bool:
        """Whether all its cells are empty."""
        return not any(self.cells.values())


class Sheet(Struct, frozen=True):
    """A header and rows."""

    columns: tuple[str, ...]
    """As written, in their order."""
    line: int
    """Of the header."""
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()


def read_sheet(text: str, file: str) -> Sheet:
    """The rows of a CSV, separated by commas, semicolons or tabs.

    Raises:
        Mistake: where a quotation mark is left open, or there is no header.
    """
    lines = list(_lines(text, file))
    if not lines:
        raise Mistake([Fault(file, "the file is empty", line=1)])
    (first, header), body = lines[0], lines[1:]
    columns = tuple(map(_trimmed, header))
    faults = [*_header_faults(columns, first, file)]
    rows = []
    for line, cells in body:
        row = Row(line, {column: cell for column, cell in zip(columns, map(_trimmed, cells), strict=False) if column})
        faults.extend(_row_faults(row, columns, cells, file))
        rows.append(row)
    return Sheet(tuple(filter(None, columns)), first, tuple(_without_end(rows)), tuple(faults))


def _lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not an empty line, with the number of its first line."""
    header = text.lstrip("\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise Mistake([Fault(file, f"this is not CSV: {error}", line=start)]) from None


def _trimmed(cell: str) -> str:
    return cell.translate(_INVISIBLE).strip()


def _header_faults(columns: Sequence[str], line: int, file: str) -> Iterator[Fault]:
    for column in dict.fromkeys(filter(None, columns)):
        if columns.count(column) > 1:
            yield Fault(file, "the column stands there twice", line=line, column=column)


def _row_faults(row: Row, columns: Sequence[str], cells: Sequence[str], file: str) -> Iterator[Fault]:
    for column, cell in row.cells.items():
        if is_ruined(cell):
            what, hint = ruined(cell)
            yield Fault(file, what, row.line, column, hint)
    for number, cell in enumerate(cells, 1):
        if _trimmed(cell) and not (number <= len(columns) and columns[number - 1]):
            yield Fault(file, f"{_trimmed(cell)[:60]!r} stands in a column without a name", row.line, str(number))


def _without_end(rows: list[Row]) -> list[Row]:
    """Without the blank rows that spreadsheets leave at the end."""
    last = max((number for number, row in enumerate(rows, 1) if not row.is_blank), default=0)
    return rows[:last]
