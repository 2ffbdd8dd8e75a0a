"""One look at everything: what is known at that moment, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from headcount.measure.health import EXPECTED
from headcount.model import EPOCH
from headcount.news.story import Kind, Story
from headcount.vitals.signs import AccountSigns, JobSigns, SourceSigns, TargetSigns, Vitals

PATIENCE = timedelta(hours=3)
"""Attempts that are no further apart are of one run, or of the runs of one slot."""


class Disk(Struct, frozen=True):
    """The disk that the store is on, in bytes."""

    place: str
    total: int
    free: int


class Rest(Struct, frozen=True):
    """What was said of a count: that it no longer moves."""

    count: int
    since: datetime


class Together(Struct, frozen=True):
    """What the readings of a platform's newest runs say together."""

    what: Literal["purge", "fault"]
    accounts: tuple[str, ...]
    """Whose counts changed so, by key."""
    at: datetime


class Deaf(Struct, frozen=True):
    """A channel that did not take its last messages."""

    channel: str
    since: datetime
    detail: str = ""


class Look(Struct, frozen=True, kw_only=True):
    """What is known."""

    at: datetime
    today: date
    """In the organisation's zone, whose days the last days of credentials are."""
    vitals: Vitals | None = None
    """None: the roster cannot be read, so nobody knows who should be counted."""
    open: tuple[Story, ...] = ()
    """The incidents that were told and are not over."""
    rules: Mapping[str, str] = {}
    """The rule that holds an account's newest count, by key."""
    rests: Mapping[str, Rest] = {}
    """By account's key."""
    together: Mapping[str, Together] = {}
    """By platform."""
    expiries: Mapping[str, date] = {}
    disk: Disk | None = None
    newest: datetime = EPOCH
    """The latest moment that the store knows of."""
    deaf: tuple[Deaf, ...] = ()
    channels: frozenset[str] = frozenset()
    """All that there are."""
    besides: tuple[Story, ...] = ()

    def accounts(self, platform: str = "") -> tuple[AccountSigns, ...]:
        """Those who have a count to give, of one platform or of all."""
        everyone = self.vitals.accounts if self.vitals else ()
        return tuple(each for each in everyone if each.health in EXPECTED and platform in {"", each.platform})

    def failing(self) -> tuple[AccountSigns, ...]:
        """Those who could not be counted."""
        return tuple(each for each in self.accounts() if each.health == "failing")

    def sources(self) -> tuple[SourceSigns, ...]:
        """How each source is."""
        return self.vitals.sources if self.vitals else ()

    def jobs(self) -> tuple[JobSigns, ...]:
        """How each job is."""
        return self.vitals.jobs if self.vitals else ()

    def targets(self) -> tuple[TargetSigns, ...]:
        """How each target is."""
        return self.vitals.targets if self.vitals else ()

    def told(self, kind: Kind, subject: str) -> tuple[Story, ...]:
        """The open incidents of a kind that are about something."""
        return tuple(each for each in self.open if (each.kind, each.subject) == (kind, subject))


class Found(Struct, frozen=True, kw_only=True):
    """What a look comes to."""

    stories: tuple[Story, ...] = ()
    """What is the matter now, and is to be told."""
    explained: frozenset[str] = frozenset()
    """The keys of what is the matter too, but follows from one of these."""
    unwell: frozenset[str] = frozenset()
    """The keys of the accounts that have a count to give and give none."""
    listed: frozenset[str] | None = None
    """The keys of all accounts that were looked at; None: none could be."""
    there: Mapping[Kind, frozenset[str]] = {}
    """What there is of a kind, where an incident may outlive what it is about: jobs, channels."""
    happened: tuple[Story, ...] = ()
    """What happened lately; some of it may have been noted before."""
