"""What the store has already where entries belong, so that nothing is kept twice; a track that is new is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from headcount.store import schema
from headcount.store.entry import Entry, Track
from headcount.store.rows import Values, insert, new_ids, pieces


def place_of(reading: Values) -> Hashable:
    """By what a reading is unique."""
    return tuple(reading[column] for column in ("account", "metric", "taken_at", "source", "ordinal"))


def numbered(connection: Connection, entries: Sequence[Entry]) -> dict[Track, int]:
    """The number of every track that entries are on; a new one is made."""
    table = schema.tracks
    jobs = {entry.job for entry in entries}
    found: dict[Track, int] = {}
    for piece in pieces(entry.account for entry in entries):
        rows = connection.execute(select(table).where(table.c.job.in_(jobs), table.c.account.in_(piece)))
        found |= {(job, account, metric): id_ for id_, job, account, metric in rows}
    ids = new_ids(connection, table)
    made = {track: next(ids) for track in dict.fromkeys(entry.track for entry in entries) if track not in found}
    insert(
        connection,
        table,
        [{"id": id_, "job": job, "account": account, "metric": metric} for (job, account, metric), id_ in made.items()],
    )
    return found | made


def standing_readings(connection: Connection, entries: Sequence[Entry]) -> Iterator[tuple[Hashable, tuple[int, int]]]:
    """The readings that may be in the entries' places, each with its number and its count."""
    table = schema.readings.c
    columns = (table.account, table.metric, table.taken_at, table.source, table.ordinal, table.id, table.count)
    rows = [entry.reading for entry in entries if entry.reading]
    metrics, times = {row["metric"] for row in rows}, [row["taken_at"] for row in rows]
    for piece in pieces(row["account"] for row in rows):
        there = select(*columns).where(
            table.account.in_(piece), table.metric.in_(metrics), table.taken_at.between(min(times), max(times))
        )
        for *place, id_, count in connection.execute(there):
            yield tuple(place), (id_, count)


def standing_outcomes(
    connection: Connection, entries: Sequence[Entry], tracks: dict[Track, int]
) -> dict[tuple[int, datetime], list[Hashable]]:
    """What fills each slot already, in the order of attempts: a reading by its number, a miss by what was said."""
    fills, misses = schema.fills.c, schema.misses.c
    slots = [entry.slot for entry in entries]
    found: dict[tuple[int, datetime], list[Hashable]] = defaultdict(list)
    columns = (fills.track, fills.slot, fills.reading, misses.source, misses.at, misses.reason)
    for piece in pieces(tracks[entry.track] for entry in entries):
        there = select(*columns).outerjoin_from(schema.fills, schema.misses)
        there = there.where(fills.track.in_(piece), fills.slot.between(min(slots), max(slots))).order_by(
            fills.track, fills.slot, fills.attempt
        )
        for track, slot, reading, *said in connection.execute(there):
            found[track, slot].append(tuple(said) if reading is None else reading)
    return found
