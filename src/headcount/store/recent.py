"""The fills that say how a series stands: found by a few looks into the index of each track, however long its history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Select, Subquery, func, literal, select, union

from headcount.model import EPOCH
from headcount.store import schema
from headcount.store.columns import MICROSECOND, Utc
from headcount.store.judged import STATUS, judged
from headcount.store.names import Names
from headcount.store.reader import Attempt
from headcount.store.tracks import newest_slots, outcomes

FILLS, MISSES, READINGS = schema.fills.c, schema.misses.c, schema.readings.c

NEVER = literal(EPOCH - MICROSECOND, Utc())
"""Before every slot."""


def recent(connection: Connection, at: datetime) -> Iterator[Attempt]:
    """Of each account and metric, newest first, the fills of four slots at most.

    They are the newest, the newest that has a count, the first since, and the first since that was missed.
    """
    names, slots = Names(connection), _slots(at)
    taken_at = func.coalesce(READINGS.taken_at, MISSES.at).label("taken_at")
    fills = (
        select(slots.c.key, slots.c.metric, taken_at, STATUS, MISSES.reason)
        .select_from(judged(outcomes(slots)))
        .where(FILLS.slot == slots.c.slot)
        .order_by(slots.c.key, slots.c.metric, taken_at.desc(), FILLS.slot.desc(), FILLS.attempt.desc())
    )
    for key, metric, taken, status, reason in connection.execute(fills):
        yield Attempt(key, names[metric], taken, status, None if reason is None else names.reason(reason))


def _slots(at: datetime) -> Subquery:
    """The slots of each track that say how it stands."""
    counted, newest = newest_slots(at, public=True), newest_slots(at, public=False)
    ends = [select(tracks.c.id, tracks.c.key, tracks.c.metric, tracks.c.slot) for tracks in (counted, newest)]
    return union(*ends, _first_since(counted, at), _first_since(counted, at, missed=True)).subquery("slots")


def _first_since(counted: Subquery, at: datetime, *, missed: bool = False) -> Select[tuple[int, str, int, datetime]]:
    """Every track, with its first slot after the newest count, perhaps the first that was missed."""
    fills = schema.fills.alias()
    since = func.coalesce(counted.c.slot, NEVER)
    slots = select(fills.c.slot).where(fills.c.track == counted.c.id, fills.c.slot > since, fills.c.slot <= at)
    if missed:
        slots = slots.where(fills.c.miss.is_not(None))
    first = slots.order_by(fills.c.slot).limit(1).correlate(counted).scalar_subquery()
    return select(counted.c.id, counted.c.key, counted.c.metric, first.label("slot"))
