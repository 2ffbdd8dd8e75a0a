"""What watching reads of a store, and what it keeps there. Times are aware UTC datetimes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from headcount.model import Reason
from headcount.news.story import Deed, Event, Sending, Story


class Attended(Struct, frozen=True):
    """What a run had from one source of a platform."""

    platform: str
    source: str
    counted: int
    """Accounts that it gave a headline reading of."""
    missed: int
    """Accounts of which it said that, or why, there is none."""
    refused: int
    """How often it would not answer at all."""
    reason: Reason | None = None
    """The commonest reason of its refusals."""
    detail: str = ""
    """What it said then, scrubbed."""


class Attendance(Attended, frozen=True, kw_only=True):
    """The same, with when and in which run."""

    run: int
    job: str
    at: datetime


class Delivered(Struct, frozen=True):
    """What became of one delivery."""

    target: str
    at: datetime
    fault: str = ""
    """Why it failed; empty: it did not."""
    written: int = 0
    """Files that were new or had changed."""
    files: int = 0


class Remark(Struct, frozen=True, kw_only=True):
    """What was decided about a reading, and by which rule."""

    id: int
    reading: int
    key: str
    metric: str
    count: int
    """As it was read."""
    granularity: int
    source: str
    taken_at: datetime
    run: int | None
    decision: str
    """`accept`, `hold`, `refuse`."""
    rule: str
    detail: str
    who: str
    """`check`, or the person."""
    at: datetime
    stands: bool
    """Whether nothing was decided about the reading later."""


class Watched(Protocol):
    """What watching reads."""

    def attendances(self, since: datetime) -> tuple[Attendance, ...]:
        """What runs had from each source from then on, oldest first."""

    def deliveries(self, since: datetime) -> tuple[Delivered, ...]:
        """What became of deliveries from then on, oldest first; of each target the newest good one whenever it was."""

    def remarks(self, since: datetime) -> tuple[Remark, ...]:
        """What was decided about readings from then on, oldest first; what is held still, whenever that was."""

    def open_events(self) -> tuple[Event, ...]:
        """The newest event of every incident that is not over, by key."""

    def events(self, since: datetime) -> tuple[Event, ...]:
        """What was told from then on, oldest first."""

    def told(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys that were ever told of."""

    def sendings(self, since: datetime) -> tuple[Sending, ...]:
        """What became of messages of events from then on, oldest first."""


class Watching(Protocol):
    """What watching keeps."""

    def attend(self, run: int, attended: Iterable[Attended], at: datetime) -> None:
        """Keep what a run had from each source."""

    def delivered(self, deliveries: Iterable[Delivered]) -> None:
        """Keep what became of deliveries."""

    def tell(self, told: Iterable[tuple[Deed, Story]], at: datetime) -> tuple[Event, ...]:
        """Keep events, all or none. When it returns they are on the disk."""

    def send(self, sendings: Iterable[Sending]) -> None:
        """Keep what became of messages. When it returns they are on the disk."""
