"""The signs of life that are taken: one struct for each kind of thing that can be well or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, Protocol

from msgspec import Struct

from headcount.measure.health import Health
from headcount.model import Reason

Working = Literal["ok", "stale", "failing", "never"]
"""Of what is not an account: as it should be; it was, and not of late; it goes wrong; it never was."""


class Slots(Protocol):
    """The slots of a job: a cadence."""

    def slot(self, at: datetime) -> datetime:
        """The start of the slot that `at` falls in."""

    def end(self, slot: datetime) -> datetime:
        """When the slot that starts at `slot` ends."""


class Expected(Struct, frozen=True, kw_only=True):
    """An account that the roster lists, and how often it should be counted."""

    key: str
    unit: str
    """The unit's id."""
    platform: str
    period: timedelta | None
    """The length of the slots of the job that counts it most often; None: none is to count it."""
    archived: datetime | None = None
    """From when on a person says that it is no longer counted (UTC)."""
    public: bool = True
    job: str = ""
    """The job that counts it most often; empty: none is to count it, or nobody knows which."""


class Expectation(Struct, frozen=True, kw_only=True):
    """What should be there: the roster's accounts, the configuration's jobs and targets."""

    accounts: tuple[Expected, ...]
    jobs: Mapping[str, Slots]
    targets: tuple[str, ...] = ()
    sources: Mapping[str, tuple[str, ...]] = {}
    """The sources of each platform that can be asked, best first."""


class AccountSigns(Struct, frozen=True, kw_only=True):
    """How an account is."""

    key: str
    unit: str
    platform: str
    public: bool
    health: Health
    since: datetime | None
    """Of an ok, degraded or stale one its newest count; of any other the first attempt that said so (UTC)."""
    reason: str = ""
    """A miss's reason, or `archived`, `not_counted`, `fallback`, `rounded`."""
    detail: str = ""
    """What was said, scrubbed; never published."""
    again: bool = False
    """It is so for the second slot in a row, or longer."""
    count: int | None = None
    """The newest public count."""
    counted_at: datetime | None = None
    source: str = ""
    granularity: int = 1
    stale_after: datetime | None = None
    """From when on an ok or degraded one is stale, unless it is counted again."""


class SourceSigns(Struct, frozen=True, kw_only=True):
    """How one way of asking a platform is, by the newest run of a job that asked the platform, if that used it."""

    platform: str
    source: str
    health: Working
    since: datetime | None
    """Of an ok one when it last answered; of a failing one the first of the runs in which it did not (UTC)."""
    reason: Reason | None = None
    detail: str = ""
    again: bool = False
    """It fails for the second slot of a job in a row, or longer."""


class PlatformSigns(Struct, frozen=True, kw_only=True):
    """How a platform is: as its accounts are."""

    platform: str
    health: Working
    """failing: it gives nobody a count; stale: some who have one to give were not counted of late,
    or every new count is in doubt; never: nobody was yet."""
    accounts: Mapping[str, int]
    """How many are how."""
    since: datetime | None = None
    """When it was counted last, of anyone (UTC)."""


class JobSigns(Struct, frozen=True, kw_only=True):
    """How a job is, by its runs."""

    job: str
    health: Working
    """failing: a run of a slot that is over has not come to its end, and none after it has; stale: two whole slots have
    passed without a run that did."""
    since: datetime | None
    """When its newest whole run ended (UTC)."""
    due: datetime
    """When the slot ends that follows the newest one with a whole run, or the current one where there is none (UTC)."""


class TargetSigns(Struct, frozen=True, kw_only=True):
    """How a target is, by what was delivered to it."""

    target: str
    health: Working
    since: datetime | None
    """Of an ok or stale one the newest delivery; of a failing one the first of those that failed in a row (UTC)."""
    delivered_at: datetime | None = None
    fault: str = ""
    again: bool = False


class Vitals(Struct, frozen=True, kw_only=True):
    """How everything is."""

    at: datetime
    accounts: tuple[AccountSigns, ...]
    """By key."""
    platforms: tuple[PlatformSigns, ...]
    sources: tuple[SourceSigns, ...]
    jobs: tuple[JobSigns, ...]
    targets: tuple[TargetSigns, ...]
