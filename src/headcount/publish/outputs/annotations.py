"""`annotations.csv`: what happened, as people noted it."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.publish.edition import Edition
from headcount.publish.encode import Cell, csv_bytes
from headcount.publish.fields import TO_ACCOUNTS, TO_UNITS
from headcount.publish.file import AnyFile, File
from headcount.publish.schema import Field, Schema

SCHEMA = Schema(
    (
        Field("from", "date", "The first day of the event, in the organisation's time zone", required=True),
        Field("to", "date", "Its last day; empty: it was one moment, or is not over"),
        Field("account", "string", "The key of the account that it is about; empty: of several"),
        Field("unit_id", "string", "The unit that it is about"),
        Field("platform", "string", "The short name of the platform that it is about"),
        Field("text", "string", "What happened", required=True),
        Field("link", "string", "Where more is told"),
    ),
    references=(TO_ACCOUNTS, TO_UNITS),
)


def annotation_list(edition: Edition) -> Iterator[AnyFile]:
    """`annotations.csv`."""
    yield File(
        name="annotations.csv",
        title="Events that people noted, to be shown beside the counts",
        schema=SCHEMA,
        make=lambda: csv_bytes(SCHEMA.header, _rows(edition)),
    )


def _rows(edition: Edition) -> Iterator[list[Cell]]:
    """What was noted of an account that may not be seen is not published."""
    seen = edition.seen
    for each in edition.annotations:
        if not each.account or each.account in seen:
            until = each.until.isoformat() if each.until else None
            yield [each.since.isoformat(), until, each.account, each.unit, each.platform, each.text, each.link]
