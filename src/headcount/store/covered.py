"""How much of a time was counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from headcount.store import schema
from headcount.store.judged import is_public
from headcount.store.names import Names
from headcount.store.reader import Column
from headcount.store.tracks import every_track, own_fills

FILLS = schema.fills.c


def covered(connection: Connection, start: datetime, end: datetime) -> dict[Column, int]:
    """In how many slots from `start` until before `end` each series has a public count; of several jobs, the most."""
    names, tracks = Names(connection), every_track()
    slots = (
        select(tracks.c.key, tracks.c.metric, func.count(FILLS.slot.distinct()).label("slots"))
        .select_from(tracks.join(schema.fills, own_fills(tracks)))
        .where(FILLS.slot >= start, FILLS.slot < end, is_public(FILLS.reading))
        .group_by(tracks.c.id, tracks.c.key, tracks.c.metric)
        .order_by("slots")
    )
    return {(key, names[metric]): number for key, metric, number in connection.execute(slots)}
