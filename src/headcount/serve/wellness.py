"""How everything is, as it is answered."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from headcount.publish.outputs.wellness import (
    AccountReason,
    AccountSince,
    AccountWord,
    CountedAt,
    JobHealth,
    PlatformHealth,
    StaleAfter,
    TargetHealth,
)
from headcount.serve.words import Key, Moment, Organization, Platform, UnitId
from headcount.vitals.signs import AccountSigns


class Health(Struct, frozen=True):
    """How an account is."""

    key: Key
    unit_id: UnitId
    platform: Platform
    health: AccountWord
    since: AccountSince
    reason: AccountReason
    counted_at: CountedAt
    stale_after: StaleAfter


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
