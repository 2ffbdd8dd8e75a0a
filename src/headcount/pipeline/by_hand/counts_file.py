"""Reads a table of counts that people noted, CSV or .xlsx: `account,at,count`, and perhaps `metric` and `rounded_to`."""

from __future__ import annotations

from headcount.errors import Fault, Mistake
from headcount.pipeline.by_hand.entering import Written
from headcount.roster.sheet import Sheet, read_sheet
from headcount.roster.signatures import is_workbook
from headcount.roster.text import text_of

NEEDED = ("account", "at", "count")
KNOWN = {*NEEDED, "metric", "rounded_to"}


def read_counts(content: bytes, file: str) -> tuple[Written, ...]:
    """The counts as they are written, each with its line.

    Raises:
        Mistake: for everything that keeps the file from being such a table, with its place.
    """
    file, sheet = _opened(content, file)
    faults = [*sheet.faults]
    faults += [Fault(file, f"there is no column {name!r}", sheet.line) for name in NEEDED if name not in sheet.columns]
    faults += [
        Fault(file, f"nobody knows the column {name!r}", sheet.line) for name in sheet.columns if name not in KNOWN
    ]
    rows = [row for row in sheet.rows if not row.is_blank]
    faults += [
        Fault(file, "the cell is empty", row.line, name)
        for row in rows
        for name in NEEDED
        if name in sheet.columns and not row[name]
    ]
    if faults:
        raise Mistake(faults)
    return tuple(
        Written(row["account"], row["count"], row["at"], row["metric"], row["rounded_to"], f"{file}, line {row.line}")
        for row in rows
    )


def _opened(content: bytes, file: str) -> tuple[str, Sheet]:
    """The table, and what complaints call it; of a workbook, the first sheet with the columns that are needed."""
    if not is_workbook(content):
        return file, read_sheet(text_of(content, file), file)
    from headcount.roster.workbook import read_workbook  # noqa: PLC0415 - openpyxl takes longer to import than all else takes

    sheets = list(read_workbook(content, file))
    if not sheets:
        raise Mistake([Fault(file, "the workbook is empty")])
    return next(((name, sheet) for name, sheet in sheets if {*NEEDED} <= {*sheet.columns}), sheets[0])
