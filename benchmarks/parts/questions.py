"""What is asked of a store with years behind it, and whether an answer follows from the formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count as numbers
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from benchmarks.parts.long_history import HOUR, History, count, hour_of
from benchmarks.parts.packed import counts, gained, places

CLOSE = 1e-4
"""Of a person: gains are given to the millionth."""

STRIDE = 997
"""Hours from one year that is asked about to the next; a prime, so that none comes again soon."""
BEHIND = 200
"""Ends of all history that are asked about: hours in which nothing was counted, which makes no other answer."""

YEAR, MATRIX, LATEST = (
    "one year of one account, hourly",
    "the matrix over all years of one account",
    "the newest count of every account",
)

Numbers = Sequence[int] | npt.NDArray[np.uint64]


class Past:
    """A history that is asked about."""

    def __init__(self, history: History, zone: ZoneInfo, year: int) -> None:
        self.history, self.zone = history, zone
        self.year = year
        """Hours."""
        self.places = places(history, zone)
        self._asked = numbers()

    @property
    def end(self) -> datetime:
        """Of all history."""
        return self.history.last + timedelta(minutes=59)

    def any(self) -> tuple[int, datetime]:
        """Another account each time, and the beginning of another year."""
        asked = next(self._asked)
        back = 1 + asked * STRIDE % (self.history.hours - self.year - 1)
        return asked % self.history.accounts, self.history.last - HOUR * (self.year + back - 1)

    def any_end(self) -> datetime:
        """Another end of all history each time."""
        return self.history.last + HOUR * (1 + next(self._asked) % BEHIND)

    def is_year(self, number: int, start: datetime, found: Numbers) -> bool:
        """Whether that is what an account had, hour by hour, from then on."""
        return np.array_equal(np.asarray(found, np.int64), counts(number, start, self.year))

    def is_all(self, number: int, found: Numbers) -> bool:
        """Whether that is what an account ever had, hour by hour."""
        return np.array_equal(np.asarray(found, np.int64), counts(number, self.history.first, self.history.hours))

    def is_week(self, number: int, found: Sequence[float | None] | npt.NDArray[np.float64]) -> bool:
        """Whether that is what an account gained in the hours of the week."""
        wanted = gained(counts(number, self.history.first, self.history.hours), self.places)
        return len(found) == len(wanted) and np.allclose(np.array(found, float), wanted, rtol=0, atol=CLOSE)

    def is_latest(self, last: datetime, found: Mapping[str, int]) -> bool:
        """Whether that is what the accounts had in that hour."""
        return dict(found) == {key: count(number, hour_of(last)) for number, key in enumerate(self.history.keys)}
