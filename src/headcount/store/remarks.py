"""What was decided about readings, by the rules or by a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select

from headcount.store import schema
from headcount.store.judged import newest_of
from headcount.store.names import Names
from headcount.store.noticing import Remark

ACCOUNTS, DECISIONS, READINGS = schema.accounts.c, schema.decisions.c, schema.readings.c


def remarks(connection: Connection, since: datetime) -> tuple[Remark, ...]:
    """What was decided from then on, and what is held still."""
    names = Names(connection)
    newest = DECISIONS.id == newest_of(schema.decisions, READINGS.id)
    readings = (READINGS.count, READINGS.granularity, READINGS.source, READINGS.taken_at, READINGS.run, READINGS.metric)
    found = (
        select(*DECISIONS, ACCOUNTS.key, *readings, newest.label("stands"))
        .join_from(schema.decisions, schema.readings)
        .join(schema.accounts, READINGS.account == ACCOUNTS.id)
        .where(or_(DECISIONS.at >= since, (DECISIONS.decision == "hold") & newest))
        .order_by(DECISIONS.id)
    )
    rows = connection.execute(found).mappings()
    return tuple(
        Remark(**{**row, "stands": bool(row["stands"]), "metric": names[row["metric"]], "source": names[row["source"]]})
        for row in rows
    )
