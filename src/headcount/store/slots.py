"""The rows that entries come to: what is new is numbered and inserted, what is there already is found again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from headcount.store import months, schema, touches
from headcount.store.entry import Entry
from headcount.store.rows import Values, insert, new_ids
from headcount.store.standing import numbered, place_of, standing_outcomes, standing_readings


class Page:
    """Entries, and what the store has in their places."""

    def __init__(self, connection: Connection, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._connection = connection
        self._tracks = numbered(connection, entries)
        self._readings = dict(standing_readings(connection, entries))
        self._outcomes = standing_outcomes(connection, entries, self._tracks)
        self._new: dict[str, list[Values]] = {name: [] for name in ("readings", "decisions", "misses", "fills")}
        self._touched: list[tuple[int, datetime]] = []
        self._ids = {name: new_ids(connection, schema.metadata.tables[name]) for name in self._new if name != "fills"}

    def count_in_place(self, entry: Entry) -> int | None:
        """The count that the store has where the entry's reading belongs."""
        standing = self._readings.get(place_of(entry.reading)) if entry.reading else None
        return standing[1] if standing else None

    def write(self) -> int:
        """Insert whatever is new; how many fills that is."""
        for entry in self.entries:
            self._add(entry)
        for name, rows in self._new.items():
            insert(self._connection, schema.metadata.tables[name], rows)
        months.touch(self._connection, (slot for _, slot in self._touched))
        touches.touch(self._connection, self._touched)
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
        self._touched.append((entry.account, entry.slot))

    def _reading(self, entry: Entry) -> int:
        """The number of the entry's reading, which may be there already."""
        reading = entry.reading or {}
        place = place_of(reading)
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


def _said(miss: Values) -> Hashable:
    return miss["source"], miss["at"], miss["reason"]
