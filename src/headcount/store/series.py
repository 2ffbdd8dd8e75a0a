"""Looking back: which slots of a job are done, and the live readings of a series, as they were corrected last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select

from headcount.model import HEADLINE, Count, Past
from headcount.store import schema
from headcount.store.judged import COUNT, DECISION, STATUS, WITHDRAWN, judged
from headcount.store.names import Names
from headcount.store.tracks import every_track, outcomes

ACCOUNTS, READINGS, MISSES, FILLS = schema.accounts.c, schema.readings.c, schema.misses.c, schema.fills.c


def filled(connection: Connection, job: str, slot: datetime) -> frozenset[str]:
    """The keys whose slot is done: a headline reading that is not refused, or a final miss."""
    names, tracks = Names(connection), every_track()
    done = (
        select(tracks.c.key)
        .select_from(judged(outcomes(tracks)))
        .where(tracks.c.job == names.known(job), tracks.c.metric == names.known(HEADLINE), FILLS.slot == slot)
        .where(or_(MISSES.final, STATUS.in_(("accepted", "held"))))
    )
    return frozenset(connection.scalars(done))


def past(connection: Connection, key: str, metric: str, since: datetime) -> tuple[Past, ...]:
    """The live readings of a series from `since` on, oldest first; refused and withdrawn ones not."""
    names = Names(connection)
    account = select(ACCOUNTS.id).where(ACCOUNTS.key == key).scalar_subquery()
    series = (
        select(READINGS.taken_at, COUNT, READINGS.granularity, READINGS.rounding, READINGS.source, DECISION)
        .select_from(judged())
        .where(READINGS.account == account, READINGS.metric == names.known(metric), READINGS.taken_at >= since)
        .where(READINGS.run.is_not(None), DECISION != "refuse", ~WITHDRAWN)
        .order_by(READINGS.taken_at, READINGS.id)
    )
    return tuple(
        Past(at, Count(count, granularity, names.rounding(rounding)), names[source], decision == "hold")
        for at, count, granularity, rounding, source, decision in connection.execute(series)
    )
