"""The wide tables of the configuration: one row a slot, one column an account."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from headcount.publish.edition import Edition, File, Wide
from headcount.publish.encode import Cell, csv_bytes, legacy_stamp, stamp
from headcount.store.contract import WideRow


def wide_tables(edition: Edition) -> Iterator[File]:
    """Each wide CSV, and beside one that carries values forward the list of those that were carried."""
    for table in edition.tables:
        yield File(f"{table.name}.csv", partial(_wide, edition, table))
        if table.missing == "previous":
            yield File(f"{table.name}.carried.csv", partial(_carried, edition, table))


def _wide(edition: Edition, table: Wide) -> Iterator[bytes]:
    return csv_bytes((table.time_column, *table.columns), _wide_cells(edition, table))


def _wide_cells(edition: Edition, table: Wide) -> Iterator[list[Cell]]:
    for row, counts in _filled(edition, table):
        yield [legacy_stamp(row.at), *counts]


def _carried(edition: Edition, table: Wide) -> Iterator[bytes]:
    return csv_bytes((table.time_column, "column", "carried"), _carried_cells(edition, table))


def _carried_cells(edition: Edition, table: Wide) -> Iterator[list[Cell]]:
    for row, counts in _filled(edition, table):
        for header, own, count in zip(table.columns, row.counts, counts, strict=True):
            if own is None and count is not None:
                yield [stamp(row.at), header, count]


def _filled(edition: Edition, table: Wide) -> Iterator[tuple[WideRow, tuple[int | None, ...]]]:
    """Each row beside its counts as published: a missing one is blank, or the one before it."""
    # An account that left the roster keeps its history; one that is, or was last, internal is in no public file.
    internal = edition.internal()
    columns = tuple(table.columns.values())
    seen: list[int | None] = [None] * len(columns)
    for row in edition.store.wide(table.job, columns):
        counts = tuple(None if key in internal else count for count, (key, _) in zip(row.counts, columns, strict=True))
        if all(count is None for count in counts):
            continue
        seen = [new if new is not None else old for new, old in zip(counts, seen, strict=True)]
        yield row, tuple(seen) if table.missing == "previous" else counts
