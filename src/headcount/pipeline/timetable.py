"""When each job's turn is: once a slot, a little after its start, however the clock is set meanwhile."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta
from hashlib import sha256

from headcount.cadence import Cadence
from headcount.settings import Settings

LONGEST_OFFSET = timedelta(minutes=5)
SHARE_OF_SLOT = 10
"""An offset is at most this part of the shortest slot."""
REMEMBERED = 200
"""Slots of a job that are known to have had their turn: a clock that is put back repeats none of them."""


class Timetable:
    """The turns of all jobs. A slot that passed unseen is not made up for: nobody can count what was."""

    def __init__(self, settings: Settings) -> None:
        self._had: defaultdict[str, deque[datetime]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self.follow(settings)

    def follow(self, settings: Settings) -> None:
        """Turns are, from now on, as these settings have them."""
        self._cadences = cadences(settings)
        self._offset = offset(settings)

    def next(self, now: datetime) -> datetime:
        """When the next turn is; where that is not after `now`, it is due."""
        return min(self._slot(name, now) for name in self._cadences) + self._offset

    def take(self, now: datetime) -> tuple[str, ...]:
        """The jobs whose turn it is, those of the shortest slots first; it will not be their turn again in this slot."""
        due = [name for name in self._cadences if self._slot(name, now) + self._offset <= now]
        for name in due:
            self._had[name].append(self._slot(name, now))
        return tuple(sorted(due, key=lambda name: self._cadences[name].length))

    def _slot(self, name: str, now: datetime) -> datetime:
        """The first slot from now on that has not had its turn."""
        slot = self._cadences[name].slot(now)
        while slot in self._had[name]:
            slot = self._cadences[name].end(slot)
        return slot


def cadences(settings: Settings) -> dict[str, Cadence]:
    """How often each job is due."""
    return {name: settings.cadence(job) for name, job in settings.jobs.items()}


def offset(settings: Settings) -> timedelta:
    """How long after the start of a slot this installation asks: always the same, so that not all ask at once."""
    longest = min(LONGEST_OFFSET, min(each.length for each in cadences(settings).values()) / SHARE_OF_SLOT)
    whose = f"{settings.organization.name}\n{settings.file.absolute()}"
    share = int.from_bytes(sha256(whose.encode()).digest()[:4]) / 2**32
    return timedelta(seconds=int(longest.total_seconds() * share))
