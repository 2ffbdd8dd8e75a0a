"""A row of the tables by day and by month: an account's count at the end of a period, and what it changed by."""

from __future__ import annotations

from datetime import timedelta

from headcount.measure.growth import comparable
from headcount.publish.edition import Edition
from headcount.publish.encode import Cell
from headcount.publish.fields import (
    ACCOUNT,
    COUNT,
    COVERAGE,
    GRANULARITY,
    METRIC,
    NET,
    PER_CENT,
    PLATFORM,
    SOURCE,
    TO_ACCOUNTS,
    TO_UNITS,
    UNIT,
    UNIT_ID,
)  # fmt: skip
from headcount.publish.schema import Field, Schema
from headcount.store.reader import Shown

COLUMNS = (
    ACCOUNT, UNIT_ID, UNIT, PLATFORM, METRIC, COUNT, NET, PER_CENT, COVERAGE, GRANULARITY, SOURCE,
)  # fmt: skip


def schema_of(*period: Field) -> Schema:
    """The schema of a table of which `period` are the first columns."""
    return Schema((*period, *COLUMNS), (period[0].name, "account", "metric"), (TO_ACCOUNTS, TO_UNITS))


def cells(edition: Edition, last: Shown, before: Shown | None, covered: float | None) -> list[Cell]:
    """The row of a series' last count in a period, beside that of the period before; without the period itself."""
    entry = edition.seen[last.key].entry
    net = last.count - before.count if before and comparable(before, last) else None
    return [
        last.key,
        entry.unit,
        edition.unit_names.get(entry.unit, ""),
        entry.platform,
        last.metric,
        last.count,
        net,
        _per_cent(net, before),
        covered,
        last.granularity,
        last.source,
    ]


def share(edition: Edition, key: str, whole: timedelta, counted: int, finest: timedelta = timedelta()) -> float | None:
    """The share of a period's slots that have a count, by how often the account is counted, or was, in parts of `finest`.

    None where no job of today ever counted it: nobody knows what was due.
    """
    every = edition.periods.get(key) or edition.former.get(key)
    if every is None:
        return None
    return round(min(1.0, counted / max(1.0, whole / max(every, finest))), 4)


def _per_cent(net: int | None, before: Shown | None) -> float | None:
    """Of what it was before; none of nobody."""
    return round(100 * net / before.count, 4) if net is not None and before and before.count else None
