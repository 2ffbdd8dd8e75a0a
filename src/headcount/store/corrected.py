"""What was corrected, as the public may know it: when, why and in which role, never by whom."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from headcount.store import schema
from headcount.store.judged import newest_of
from headcount.store.names import Names
from headcount.store.reader import Correction

ACCOUNTS, READINGS, DECISIONS, CORRECTIONS = (
    schema.accounts.c, schema.readings.c, schema.decisions.c, schema.corrections.c,
)  # fmt: skip


def corrections(connection: Connection) -> Iterator[Correction]:
    """Every correction, in the order in which they were made."""
    names = Names(connection)
    earlier = schema.corrections.alias("earlier")
    previous = (
        select(func.max(earlier.c.id))
        .where(earlier.c.reading == CORRECTIONS.reading, earlier.c.id < CORRECTIONS.id)
        .correlate(schema.corrections)
        .scalar_subquery()
    )
    before = schema.corrections.alias("before")
    tables = (
        schema.corrections.join(schema.readings, CORRECTIONS.reading == READINGS.id)
        .join(schema.accounts, READINGS.account == ACCOUNTS.id)
        .outerjoin(before, before.c.id == previous)
        .outerjoin(schema.decisions, DECISIONS.id == newest_of(schema.decisions, READINGS.id))
    )
    columns = (
        CORRECTIONS.at, ACCOUNTS.key, READINGS.metric, READINGS.taken_at, READINGS.source,
        READINGS.count, before.c.id, before.c.count, CORRECTIONS.count, CORRECTIONS.why, CORRECTIONS.role,
        DECISIONS.decision,
    )  # fmt: skip
    for at, key, metric, taken, source, first, again, second, count, why, role, decision in connection.execute(
        select(*columns).select_from(tables).order_by(CORRECTIONS.id)
    ):
        shown = decision in {None, "accept"}
        was = first if again is None else second
        yield Correction(
            at, key, names[metric], taken, names[source], was if shown else None, count if shown else None, why, role
        )
