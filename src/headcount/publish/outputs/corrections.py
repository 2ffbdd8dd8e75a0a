"""`corrections.csv`: every published count that was changed afterwards, when, why, and in which role."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.publish.edition import Edition
from headcount.publish.encode import Cell, csv_bytes, stamp
from headcount.publish.fields import ACCOUNT, METRIC, PLATFORM, SOURCE, TAKEN_AT, TO_ACCOUNTS
from headcount.publish.file import AnyFile, File
from headcount.publish.schema import Field, Schema

SCHEMA = Schema(
    (
        Field("corrected_at", "datetime", "When it was corrected (UTC)", required=True),
        ACCOUNT, PLATFORM, METRIC, TAKEN_AT, SOURCE,
        Field("before", "integer", "The count that was shown before; empty: none was", minimum=0),
        Field("after", "integer", "The count that is shown since; empty: none is, it was withdrawn", minimum=0),
        Field("why", "string", "The reason that was given", required=True),
        Field("role", "string", "In which role it was corrected; names stay in the store"),
    ),
    references=(TO_ACCOUNTS,),
)  # fmt: skip


def corrections(edition: Edition) -> Iterator[AnyFile]:
    """`corrections.csv`."""
    yield File(
        name="corrections.csv",
        title="Every correction of a count, with when and why",
        schema=SCHEMA,
        make=lambda: csv_bytes(SCHEMA.header, _rows(edition)),
    )


def _rows(edition: Edition) -> Iterator[list[Cell]]:
    seen = edition.seen
    for each in edition.store.corrections():
        if each.key in seen:
            yield [
                stamp(each.at), each.key, seen[each.key].entry.platform, each.metric, stamp(each.taken_at), each.source,
                each.before, each.after, each.why, each.role,
            ]  # fmt: skip
