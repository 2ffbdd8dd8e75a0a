"""How an account stands: its newest count, what it changed by, and whether it is well."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct, structs

from headcount.measure.growth import change
from headcount.measure.health import Health, health
from headcount.model import HEADLINE
from headcount.pipeline.house import House
from headcount.pipeline.notices import what_to_do
from headcount.store.reader import Row, Shown

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


def standings(house: House) -> list[Standing]:
    """Of every account of the roster, by each of its lines in force, in its order."""
    at = house.clock.now()
    now, day_ago, week_ago = (_shown(house, moment) for moment in (at, at - DAY, at - WEEK))
    newest = {row.key: row for row in house.store.newest(at) if row.metric == HEADLINE}
    return [
        _standing(
            _known(house, Standing(account.key, entry.unit)),
            newest.get(account.key),
            [each.get(account.key) for each in (now, day_ago, week_ago)],
            at,
        )
        for entry, account in house.current()
    ]


def _known(house: House, who: Standing) -> Standing:
    """What is known before its counts are looked at."""
    closed = house.archived(who.account)
    return structs.replace(who, health="absent", reason="archived") if closed else who


def _shown(house: House, at: datetime) -> dict[str, Shown]:
    return {each.key: each for each in house.store.latest(at) if each.metric == HEADLINE}


def _standing(who: Standing, row: Row | None, counts: list[Shown | None], at: datetime) -> Standing:
    """The standing of an account by its newest fill and its counts of now, a day and a week ago."""
    now, day_ago, week_ago = counts
    status, reason = (row.status, row.reason) if row else (None, None)
    well = health(now.taken_at if now else None, status, reason, DAY, at)
    known = who if who.reason else structs.replace(who, health=well, reason=reason or "")
    if known.reason == "renamed_or_reused":
        known = structs.replace(known, advice=f"its handle answers with another account: {what_to_do(who.account)}")
    if now is None:
        return known
    return structs.replace(
        known,
        count=now.count,
        granularity=now.granularity,
        taken_at=now.taken_at,
        change_24h=change(day_ago, now, DAY, at),
        change_7d=change(week_ago, now, WEEK, at),
        source=now.source,
    )
