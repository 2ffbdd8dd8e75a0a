"""`health.json`: how everything is: accounts, platforms, jobs and targets, since when and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import get_args

from msgspec import Struct

from headcount.measure.health import Health
from headcount.model import HEADLINE
from headcount.publish.edition import Edition
from headcount.publish.encode import json_bytes
from headcount.publish.file import AnyFile, File
from headcount.publish.outputs.wellness import (
    AccountReason,
    AccountSince,
    AccountWord,
    CountedAt,
    JobHealth,
    PlatformHealth,
    StaleAfter,
    TargetHealth,
    job,
    platform,
    target,
)
from headcount.vitals.signs import AccountSigns, Vitals

HOUR = timedelta(hours=1)


class AccountHealth(Struct):
    """How an account is."""

    account: str
    unit_id: str
    platform: str
    metric: str
    health: AccountWord
    since: AccountSince
    reason: AccountReason
    stale_after: StaleAfter
    taken_at: CountedAt
    age_hours: float | None
    """How old the newest count that is shown was when this was published."""
    source: str | None
    rounded_to: int | None
    """Where that is known less than exactly."""


class HealthShape(Struct):
    """`health.json`."""

    organization: str
    published_at: datetime
    stale_after: datetime | None
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
    numbers = Counter(each.health for each in vitals.accounts)
    return HealthShape(
        organization=edition.organization,
        published_at=edition.at,
        stale_after=edition.stale_after,
        counts={word: numbers[word] for word in get_args(Health)},
        platforms={each.platform: dict(each.accounts) for each in vitals.platforms},
        accounts=[_account(each, edition.at) for each in vitals.accounts],
        platform_health=[platform(each) for each in vitals.platforms],
        jobs=[job(each) for each in vitals.jobs],
        targets=[target(each) for each in vitals.targets],
    )


def _account(each: AccountSigns, at: datetime) -> AccountHealth:
    return AccountHealth(
        account=each.key,
        unit_id=each.unit,
        platform=each.platform,
        metric=HEADLINE,
        health=each.health,
        since=each.since,
        reason=each.reason or None,
        stale_after=each.stale_after,
        taken_at=each.counted_at,
        age_hours=round((at - each.counted_at) / HOUR, 2) if each.counted_at else None,
        source=each.source or None,
        rounded_to=each.granularity if each.granularity > 1 else None,
    )
