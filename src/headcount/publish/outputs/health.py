"""`health.json`: which accounts are being counted, and which are not: since when and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import get_args

from msgspec import Struct, structs

from headcount.measure.health import PATIENCE, Health, Standing, standing
from headcount.model import HEADLINE
from headcount.publish.edition import Edition, Listed
from headcount.publish.encode import json_bytes, stamp
from headcount.publish.file import AnyFile, File
from headcount.store.reader import Attempt, Shown

HOUR = timedelta(hours=1)


class AccountHealth(Struct):
    """How an account is."""

    account: str
    unit_id: str
    platform: str
    metric: str
    health: Health
    """fresh: counted as often as it should be; stale: it was, but not of late; failing: nobody could say; awaiting review:
    the newest count is in doubt; absent: there is none to be had, and everyone knows why; never counted: not yet."""
    since: str | None
    """When its newest count was taken, if it is fresh or stale; else when it began to be as it is."""
    reason: str | None
    """Of one that is failing or absent: a miss's reason, `archived`, or `not_counted`: no job is to count it."""
    stale_after: str | None
    """From when on a fresh one is stale, unless it is counted again meanwhile."""
    taken_at: str | None = None
    """When the newest count that is shown was taken."""
    age_hours: float | None = None
    """How old that was when this was published."""
    source: str | None = None
    rounded_to: int | None = None
    """Where the newest count is known less than exactly."""


class HealthShape(Struct):
    """`health.json`."""

    organization: str
    published_at: str
    counts: dict[str, int]
    """How many accounts are fresh, stale, ..."""
    platforms: dict[str, dict[str, int]]
    """The same by platform; what there is none of is left out."""
    accounts: list[AccountHealth]


def health(edition: Edition) -> Iterator[AnyFile]:
    """`health.json`: of every public account of the roster."""
    yield File(
        name="health.json",
        title="Which accounts are being counted, which are not, since when and why",
        make=lambda: json_bytes(_health(edition)),
    )


def _health(edition: Edition) -> HealthShape:
    shown = edition.shown(edition.at)
    fills = {key: list(found) for key, found in groupby(_recent(edition), key=lambda fill: fill.key)}
    listed = {each.key: each for each in edition.public()}
    accounts = [
        _account(edition, each, fills.get(key, []), shown.get((key, HEADLINE))) for key, each in sorted(listed.items())
    ]
    platforms = sorted({each.platform for each in accounts})
    return HealthShape(
        organization=edition.organization,
        published_at=stamp(edition.at),
        counts=dict.fromkeys(get_args(Health), 0) | _counts(accounts),
        platforms={slug: _counts(each for each in accounts if each.platform == slug) for slug in platforms},
        accounts=accounts,
    )


def _recent(edition: Edition) -> Iterator[Attempt]:
    return (fill for fill in edition.store.recent(edition.at) if fill.metric == HEADLINE)


def _counts(accounts: Iterable[AccountHealth]) -> dict[str, int]:
    return dict(Counter(each.health for each in accounts))


def _account(edition: Edition, listed: Listed, fills: Sequence[Attempt], count: Shown | None) -> AccountHealth:
    not_due = _not_due(edition, listed)
    stands = Standing("absent", listed.archived_since) if not_due else _standing(edition, listed, fills)
    account = AccountHealth(
        account=listed.key,
        unit_id=listed.entry.unit,
        platform=listed.entry.platform,
        metric=HEADLINE,
        health=stands.health,
        since=_stamp(stands.since),
        reason=not_due or stands.reason,
        stale_after=_stamp(_stale_after(edition, listed, stands)),
    )
    return _with_count(account, count, edition.at) if count else account


def _with_count(account: AccountHealth, count: Shown, at: datetime) -> AccountHealth:
    return structs.replace(
        account,
        taken_at=stamp(count.taken_at),
        age_hours=round((at - count.taken_at) / HOUR, 2),
        source=count.source,
        rounded_to=count.granularity if count.granularity > 1 else None,
    )


def _not_due(edition: Edition, listed: Listed) -> str | None:
    """Why an account is not to be counted."""
    if listed.archived_since:
        return "archived"
    return None if listed.key in edition.periods else "not_counted"


def _standing(edition: Edition, listed: Listed, fills: Sequence[Attempt]) -> Standing:
    return standing(fills, edition.periods[listed.key], edition.at)


def _stale_after(edition: Edition, listed: Listed, stands: Standing) -> datetime | None:
    counted = stands.since if stands.health in {"fresh", "stale"} else None
    return counted and counted + PATIENCE * edition.periods[listed.key]


def _stamp(at: datetime | None) -> str | None:
    return stamp(at) if at else None
