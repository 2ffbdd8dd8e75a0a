"""How everything is, as everybody reads it: in `health.json`, and of the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from headcount.measure.health import Health
from headcount.publish import fields
from headcount.vitals.signs import JobSigns, PlatformSigns, TargetSigns, Working
from headcount.vitals.words import MEANING, OF_JOB, OF_PLATFORM, OF_TARGET, REASON, explained

AccountWord = Annotated[Health, Meta(description=explained(MEANING))]
AccountSince = Annotated[
    datetime | None,
    Meta(description="Of an ok, degraded or stale one its newest count, of any other the first attempt that said so (UTC)"),
]  # fmt: skip
AccountReason = Annotated[str | None, Meta(description=REASON)]
CountedAt = Annotated[datetime | None, Meta(description="When it was counted last (UTC)")]
StaleAfter = Annotated[datetime | None, Meta(description="From when on it is stale, unless it is counted again (UTC)")]


class PlatformHealth(Struct, frozen=True):
    """How a platform is: as its accounts are."""

    platform: Annotated[str, Meta(description=fields.PLATFORM.description, examples=["twitter"])]
    health: Annotated[Working, Meta(description=explained(OF_PLATFORM))]
    counted_at: Annotated[datetime | None, Meta(description="When anyone on it was counted last (UTC)")]
    accounts: Annotated[dict[str, int], Meta(description="How many are how; what there is none of is left out")]


class JobHealth(Struct, frozen=True):
    """How a job is, by its runs."""

    job: str
    health: Annotated[Working, Meta(description=explained(OF_JOB))]
    ran_at: Annotated[datetime | None, Meta(description="When its newest whole run ended (UTC)")]
    due: Annotated[datetime, Meta(description="By when the next should have (UTC)")]


class TargetHealth(Struct, frozen=True):
    """How a target is, by what was delivered to it; an edition that is on its way is not counted."""

    target: str
    health: Annotated[Working, Meta(description=explained(OF_TARGET))]
    delivered_at: Annotated[datetime | None, Meta(description="When it was written last (UTC)")]
    since: Annotated[
        datetime | None, Meta(description="When it was written last or, if it is failing, since when it is (UTC)")
    ]


def platform(each: PlatformSigns) -> PlatformHealth:
    """A platform's health."""
    return PlatformHealth(each.platform, each.health, each.since, dict(each.accounts))


def job(each: JobSigns) -> JobHealth:
    """A job's health."""
    return JobHealth(each.job, each.health, each.since, each.due)


def target(each: TargetSigns) -> TargetHealth:
    """A target's health."""
    return TargetHealth(each.target, each.health, each.delivered_at, each.since)
