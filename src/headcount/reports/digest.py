"""What a report says: frozen figures, of public accounts only. How they are found out is in the files beside this one.

Digest
├── Audience     how many follow, of how many accounts, and what that changed by
├── Mover        an account and what it changed by
├── DayTotal     what a day brought, and of how many accounts that is known
├── Passed, Coming   milestones
├── Zero         an account that shows nobody
├── Outage       what did not work, from when to when
├── Told         what happened besides
├── Doubt        a count that was held back
├── Collected    what was counted out of what was due
└── Mended       a count that was corrected
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from headcount.news.told import Told
from headcount.reports.period import Period
from headcount.reports.scope import Listed


class Audience(Struct, frozen=True, kw_only=True):
    """How many follow the organisation."""

    total: int | None
    """The newest counts of the period, added up; None: nobody was counted, and that is not zero."""
    counted: int
    of: int
    """So many accounts there are."""
    change: int | None
    """Of those whose change is known; None: it is of none."""
    known: int
    """So many accounts it is known of."""
    unknown: Mapping[str, int]
    """Why it is not known of the others, each with how many."""


class Mover(Struct, frozen=True, kw_only=True):
    """An account whose change is known."""

    account: Listed
    before: int
    now: int
    granularity: int
    course: tuple[int | None, ...]
    """The last count of each day of the last four weeks; None where there is none."""

    @property
    def change(self) -> int:
        """By how many."""
        return self.now - self.before

    @property
    def share(self) -> float | None:
        """By what share of what it had; None where that was nothing."""
        return self.change / self.before if self.before else None


class DayTotal(Struct, frozen=True):
    """What a day brought."""

    day: date
    gained: int | None
    """Of those whose change since the day before is known; None: it is of none."""
    known: int
    counted: int
    """So many accounts have a count of that day."""
    of: int


class Passed(Struct, frozen=True):
    """A milestone that an account has passed."""

    account: Listed
    milestone: int
    day: date
    count: int


class Coming(Struct, frozen=True, kw_only=True):
    """A milestone that is near."""

    account: Listed
    milestone: int
    missing: int
    earliest: date | None
    latest: date | None


class Zero(Struct, frozen=True):
    """An account that shows nobody."""

    account: Listed
    day: date
    before: int | None
    """What it showed before; None: it never showed anybody."""


class Outage(Struct, frozen=True, kw_only=True):
    """What did not work."""

    title: str
    text: str
    since: datetime
    until: datetime | None
    """None: it was not over when the period was."""
    lasted: timedelta
    """Until it was over, or the period was."""
    accounts: int
    """So many of the organisation's public accounts it affected."""


class Doubt(Struct, frozen=True):
    """A count that was held back, for it did not follow from those before. What it was is told to nobody outside."""

    account: Listed
    at: datetime
    """When it was read (UTC)."""
    state: str
    """`awaiting review`, `released`, `refused`."""


class Collected(Struct, frozen=True, kw_only=True):
    """What was counted out of what was due: an account and a slot is one."""

    job: str
    platform: str
    """As people call it; empty: all of them."""
    accounts: int
    due: int
    counted: int
    held: int
    missed: Mapping[str, int]
    """What was asked for without success, by reason; what is not due, for everyone knows why there is none, is not in it."""
    not_asked: int

    @property
    def is_notable(self) -> bool:
        """A job as a whole, or a platform of which something is missing."""
        return not self.platform or self.counted < self.due


class Mended(Struct, frozen=True):
    """A count that was corrected."""

    account: Listed
    at: datetime
    taken_at: datetime
    before: int | None
    after: int | None
    why: str


class Digest(Struct, frozen=True, kw_only=True):
    """The report of a period."""

    organization: str
    timezone: str
    period: Period
    until: datetime
    """Up to when it tells: the end of the period, or now, if that is earlier (UTC)."""
    simulated: bool
    """Some counts were made up by the demo server."""
    audience: Audience
    days: tuple[DayTotal, ...]
    """The last four weeks, and all of the period."""
    movers: tuple[Mover, ...]
    """Everyone whose change is known, the largest gain first."""
    passed: tuple[Passed, ...]
    coming: tuple[Coming, ...]
    zeros: tuple[Zero, ...]
    outages: tuple[Outage, ...]
    occurrences: tuple[Told, ...]
    doubts: tuple[Doubt, ...]
    collected: tuple[Collected, ...]
    """By job: first all platforms of it, then each."""
    mended: tuple[Mended, ...]
    arrived: tuple[Listed, ...]
    """Counted in this period for the first time."""
    departed: tuple[Listed, ...]
