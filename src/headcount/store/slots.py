"""The rows that entries come to: what is new is numbered and inserted, what is there already is found again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, select

from headcount.store import schema
from headcount.store.months import touch
from headcount.store.rows import Values, insert, new_ids, pieces

Track = tuple[int, int, int]
"""A job, an account and a metric."""


class Entry(Struct, frozen=True):
    """An outcome on its way into a slot, as rows without their numbers: a reading, perhaps with a decision, or a miss."""

    job: int
    account: int
    metric: int
    slot: datetime
    run: int | None
    reading: Values | None = None
    decision: Values | None = None
    miss: Values | None = None

    @property
    def track(self) -> Track:
        """Whose slot it is."""
        return self.job, self.account, self.metric


class Page:
    """Entries, and what the store has in their places."""

    def __init__(self, connection: Connection, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._connection = connection
        self._tracks = _tracks(connection, entries)
        self._readings = dict(_standing_readings(connection, entries))
        self._outcomes = _standing_outcomes(connection, entries, self._tracks)
        self._new: dict[str, list[Values]] = {name: [] for name in ("readings", "decisions", "misses", "fills")}
        self._ids = {name: new_ids(connection, schema.metadata.tables[name]) for name in self._new if name != "fills"}

    def count_in_place(self, entry: Entry) -> int | None:
        """The count that the store has where the entry's reading belongs."""
        standing = self._readings.get(_place(entry.reading)) if entry.reading else None
        return standing[1] if standing else None

    def write(self) -> int:
        """Insert whatever is new; how many fills that is."""
        for entry in self.entries:
            self._add(entry)
        for name, rows in self._new.items():
            insert(self._connection, schema.metadata.tables[name], rows)
        touch(self._connection, (fill["slot"] for fill in self._new["fills"]))
        return len(self._new["fills"])

    def _add(self, entry: Entry) -> None:
        track = self._tracks[entry.track]
        attempts = self._outcomes[track, entry.slot]
        outcome: Hashable = self._reading(entry) if entry.reading else _said(entry.miss or {})
        if outcome in attempts:
            return
        miss = self._row("misses", entry.miss) if entry.miss else None
        self._new["fills"].append(
            {
                "track": track,
                "slot": entry.slot,
                "attempt": len(attempts),
                "reading": outcome if entry.reading else None,
                "miss": miss,
                "run": entry.run,
            }
        )
        attempts.append(outcome)

    def _reading(self, entry: Entry) -> int:
        """The number of the entry's reading, which may be there already."""
        reading = entry.reading or {}
        place = _place(reading)
        if place not in self._readings:
            id_ = self._row("readings", reading)
            self._readings[place] = (id_, reading["count"])
            if entry.decision:
                self._row("decisions", entry.decision | {"reading": id_})
        return self._readings[place][0]

    def _row(self, table: str, values: Values) -> int:
        id_ = next(self._ids[table])
        self._new[table].append(values | {"id": id_})
        return id_


def _place(reading: Values) -> Hashable:
    return tuple(reading[column] for column in ("account", "metric", "taken_at", "source", "ordinal"))


def _said(miss: Values) -> Hashable:
    return miss["source"], miss["at"], miss["reason"]


def _tracks(connection: Connection, entries: Sequence[Entry]) -> dict[Track, int]:
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


def _standing_readings(connection: Connection, entries: Sequence[Entry]) -> Iterator[tuple[Hashable, tuple[int, int]]]:
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


def _standing_outcomes(
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
