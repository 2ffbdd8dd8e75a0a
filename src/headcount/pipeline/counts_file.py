"""Reads a CSV of counts that people noted: `account,at,count`, and perhaps `metric` and `rounded_to`."""

from __future__ import annotations

from headcount.errors import Fault, Mistake
from headcount.pipeline.entering import Written
from headcount.roster.sheet import read_sheet
from headcount.roster.text import text_of

NEEDED = ("account", "at", "count")
KNOWN = {*NEEDED, "metric", "rounded_to"}


def read_counts(content: bytes, file: str) -> tuple[Written, ...]:
    """The counts as they are written, each with its line.

    Raises:
        Mistake: for everything that keeps the file from being such a CSV, with its place.
    """
    sheet = read_sheet(text_of(content, file), file)
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
