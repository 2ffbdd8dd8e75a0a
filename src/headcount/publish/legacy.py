"""The two files that the first system's pages read: one row a unit, and one row a slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from headcount.model import HEADLINE
from headcount.publish.edition import Edition, File, Wide
from headcount.publish.encode import Cell, csv_bytes, legacy_stamp, stamp
from headcount.store.contract import Column, Shown, WideRow

PLATFORM_COLUMNS = (
    "facebook", "twitter", "instagram", "youtube", "medium", "pinterest",
    "storify", "linkedin", "google", "vimeo", "flickr", "slideshare",
)  # fmt: skip


def all_social_data(edition: Edition) -> Iterator[File]:
    """`all_social_data.csv`: the newest count of each unit on each platform."""
    yield File("all_social_data.csv", lambda: csv_bytes(("type", "zid", *PLATFORM_COLUMNS), unit_rows(edition)))


def unit_rows(edition: Edition) -> Iterator[list[Cell]]:
    """One row a unit in roster order: plain digits, and nothing where there is no count or an incomplete sum."""
    shown = edition.shown(edition.at)
    keys: dict[tuple[str, str], list[str]] = {}
    for each in edition.own():
        keys.setdefault((each.entry.unit, each.entry.platform), []).append(each.key)
    for unit in edition.units:
        cells = (_sum(edition, shown, keys.get((unit.id, platform), [])) for platform in PLATFORM_COLUMNS)
        yield [unit.name, unit.id, *cells]


def _sum(edition: Edition, shown: Mapping[Column, Shown], keys: list[str]) -> int | None:
    """The cell of some accounts: their sum, or None where there is none or one of them has no fresh count."""
    fresh = [
        found.count
        for key in keys
        if (found := shown.get((key, HEADLINE))) and edition.at - found.taken_at <= edition.max_age
    ]
    return sum(fresh) if fresh and len(fresh) == len(keys) else None


def wide_tables(edition: Edition) -> Iterator[File]:
    """Each wide CSV, and beside one that carries values forward the list of those that were carried."""
    for table in edition.tables:
        yield File(f"{table.name}.csv", partial(_wide, edition, table))
        if table.missing == "previous":
            yield File(f"{table.name}.carried.csv", partial(_carried, edition, table))


def _wide(edition: Edition, table: Wide) -> Iterator[bytes]:
    def cells(row: WideRow, counts: tuple[int | None, ...]) -> list[Cell]:
        return [legacy_stamp(row.at), *counts]

    rows = (cells(row, counts) for row, counts in _filled(edition, table))
    return csv_bytes((table.time_column, *table.columns), rows)


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
    public = {each.key for each in edition.public()}
    columns = tuple(table.columns.values())
    seen: list[int | None] = [None] * len(columns)
    for row in edition.store.wide(table.job, columns):
        counts = tuple(count if key in public else None for count, (key, _) in zip(row.counts, columns, strict=True))
        if all(count is None for count in counts):
            continue
        seen = [new if new is not None else old for new, old in zip(counts, seen, strict=True)]
        yield row, tuple(seen) if table.missing == "previous" else counts
