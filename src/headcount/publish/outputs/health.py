"""`health.json`: how everything is: accounts, platforms, jobs and targets, since when and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import get_args

from msgspec import Struct

from headcount.measure.health import Health
from headcount.model import HEADLINE
from headcount.publish.edition import Edition
from headcount.publish.encode import json_bytes, stamp
from headcount.publish.file import AnyFile, File
from headcount.vitals.signs import AccountSigns, JobSigns, PlatformSigns, TargetSigns, Vitals, Working

HOUR = timedelta(hours=1)


class AccountHealth(Struct):
    """How an account is."""

    account: str
    unit_id: str
    platform: str
    metric: str
    health: Health
    """ok: counted as often as it should be; degraded: so too, but not as well as it could be; stale: it was counted, but not
    of late; failing: nobody could say; held: its newest count awaits review; retired: it is closed; absent: it has no count
    to give, and everyone knows why; never counted: not yet."""
    since: str | None
    """When its newest count was taken, if it is ok, degraded or stale; else when it began to be as it is."""
    reason: str | None
    """Of one that is failing, retired or absent: a miss's reason, `archived`, `not_counted`: no job is to count it, or
    `not_available`: the platform does not let us ask. Of a degraded one: `fallback`: its best source fails, and another is
    used; or `rounded`: its count was known more finely before."""
    stale_after: str | None
    """From when on one is stale, unless it is counted again meanwhile."""
    taken_at: str | None
    """When the newest count that is shown was taken."""
    age_hours: float | None
    """How old that was when this was published."""
    source: str | None
    rounded_to: int | None
    """Where the newest count is known less than exactly."""


class PlatformHealth(Struct):
    """How a platform is: as its accounts are."""

    platform: str
    health: Working
    """ok; stale: some who have a count to give were not counted of late; failing: it gives nobody a count; never: it never did."""
    counted_at: str | None
    """When anyone on it was counted last."""
    accounts: dict[str, int]
    """How many are how; what there is none of is left out."""


class JobHealth(Struct):
    """How a job is, by its runs."""

    job: str
    health: Working
    """ok; stale: two whole slots have passed without a whole run; failing: a run did not come to its end; never: it never ran."""
    ran_at: str | None
    """When its newest whole run ended."""
    due: str
    """By when the next should have."""


class TargetHealth(Struct):
    """How a target is, by what was delivered to it; this edition, which is on its way, is not counted."""

    target: str
    health: Working
    """ok; stale: nothing was delivered for two slots; failing: it could not be written; never: nothing was delivered yet."""
    delivered_at: str | None
    since: str | None
    """When it was written last or, if it is failing, since when it is."""


class HealthShape(Struct):
    """`health.json`."""

    organization: str
    published_at: str
    stale_after: str | None
    """When the next edition is there at the latest: after that, whatever is said here is of the past."""
    counts: dict[str, int]
    """How many accounts are ok, degraded, ..."""
    platforms: dict[str, dict[str, int]]
    """The same by platform; what there is none of is left out."""
    accounts: list[AccountHealth]
    platform_health: list[PlatformHealth]
    jobs: list[JobHealth]
    targets: list[TargetHealth]


def health(edition: Edition) -> Iterator[AnyFile]:
    """`health.json`: of every public account of the roster, the platforms, the jobs and the targets."""
    yield File(
        name="health.json",
        title="How accounts, platforms, jobs and targets are, since when and why",
        make=lambda: json_bytes(_health(edition, edition.vitals)),
    )


def _health(edition: Edition, vitals: Vitals) -> HealthShape:
    return HealthShape(
        organization=edition.organization,
        published_at=stamp(edition.at),
        stale_after=_stamp(edition.stale_after),
        counts=dict.fromkeys(get_args(Health), 0) | _counts(vitals.accounts),
        platforms={each.platform: dict(each.accounts) for each in vitals.platforms},
        accounts=[_account(each, edition.at) for each in vitals.accounts],
        platform_health=[_platform(each) for each in vitals.platforms],
        jobs=[_job(each) for each in vitals.jobs],
        targets=[_target(each) for each in vitals.targets],
    )


def _counts(accounts: Iterable[AccountSigns]) -> dict[str, int]:
    return dict(Counter(each.health for each in accounts))


def _account(each: AccountSigns, at: datetime) -> AccountHealth:
    return AccountHealth(
        account=each.key,
        unit_id=each.unit,
        platform=each.platform,
        metric=HEADLINE,
        health=each.health,
        since=_stamp(each.since),
        reason=each.reason or None,
        stale_after=_stamp(each.stale_after),
        taken_at=_stamp(each.counted_at),
        age_hours=round((at - each.counted_at) / HOUR, 2) if each.counted_at else None,
        source=each.source or None,
        rounded_to=each.granularity if each.granularity > 1 else None,
    )


def _platform(each: PlatformSigns) -> PlatformHealth:
    return PlatformHealth(each.platform, each.health, _stamp(each.since), dict(each.accounts))


def _job(each: JobSigns) -> JobHealth:
    return JobHealth(each.job, each.health, _stamp(each.since), stamp(each.due))


def _target(each: TargetSigns) -> TargetHealth:
    return TargetHealth(each.target, each.health, _stamp(each.delivered_at), _stamp(each.since))


def _stamp(at: datetime | None) -> str | None:
    return stamp(at) if at else None
