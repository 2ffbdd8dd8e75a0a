"""What every store can do. The rest of the house knows stores by this page, its `reader` and its `nouns` only.

Times are aware UTC datetimes. Every method raises `StoreError` where the database fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from headcount.model import Account, Bucket, Fill, Past, Run, Tally, Verdict
from headcount.store.noticing import Watching
from headcount.store.nouns import Beside, Entered, Happening, Known, Listing
from headcount.store.reader import Column, Reader


class Imported(Struct, frozen=True):
    """A reading of an earlier system, as it stands in one cell of its file."""

    key: str
    metric: str
    count: int
    at: datetime
    ordinal: int
    """0 for the first row that bears this stamp, 1 for the second, and so on."""
    source: str = "import"
    granularity: int = 1


class Kept(Struct, frozen=True):
    """A roster file that was kept."""

    name: str
    at: datetime
    """From when on it stood so."""


class Store(Reader, Watching, Protocol):
    """What can be done to a store besides. Readings, misses, fills, decisions and corrections are appended, never changed."""

    def lock(self, name: str, wait: float = 0.0) -> AbstractContextManager[None]:
        """Hold the lock of that name (a job's) while inside; a dead process does not hold it.

        Another holder is waited for, for `wait` seconds.

        Raises:
            Locked: where another process holds it.
        """

    def keep_roster(self, name: str, content: bytes, at: datetime) -> bool:
        """Keep a roster file as it stands, if it has changed; whether it had."""

    def rosters(self) -> tuple[Kept, ...]:
        """Every roster file that was kept, in the order in which they were."""

    def roster_at(self, name: str, at: datetime) -> bytes | None:
        """A roster file as it stood at `at`; None where none of that name had been kept."""

    def keep_listings(self, listed: Iterable[Listing], at: datetime) -> tuple[Listing, ...]:
        """Keep how the roster lists everyone, where that has changed; those who have left it, as they were last listed.

        An account that several lines name is internal if one of them says so.
        """

    def accounts(self) -> tuple[Known, ...]:
        """Every account that was ever filled, or of which something was noted, by key."""

    def note(self, account: Account, happening: Happening, at: datetime) -> None:
        """Note what became of an account; `at` is the time of noting. What was noted last holds."""

    def enter(self, counts: Sequence[Entered]) -> int:
        """Keep counts that people entered, all or none, as accepted readings of source `manual`; how many fills are new.

        Raises:
            Mistake: where another count was entered for the same moment; every one that contradicts is named.
        """

    def beside(self, counts: Sequence[Entered]) -> tuple[Beside, ...]:
        """For each count that a person enters, the public counts that it has to agree with."""

    def counted_by(self, key: str) -> tuple[str, ...]:
        """The jobs that have ever filled a slot of an account, by name."""

    def begin(self, job: str, slot: datetime, at: datetime) -> Run:
        """A new run of that job's slot."""

    def append(self, run: int, fills: Sequence[Fill]) -> int:
        """Keep outcomes, all or none; how many fills are new. When it returns, they are on the disk.

        A reading that is there already (account, metric, source, taken_at) is not kept twice. The account of a good
        reading is remembered with its handle and its ids; where an id is known, it is the account that has it.
        """

    def finish(self, run: int, at: datetime, tally: Tally) -> None:
        """The run is over."""

    def filled(self, job: str, slot: datetime) -> frozenset[str]:
        """The keys whose slot is done: a headline reading, held or not, or a final miss fills it.

        A count that a person entered does not: the platform is asked all the same.
        """

    def pasts(self, columns: Collection[Column], since: datetime, newest: int) -> dict[Column, tuple[Past, ...]]:
        """The live readings of some series from `since` on, oldest first; imports and refused ones not.

        Of each, the `newest` accepted ones and whatever is held, marked: however many are held, the last accepted one
        is there. A series without any is left out.
        """

    def adopt(self, job: str, readings: Sequence[Imported], slot: Callable[[datetime], datetime]) -> int:
        """Keep imported readings as fills of a job's slots, all or none; how many are new.

        Raises:
            Mistake: where the store has another number in the place of one of them.
        """

    def change_bucket(self, name: str, change: Callable[[Bucket | None], Bucket]) -> Bucket:
        """Change what is left of an allowance, alone among all processes; what it is now."""

    def kept(self, name: str) -> bytes | None:
        """A reply that was kept under that name, unless it was dropped, or had to make room, meanwhile."""

    def keep(self, name: str, content: bytes, at: datetime) -> None:
        """Keep a reply in place of what was there."""

    def drop(self, name: str) -> None:
        """Keep no reply under that name."""

    def decide(self, reading: int, verdict: Verdict, who: str, at: datetime) -> None:
        """Accept, hold or refuse a reading from now on.

        Raises:
            Mistake: where there is no reading of that number.
        """

    def correct(self, reading: int, count: int | None, *, why: str, who: str, role: str, at: datetime) -> None:
        """Show another count than the reading's from now on, or none: it is withdrawn.

        Raises:
            Mistake: where there is no reading of that number, or the count is none of people.
        """

    def rebuild(self) -> None:
        """Work what is derived out anew, from what was appended."""

    def published(self, target: str) -> dict[str, str]:
        """The files that a target has from us, each with the version of its content."""

    def mark_published(self, target: str, versions: Mapping[str, str], at: datetime) -> None:
        """Remember the files that a target has from us now; what is not named is no longer there."""
