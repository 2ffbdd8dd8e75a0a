"""The floor of reading: every count as a record of twelve bytes, account by account, read at one go and worked on by numpy.

It knows nothing of sources, gaps, corrections or whoever writes meanwhile: no store can look less.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from benchmarks.parts.long_history import HOUR, LATE, History, count, hour_of
from headcount.model import EPOCH

RECORD = np.dtype([("at", "<u4"), ("count", "<u8")])
"""A time in seconds since 1970, and a count."""
HOURS_OF_WEEK = 168
ON_TIME = 1 - LATE / HOUR
"""The part of a gain that arose in the hour in which its interval begins."""

Records = npt.NDArray[np.void]
Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
Week = npt.NDArray[np.float64]


class Packed:
    """Records in two files: all of each account, and the newest of each."""

    def __init__(self, file: Path, newest: Path, history: History) -> None:
        self._history = history
        self._all, self._newest = os.open(file, os.O_RDONLY), os.open(newest, os.O_RDONLY)

    def close(self) -> None:
        """Let go of the files."""
        os.close(self._all)
        os.close(self._newest)

    def hours(self, number: int, start: datetime, hours: int) -> Records:
        """The records of an account from an hour on."""
        skipped = number * self._history.hours + hour_of(start) - hour_of(self._history.first)
        found = os.pread(self._all, hours * RECORD.itemsize, skipped * RECORD.itemsize)
        return np.frombuffer(found, RECORD)

    def matrix(self, number: int, places: Places) -> Week:
        """What an account gained in each hour of the week, over all its history, of which each hour has its place."""
        records = self.hours(number, self._history.first, self._history.hours)
        return gained(records["count"], places)

    def latest(self) -> Records:
        """The newest record of every account."""
        return np.frombuffer(os.pread(self._newest, self._history.accounts * RECORD.itemsize, 0), RECORD)


@contextmanager
def packed(folder: Path, history: History) -> Iterator[Packed]:
    """The floor with that history, its files made in a folder; open while inside."""
    file, newest = folder / "packed", folder / "packed.newest"
    with file.open("wb") as out, newest.open("wb") as last:
        for number in range(history.accounts):
            records = _records(number, history)
            out.write(records.tobytes())
            last.write(records[-1:].tobytes())
    floor = Packed(file, newest, history)
    try:
        yield floor
    finally:
        floor.close()


def counts(number: int, start: datetime, hours: int) -> Counts:
    """What an account has from an hour on, by the formula."""
    numbers = np.arange(hour_of(start), hour_of(start) + hours, dtype=np.int64)
    found: Counts = count(number, numbers)  # type: ignore[arg-type, assignment] # the formula of a number is one of many, too
    return found


def gained(counts: npt.NDArray[Any], places: Places) -> Week:
    """What arose between hourly counts, each gain spread over the two hours of the week that it overlaps."""
    gains = np.diff(counts.astype(np.float64))
    begun = np.bincount(places[:-1], gains * ON_TIME, HOURS_OF_WEEK)
    ended = np.bincount(places[1:], gains * (1 - ON_TIME), HOURS_OF_WEEK)
    return np.add(begun, ended, dtype=np.float64)


def places(history: History, zone: ZoneInfo) -> Places:
    """The place of each hour in the week of a zone that is whole hours away from UTC; Monday 00:00 is 0."""
    local = ((history.first + number * HOUR).astimezone(zone) for number in range(history.hours))
    return np.fromiter((24 * at.weekday() + at.hour for at in local), np.intp, history.hours)


def _records(number: int, history: History) -> Records:
    records = np.zeros(history.hours, RECORD)
    began = int((history.first + LATE - EPOCH).total_seconds())
    records["at"] = began + 3600 * np.arange(history.hours)
    records["count"] = counts(number, history.first, history.hours)
    return records
