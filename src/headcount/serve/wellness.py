"""How everything is, as it is answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from headcount.measure.health import Health as Word
from headcount.serve.words import Key, Moment, Organization, Platform, UnitId
from headcount.vitals.signs import AccountSigns, JobSigns, PlatformSigns, TargetSigns, Working


class Health(Struct, frozen=True):
    """How an account is."""

    key: Key
    unit_id: UnitId
    platform: Platform
    health: Annotated[
        Word,
        Meta(
            description="ok; degraded: counted as often as it should be, and not as well as it could be; stale: its newest count is "
            "older than two periods, nearly; failing: it was asked about, and had none; held: a person has to decide about its newest "
            "count; retired: it is closed; absent: it has none to give, and everyone knows why; never counted"
        ),
    ]
    since: Annotated[
        datetime | None,
        Meta(
            description="Of an ok, degraded or stale one its newest count, of any other the first attempt that said so (UTC)"
        ),
    ]
    reason: Annotated[
        str | None,
        Meta(
            description="Why it is failing, retired or absent: a miss's reason, `archived`, `not_counted`, or `not_available`: the "
            "platform does not let us ask; why it is degraded: `fallback`: its best source fails, or `rounded`: its count was "
            "known more finely before"
        ),
    ]
    counted_at: Annotated[datetime | None, Meta(description="When it was counted last (UTC)")]
    stale_after: Annotated[
        datetime | None, Meta(description="From when on it is stale, unless it is counted again (UTC)")
    ]


class PlatformHealth(Struct, frozen=True):
    """How a platform is: as its accounts are."""

    platform: Platform
    health: Annotated[
        Working,
        Meta(
            description="ok; stale: some who have a count to give were not counted of late; failing: it gives nobody a count; "
            "never: it never did"
        ),
    ]
    counted_at: Annotated[datetime | None, Meta(description="When anyone on it was counted last (UTC)")]
    accounts: Annotated[dict[str, int], Meta(description="How many are how; what there is none of is left out")]


class JobHealth(Struct, frozen=True):
    """How a job is, by its runs."""

    job: str
    health: Annotated[
        Working,
        Meta(
            description="ok; stale: two whole slots have passed without a whole run; failing: a run did not come to its end"
        ),
    ]
    ran_at: Annotated[datetime | None, Meta(description="When its newest whole run ended (UTC)")]
    due: Annotated[datetime, Meta(description="By when the next should have (UTC)")]


class TargetHealth(Struct, frozen=True):
    """How a target is, by what was delivered to it."""

    target: str
    health: Annotated[
        Working,
        Meta(
            description="ok; stale: nothing was delivered for two slots; failing: it could not be written; never: nothing yet"
        ),
    ]
    delivered_at: Annotated[datetime | None, Meta(description="When it was written last (UTC)")]
    since: Annotated[
        datetime | None, Meta(description="When it was written last or, if it is failing, since when it is (UTC)")
    ]


class Healths(Struct, frozen=True):
    """How everything is."""

    organization: Organization
    at: Moment
    totals: Annotated[dict[str, int], Meta(description="How many accounts are how")]
    accounts: list[Health]
    platforms: list[PlatformHealth]
    jobs: Annotated[list[JobHealth], Meta(description="Those that have ever run")]
    targets: list[TargetHealth]


def account(each: AccountSigns) -> Health:
    """An account's health."""
    return Health(
        key=each.key,
        unit_id=each.unit,
        platform=each.platform,
        health=each.health,
        since=each.since,
        reason=each.reason or None,
        counted_at=each.counted_at,
        stale_after=each.stale_after,
    )


def platform(each: PlatformSigns) -> PlatformHealth:
    """A platform's health."""
    return PlatformHealth(each.platform, each.health, each.since, dict(each.accounts))


def job(each: JobSigns) -> JobHealth:
    """A job's health."""
    return JobHealth(each.job, each.health, each.since, each.due)


def target(each: TargetSigns) -> TargetHealth:
    """A target's health."""
    return TargetHealth(each.target, each.health, each.delivered_at, each.since)
