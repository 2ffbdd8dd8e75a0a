"""`headcount compare`: the tables of an old system and of this one, side by side."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from rich import box
from rich.table import Table

from headcount.cli.saying.document import document
from headcount.cli.status import console
from headcount.errors import Fault, Mistake
from headcount.measure.compare import Comparison, compare
from headcount.store.moments import moment

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
NAMES = {"type", "zid"}
"""Columns that name a row."""


@click.command("compare")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only rows of that day (UTC) and after.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(old: Path, new: Path, since: datetime | None, as_json: bool) -> None:
    """Compare two wide tables, row by row: both by the hour (social_data.csv) or both by unit (all_social_data.csv).

    Two systems that ask at different minutes of an hour differ by what was gained between; an empty cell is no count.

    Example: headcount compare old/social_data.csv public/social_data.csv --since 2026-11-01
    """
    start = since.replace(tzinfo=UTC) if since else None
    found = compare(_read(old, start), _read(new, start))
    if as_json:
        click.echo(document(found))
    elif found:
        console().print(_table(found))
    else:
        click.echo("the two have no column in common")


def _read(path: Path, since: datetime | None) -> dict[str, dict[str, int | None]]:
    """The columns of a wide table; of several rows of one hour the last holds."""
    columns: dict[str, dict[str, int | None]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        (first, *others) = rows.fieldnames or [""]
        by_unit = "zid" in others
        for number, row in enumerate(rows, start=2):
            key = row["zid"] if by_unit else _hour(path, number, row[first], since)
            for column in others if key else ():
                if column not in NAMES:
                    columns.setdefault(column, {})[key] = _count(path, number, column, row[column])
    return columns


def _hour(path: Path, number: int, cell: str, since: datetime | None) -> str:
    """The hour of a stamp; nothing where it is too early."""
    try:
        at = moment(cell, UTC)
    except ValueError as error:
        raise Mistake([Fault(str(path), f"{cell!r} is no time: {error}", line=number)]) from None
    return "" if since and at < since else f"{at:%Y-%m-%d %H}:00"


def _count(path: Path, number: int, column: str, cell: str | None) -> int | None:
    digits = (cell or "").replace(",", "").strip()
    if digits and not (digits.isascii() and digits.isdigit()):
        raise Mistake([Fault(str(path), f"{cell!r} is no count", line=number, column=column)])
    return int(digits) if digits else None


def _table(found: list[Comparison]) -> Table:
    table = Table(box=box.SIMPLE)
    for header in ("column", "rows in both", "the same", "typically apart", "most", "at", "only in old", "only in new"):
        table.add_column(header, justify="left" if header in ("column", "at") else "right")
    for each in found:
        table.add_row(*_cells(each))
    return table


def _cells(each: Comparison) -> Iterator[str]:
    yield from (each.column, f"{each.both:,}", f"{each.same:,}", _per_cent(each.typically), _per_cent(each.most))
    yield from (each.worst, f"{each.only_first:,}", f"{each.only_second:,}")


def _per_cent(number: float | None) -> str:
    return "-" if number is None else f"{number:g} %"
