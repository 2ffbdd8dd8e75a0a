"""Whether each account is being counted, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Annotated, get_args

from msgspec import Meta, Struct

from headcount.measure.health import Health as Word
from headcount.measure.health import standing
from headcount.model import HEADLINE
from headcount.serve.asking import Grounds
from headcount.serve.route import Nothing, Route
from headcount.serve.stand import Listed
from headcount.serve.words import Key, Moment, Organization, Platform, UnitId
from headcount.store.reader import Attempt


class Health(Struct, frozen=True):
    """How an account is."""

    key: Key
    unit_id: UnitId
    platform: Platform
    health: Annotated[
        Word,
        Meta(
            description="fresh; stale: its newest count is older than two periods; failing: it was asked, and had none; "
            "awaiting review: a person has to decide about its newest count; absent: it has none to give, "
            "and everyone knows why; never counted"
        ),
    ]
    since: Annotated[
        datetime | None,
        Meta(description="Of a fresh or stale one its newest count, of any other the first attempt that said so (UTC)"),
    ]
    reason: Annotated[str | None, Meta(description="Why it is failing or absent: a miss's reason, or `archived`")]
    counted_at: Annotated[datetime | None, Meta(description="When it was counted last (UTC)")]


class Healths(Struct, frozen=True):
    """How all accounts of the roster are."""

    organization: Organization
    at: Moment
    totals: Annotated[dict[str, int], Meta(description="How many accounts are how")]
    accounts: list[Health]


def healths(grounds: Grounds, key: str | None = None) -> list[Health]:
    """How all accounts of the roster are, or one of them, by key."""
    fills = {who: list(found) for who, found in groupby(_recent(grounds), key=lambda fill: fill.key)}
    jobs = {row.key: row.job for row in grounds.store.newest(grounds.at) if row.metric == HEADLINE}
    return [
        _health(grounds, listed, fills.get(who, []), _period(grounds, jobs.get(who)))
        for who, listed in grounds.shown.accounts.items()
        if key in {None, who} and not listed.has_left
    ]


def _recent(grounds: Grounds) -> Iterator[Attempt]:
    return (fill for fill in grounds.store.recent(grounds.at) if fill.metric == HEADLINE)


def _period(grounds: Grounds, job: str | None) -> timedelta:
    """How often the job counts that asked last."""
    serving = grounds.serving
    return serving.periods.get(job, serving.longest) if job else serving.longest


def _health(grounds: Grounds, listed: Listed, fills: Sequence[Attempt], period: timedelta) -> Health:
    shape = listed.shape
    if shape.archived_since:
        since = datetime.fromisoformat(shape.archived_since)
        return Health(shape.key, shape.unit_id, shape.platform, "absent", since, "archived", _counted_at(fills))
    found = standing(fills, period, grounds.at)
    return Health(shape.key, shape.unit_id, shape.platform, found.health, found.since, found.reason, _counted_at(fills))


def _counted_at(fills: Sequence[Attempt]) -> datetime | None:
    return next((fill.taken_at for fill in fills if fill.status == "accepted"), None)


def _healths(grounds: Grounds, _: Nothing) -> Healths:
    found = healths(grounds)
    numbers = Counter(each.health for each in found)
    return Healths(grounds.shown.organization, grounds.at, {word: numbers[word] for word in get_args(Word)}, found)


EXAMPLE = {
    "key": "twitter/energy",
    "unit_id": "1",
    "platform": "twitter",
    "health": "failing",
    "since": "2026-11-20T12:01:00Z",
    "reason": "rate_limited",
    "counted_at": "2026-11-20T11:01:00Z",
}

ROUTE = Route(
    path="/health",
    title="The health of the accounts",
    description="Whether each account is being counted, since when, and why not; and how many are how.",
    question=Nothing,
    answer=Healths,
    make=_healths,
    holds="for a minute",
    example={
        "organization": "Department of Energy",
        "at": "2026-11-20T12:30:00Z",
        "totals": {"fresh": 0, "stale": 0, "failing": 1, "awaiting review": 0, "absent": 0, "never counted": 0},
        "accounts": [EXAMPLE],
    },
)
