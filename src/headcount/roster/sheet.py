"""A spreadsheet's text as rows of trimmed cells, each with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from headcount.errors import Fault, Mistake
from headcount.roster.ruined import is_ruined, ruined

_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r"\n*sep=(?P<separator>[^\n])\n", re.IGNORECASE)
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

    @property
    def spoilt(self) -> tuple[Fault, ...]:
        """The faults of cells, of which nothing else need be told."""
        return tuple(fault for fault in self.faults if fault.line != self.line)


class Refused(Struct, frozen=True):
    """A cell that a spreadsheet has spoilt."""

    shown: str
    what: str
    hint: str


Line = tuple[int, Sequence["str | Refused"]]
"""The number of a row, and its cells."""


def read_sheet(text: str, file: str) -> Sheet:
    """The rows of a CSV, separated by commas, semicolons, tabs, or what a first line such as `sep=;` says.

    Raises:
        Mistake: where a quotation mark is left open, or there is no header.
    """
    return sheet_of(list(_lines(text, file)), file)


def sheet_of(lines: Sequence[Line], file: str) -> Sheet:
    """The header and the rows under it.

    Raises:
        Mistake: where there is no header.
    """
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


def as_csv(sheet: Sheet) -> bytes:
    """The sheet as a CSV that reads back as the same one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(sheet.columns)
    writer.writerows([row[column] for column in sheet.columns] for row in sheet.rows)
    return text.getvalue().encode()


def several(cell: str) -> list[str]:
    """The handles of a cell, which `|` separates."""
    return [handle for handle in map(str.strip, cell.split("|")) if handle]


def plain(column: str) -> str:
    """The name of a column as the formats know it: `Unit ID` is `unit_id`."""
    return column.casefold().replace(" ", "_").replace("-", "_")


def _lines(text: str, file: str) -> Iterator[Line]:
    """Each row that is not an empty line, with the number of its first line."""
    told = _SEPARATOR_LINE.match(text)
    start = 1 + text.count("\n", 0, told.end()) if told else 1
    body = text[told.end() :] if told else text
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=told["separator"] if told else _separator(body), strict=True
    )
    before, line = start - 1, start
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = before + reader.line_num + 1
    except csv.Error as error:
        raise Mistake([Fault(file, f"this is not CSV: {error}", line=line)]) from None


def _separator(text: str) -> str:
    header = text.lstrip("\n").partition("\n")[0]
    return max(_SEPARATORS, key=header.count)


def _trimmed(cell: str | Refused) -> str:
    text = cell.shown if isinstance(cell, Refused) else cell
    return text.translate(_INVISIBLE).strip()


def _header_faults(columns: Sequence[str], line: int, file: str) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for column in filter(None, columns):
        if plain(column) not in first:
            first[plain(column)] = column
            continue
        before = first[plain(column)]
        other = "" if before == column else f", and first as {before!r}"
        yield Fault(file, f"the column stands there twice{other}", line=line, column=column)


def _row_faults(row: Row, columns: Sequence[str], cells: Sequence[str | Refused], file: str) -> Iterator[Fault]:
    for number, cell in enumerate(cells, 1):
        column = columns[number - 1] if number <= len(columns) else ""
        text = _trimmed(cell)
        if isinstance(cell, Refused):
            yield Fault(file, cell.what, row.line, column or str(number), cell.hint)
        elif text and not column:
            yield Fault(file, f"{text[:60]!r} stands in a column without a name", row.line, str(number))
        elif is_ruined(text):
            what, hint = ruined(text)
            yield Fault(file, what, row.line, column, hint)


def _without_end(rows: list[Row]) -> list[Row]:
    """Without the blank rows that spreadsheets leave at the end."""
    last = max((number for number, row in enumerate(rows, 1) if not row.is_blank), default=0)
    return rows[:last]
