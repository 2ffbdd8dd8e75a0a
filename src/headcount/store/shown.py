"""The counts that are public: each series' latest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, select

from headcount.store import schema
from headcount.store.agreeing import best_first
from headcount.store.judged import COUNT, corrected, is_public
from headcount.store.names import Names
from headcount.store.reader import Shown
from headcount.store.tracks import newest_slots, own_fills

READINGS, FILLS = schema.readings.c, schema.fills.c


def latest(connection: Connection, at: datetime) -> Iterator[Shown]:
    """The public count of each account and metric, of its newest slot that has one and had begun at `at`."""
    names, tracks = Names(connection), newest_slots(at, public=True)
    tables = tracks.join(schema.fills, own_fills(tracks)).join(schema.readings, FILLS.reading == READINGS.id)
    counts = (
        select(tracks.c.key, tracks.c.metric, COUNT, READINGS.granularity, READINGS.source, READINGS.taken_at)
        .select_from(corrected(tables))
        .where(FILLS.slot == tracks.c.slot, is_public(FILLS.reading))
        .order_by(tracks.c.key, tracks.c.metric, FILLS.slot.desc(), *best_first(names))
    )
    for _, series in groupby(connection.execute(counts), key=lambda row: (row.key, row.metric)):
        key, metric, count, granularity, source, taken_at = next(series)
        yield Shown(key, names[metric], count, granularity, names[source], taken_at)
