"""A published table in the form that somebody asks for."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from headcount.errors import Mistake
from headcount.publish.schema import Schema

FORMS = ("csv", "json", "parquet", "xlsx")

PART = r"/[0-9]{4}(-[0-9]{2})?\.csv"
"""A year or a month of a table."""


class Table(Struct, frozen=True):
    """A published table, or a document that is none."""

    name: str
    """As it was asked for."""
    files: tuple[Path, ...]
    """Its parts, in their order."""
    form: str
    """That of the files."""
    schema: Schema | None = None


def names_of(table: str, known: Collection[str]) -> list[str]:
    """The files that a name means: the one that is called so, with or without its ending, or all its months or years."""
    for name in (table, f"{table}.csv", f"{table}.json"):
        if name in known:
            return [name]
    return sorted(name for name in known if re.fullmatch(re.escape(table) + PART, name))


def write(table: Table, form: str, to: Path) -> None:
    """Write a table in that form.

    Raises:
        Mistake: where it cannot have that form.
    """
    if table.schema and form != table.form:
        _convert(table.name, table.files, table.schema, form, to)
    elif form != table.form:
        raise Mistake(f"{table.name} is no table: it can be had as {table.form} only")
    else:
        _join(table.files, to)


def _join(files: Sequence[Path], to: Path) -> None:
    """The parts one after the other, under one header."""
    shutil.copyfile(files[0], to)
    with to.open("ab") as out:
        for file in files[1:]:
            with file.open("rb") as part:
                part.readline()
                shutil.copyfileobj(part, out)


def _convert(name: str, files: Sequence[Path], schema: Schema, form: str, to: Path) -> None:
    # Arrow and openpyxl take longer to import than a CSV takes to copy.
    from headcount.publish.columnar import csv_to_parquet, read_csv, rows  # noqa: PLC0415 - see above
    from headcount.publish.workbook import write_workbook  # noqa: PLC0415 - see above

    if form == "parquet":
        csv_to_parquet(files, schema, to)
    elif form == "xlsx":
        write_workbook(name, files, schema, to)
    else:
        _write_json(rows(read_csv(file, schema) for file in files), to)


def _write_json(found: Iterable[object], to: Path) -> None:
    """An array with an object a line; what is missing is null."""
    with to.open("wb") as out:
        before = b"["
        for row in found:
            out.write(before + b"\n" + msgspec.json.encode(row))
            before = b","
        out.write(b"\n]\n" if before == b"," else b"[]\n")
