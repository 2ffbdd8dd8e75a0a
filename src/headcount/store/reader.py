"""What can be read of a store: all that publishing, serving and watching know of one.

Times are aware UTC datetimes. Every method raises `StoreError` where the database fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, Protocol, get_args

from msgspec import Struct

from headcount.model import EPOCH, Reason, Run
from headcount.store.noticing import Watched

Column = tuple[str, str]
"""An account key and a metric: a column of a wide table."""


BEGINNING = EPOCH.date()
"""The first day there is."""


LONGEST_SLOT = timedelta(days=8)
"""A count is taken in its slot: the longest is a week in which the clocks change."""

Fate = Literal["three_agree", "reviewed", "asked_again", "said_again", "contradicted", "reparsed", "withdrawn"]
"""What became of a reading that was in doubt, in a word that may be published: it says how that was settled, and nothing of the
count. While it is held there is none."""
FATES: frozenset[str] = frozenset(get_args(Fate))


class Shown(Struct, frozen=True):
    """A published count."""

    key: str
    metric: str
    count: int
    granularity: int
    source: str
    taken_at: datetime


class Hour(Shown, frozen=True):
    """The count that an hour shows: as a slot of that length would, the newest being the one that was taken last."""

    at: datetime
    """When the hour begins."""


class Day(Shown, frozen=True):
    """The count that a local day shows: of its hours' counts the finest, then the newest."""

    day: date
    hours: int
    """In so many of its hours, from its midnight on, there was a count."""


class Row(Struct, frozen=True):
    """A fill as `readings/` publishes it: a reading, or a miss with its reason."""

    taken_at: datetime
    job: str
    slot: datetime
    key: str
    handle: str
    metric: str
    count: int | None
    granularity: int | None
    source: str
    status: str
    """`accepted`, `held`, `refused`, `missed`."""
    reason: Reason | None
    """Of a miss."""
    run: int | None
    reading: int | None = None
    """The reading's number, by which it is decided about and corrected; a miss has none."""
    fate: Fate | None = None
    """Of a reading that was in doubt; what was accepted at once, and is, has none."""


class Attempt(Struct, frozen=True):
    """A fill, as far as it says how a series stands."""

    key: str
    metric: str
    taken_at: datetime
    status: str
    """`accepted`, `held`, `refused`, `missed`."""
    reason: Reason | None


class WideRow(Struct, frozen=True):
    """A row of a wide table: the slot's start (an imported row's own stamp), and a count or None for each column."""

    at: datetime
    counts: tuple[int | None, ...]
    day: date
    """Of the slot (UTC)."""


class Correction(Struct, frozen=True):
    """A correction, as the public may know it; a count that is not public is None."""

    at: datetime
    key: str
    metric: str
    taken_at: datetime
    source: str
    before: int | None
    after: int | None
    why: str
    role: str


class Changes(Struct, frozen=True):
    """What has changed since a mark."""

    mark: int
    """Of now."""
    first: Mapping[str, date] | None = None
    """The first day (of slots, UTC) that has changed, by account key; None: everything may have."""

    def since(self, key: str | None = None) -> date | None:
        """The first day on which an account, or anyone, has changed; None: it has not."""
        if self.first is None:
            return BEGINNING
        return self.first.get(key) if key is not None else min(self.first.values(), default=None)


class Reader(Watched, Protocol):
    """What can be asked of a store; nothing here changes it."""

    def close(self) -> None:
        """Let go of the database."""

    def moment(self) -> AbstractContextManager[Reader]:
        """The store as it is now: whatever is asked inside is answered from one moment, whoever writes meanwhile."""

    def mark(self) -> int:
        """A number that grows whenever anything about a fill changes."""

    def changes(self, since: int) -> Changes:
        """What has changed since that mark; 0: everything."""

    def spans(self) -> dict[str, tuple[date, date]]:
        """The days (UTC) of the first and the last slot that anything filled, by account key."""

    def counted(self) -> dict[str, frozenset[str]]:
        """The jobs that have ever filled a slot of each account, by key."""

    def runs(self, job: str | None = None, limit: int = 100) -> tuple[Run, ...]:
        """The newest runs first."""

    def latest(self, at: datetime) -> Iterator[Shown]:
        """For each account and metric, the count that was published at `at`: of the newest slot that has an accepted one.

        A slot shows its accepted fill of the finest granularity; of several, what a platform said before what a person
        entered; then the newest attempt. So a count by hand fills a gap, and sharpens a rounded count with which it
        agrees, and never hides an exact one: that is what `correct` is for.
        """

    def counts(self, key: str | None, start: datetime, end: datetime) -> Iterator[Shown]:
        """Every public count taken from `start` until before `end`, of an account or of all, by account, metric and time."""

    def hours(self, key: str | None, start: datetime, end: datetime) -> Iterator[Hour]:
        """What the hours show, by account, metric and time; hours without a count are left out."""

    def days(self, key: str | None, first: date, last: date, zone: tzinfo) -> Iterator[Day]:
        """What the days of a zone show, by day, account and metric; days without a count are left out."""

    def covered(self, start: datetime, end: datetime) -> dict[Column, int]:
        """In how many slots from `start` until before `end` each series has a public count; of several jobs, the most."""

    def wide(self, job: str, columns: Sequence[Column], since: date = BEGINNING) -> Iterator[WideRow]:
        """A job's history, ascending: a row a slot in which any column has a count, and each imported row as it was.

        `since`: from the slots of that day (UTC) on.
        """

    def before(self, job: str, columns: Sequence[Column], day: date) -> tuple[int | None, ...]:
        """The last count of each column of a wide table in the slots before a day (UTC)."""

    def months(self) -> tuple[tuple[str, int], ...]:
        """The months (`2026-11`, by slot, UTC) that have fills, each with a number that grows whenever one changes."""

    def fills(self, start: datetime, end: datetime) -> Iterator[Row]:
        """The fills whose slots begin from `start` until before `end`, by slot, account, metric, job and attempt."""

    def newest(self, at: datetime) -> Iterator[Row]:
        """The fill that the newest slot of each account and metric shows at `at`: a row each, misses too."""

    def recent(self, at: datetime) -> Iterator[Attempt]:
        """The fills that say how each account and metric stands at `at`, newest first.

        They are those of its newest slot, of the newest that has a public count, the first since, and the first miss
        since: however long the history, it costs the same.
        """

    def awaiting(self) -> Iterator[Row]:
        """The fills whose reading is held, in the order of `fills`."""

    def corrections(self) -> Iterator[Correction]:
        """Every correction, in the order in which they were made."""
