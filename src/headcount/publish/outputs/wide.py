"""The wide tables of the configuration: one row a slot, one column an account."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

from headcount.publish.edition import Edition, Wide, fingerprint
from headcount.publish.encode import by_day, legacy_stamp, lines, stamp
from headcount.publish.fields import COUNT
from headcount.publish.file import AnyFile, Grown
from headcount.publish.schema import Field, Schema
from headcount.store.reader import WideRow

LEGACY = "%m/%d/%y %H:%M"
CARRIED = ("column", "carried")

Filled = tuple[WideRow, tuple[int | None, ...]]
"""A row, and its counts as they are published."""


def wide_tables(edition: Edition) -> Iterator[AnyFile]:
    """Each wide CSV, and beside one that carries values forward the list of those that were carried."""
    for table in edition.tables:
        # An account that left the roster keeps its history; one that is, or was last, internal is in no public file.
        hidden = sorted(edition.internal & {key for key, _ in table.columns.values()})
        growing = partial(Grown, changed=edition.changes.since(), basis=fingerprint([table, hidden]))
        header = (table.time_column, *table.columns)
        yield growing(
            name=f"{table.name}.csv",
            title=f"A row a slot of the job {table.job}, a column an account",
            schema=_schema(table, hidden),
            head=lines([header]),
            rows=partial(_wide, edition, table),
        )
        if table.missing == "previous":
            yield growing(
                name=f"{table.name}.carried.csv",
                title=f"The cells of {table.name}.csv that repeat the count before, because there was none",
                schema=_carried_schema(table),
                head=lines([(table.time_column, *CARRIED)]),
                rows=partial(_carried, edition, table),
            )


def _schema(table: Wide, hidden: Collection[str]) -> Schema:
    time = Field(
        table.time_column, "datetime", "The start of the slot (UTC); an imported row's own stamp", True, format=LEGACY
    )
    counts = (
        Field(header, "integer", _meaning(key, metric, hidden), minimum=0)
        for header, (key, metric) in table.columns.items()
    )
    return Schema((time, *counts))


def _meaning(key: str, metric: str, hidden: Collection[str]) -> str:
    return f"{metric} of {key}" if key and key not in hidden else "nothing: no account is shown here"


def _carried_schema(table: Wide) -> Schema:
    time = Field(table.time_column, "datetime", "The start of the slot (UTC)", required=True)
    return Schema(
        (time, Field("column", "string", "Of the table", required=True), Field("carried", "integer", COUNT.description))
    )


def _wide(edition: Edition, table: Wide, since: date) -> Iterator[tuple[date, bytes]]:
    return by_day((row.day, [legacy_stamp(row.at), *counts]) for row, counts in _filled(edition, table, since))


def _carried(edition: Edition, table: Wide, since: date) -> Iterator[tuple[date, bytes]]:
    return by_day(
        (row.day, [stamp(row.at), header, count])
        for row, counts in _filled(edition, table, since)
        for header, own, count in zip(table.columns, row.counts, counts, strict=True)
        if own is None and count is not None
    )


def _filled(edition: Edition, table: Wide, since: date) -> Iterator[Filled]:
    """Each row beside its counts as published: a missing one is blank, or the one before it."""
    internal = edition.internal
    # A column of an internal account is asked for as nobody's.
    columns = tuple(("", metric) if key in internal else (key, metric) for key, metric in table.columns.values())
    seen = edition.store.before(table.job, columns, since)
    for row in edition.store.wide(table.job, columns, since):
        seen = tuple(new if new is not None else old for new, old in zip(row.counts, seen, strict=True))
        yield row, seen if table.missing == "previous" else row.counts
