"""How an account stands: its newest count, what it changed by, and how it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct, structs

from headcount.measure.growth import change
from headcount.measure.health import Health
from headcount.pipeline.collecting.notices import what_to_do
from headcount.pipeline.house import House
from headcount.store.reader import Shown
from headcount.vitals.followers import followers
from headcount.vitals.signs import AccountSigns, Vitals

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Standing(Struct, frozen=True):
    """How an account stands."""

    account: str
    unit: str
    count: int | None = None
    granularity: int | None = None
    taken_at: datetime | None = None
    change_24h: int | None = None
    change_7d: int | None = None
    health: Health = "never counted"
    reason: str = ""
    source: str = ""
    advice: str = ""
    """What to do about it, where a person has to."""
    since: datetime | None = None
    """Of an ok, degraded or stale one its newest count; of any other when it began to be so (UTC)."""
    stale_after: datetime | None = None
    """From when on one that is counted is stale, unless it is counted again (UTC)."""


def standings(house: House, vitals: Vitals) -> list[Standing]:
    """Of every account of the roster, by each of its lines in force, in its order."""
    now, day_ago, week_ago = (followers(house.store, vitals.at - ago) for ago in (timedelta(), DAY, WEEK))
    signs = {each.key: each for each in vitals.accounts}
    found = (_standing(entry.unit, signs[account.key]) for entry, account in house.current())
    return [
        _with_counts(each, [counts.get(each.account) for counts in (now, day_ago, week_ago)], vitals.at)
        for each in found
    ]


def _standing(unit: str, signs: AccountSigns) -> Standing:
    passed_on = signs.reason == "renamed_or_reused"
    return Standing(
        signs.key,
        unit,
        health=signs.health,
        reason=signs.reason,
        advice=f"its handle answers with another account: {what_to_do(signs.key)}" if passed_on else "",
        since=signs.since,
        stale_after=signs.stale_after,
    )


def _with_counts(each: Standing, counts: list[Shown | None], at: datetime) -> Standing:
    """With its counts of now, a day and a week ago."""
    now, day_ago, week_ago = counts
    if now is None:
        return each
    return structs.replace(
        each,
        count=now.count,
        granularity=now.granularity,
        taken_at=now.taken_at,
        change_24h=change(day_ago, now, DAY, at),
        change_7d=change(week_ago, now, WEEK, at),
        source=now.source,
    )
