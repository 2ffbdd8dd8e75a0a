"""A table as an Excel workbook: real dates, numbers as numbers, and texts that stay texts whatever they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from headcount.errors import Mistake
from headcount.publish.columnar import Value, read_csv, rows
from headcount.publish.schema import Field, Schema

MOST_ROWS = 1_048_575
"""Of a sheet, besides its header."""
MOST_LETTERS = 32_767
"""Of a cell."""

WORDS = {
    "datetime": "date and time, UTC",
    "integer": "whole number",
    "boolean": "true or false",
    "string": "text",
    "yearmonth": "text",
}
"""How types are called in the notes, where they go by another name."""


def write_workbook(name: str, sources: Sequence[Path], schema: Schema, to: Path) -> None:
    """Write a table of ours, of which each source is a part, with a second sheet that says what its columns mean.

    Raises:
        Mistake: where it has more rows than a sheet can hold.
    """
    tables = _tables(name, sources, schema)
    book = Workbook(write_only=True)
    book.properties.creator = "headcount"
    _fill(_sheet(book, name), schema, rows(tables))
    _explain(_sheet(book, "columns"), schema)
    book.save(to)


def _tables(name: str, sources: Iterable[Path], schema: Schema) -> list[pa.Table]:
    """The parts, all together no more than a sheet can hold."""
    tables: list[pa.Table] = []
    for source in sources:
        tables.append(read_csv(source, schema))
        if sum(table.num_rows for table in tables) > MOST_ROWS:
            hint = "take it as csv or parquet, or by parts"
            raise Mistake(f"{name} has more than the {MOST_ROWS:,} rows that a sheet can hold: {hint}")
    return tables


def _sheet(book: Workbook, name: str) -> WriteOnlyWorksheet:
    sheet: WriteOnlyWorksheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[-31:])
    sheet.freeze_panes = "A2"
    return sheet


def _fill(sheet: WriteOnlyWorksheet, schema: Schema, found: Iterable[Mapping[str, Value]]) -> None:
    sheet.append([_bold(sheet, field.name) for field in schema.fields])
    for row in found:
        sheet.append([_cell(sheet, row[field.name]) for field in schema.fields])


def _explain(sheet: WriteOnlyWorksheet, schema: Schema) -> None:
    sheet.append([_bold(sheet, text) for text in ("column", "type", "description", "values")])
    for field in schema.fields:
        sheet.append(
            [_text(sheet, text) for text in (field.name, _type(field), field.description, ", ".join(field.enum))]
        )


def _type(field: Field) -> str:
    return WORDS.get(field.type, field.type)


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell | Value:
    """A value as a spreadsheet has it: times are those of UTC, for a cell knows no zone."""
    match value:
        case str():
            return _text(sheet, value)
        case datetime():
            return _dated(sheet, value.astimezone(UTC).replace(tzinfo=None), "yyyy-mm-dd hh:mm:ss")
        case date():
            return _dated(sheet, datetime.combine(value, time()), "yyyy-mm-dd")
    return value


def _dated(sheet: WriteOnlyWorksheet, value: datetime, looks: str) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = looks
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A text that is neither run as a formula nor taken for a number, now or when somebody edits it."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST_LETTERS])
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    return cell


def _bold(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell
